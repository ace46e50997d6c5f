/** Scheduled jobs behind a database, started by the test instead of by the clock. */
import type pg from 'pg'
import type PgBoss from 'pg-boss'
import {
  type Background,
  type BackgroundOptions,
  type BackgroundWork,
  startBackground,
} from '../../src/jobs/background.ts'
import { type ScheduledJob, scheduledWork } from '../../src/jobs/schedule.ts'

export interface StartedJobs extends Background {
  /** Sends a job, as its schedule would. false: one waits already, or nothing has begun yet. */
  trigger(name: string): Promise<boolean>
}

export function startJobs(
  pool: pg.Pool,
  jobs: readonly ScheduledJob[],
  options: BackgroundOptions,
): StartedJobs {
  let begun: PgBoss | undefined
  const probe: BackgroundWork = {
    name: 'probe',
    begin: async (boss) => {
      begun = boss
      return undefined
    },
  }
  const works = [...jobs.map((job) => scheduledWork(job, { pollEvery: 500 })), probe]
  const background = startBackground(pool, works, options)
  return { ...background, trigger: async (name) => ((await begun?.send(name, {})) ?? null) !== null }
}
