/**
 * When something first falls if nothing new happens, though it may rise and fall on its way: by halving time, the earlier half first,
 * and leaving out every stretch in which it surely does not fall. What is sure comes from bounds: between two moments each column of a
 * row lies between its two values, so that no score in between is below the lowest of the rows between (interval arithmetic, Moore 1966;
 * branch and bound).
 */
import type { Milliseconds } from '../glossary.ts'

export interface Moment {
  readonly at: Milliseconds
  readonly hasFallen: boolean
}

export interface FallSearch<Sample extends Moment> {
  readonly from: Sample
  readonly until: Milliseconds
  readonly sampleAt: (at: Milliseconds) => Sample
  /** false only where it has surely not fallen at any moment between the two; asked of two that have not. */
  readonly mayFallBetween: (from: Sample, to: Sample) => boolean
  /** Only moments that are whole multiples of this are looked at: what falls and rises again between two of them is not found. */
  readonly resolution: Milliseconds
}

/** The first moment found to have fallen: `resolution` before it, it had not. null: not before `until`. */
export function firstFall<Sample extends Moment>(search: FallSearch<Sample>): Sample | null {
  const { from, until, sampleAt, mayFallBetween, resolution } = search
  const wholeBefore = (at: Milliseconds): Milliseconds => Math.floor(at / resolution) * resolution
  const last = wholeBefore(until)
  if (from.hasFallen || last <= from.at) return null
  let before = from
  /** Ends of the stretches still to be searched, the next one last. */
  const ends = [sampleAt(last)]
  for (let end = ends.pop(); end; end = ends.pop()) {
    const isShort = end.at - before.at <= resolution
    if (end.hasFallen && isShort) return end
    if (isShort || !(end.hasFallen || mayFallBetween(before, end))) {
      before = end
      continue
    }
    ends.push(end, sampleAt(wholeBefore((before.at + end.at) / 2)))
  }
  return null
}
