/** What `bands suggest` is asked for. */
import type { BandTarget } from '../../training/bands/top-line.ts'
import { WonlostError } from '../errors.ts'
import type { CommandOptions } from './command.ts'

/** At least one, and with --write exactly one. Throws `usage`. */
export function readBandTargets(options: CommandOptions): readonly BandTarget[] {
  const targets: BandTarget[] = []
  if (options.capacity !== undefined)
    targets.push({ by: 'capacity', leadsPerWeek: readCapacity(options.capacity) })
  if (options.precision !== undefined)
    targets.push({ by: 'precision', conversion: readShare('--precision', options.precision) })
  if (options.shareOfWins !== undefined)
    targets.push({ by: 'wins', share: readShare('--share-of-wins', options.shareOfWins) })
  const most = options.write === true ? 1 : 3
  if (targets.length >= 1 && targets.length <= most) return targets
  const asked = options.write === true ? 'exactly one' : 'one or more'
  const given = targets.map(({ by }) => by).join(' and ') || 'none'
  const message = `bands suggest takes ${asked} of --capacity, --precision and --share-of-wins. Given: ${given}.`
  throw new WonlostError('usage', message)
}

const DAYS = 5

/** 50/week, or 10/day of a working week of five days. */
function readCapacity(given: CommandOptions[string]): number {
  const [, count, per] = /^(\d{1,7}(?:\.\d{1,3})?)\/(week|day)$/.exec(String(given)) ?? []
  const leads = Number(count) * (per === 'day' ? DAYS : 1)
  if (leads > 0) return leads
  const message = `--capacity must be a number of leads a week or a working day, such as 50/week or 10/day. Given: ${JSON.stringify(given)}.`
  throw new WonlostError('usage', message, { field: '--capacity' })
}

/** 0.3 or 30%: above 0 and at most 1. */
function readShare(flag: string, given: CommandOptions[string]): number {
  const [, number, percent] = /^(\d{1,3}(?:\.\d{1,6})?)(%?)$/.exec(String(given)) ?? []
  const share = Number(number) / (percent === '%' ? 100 : 1)
  if (share > 0 && share <= 1) return share
  const message = `${flag} must be a share above 0 and at most 1, such as 0.3 or 30%. Given: ${JSON.stringify(given)}.`
  throw new WonlostError('usage', message, { field: flag })
}
