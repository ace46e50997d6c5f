import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { forgetOld } from '../../../src/db/forget-old.ts'
import { DAY } from '../../../src/glossary.ts'
import { applyRetention } from '../../../src/jobs/rights/retention.ts'
import { parsePolicy } from '../../../src/policy/policy.ts'
import { NOW } from '../../support/app.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { createModelsFolder } from '../../support/models-folder.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  // One a day, the last a day ago, in no order; about 40 blocks.
  await database.pool.query(
    `INSERT INTO wonlost.events (event_id, anonymous_id, type, occurred_at, known_at, source, properties)
     SELECT day::text, 'v', 'x', $1::timestamptz - day * interval '1 day', $1, 'test', jsonb_build_object('x', repeat('y', 200))
     FROM generate_series(1, 1200) AS day ORDER BY md5(day::text)`,
    [new Date(NOW)],
  )
})
afterAll(() => database.drop())

const left = async () =>
  (
    await database.pool.query<{ n: number; oldest: number }>(
      'SELECT count(*) AS n, max(event_id::int) AS oldest FROM wonlost.events',
    )
  ).rows[0]
const folder = createModelsFolder()
const text = readFileSync(join(folder.path, 'policy.yaml'), 'utf8')
folder.remove()
const policy = (section: string) => parsePolicy(`${text}\n${section}`, 'policy.yaml')

test('without a word in the policy all is kept', async () => {
  expect(await applyRetention(database.pool, policy(''), NOW)).toEqual({ events: 0, rejectedMessages: 0 })
})

test('what is older goes, to the day, however the table is cut; again nothing', async () => {
  // An event of exactly that age is not older.
  expect(await applyRetention(database.pool, policy('retention: { events: P3Y }'), NOW)).toMatchObject({
    events: 1200 - 3 * 366,
  })
  expect(await left()).toEqual({ n: 1098, oldest: 1098 })
  expect(await forgetOld(database.pool, 'events', { before: NOW - 100 * DAY, blocks: 3 })).toBe(998)
  expect(await left()).toEqual({ n: 100, oldest: 100 })
  expect(await forgetOld(database.pool, 'events', { before: NOW - 100 * DAY })).toBe(0)
})

test('rejected messages have a time of their own', async () => {
  await database.pool.query(
    `INSERT INTO wonlost.rejected_messages (received_at, source, reason, message)
     SELECT $1::timestamptz - day * interval '1 day', 'web', 'x', '{}' FROM unnest(ARRAY[1, 89, 91]) AS day`,
    [new Date(NOW)],
  )
  const kept = policy('retention: { rejected_messages: P90D }')
  expect(await applyRetention(database.pool, kept, NOW)).toEqual({ events: 0, rejectedMessages: 1 })
})

test('years, weeks and days; nothing shorter than 30 days, nothing unclear', () => {
  const kept = ['P1Y', 'P5W', 'P45D'].map(
    (given) => policy(`retention: { events: ${given} }`).retention.events,
  )
  expect(kept).toEqual([366 * DAY, 35 * DAY, 45 * DAY])
  for (const given of ['P29D', 'P4W', 'P3M', '3Y', 'P0Y', '7'])
    expect(() => policy(`retention: { events: ${given} }`), given).toThrow(/retention\.events/)
})
