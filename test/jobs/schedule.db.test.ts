import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { BackgroundOptions } from '../../src/jobs/background.ts'
import type { ScheduledJob } from '../../src/jobs/schedule.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { startJobs } from '../support/started-jobs.ts'
import { until } from '../support/until.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const silent = { retryAfter: 50, say: () => {} }
const NEVER = '0 0 29 2 *'

function job(given: Partial<ScheduledJob> & Pick<ScheduledJob, 'run'>): ScheduledJob {
  return { name: 'monitor', cron: NEVER, ...given }
}

const start = (pool: pg.Pool, given: ScheduledJob, options: BackgroundOptions) => {
  const jobs = startJobs(pool, [given], options)
  return { ...jobs, trigger: () => jobs.trigger(given.name) }
}

it('runs once for all servers of a database', async () => {
  const runs: string[] = []
  const servers = ['a', 'b'].map((name) =>
    start(database.pool, job({ run: async () => void runs.push(name) }), silent),
  )
  try {
    await until(async () => servers[0]!.trigger())
    await until(() => runs.length > 0)
    const { rows } = await database.pool.query('SELECT name, cron, timezone FROM wonlost_jobs.schedule')
    expect(rows).toEqual([{ name: 'monitor', cron: NEVER, timezone: 'UTC' }])
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
  expect(runs).toHaveLength(1)
})

it('has one run waiting at most', async () => {
  let running = 0
  const schedule = start(
    database.pool,
    job({
      name: 'slow',
      run: (signal) =>
        new Promise((_, reject) => {
          running += 1
          signal.addEventListener('abort', () => reject(signal.reason))
        }),
    }),
    silent,
  )
  await until(async () => schedule.trigger())
  await until(() => running === 1)
  expect(await schedule.trigger()).toBe(true)
  expect(await schedule.trigger()).toBe(false)
  // A stop aborts what runs, and does not wait for it to come to its own end.
  await schedule.stop()
  const { rows } = await database.pool.query(
    "SELECT state::text FROM wonlost_jobs.job WHERE name = 'slow' ORDER BY state",
  )
  expect(rows.map(({ state }) => state)).toEqual(['created', 'retry'])
})

it('tells that it cannot start, goes on trying, and stops all the same', async () => {
  const away = new pg.Pool({ connectionString: 'postgres://nobody@127.0.0.1:1/none' })
  const said: string[] = []
  const schedule = start(away, job({ run: async () => {} }), {
    ...silent,
    say: (text) => said.push(text),
  })
  await until(() => said.length > 0)
  expect(said[0]).toMatch(/^monitor, probe: not done at present: /)
  expect(await schedule.trigger()).toBe(false)
  await schedule.stop()
  await away.end()
})
