/** An option that is a span of whole days, written 30d. */
import { WonlostError } from '../errors.ts'
import type { CommandOptions } from './command.ts'

/** The option as commander names it: `campaignChange` for --campaign-change. Throws `usage`. */
export function readDays(options: CommandOptions, name: string, least: number, most: number): number {
  const given = options[name]
  const days = typeof given === 'string' && /^\d{1,5}d$/.test(given) ? Number(given.slice(0, -1)) : Number.NaN
  if (days >= least && days <= most) return days
  const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  const message = `${flag} must be a span of whole days, from ${least}d to ${most}d. Given: ${JSON.stringify(given)}.`
  throw new WonlostError('usage', message, { field: flag })
}
