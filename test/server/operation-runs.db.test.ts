import { expect, test } from 'vitest'
import { listIntake } from '../../src/db/intake-minutes.ts'
import { DAY, MINUTE } from '../../src/glossary.ts'
import { lastRuns } from '../../src/jobs/last-runs.ts'
import { createIntakeMeter } from '../../src/server/tracking/intake-meter.ts'
import { serveForTests } from '../support/served.ts'
import { startJobs } from '../support/started-jobs.ts'
import { until } from '../support/until.ts'

const served = serveForTests([])

test('messages are counted by the minute in which they came, over all servers; a day is kept, and the last of all', async () => {
  const { pool } = served().database
  let now = 10 * MINUTE + 1
  const [here, there] = [
    createIntakeMeter({ pool, now: () => now }),
    createIntakeMeter({ pool, now: () => now }),
  ]
  const flush = () => Promise.all([here.flush(), there.flush()])
  here.count(3, 1)
  there.count(4, 0)
  here.count(0, 0)
  await flush()
  now += MINUTE
  here.count(2, 0)
  here.count(1, 1)
  await flush()
  const first = { from: 10 * MINUTE, received: 7, rejected: 1, lastAt: 10 * MINUTE + 1 }
  const second = { from: 11 * MINUTE, received: 3, rejected: 1, lastAt: 11 * MINUTE + 1 }
  expect(await listIntake(pool, 0)).toEqual([first, second])
  expect(await listIntake(pool, now + DAY)).toEqual([second])
  now += DAY
  there.count(1, 0)
  await flush()
  expect((await listIntake(pool, 0)).map(({ from }) => from)).toEqual([11 * MINUTE, 11 * MINUTE + DAY])
  // Of a minute that is known, while the database was away for longer than it is kept.
  there.count(1, 0)
  now += DAY + MINUTE
  there.count(1, 0)
  await flush()
  expect((await listIntake(pool, 0)).map(({ from, received }) => [from, received])).toEqual([
    [12 * MINUTE + 2 * DAY, 1],
  ])
})

test('what could not be written stays counted', async () => {
  const { pool } = served().database
  const meter = createIntakeMeter({ pool, now: () => 3_000 * DAY })
  await pool.query('ALTER TABLE wonlost.intake_minutes RENAME TO elsewhere')
  meter.count(5, 2)
  await expect(meter.flush()).rejects.toThrow()
  await pool.query('ALTER TABLE wonlost.elsewhere RENAME TO intake_minutes')
  meter.count(1, 0)
  await meter.flush()
  expect(await listIntake(pool, 3_000 * DAY)).toMatchObject([{ received: 6, rejected: 2 }])
})

test('what tracking clients send is counted, with what was turned down of it', async () => {
  const { app } = served()
  const batch = [
    { type: 'track', event: 'Pricing Viewed', anonymousId: 'x', messageId: 'm1' },
    { type: 'track' },
  ]
  await app.inject({ method: 'POST', url: '/v1/batch', payload: { batch } })
  const rate = (await app.inject('/v1/ingest/rate')).json()
  expect(rate).toMatchObject({
    last_received_at: '2026-11-21T12:00:00Z',
    last_hour: { received: 2, rejected: 1 },
  })
  expect(rate.minutes.at(-1)).toEqual({ from: '2026-11-21T12:00:00Z', received: 2, rejected: 1 })
})

test('jobs tell their schedule, whether they run, and how the last run ended', async () => {
  const { app, database } = served()
  expect((await app.inject('/v1/health/jobs')).json()).toEqual({ jobs: [] })
  let end: () => void = () => {}
  let isRunning = false
  const job = (name: string, run: () => Promise<void>) => ({ name, cron: '0 0 29 2 *', run })
  const background = startJobs(
    database.pool,
    [
      job('monitor', async () => {}),
      job(
        'sweep',
        () =>
          new Promise((resolve) => {
            isRunning = true
            end = resolve
          }),
      ),
    ],
    { say: () => {}, retryAfter: 50 },
  )
  try {
    const runs = async () => new Map((await lastRuns(database.pool)).map((run) => [run.name, run]))
    await until(async () => background.trigger('monitor'))
    await until(async () => background.trigger('sweep'))
    await until(async () => (await runs()).get('monitor')?.last != null)
    await until(() => isRunning)
    const found = await runs()
    expect(found.get('sweep')).toEqual({ name: 'sweep', cron: '0 0 29 2 *', isRunning: true, last: null })
    const { last, ...monitor } = found.get('monitor')!
    expect(monitor).toEqual({ name: 'monitor', cron: '0 0 29 2 *', isRunning: false })
    expect(last!.failed).toBe(false)
    expect(last!.endedAt).toBeGreaterThanOrEqual(last!.beganAt)
  } finally {
    end()
    await background.stop()
  }
})
