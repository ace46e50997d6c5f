/** How many a week: whole weeks only, counted back from the end, so that every week has each weekday once. */
import { DAY, type Milliseconds } from '../../src/glossary.ts'
import type { Period } from './watched-rows.ts'

const WEEK = 7 * DAY

/** In order of time; none for a period of less than a week. */
export function weeklyCounts(times: Iterable<Milliseconds>, { from, until }: Period): number[] {
  const weeks = new Array<number>(Math.max(0, Math.floor((until - from) / WEEK))).fill(0)
  for (const time of times) {
    const week = weeks.length - 1 - Math.floor((until - 1 - time) / WEEK)
    if (time < until && week >= 0 && week < weeks.length) weeks[week]! += 1
  }
  return weeks
}
