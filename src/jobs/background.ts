/**
 * What runs behind a server on pg-boss (in a schema of its own, on the connections of whoever starts it). It must never take its server
 * down: what fails is told, and tried again later.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import type PgBoss from 'pg-boss'
import { MINUTE, type Milliseconds } from '../glossary.ts'

export interface BackgroundWork {
  /** For people: what is not done while it cannot begin. */
  readonly name: string
  /** Returns what ends it: called once, after `stopping` was aborted, and waited for. */
  readonly begin: (boss: PgBoss, stopping: AbortSignal) => Promise<(() => Promise<void>) | undefined>
}

export interface BackgroundOptions {
  /** Told what fails. */
  readonly say: (text: string) => void
  /** A start that failed is tried again after so long. */
  readonly retryAfter?: Milliseconds
}

export interface Background {
  /** Ends what runs, and waits for it; another server, or the next start, takes it up again. */
  stop(): Promise<void>
}

export const JOBS_SCHEMA = 'wonlost_jobs'

/** The statements that end jobs: pg-boss does not look at whether they succeed, and a failure unheard would end the process. */
const ENDS_JOBS = /^\s*WITH (?:results AS \(\s*UPDATE \S+\s+SET completed_on|deleted_jobs AS)/i

/** Returns at once; the work begins behind it, and is tried again while the database is away. */
export function startBackground(
  pool: pg.Pool,
  works: readonly BackgroundWork[],
  { say, retryAfter = MINUTE }: BackgroundOptions,
): Background {
  const stopping = new AbortController()
  let started: { readonly boss: PgBoss; readonly ends: readonly (() => Promise<void>)[] } | null = null
  let lastProblem = ''
  const tell = (error: unknown): void => {
    const problem = `${works.map(({ name }) => name).join(', ')}: not done at present: ${messageOf(error)}`
    // A database that is away fails every few seconds in the same way.
    if (problem !== lastProblem) say(problem)
    lastProblem = problem
  }

  /** pg-boss does not wait for all of its own queries when it stops: that a run was broken off would not be written down. */
  const queries = new Set<Promise<unknown>>()
  async function executeSql(text: string, values: unknown[]): Promise<{ rows: unknown[] }> {
    const query = pool.query(text, values)
    queries.add(query)
    try {
      return await query
    } catch (error) {
      if (!ENDS_JOBS.test(text)) throw error
      // The job expires, and is taken up again.
      tell(error)
      return { rows: [{ count: 0 }] }
    } finally {
      queries.delete(query)
    }
  }

  async function start(): Promise<typeof started> {
    const { default: Boss } = await import('pg-boss')
    const boss = new Boss({ db: { executeSql }, schema: JOBS_SCHEMA, cronWorkerIntervalSeconds: 30 })
    boss.on('error', tell)
    const ends: (() => Promise<void>)[] = []
    try {
      await boss.start()
      for (const work of works) {
        const end = await work.begin(boss, stopping.signal)
        if (end) ends.push(end)
      }
      lastProblem = ''
      return { boss, ends }
    } catch (error) {
      await Promise.allSettled(ends.map((end) => end()))
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
    async stop() {
      stopping.abort()
      await starting
      await Promise.allSettled((started?.ends ?? []).map((end) => end()))
      await started?.boss.stop().catch(tell)
      await Promise.allSettled(queries)
    },
  }
}

/** pg-boss gives copies of errors, which are none. */
function messageOf(error: unknown): string {
  const isLike = typeof error === 'object' && error !== null && 'message' in error
  return isLike ? String(error.message) : String(error)
}
