/**
 * How sure a probability is. Rows of one account are one decision, so one row of each account of the calibration part is drawn; an
 * interval at a raw score then is the widest of
 *
 *   - the Venn-Abers pair [p0, p1]: what one more row of this score could do to the rate;
 *   - the 95 % interval (Wilson 1927) of the isotonic block in which the score lies: how well the rows of the block tell its rate.
 *
 * The pair by itself is no statement on the true rate: a block of 100 rows gives it a width of 0.01, and its rate a standard error of
 * 0.03. Measured on the simulator (docs/calibration.md), it holds the true mean of a bin of scores in 55 % of bins only.
 */
import { type Intervals, MOST_STEPS } from '../../src/model/artifact.ts'
import { clampProbability, logit } from '../../src/statistics/log-odds.ts'
import { wilsonInterval } from '../../src/statistics/wilson.ts'
import { randomIntegers } from '../random.ts'
import { countByScore, poolAdjacent, type ScoreCounts } from './pool-adjacent.ts'
import { vennAbers } from './venn-abers.ts'

/** Digits kept of a raw score, and of log-odds: an artifact needs no more. */
const SCORE_UNIT = 1e-6
const LOG_ODDS_UNIT = 1e-4

/** Of the rows that a model is calibrated on; at least one. */
export function learnIntervals(
  rawScores: Float64Array,
  labels: Uint8Array,
  groups: Int32Array,
  seed: number,
): Intervals {
  const chosen = oneRowAGroup(groups, randomIntegers(seed))
  const counts = countByScore(rawScores, labels, chosen)
  return { accounts: chosen.length, ...asTable(stepsOf(counts, MOST_STEPS)) }
}

/** Each row of a group is as likely: the mix of landmarks stays what it is. */
export function oneRowAGroup(groups: Int32Array, nextInteger: (bound: number) => number): Int32Array {
  const seen = new Map<number, { rows: number; chosen: number }>()
  for (const [row, group] of groups.entries()) {
    const known = seen.get(group)
    if (!known) seen.set(group, { rows: 1, chosen: row })
    else {
      known.rows += 1
      if (nextInteger(known.rows) === 0) known.chosen = row
    }
  }
  return Int32Array.from(seen.values(), ({ chosen }) => chosen)
}

interface Step {
  /** Half way between its first score and the one before; NaN for the first step. */
  readonly from: number
  /** Probabilities. */
  readonly low: number
  readonly high: number
}

/** About equally many scores a step; its interval holds those of all of them. What lies between two scores goes with the nearer. */
function stepsOf(counts: ScoreCounts, most: number): Step[] {
  const size = counts.scores.length
  const steps = Math.min(most, size)
  const firsts = Array.from({ length: steps }, (_, step) => Math.floor((step * size) / steps))
  const bounds = blockBounds(counts)
  return firsts.map((first, step) => {
    const last = (firsts[step + 1] ?? size) - 1
    return {
      from: (counts.scores[first - 1]! + counts.scores[first]!) / 2,
      low: Math.min(vennAbers(counts, first, 0), bounds[first]![0]),
      high: Math.max(vennAbers(counts, last, 1), bounds[last]![1]),
    }
  })
}

/**
 * Wilson's interval of the block of each score. Rates rise, so a lower bound of a block is one of all blocks above it, and an upper
 * bound one of all below: a block of three rows takes what its neighbours know.
 */
function blockBounds(counts: ScoreCounts): (readonly [number, number])[] {
  const blocks = poolAdjacent(counts)
  const intervals = blocks.map(({ positives, rows }) => wilsonInterval(positives, rows))
  for (let b = 1; b < blocks.length; b++) intervals[b]![0] = Math.max(intervals[b]![0], intervals[b - 1]![0])
  for (let b = blocks.length - 2; b >= 0; b--)
    intervals[b]![1] = Math.min(intervals[b]![1], intervals[b + 1]![1])
  return blocks.flatMap(({ first, last }, b) =>
    new Array<readonly [number, number]>(last - first + 1).fill(intervals[b]!),
  )
}

/** In log-odds, rounded outwards; neighbours that became equal are one step. */
function asTable(steps: readonly Step[]): Omit<Intervals, 'accounts'> {
  const [from, low, high]: [number[], number[], number[]] = [[], [], []]
  for (const step of steps) {
    const stepLow = rounded(logit(clampProbability(step.low)), LOG_ODDS_UNIT, Math.floor)
    const stepHigh = rounded(logit(clampProbability(step.high)), LOG_ODDS_UNIT, Math.ceil)
    const begins = rounded(step.from, SCORE_UNIT, Math.round)
    if (low.length > 0) {
      if (low.at(-1) === stepLow && high.at(-1) === stepHigh) continue
      if (from.length > 0 && begins <= from.at(-1)!) {
        high[high.length - 1] = stepHigh
        continue
      }
      from.push(begins)
    }
    low.push(stepLow)
    high.push(stepHigh)
  }
  return { from, low, high }
}

function rounded(value: number, unit: number, round: (value: number) => number): number {
  return Number((round(value / unit) * unit).toFixed(6))
}
