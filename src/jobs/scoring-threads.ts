/**
 * Scoring on worker threads. Each has an engine and connections of its own: it takes parts of the run, reads, scores and writes them.
 * Nothing but counts goes between threads. Sending the records to them instead, or the scores back, would leave the driver's
 * share of the work, which is half of it, to one thread, and add a copy of every record.
 */
import { Worker } from 'node:worker_threads'
import type { EngineVersions, ScoringCounts } from '../db/scoring-runs.ts'
import { type ErrorCode, WonlostError } from '../errors.ts'
import { type PartsWork, takeNoMore } from './score-parts.ts'

export interface ScoringThreads {
  readonly count: number
  /** Runs in each thread: loads the engine, calls `scoreParts`, and posts a `ThreadMessage` a part. */
  readonly script: URL
  /** For the script, from whoever starts the threads; plain data. */
  readonly settings: unknown
}

/** What the script finds in `workerData`. */
export interface ThreadWork {
  readonly settings: unknown
  readonly work: PartsWork
  /** The thread must score by these and no others. */
  readonly engine: EngineVersions
  readonly atATime: number
}

export type ThreadMessage =
  | { readonly counts: ScoringCounts }
  /** Errors lose their class on the way. */
  | { readonly failure: { readonly code: ErrorCode; readonly message: string } }

/** As `scoreParts`: when a thread fails the parts in hand are still done; then its error is thrown. */
export async function scoreOnThreads(
  { count, script, settings }: ScoringThreads,
  { work, engine, atATime }: Omit<ThreadWork, 'settings'>,
  onPart: (counts: ScoringCounts) => void,
): Promise<void> {
  const run = (): Promise<void> =>
    new Promise<void>((resolve, reject) => {
      const workerData: ThreadWork = { settings, work, engine, atATime }
      const worker = new Worker(script, { workerData })
      let failure: Error | undefined
      worker.on('message', (message: ThreadMessage) => {
        if ('counts' in message) onPart(message.counts)
        else {
          takeNoMore(work)
          failure = new WonlostError(message.failure.code, message.failure.message)
        }
      })
      worker.on('error', (error) => {
        takeNoMore(work)
        failure = error instanceof Error ? error : new Error(String(error))
      })
      worker.on('exit', () => (failure ? reject(failure) : resolve()))
    })
  const ended = await Promise.allSettled(Array.from({ length: count }, run))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}
