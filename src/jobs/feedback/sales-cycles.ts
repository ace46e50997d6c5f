/**
 * How long deals take from opening to winning, before sales had scores and since. Deals of today that are won already are the quick ones:
 * so both times are as long, only deals old enough to have had the whole horizon count, and of each only what was won within it.
 */
import type { OpenedDeal } from '../../db/outcome-measures.ts'
import { DAY, type Milliseconds } from '../../glossary.ts'
import { median, medianInterval } from '../../statistics/median-interval.ts'
import { type Share, shareOf } from './share.ts'

export interface CycleFigures {
  /** The first deal of each account, won within the horizon, of those that were opened. */
  readonly won: Share
  /** Of those that were won. */
  readonly median_days: number | null
  /** 95 %; null of fewer than 6. */
  readonly interval_days: readonly [number, number] | null
}

export function cycleFigures(deals: readonly OpenedDeal[], horizon: Milliseconds): CycleFigures {
  const spans = deals.map(({ openedAt, wonAt }) =>
    wonAt !== null && wonAt < openedAt + horizon ? wonAt - openedAt : null,
  )
  const days = spans.flatMap((span) => (span === null ? [] : [span / DAY]))
  return {
    won: shareOf(
      spans.map((span, place) => ({ account: String(place), of: 1, count: span === null ? 0 : 1 })),
    ),
    median_days: median(days),
    interval_days: medianInterval(days),
  }
}
