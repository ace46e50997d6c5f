/**
 * Promises of bands against what was done. The promise begins when the scoring put the lead into the band. It is kept by a response in
 * time, broken by none; neither where the time is not over yet, nor where the lead left the band downwards, or was rejected, before.
 */
import type { BandEntry } from '../../db/feedback-measures.ts'
import { HOUR, type Milliseconds } from '../../glossary.ts'
import { durationOf } from '../../iso-duration.ts'
import { median } from '../../statistics/median-interval.ts'
import { type Share, shareOf } from './share.ts'

export interface ResponseFigures {
  readonly band: string
  /** As the policy has it. */
  readonly respond_within: string
  readonly entered: number
  /** Not due yet, and not due any more. */
  readonly pending: number
  readonly withdrawn: number
  /** Responded to in time, of those that were due. */
  readonly in_time: Share
  /** Of those that were due, however late the response; null where half of them had none. */
  readonly median_hours: number | null
}

export function responseFigures(
  entries: readonly BandEntry[],
  promises: readonly { readonly band: string; readonly respond_within: string }[],
  until: Milliseconds,
): ResponseFigures[] {
  return promises.map(({ band, respond_within }) => {
    const within = durationOf(respond_within)
    const own = entries.filter((entry) => entry.band === band)
    const fates = own.map((entry) => ({ entry, fate: fateOf(entry, within, until) }))
    const due = fates.filter(({ fate }) => fate === 'kept' || fate === 'broken')
    const middle = median(
      due.map(({ entry }) => (entry.respondedAt ?? Number.POSITIVE_INFINITY) - entry.enteredAt),
    )
    return {
      band,
      respond_within,
      entered: own.length,
      pending: fates.filter(({ fate }) => fate === 'pending').length,
      withdrawn: fates.filter(({ fate }) => fate === 'withdrawn').length,
      in_time: shareOf(
        due.map(({ entry, fate }) => ({ account: entry.account, of: 1, count: fate === 'kept' ? 1 : 0 })),
      ),
      median_hours: middle === null || !Number.isFinite(middle) ? null : middle / HOUR,
    }
  })
}

function fateOf(
  { enteredAt, leftAt, respondedAt }: BandEntry,
  within: Milliseconds,
  until: Milliseconds,
): 'kept' | 'broken' | 'pending' | 'withdrawn' {
  const dueAt = enteredAt + within
  if (respondedAt !== null && respondedAt <= dueAt) return 'kept'
  if (leftAt !== null && leftAt < dueAt) return 'withdrawn'
  return dueAt < until ? 'broken' : 'pending'
}
