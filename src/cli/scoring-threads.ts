/** Threads for scoring all leads: how many, and what they run. */
import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import { WonlostError } from '../errors.ts'
import type { ScoringThreads } from '../jobs/scoring-threads.ts'
import type { CommandOptions } from './command.ts'
import { readThreads } from './threads-option.ts'

/** What `scoring-thread.ts` finds among its work. */
export interface ThreadSettings {
  readonly config: Config
  readonly url: string
}

/** With fewer leads a thread takes longer to start than it saves. */
const LEAST_LEADS = 4_000

/** Threads for so many leads; null: the main one does it. Throws `usage`. */
export function scoringThreads(
  config: Config,
  database: Database,
  options: CommandOptions,
): (leads: number) => ScoringThreads | null {
  // The main thread holds a connection, each other thread at least one.
  const most = config.poolSize - 1
  const isGiven = options.threads !== undefined
  const wanted = readThreads(options)
  if (isGiven && wanted > most) {
    const message = `--threads must be at most ${most}: this process may hold ${config.poolSize} connections (WONLOST_POOL_SIZE). Given: ${wanted}.`
    throw new WonlostError('usage', message)
  }
  // PostgreSQL on this machine takes about as much of it as the threads that it works for.
  const free = database.embedded ? Math.ceil(wanted / 2) : wanted
  const count = isGiven ? wanted : Math.min(free, most)
  const settings: ThreadSettings = { config, url: database.url }
  return (leads) => {
    if (count === 1 || (!isGiven && leads < LEAST_LEADS)) return null
    return { count, script: new URL('./scoring-thread.js', import.meta.url), settings }
  }
}
