/** When something happened, by our clock: the clocks of those who send run fast, slow, or decades off. */
import { DAY, formatTime, type Milliseconds, parseTime } from '../../glossary.ts'

export interface GivenTimes {
  /** When it happened, by the clock of the sender. */
  readonly timestamp: unknown
  /** When the message was sent, by the same clock. */
  readonly sentAt: unknown
  readonly receivedAt: Milliseconds
}

/** A time that lies ahead by less than this is taken for now: without `sentAt` a fast clock cannot be told from the future. */
const MOST_AHEAD = DAY

/**
 * occurred_at = receivedAt - (sentAt - timestamp): the distance of two times of one clock is right, however wrong the clock is.
 * Without a `sentAt` that can be read the timestamp stands as it is; without a timestamp it is now. A reason when it cannot be meant.
 */
export function occurredAt({ timestamp, sentAt, receivedAt }: GivenTimes): Milliseconds | { reason: string } {
  if (timestamp === undefined || timestamp === null) return receivedAt
  const stated = readTime(timestamp)
  if (Number.isNaN(stated))
    return { reason: 'timestamp is not a time with a zone, like 2026-01-31T09:30:00.000Z' }
  const sent = readTime(sentAt)
  const time = Number.isNaN(sent) ? stated : receivedAt - (sent - stated)
  if (time < 0) return { reason: 'timestamp lies before 1970' }
  if (time > receivedAt + MOST_AHEAD)
    return { reason: `timestamp lies in the future (it is ${formatTime(receivedAt)})` }
  return Math.min(time, receivedAt)
}

/** ISO 8601 with a zone, or milliseconds since 1970. NaN for anything else. */
function readTime(value: unknown): Milliseconds {
  if (typeof value === 'string') return parseTime(value)
  return typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : Number.NaN
}
