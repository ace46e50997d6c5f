/**
 * Where the bands below the highest one begin: as near as may be to where they begin now, so that conversion on the judged rows does not
 * fall from any band to the next one above. Of all choices of lines with
 *
 *     0 = e_0 < e_1 < ... < e_(n-1) = top      and      rate[e_(i-1), e_i) <= rate[e_i, e_(i+1))
 *
 * the one with the least sum of |e_i - wished_i|, by dynamic programming over pairs of neighbouring lines: exact, and 101^3 steps a band.
 */
import type { JudgedScores } from './score-evidence.ts'

/** First score above the highest band. */
const END = 101

export interface ChosenLines {
  /** The first score of each band, the lowest (0) first. */
  readonly starts: readonly number[]
  /** Conversion falls somewhere: no choice of lines under this top line avoids it. */
  readonly falls: boolean
}

/**
 * @param present Where the bands begin now, the lowest (0) first; the last gives way to `top`.
 * @param leastRows A band of fewer rows has no conversion to speak of; where that leaves no choice, one row is enough.
 */
export function lowerLines(
  judged: JudgedScores,
  present: readonly number[],
  top: number,
  leastRows: number,
): ChosenLines {
  const wished = wishedStarts(present, top)
  const sums = sumsByScore(judged)
  for (const least of [leastRows, 1]) {
    const starts = search(sums, wished, top, least)
    if (starts) return { starts, falls: false }
  }
  return { starts: wished, falls: true }
}

/** 10 points double the odds: a band that is narrower hardly tells its leads from those beside it. */
const LEAST_WIDTH = 10

/** Lines of now where they leave room below the top line, else evenly below it; each at least one above the one before. */
function wishedStarts(present: readonly number[], top: number): number[] {
  const bands = present.length
  return present.map((start, band) => {
    if (band === bands - 1) return top
    const highest = top - (bands - 1 - band)
    const fits = top - present[bands - 2]! >= LEAST_WIDTH
    return Math.max(band, Math.min(highest, fits ? start : Math.round((top * band) / (bands - 1))))
  })
}

interface Sums {
  /** Rows, and those that reached the target, with a score below each. */
  readonly rows: Float64Array
  readonly reached: Float64Array
}

function sumsByScore({ scores, labels }: JudgedScores): Sums {
  const rows = new Float64Array(END + 1)
  const reached = new Float64Array(END + 1)
  for (let row = 0; row < labels.length; row++) {
    rows[scores[row]! + 1]! += 1
    reached[scores[row]! + 1]! += labels[row]!
  }
  for (let score = 1; score <= END; score++) {
    rows[score]! += rows[score - 1]!
    reached[score]! += reached[score - 1]!
  }
  return { rows, reached }
}

/** null where no choice of lines is in order. */
function search(sums: Sums, wished: readonly number[], top: number, leastRows: number): number[] | null {
  const bands = wished.length
  /** Of the bands so far, ending with [a, b): the least cost, and where the one before begins. */
  let best = new Map<number, Choice>()
  const key = (a: number, b: number): number => a * (END + 1) + b
  const ends = (band: number): readonly number[] =>
    band === bands - 1 ? [END] : band === bands - 2 ? [top] : range(band + 1, top)
  for (const b of ends(0)) if (hasRows(sums, 0, b, leastRows)) best.set(key(0, b), { cost: 0, before: null })
  const layers = [best]
  for (let band = 1; band < bands; band++) {
    const next = new Map<number, Choice>()
    for (const [pair, { cost }] of best) {
      const [c, a] = [Math.floor(pair / (END + 1)), pair % (END + 1)]
      for (const b of ends(band)) {
        if (b <= a || !hasRows(sums, a, b, leastRows) || !rises(sums, c, a, b)) continue
        const total = cost + Math.abs(a - wished[band]!)
        const known = next.get(key(a, b))
        if (!known || total < known.cost) next.set(key(a, b), { cost: total, before: c })
      }
    }
    best = next
    layers.push(best)
  }
  const [last] = [...best].sort(([, a], [, b]) => a.cost - b.cost)
  return last ? trace(layers, last[0]) : null
}

interface Choice {
  readonly cost: number
  readonly before: number | null
}

function trace(layers: readonly ReadonlyMap<number, Choice>[], last: number): number[] {
  const starts: number[] = []
  let pair = last
  for (const layer of layers.toReversed()) {
    const start = Math.floor(pair / (END + 1))
    starts.unshift(start)
    const { before } = layer.get(pair)!
    if (before !== null) pair = before * (END + 1) + start
  }
  return starts
}

function hasRows({ rows }: Sums, from: number, to: number, least: number): boolean {
  return rows[to]! - rows[from]! >= least
}

/** Conversion of [c, a) is at most that of [a, b): compared as products, so that equal rates are equal. */
function rises({ rows, reached }: Sums, c: number, a: number, b: number): boolean {
  return (
    (reached[a]! - reached[c]!) * (rows[b]! - rows[a]!) <= (reached[b]! - reached[a]!) * (rows[a]! - rows[c]!)
  )
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, place) => from + place)
}
