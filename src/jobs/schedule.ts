/** A job by a schedule, run once for all servers that share a database. */
import { MINUTE, type Milliseconds, SECOND } from '../glossary.ts'
import type { BackgroundWork } from './background.ts'

export interface ScheduledJob {
  /** Letters and hyphens: the name of the queue. */
  readonly name: string
  /** Five fields, in UTC. */
  readonly cron: string
  /** Aborted when the server stops, or the job takes longer than `longest`. */
  readonly run: (signal: AbortSignal) => Promise<void>
  readonly longest?: Milliseconds
}

export interface ScheduleOptions {
  /** How often is looked for work. */
  readonly pollEvery?: Milliseconds
}

const LONGEST_RUN = 4 * 60 * MINUTE
const RETRIES = 2

export function scheduledWork(job: ScheduledJob, options: ScheduleOptions = {}): BackgroundWork {
  const { pollEvery = 30 * SECOND } = options
  const { longest = LONGEST_RUN } = job
  return {
    name: job.name,
    begin: async (boss, stopping) => {
      const expireInSeconds = Math.ceil(longest / SECOND)
      // stately: one runs and one waits at most, however many servers or late schedules ask for it.
      await boss.createQueue(job.name, {
        name: job.name,
        policy: 'stately',
        retryLimit: RETRIES,
        retryDelay: 60,
        expireInSeconds,
      })
      await boss.schedule(job.name, job.cron)
      await boss.work(job.name, { pollingIntervalSeconds: pollEvery / SECOND }, async () => {
        await job.run(AbortSignal.any([stopping, AbortSignal.timeout(longest)]))
      })
      return undefined
    },
  }
}
