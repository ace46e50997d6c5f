/** `--cutoff` of the commands that keep a model: what its training may know, or could. */
import { WonlostError } from '../errors.ts'
import { type Milliseconds, parseTime } from '../glossary.ts'
import type { CommandOptions } from './command.ts'

/** null when it was not given. Throws `usage`. */
export function readCutoff({ cutoff }: CommandOptions, now: Milliseconds): Milliseconds | null {
  if (cutoff === undefined) return null
  const time = typeof cutoff === 'string' ? parseTime(cutoff) : Number.NaN
  if (time >= 0 && time <= now) return time
  const allowed = 'a time from 1970 on with a zone that is not in the future, such as 2026-11-21T00:00:00Z'
  const message = `--cutoff must be ${allowed}. Given: ${JSON.stringify(cutoff)}.`
  throw new WonlostError('usage', message, { field: '--cutoff' })
}
