import { expect, test } from 'vitest'
import { MINUTE } from '../../src/glossary.ts'
import { lastRuns } from '../../src/jobs/last-runs.ts'
import { createIntakeMeter } from '../../src/server/tracking/intake-meter.ts'
import { serveForTests } from '../support/served.ts'
import { startJobs } from '../support/started-jobs.ts'
import { until } from '../support/until.ts'

const served = serveForTests([])

test('messages are counted by the minute in which they came, for an hour', () => {
  let now = 10 * MINUTE + 1
  const meter = createIntakeMeter(() => now)
  expect(meter.lastAt()).toBeNull()
  meter.count(3, 1)
  meter.count(0, 0)
  now += MINUTE
  meter.count(2, 0)
  const busy = () => meter.minutes().filter(({ received }) => received > 0)
  expect(busy()).toEqual([
    { from: 10 * MINUTE, received: 3, rejected: 1 },
    { from: 11 * MINUTE, received: 2, rejected: 0 },
  ])
  expect(meter.minutes()).toHaveLength(60)
  now = 70 * MINUTE
  expect(busy()).toEqual([{ from: 11 * MINUTE, received: 2, rejected: 0 }])
  meter.count(1, 0)
  expect(busy().at(-1)).toEqual({ from: 70 * MINUTE, received: 1, rejected: 0 })
  expect([meter.since, meter.lastAt()]).toEqual([10 * MINUTE + 1, 70 * MINUTE])
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
