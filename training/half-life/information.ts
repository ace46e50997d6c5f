/**
 * The loss of the pace model in double precision, with its derivatives worked out by hand: a test compares them with the automatic ones.
 * The information is that of Fisher, of a multinomial regression.
 */
import { BUCKET_COUNT, BUCKET_DAYS } from './age-buckets.ts'
import { type EventCounts, type Exposures, LEVEL_COUNT } from './exposures.ts'
import type { PaceLayout, PacePrior } from './pace-model.ts'

/** All of the loss with the prior. Squares are of row-major upper triangles, as wide as there are parameters. */
export interface Information {
  readonly loss: number
  readonly gradient: Float64Array
  readonly information: Float64Array
  /** Sum over accounts of the squares of their gradients, with the precision of the prior. */
  readonly scores: Float64Array
  readonly accounts: number
}

/** @param background By kind of decision, by row. */
export function informationOf(
  exposures: Exposures,
  background: readonly Float64Array[],
  layout: PaceLayout,
  prior: PacePrior,
  parameters: Float64Array,
): Information {
  const { length } = layout
  const { groups, rowCount } = exposures.background
  const derivatives = derivativesOf(exposures, background, layout, parameters)
  const information = new Float64Array(length * length)
  const scores = new Float64Array(length * length)
  const gradient = new Float64Array(length)
  const score = new Float64Array(length)
  const expected = new Float64Array(length)
  const addSquare = createSquares(length)
  let loss = 0
  let accounts = 0
  for (let row = 0; row < rowCount; row++) {
    const decisions = derivatives(row)
    const happened = layout.decisions.indexOf(exposures.outcomes[row]!)
    const total = decisions.reduce((sum, { logOdds }) => sum + Math.exp(logOdds), 1)
    loss += Math.log(total) - (decisions[happened]?.logOdds ?? 0)
    for (const [decision, { logOdds, slopes }] of decisions.entries()) {
      const probability = Math.exp(logOdds) / total
      const residual = probability - (decision === happened ? 1 : 0)
      addSquare(information, slopes, probability)
      for (let k = 0; k < length; k++) {
        score[k]! += residual * slopes[k]!
        expected[k]! += probability * slopes[k]!
      }
    }
    // The variance of the slopes over what may happen; those of base are 0.
    addSquare(information, expected, -1)
    expected.fill(0)
    if (row + 1 < rowCount && groups[row] === groups[row + 1]) continue
    accounts += 1
    addSquare(scores, score, 1)
    for (let k = 0; k < length; k++) gradient[k]! += score[k]!
    score.fill(0)
  }
  for (let k = 0; k < length; k++) {
    const precision = prior.precision[k]!
    const off = parameters[k]! - prior.mean[k]!
    loss += (precision / 2) * off * off
    gradient[k]! += precision * off
    information[k * length + k]! += precision
    scores[k * length + k]! += precision
  }
  return { loss, gradient, information, scores, accounts }
}

interface Derivatives {
  readonly logOdds: number
  /** By parameter. */
  readonly slopes: Float64Array
}

/** By kind of decision, log-odds of a row against base and their derivatives; the arrays are used again for the next row. */
function derivativesOf(
  { first, others, levels }: Exposures,
  background: readonly Float64Array[],
  layout: PaceLayout,
  parameters: Float64Array,
): (row: number) => readonly Derivatives[] {
  const share = Math.exp(parameters[layout.share]!)
  const types = first.map((counts, event) => ({
    decay: decayAt(parameters[layout.halfLives + event]!),
    sources: [cursorOf(counts, 1, false), cursorOf(others[event]!, share, true)],
  }))
  const decisions = background.map((offset, decision) => ({
    offset,
    firstLevel: decision * LEVEL_COUNT,
    slope: layout.slopes + decision,
    firstWeight: layout.weights + decision * layout.events,
    slopes: new Float64Array(layout.length),
    added: 0,
  }))
  return (row) => {
    for (const one of decisions) {
      one.slopes.fill(0)
      one.added = 0
    }
    for (const [event, { decay, sources }] of types.entries()) {
      for (const { at, counts, factor, isOthers } of sources) {
        const pair = at(row)
        if (pair < 0) continue
        let decayed = 0
        let byHalfLife = 0
        for (let bucket = 0; bucket < BUCKET_COUNT; bucket++) {
          const count = counts[pair * BUCKET_COUNT + bucket]!
          if (count === 0) continue
          decayed += count * decay.share[bucket]!
          byHalfLife += count * decay.slope[bucket]!
        }
        for (const one of decisions) {
          const scale = factor * Math.exp(parameters[one.firstWeight + event]!)
          one.added += scale * decayed
          one.slopes[one.firstWeight + event]! += scale * decayed
          one.slopes[layout.halfLives + event]! += scale * byHalfLife
          if (isOthers) one.slopes[layout.share]! += scale * decayed
        }
      }
    }
    return decisions.map(({ offset, firstLevel, slope, slopes, added }) => {
      for (let k = layout.weights; k < layout.length; k++) slopes[k]! /= 1 + added
      const level = firstLevel + levels[row]!
      slopes[level] = 1
      slopes[slope] = offset[row]!
      const logOdds = parameters[level]! + parameters[slope]! * offset[row]! + Math.log1p(added)
      return { logOdds, slopes }
    })
  }
}

/** 2^(-age / halfLife) by bucket, and its derivative by ln(halfLife). */
function decayAt(logHalfLife: number): { share: Float64Array; slope: Float64Array } {
  const halfLife = Math.exp(logHalfLife)
  const share = BUCKET_DAYS.map((days) => 2 ** (-days / halfLife))
  return { share, slope: share.map((left, bucket) => (left * Math.LN2 * BUCKET_DAYS[bucket]!) / halfLife) }
}

/** Finds the pair of a row, asked for in rising order of rows; -1 where it has none. */
function cursorOf({ rows, counts }: EventCounts, factor: number, isOthers: boolean) {
  let next = 0
  const at = (row: number): number => {
    while (next < rows.length && rows[next]! < row) next++
    return rows[next] === row ? next : -1
  }
  return { at, counts, factor, isOthers }
}

/** square += scale * v v', upper triangle: most of v is 0, and costs nothing. */
function createSquares(length: number) {
  const places = new Int32Array(length)
  return (square: Float64Array, v: Float64Array, scale: number): void => {
    let filled = 0
    for (let i = 0; i < length; i++) if (v[i] !== 0) places[filled++] = i
    for (let a = 0; a < filled; a++) {
      const i = places[a]!
      const scaled = scale * v[i]!
      for (let b = a; b < filled; b++) {
        const j = places[b]!
        square[i * length + j]! += scaled * v[j]!
      }
    }
  }
}
