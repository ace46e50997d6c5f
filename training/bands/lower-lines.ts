/**
 * Where the bands below the highest one begin: as near as may be to where they begin now, so that conversion on the judged rows does not
 * fall from any band to the next one above. Of all choices of lines with
 *
 *     0 = e_0 < e_1 < ... < e_(n-1) = top      and      rate[e_(i-1), e_i) <= rate[e_i, e_(i+1))
 *
 * the one with the least sum of |e_i - wished_i|, by dynamic programming over pairs of neighbouring lines: exact, and 101^3 steps a band.
 */
import type { JudgedLeads } from './score-evidence.ts'

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
  judged: JudgedLeads,
  present: readonly number[],
  top: number,
  leastRows: number,
): ChosenLines {
  const wished = wishedStarts(present, top)
  const sums = sumsByBand(judged, present.length)
  for (const least of [leastRows, 1]) {
    const starts = search(sums, wished, top, least)
    if (starts) return { starts, falls: false }
  }
  return { starts: wished, falls: true }
}

/** 10 points double the odds: a band that is narrower hardly tells its leads from those beside it. */
const LEAST_WIDTH = 10

/**
 * Lines of now. Only one that is in the way of the line above it, because that one was lowered, gives way: as far as leaves room for a
 * band, or, under a top line so low that there is no such room for all, for an even share of it.
 */
function wishedStarts(present: readonly number[], top: number): number[] {
  const width = Math.min(LEAST_WIDTH, Math.floor(top / (present.length - 1)))
  const wished = present.with(-1, top)
  for (let band = present.length - 2; band > 0; band--) {
    const above = wished[band + 1]!
    if (above < present[band + 1]!) wished[band] = Math.min(present[band]!, above - width)
  }
  return wished
}

/** By band, and by line: rows that stand in it, or higher, where it begins there; and those of them that reached the target. */
interface Sums {
  readonly rows: readonly Float64Array[]
  readonly reached: readonly Float64Array[]
}

function sumsByBand({ levels, labels }: JudgedLeads, bands: number): Sums {
  const empty = (): Float64Array[] => Array.from({ length: bands }, () => new Float64Array(END + 1))
  const [rows, reached] = [empty(), empty()]
  for (const [row, one] of levels.entries())
    for (let band = 0; band < bands; band++) {
      if (one[band]! < 0) continue
      rows[band]![one[band]!]! += 1
      reached[band]![one[band]!]! += labels[row]!
    }
  for (const sums of [...rows, ...reached])
    for (let line = END - 1; line >= 0; line--) sums[line]! += sums[line + 1]!
  return { rows, reached }
}

/** In the band that begins at `from`, with the next at `to`. */
function within(sums: readonly Float64Array[], band: number, from: number, to: number): number {
  return sums[band]![from]! - (sums[band + 1]?.[to] ?? 0)
}

/** null where no choice of lines is in order. */
function search(sums: Sums, wished: readonly number[], top: number, leastRows: number): number[] | null {
  const bands = wished.length
  /** Of the bands so far, ending with [a, b): the least cost, and where the one before begins. */
  let best = new Map<number, Choice>()
  const key = (a: number, b: number): number => a * (END + 1) + b
  const ends = (band: number): readonly number[] =>
    band === bands - 1 ? [END] : band === bands - 2 ? [top] : range(band + 1, top)
  for (const b of ends(0))
    if (within(sums.rows, 0, 0, b) >= leastRows) best.set(key(0, b), { cost: 0, before: null })
  const layers = [best]
  for (let band = 1; band < bands; band++) {
    const next = new Map<number, Choice>()
    for (const [pair, { cost }] of best) {
      const [c, a] = [Math.floor(pair / (END + 1)), pair % (END + 1)]
      for (const b of ends(band)) {
        if (b <= a || within(sums.rows, band, a, b) < leastRows || !rises(sums, band, c, a, b)) continue
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

/** Conversion of [c, a), the band below, is at most that of [a, b): compared as products, so that equal rates are equal. */
function rises({ rows, reached }: Sums, band: number, c: number, a: number, b: number): boolean {
  return (
    within(reached, band - 1, c, a) * within(rows, band, a, b) <=
    within(reached, band, a, b) * within(rows, band - 1, c, a)
  )
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, place) => from + place)
}
