/** --threads: how many threads train. What they learn is the same whatever the number. */
import { availableParallelism } from 'node:os'
import type { CommandOptions } from './command.ts'
import { readInteger } from './integer-option.ts'

export const THREADS_FLAG = '--threads <N>'
export const THREADS_HELP =
  'threads that train; the result is the same whatever the number (default: one a core)'

const MOST_THREADS = 64

/** More than these find little to do: histograms, most of the work, are split by columns, four together. */
const MOST_BY_DEFAULT = 16

export function defaultThreads(): number {
  return Math.min(availableParallelism(), MOST_BY_DEFAULT)
}

/** Throws `usage`. */
export function readThreads(options: CommandOptions): number {
  return options.threads === undefined ? defaultThreads() : readInteger(options, 'threads', 1, MOST_THREADS)
}
