import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { WonlostError } from '../src/errors.ts'

export interface BenchArguments {
  /** Of parts, as given. */
  readonly names: readonly string[]
  readonly quick: boolean
  /** Path; null: RESULTS.md, or with --quick nowhere. */
  readonly out: string | null
  readonly help: boolean
}

/** Throws `usage`. */
export function readArguments(given: readonly string[]): BenchArguments {
  const read = parse(given)
  // Asked before the first minute of measuring, not after it.
  if (read.out !== null && !existsSync(dirname(read.out)))
    throw new WonlostError('usage', `--out must name a file in a folder that is there. Given: ${read.out}.`)
  return read
}

function parse(given: readonly string[]): BenchArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        quick: { type: 'boolean', default: false },
        out: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    return { names: positionals, quick: values.quick, out: values.out ?? null, help: values.help }
  } catch (error) {
    throw new WonlostError('usage', error instanceof Error ? error.message : String(error))
  }
}
