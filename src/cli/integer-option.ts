/** An option that is a whole number. */
import { WonlostError } from '../errors.ts'
import type { CommandOptions } from './command.ts'

/** The largest seed that the generators take. */
export const LARGEST_SEED = 2 ** 31 - 1

/** Throws `usage` unless the option `--name` is a whole number from `low` to `high`. */
export function readInteger(options: CommandOptions, name: string, low: number, high: number): number {
  const given = options[name]
  const value = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : Number.NaN
  if (value >= low && value <= high) return value
  const message = `--${name} must be a whole number from ${low} to ${high}. Given: ${JSON.stringify(given)}.`
  throw new WonlostError('usage', message)
}
