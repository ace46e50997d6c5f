/** --search and --minutes: settings of boosting are searched for, so long at most. */
import type { SearchRequest } from '../../training/search/stop.ts'
import { WonlostError } from '../errors.ts'
import { MINUTE } from '../glossary.ts'
import type { CommandContext, CommandOptions } from './command.ts'

export const SEARCH_HELP = 'search for settings of boosting; Ctrl-C ends the search and keeps the best'
export const MINUTES_HELP = 'time for the search (default: 10)'

const DEFAULT_MINUTES = 10
const MOST_MINUTES = 10_080

/** null without --search. Throws `usage`. */
export function readSearch(
  options: CommandOptions,
  { now, endEarly }: Pick<CommandContext, 'now' | 'endEarly'>,
): SearchRequest | null {
  const { minutes: given } = options
  if (options.search !== true) {
    if (given !== undefined)
      throw new WonlostError('usage', '--minutes is the time of a search: give --search too.')
    return null
  }
  return { budget: readMinutes(given) * MINUTE, now, endEarly }
}

/** Not Number(): that reads "" as 0 and "0x10" as 16. */
function readMinutes(given: CommandOptions[string]): number {
  if (given === undefined) return DEFAULT_MINUTES
  const minutes =
    typeof given === 'string' && /^\d{1,6}(\.\d{1,6})?$/.test(given) ? Number(given) : Number.NaN
  if (minutes > 0 && minutes <= MOST_MINUTES) return minutes
  const message = `--minutes must be a number above 0, up to ${MOST_MINUTES}. Given: ${JSON.stringify(given)}.`
  throw new WonlostError('usage', message)
}
