/**
 * How many leads a week come over a line, by a replay of whole weeks: each lead is scored at every week's end, as it would have been. A
 * lead comes over a line when it stood below it, or was not there, as the replay begins, and stands at or above it at the end of any
 * week: once, however often it comes and goes.
 */

export interface Traffic {
  readonly weeks: number
  /** Leads that were replayed stand for so many each. */
  readonly oneIn: number
  /** Leads a week that rise to a score in [from, to] and stood below `from` before. */
  perWeek(from: number, to: number): number
  /** Leads with a score in [from, to] as the replay ends. */
  standing(from: number, to: number): number
}

const SCORES = 101
/** Was not there, was disqualified or had no score. */
const NOWHERE = -1

export function createTraffic(
  weeks: number,
  oneIn: number,
): {
  /** `scoreAt(week)` from 0 (the beginning) to `weeks` (the end): 0..100; null: nobody would have called. */
  add(scoreAt: (week: number) => number | null): void
  read(): Traffic
} {
  /** Leads by where they stood at first, and the highest that they came to. */
  const rises = new Float64Array((SCORES + 1) * SCORES)
  const last = new Float64Array(SCORES)
  return {
    add(scoreAt) {
      const first = scoreAt(0) ?? NOWHERE
      let highest = NOWHERE
      let latest = NOWHERE
      for (let week = 1; week <= weeks; week++) {
        latest = scoreAt(week) ?? NOWHERE
        highest = Math.max(highest, latest)
      }
      if (highest !== NOWHERE) rises[(first + 1) * SCORES + highest]! += 1
      if (latest !== NOWHERE) last[latest]! += 1
    },
    read: () => ({
      weeks,
      oneIn,
      perWeek(from, to) {
        let leads = 0
        for (let first = NOWHERE; first < from; first++)
          for (let highest = from; highest <= to; highest++) leads += rises[(first + 1) * SCORES + highest]!
        return (leads * oneIn) / weeks
      },
      standing: (from, to) => oneIn * last.subarray(from, to + 1).reduce((sum, leads) => sum + leads, 0),
    }),
  }
}
