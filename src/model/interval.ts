/** How sure a probability is: the interval that rows of about this raw score gave. See docs/calibration.md for what it says. */
import type { Intervals } from './artifact.ts'
import { clampProbability, sigmoid } from './link.ts'

/** [low, high] for a raw score, always with its `probability` inside. null where the artifact has no intervals. */
export type IntervalOf = (rawScore: number, probability: number) => [number, number] | null

/** Step k holds from `from[k - 1]` on, and before `from[k]`. */
export function createIntervalOf(intervals: Intervals | undefined): IntervalOf {
  if (intervals === undefined) return () => null
  const from = Float64Array.from(intervals.from)
  const asProbabilities = (logOdds: readonly number[]): Float64Array =>
    Float64Array.from(logOdds, (value) => clampProbability(sigmoid(value)))
  const low = asProbabilities(intervals.low)
  const high = asProbabilities(intervals.high)
  return (rawScore, probability) => {
    const step = countUpTo(from, rawScore)
    return [Math.min(low[step]!, probability), Math.max(high[step]!, probability)]
  }
}

/** The same intervals with all log-odds moved by `difference`. */
export function shiftIntervals(intervals: Intervals, difference: number): Intervals {
  const move = (logOdds: readonly number[]): number[] => logOdds.map((value) => value + difference)
  return { ...intervals, low: move(intervals.low), high: move(intervals.high) }
}

/** How many of these rising numbers are at most x. */
function countUpTo(rising: Float64Array, x: number): number {
  let low = 0
  let high = rising.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (x >= rising[middle]!) low = middle + 1
    else high = middle
  }
  return low
}
