/**
 * Runs a job by a schedule, once for all servers that share a database (pg-boss, in a schema of its own, on the connections of
 * whoever starts it). It must never take its server down: what fails is told, and tried again later.
 */

import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import type PgBoss from 'pg-boss'
import { MINUTE, type Milliseconds, SECOND } from '../glossary.ts'

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
  /** Told what fails. */
  readonly say: (text: string) => void
  /** A start that failed is tried again after so long. */
  readonly retryAfter?: Milliseconds
  /** How often is looked for work. */
  readonly pollEvery?: Milliseconds
}

export interface Schedule {
  /** Asks for a run now, as the schedule would. false: one waits already, or the schedule has not started yet. */
  trigger(): Promise<boolean>
  /** Ends what runs, and waits for it; another server, or the next start, takes it up again. */
  stop(): Promise<void>
}

const SCHEMA = 'wonlost_jobs'
const LONGEST_RUN = 4 * 60 * MINUTE
const RETRIES = 2

/** Returns at once; the schedule starts behind it, and goes on trying while the database is away. */
export function startSchedule(pool: pg.Pool, job: ScheduledJob, options: ScheduleOptions): Schedule {
  const { say, retryAfter = MINUTE, pollEvery = 30 * SECOND } = options
  const stopping = new AbortController()
  const { longest = LONGEST_RUN } = job
  let started: PgBoss | null = null
  let lastProblem = ''
  const tell = (error: unknown): void => {
    const problem = `${job.name} is not run by its schedule: ${error instanceof Error ? error.message : String(error)}`
    // A database that is away fails every few seconds in the same way.
    if (problem !== lastProblem) say(problem)
    lastProblem = problem
  }

  /** pg-boss does not wait for all of its own queries when it stops: that a run was broken off would not be written down. */
  const queries = new Set<Promise<unknown>>()
  async function executeSql(text: string, values: unknown[]): Promise<pg.QueryResult> {
    const query = pool.query(text, values)
    queries.add(query)
    return query.finally(() => queries.delete(query))
  }

  async function start(): Promise<PgBoss> {
    const { default: Boss } = await import('pg-boss')
    const boss = new Boss({
      db: { executeSql },
      schema: SCHEMA,
      cronWorkerIntervalSeconds: 30,
    })
    boss.on('error', tell)
    try {
      await boss.start()
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
        await job.run(AbortSignal.any([stopping.signal, AbortSignal.timeout(longest)]))
      })
      lastProblem = ''
      return boss
    } catch (error) {
      await boss.stop({ graceful: false }).catch(() => {})
      throw error
    }
  }

  const starting = (async () => {
    while (!stopping.signal.aborted) {
      try {
        started = await start()
        return
      } catch (error) {
        if (stopping.signal.aborted) return
        tell(error)
        // Ends early when it is stopped.
        await wait(retryAfter, undefined, { signal: stopping.signal }).catch(() => {})
      }
    }
  })()

  return {
    trigger: async () => (started === null ? false : (await started.send(job.name, {})) !== null),
    async stop() {
      stopping.abort()
      await starting
      await started?.stop().catch(tell)
      await Promise.allSettled(queries)
    },
  }
}
