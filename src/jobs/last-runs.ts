/** What became of the last runs of jobs by a schedule. */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'
import { JOBS_SCHEMA } from './background.ts'

export interface ScheduledRun {
  readonly name: string
  /** Five fields, in UTC. */
  readonly cron: string
  readonly isRunning: boolean
  /** The run that ended last; null: none is remembered. */
  readonly last: {
    readonly beganAt: Milliseconds
    readonly endedAt: Milliseconds
    readonly failed: boolean
  } | null
}

/** In order of name; none where no server with jobs has ever run. Runs are remembered for about a week. */
export async function lastRuns(pool: pg.Pool): Promise<ScheduledRun[]> {
  const { rows: there } = await pool.query<{ there: boolean }>(
    'SELECT to_regclass($1) IS NOT NULL AS there',
    [`${JOBS_SCHEMA}.schedule`],
  )
  if (!there[0]?.there) return []
  const ended = (table: string): string => `
    SELECT started_on, completed_on, state FROM ${JOBS_SCHEMA}.${table} job
    WHERE job.name = schedule.name AND completed_on IS NOT NULL AND started_on IS NOT NULL`
  const { rows } = await pool.query<{
    name: string
    cron: string
    running: boolean
    started_on: Date | null
    completed_on: Date
    state: string
  }>(
    `SELECT schedule.name, schedule.cron, last.*,
       EXISTS (SELECT FROM ${JOBS_SCHEMA}.job WHERE job.name = schedule.name AND job.state = 'active') AS running
     FROM ${JOBS_SCHEMA}.schedule LEFT JOIN LATERAL (
       SELECT started_on, completed_on, state::text FROM (${ended('job')} UNION ALL ${ended('archive')}) job
       ORDER BY completed_on DESC LIMIT 1) last ON true
     ORDER BY schedule.name`,
  )
  return rows.map(({ name, cron, running, started_on, completed_on, state }) => ({
    name,
    cron,
    isRunning: running,
    last: started_on && {
      beganAt: started_on.getTime(),
      endedAt: completed_on.getTime(),
      failed: state !== 'completed',
    },
  }))
}
