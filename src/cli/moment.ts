/** `--as-of`: the word `now`, or a time with a zone, from 1970 on and not in the future: as HTTP takes it. */
import { WonlostError } from '../errors.ts'
import { formatTime, type Milliseconds, parseTime } from '../glossary.ts'
import { LIMITS } from '../server/limits.ts'
import type { CommandOptions } from './command.ts'

export function readAsOf({ asOf }: CommandOptions, now: Milliseconds): Milliseconds {
  if (asOf === undefined || asOf === 'now') return now
  const time = typeof asOf === 'string' ? parseTime(asOf) : Number.NaN
  if (time > now + LIMITS.clockAhead) {
    const message = `--as-of must not lie in the future: it is ${formatTime(now)}. Given: ${formatTime(time)}.`
    throw new WonlostError('usage', message)
  }
  if (time >= 0) return time
  const allowed = 'now, or a time with a zone from 1970 on, such as 2026-11-21T00:00:00Z'
  throw new WonlostError('usage', `--as-of must be ${allowed}. Given: ${JSON.stringify(asOf)}.`)
}
