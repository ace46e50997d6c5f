/** `--as-of`: the word `now`, or a time with a zone. */
import { WonlostError } from '../errors.ts'
import { type Milliseconds, parseTime } from '../glossary.ts'
import type { CommandOptions } from './command.ts'

export function readAsOf({ asOf }: CommandOptions, now: Milliseconds): Milliseconds {
  if (asOf === undefined || asOf === 'now') return now
  const time = typeof asOf === 'string' ? parseTime(asOf) : Number.NaN
  if (!Number.isNaN(time)) return time
  const allowed = 'now, or a time with a zone, such as 2026-11-21T00:00:00Z'
  throw new WonlostError('usage', `--as-of must be ${allowed}. Given: ${JSON.stringify(asOf)}.`)
}
