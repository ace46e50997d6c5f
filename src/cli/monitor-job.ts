/** What `serve` runs by the schedule of the monitor. */
import type { Config } from '../config.ts'
import { threadResult } from './thread-result.ts'

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
export async function monitorOnThread(
  work: MonitorThreadWork,
  signal: AbortSignal,
  script: URL = new URL('./monitor-thread.js', import.meta.url),
): Promise<readonly MonitorSummary[]> {
  return (await threadResult<readonly MonitorSummary[]>('monitor', script, work, signal)) ?? []
}
