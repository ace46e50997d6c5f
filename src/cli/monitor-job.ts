/** What `serve` runs by the schedule of the monitor. */
import { Worker } from 'node:worker_threads'
import type { Config } from '../config.ts'

/** For the thread. */
export interface MonitorThreadWork {
  readonly config: Config
  readonly url: string
}

/** A line for the log, one a model. */
export interface MonitorSummary {
  readonly model: string
  readonly version: number
  readonly verdict: string
  readonly because: string
  readonly crossed: readonly string[]
}

/** Runs the monitor on a thread and keeps what it finds. Ends at once, with the reason, when the signal is aborted. */
export function monitorOnThread(
  work: MonitorThreadWork,
  signal: AbortSignal,
  script: URL = new URL('./monitor-thread.js', import.meta.url),
): Promise<readonly MonitorSummary[]> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason)
      return
    }
    const worker = new Worker(script, { workerData: work })
    const stop = (): void => {
      void worker.terminate()
    }
    signal.addEventListener('abort', stop, { once: true })
    let found: readonly MonitorSummary[] = []
    worker.once('message', (message: readonly MonitorSummary[]) => {
      found = message
    })
    let failure: unknown
    worker.once('error', (error) => {
      failure = error
    })
    worker.once('exit', (code) => {
      signal.removeEventListener('abort', stop)
      if (signal.aborted) reject(signal.reason)
      else if (code === 0 && failure === undefined) resolve(found)
      else reject(failure ?? new Error(`The thread of the monitor ended with ${code}.`))
    })
  })
}
