/** What `serve` runs by the schedule of the sweep, and when models, policy or rules have changed. */
import type { Config } from '../config.ts'
import type { ScoreSummary } from '../jobs/score-leads.ts'
import { threadResult } from './thread-result.ts'

/** For the thread. */
export interface SweepThreadWork {
  readonly config: Config
  readonly url: string
}

/** null: it was done lately. */
export async function sweepOnThread(
  work: SweepThreadWork,
  signal: AbortSignal,
): Promise<ScoreSummary | null> {
  const script = new URL('./sweep-thread.js', import.meta.url)
  return (await threadResult<ScoreSummary | null>('sweep', script, work, signal)) ?? null
}
