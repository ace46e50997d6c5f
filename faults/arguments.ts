import { parseArgs } from 'node:util'
import { WonlostError } from '../src/errors.ts'
import { FAULTS, type FaultName } from './faults.ts'

export interface FaultArguments {
  readonly cycles: number
  /** Of the order of the faults, of the traffic and of the simulated history. */
  readonly seed: number
  /** Simulated, before the first fault. */
  readonly leads: number
  /** In the order of the list; each comes in turn, in an order by the seed. */
  readonly faults: readonly FaultName[]
  /** Events that each real client sends at the end; 0: none does. */
  readonly clients: number
  /** Leave database and models folder behind. */
  readonly keep: boolean
  readonly json: boolean
  readonly help: boolean
}

/** Throws `usage`. */
export function readArguments(given: readonly string[]): FaultArguments {
  const values = parse(given)
  const names = FAULTS.map(({ name }) => name)
  const faults = values.faults?.split(',') ?? names
  const unknown = faults.find((name) => !names.some((known) => known === name))
  if (unknown !== undefined)
    throw new WonlostError('usage', `--faults are ${names.join(', ')}, divided by commas. Given: ${unknown}.`)
  return {
    cycles: wholeNumber('cycles', values.cycles, 0, 10_000),
    seed: wholeNumber('seed', values.seed, 0, 999_999_999),
    leads: wholeNumber('leads', values.leads, 50, 20_000),
    faults: names.filter((name) => faults.includes(name)),
    clients: wholeNumber('clients', values.clients, 0, 100_000),
    keep: values.keep,
    json: values.json,
    help: values.help,
  }
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      options: {
        cycles: { type: 'string', default: '30' },
        seed: { type: 'string', default: '7' },
        leads: { type: 'string', default: '600' },
        faults: { type: 'string' },
        clients: { type: 'string', default: '0' },
        keep: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch (error) {
    throw new WonlostError('usage', error instanceof Error ? error.message : String(error))
  }
}

function wholeNumber(option: string, given: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(given) ? Number(given) : -1
  if (value >= least && value <= most) return value
  throw new WonlostError('usage', `--${option} is a whole number from ${least} to ${most}. Given: ${given}.`)
}
