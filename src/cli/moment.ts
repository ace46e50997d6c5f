/** Moments on the command line: the word `now`, or a time with a zone, from 1970 on and not in the future: as HTTP takes them. */
import { WonlostError } from '../errors.ts'
import { formatTime, type Milliseconds, parseTime } from '../glossary.ts'
import { LIMITS } from '../server/limits.ts'
import type { CommandOptions } from './command.ts'

export function readAsOf({ asOf }: CommandOptions, now: Milliseconds): Milliseconds {
  return asOf === undefined ? now : readMoment('--as-of', asOf, now)
}

/** What was given for the option `name`. Throws `usage`. */
export function readMoment(name: string, given: CommandOptions[string], now: Milliseconds): Milliseconds {
  if (given === 'now') return now
  const time = typeof given === 'string' ? parseTime(given) : Number.NaN
  if (time > now + LIMITS.clockAhead) {
    const message = `${name} must not lie in the future: it is ${formatTime(now)}. Given: ${formatTime(time)}.`
    throw new WonlostError('usage', message)
  }
  if (time >= 0) return time
  const allowed = 'now, or a time with a zone from 1970 on, such as 2026-11-21T00:00:00Z'
  throw new WonlostError('usage', `${name} must be ${allowed}. Given: ${JSON.stringify(given)}.`)
}
