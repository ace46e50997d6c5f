/** When the next attempt is made. The schedule is that of Standard Webhooks. */
import { DAY, HOUR, MINUTE, type Milliseconds, SECOND } from '../../glossary.ts'

/** Between one attempt and the next; the first is made at once. As many attempts as there are entries. */
const RETRY_DELAYS: readonly Milliseconds[] = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
]

/** Up or down by at most this share, so that receivers that failed together are not asked together again. */
const JITTER = 0.1

/** Who asks for more is asked again after so long. */
const LONGEST_WAIT = DAY

export interface RetryOptions {
  readonly now: Milliseconds
  /** From 0 to 1, exclusive. */
  readonly random: number
  /** That the receiver asked for: it is waited for at least. */
  readonly retryAfter: Milliseconds | null
  readonly delays?: readonly Milliseconds[]
}

/** Of the attempt after the one that failed (from 1); null: that was the last. */
export function nextAttemptAt(
  failed: number,
  { now, random, retryAfter, delays = RETRY_DELAYS }: RetryOptions,
): Milliseconds | null {
  const delay = delays[failed]
  if (delay === undefined) return null
  const wait = Math.round(delay * (1 + JITTER * (2 * random - 1)))
  return now + Math.max(wait, retryAfter ?? 0)
}

/** Seconds, or a date as HTTP writes it, from now on; null where it is neither, or lies in the past. */
export function readRetryAfter(header: string | null, now: Milliseconds): Milliseconds | null {
  if (header === null) return null
  const text = header.trim()
  const isDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)
  const wait = /^\d{1,9}$/.test(text) ? Number(text) * SECOND : isDate ? Date.parse(text) - now : Number.NaN
  return wait > 0 ? Math.min(wait, LONGEST_WAIT) : null
}
