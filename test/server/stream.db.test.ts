import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../support/app.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type EventStream, openEventStream } from '../support/event-stream.ts'
import { createModelsFolder, type TestModelsFolder } from '../support/models-folder.ts'
import { until } from '../support/until.ts'

let database: TestDatabase
let folder: TestModelsFolder
const open: EventStream[] = []
const apps: TestApp['app'][] = []

beforeEach(async () => {
  database = await createTestDatabase()
  folder = createModelsFolder()
})

afterEach(async () => {
  for (const stream of open.splice(0)) stream.close()
  for (const app of apps.splice(0)) await app.close()
  await database.drop()
  folder.remove()
})

async function serve(options: Parameters<typeof createTestApp>[2] = {}): Promise<string> {
  const { app } = createTestApp(database, folder.path, options)
  apps.push(app)
  await app.listen({ host: '127.0.0.1', port: 0 })
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}

async function follow(url: string, headers: Record<string, string> = {}): Promise<EventStream> {
  const stream = await openEventStream(url, headers)
  open.push(stream)
  return stream
}

/** It knows where it is: what is written from now on comes. */
async function ready(stream: EventStream): Promise<EventStream> {
  await until(() => stream.lastId() !== '')
  return stream
}

interface Entry {
  readonly id?: string
  readonly kind?: 'lead' | 'account'
  readonly model?: string
  readonly band?: string
  readonly version?: number
}

const INSERT = `INSERT INTO wonlost.score_history (subject_kind, subject_id, model, segment, version, as_of, policy_version, guardrails_version,
  raw_points, score, band, verdict, cause, scored_at, decision_band)
  VALUES ($1, $2, $3, '', $4, $5, 1, 1, $6::int, $6::int, $7, 'eligible', 'event', $5, $7) RETURNING history_id`

async function write(
  client: Pick<TestDatabase['pool'], 'query'>,
  score: number,
  { id = 'l_1', kind = 'lead', model = 'conversion', band = 'warm', version = 1 }: Entry = {},
): Promise<number> {
  const values = [kind, id, model, version, new Date(NOW), score, band]
  const { rows } = await client.query<{ history_id: number }>(INSERT, values)
  await client.query(`SELECT pg_notify('wonlost_scores', '')`)
  return Number(rows[0]!.history_id)
}

const scoresOf = ({ events }: EventStream): number[] => events.map(({ data }) => JSON.parse(data).to.score)

test('tells what changed from what to what; what came to the same, and what is not asked for, does not come', async () => {
  const url = await serve()
  await write(database.pool, 40)
  const all = await ready(await follow(`${url}/v1/stream`))
  const accounts = await ready(await follow(`${url}/v1/stream?subject=account&model=account`))
  expect([all.status, all.contentType]).toEqual([200, 'text/event-stream; charset=utf-8'])
  const id = await write(database.pool, 81, { band: 'hot' })
  await write(database.pool, 81, { band: 'hot', version: 2 })
  await write(database.pool, 30, { id: 'a_1', kind: 'account', model: 'fit' })
  const last = await write(database.pool, 70, { id: 'a_1', kind: 'account', model: 'account' })
  await until(() => accounts.events.length === 1 && all.events.length === 3)
  const { data, ...event } = all.events[0]!
  expect(event).toEqual({ id: String(id), type: 'score' })
  expect(JSON.parse(data)).toEqual({
    history_id: id,
    lead_id: 'l_1',
    model: 'conversion',
    segment: null,
    version: '1',
    as_of: '2026-11-21T12:00:00Z',
    cause: 'event',
    from: { score: 40, band: 'warm', verdict: 'eligible', decision_band: 'warm' },
    to: { score: 81, band: 'hot', verdict: 'eligible', decision_band: 'hot' },
  })
  expect(scoresOf(all)).toEqual([81, 30, 70])
  expect(JSON.parse(accounts.events[0]!.data)).toMatchObject({ account_id: 'a_1', from: null })
  expect([all.lastId(), accounts.lastId()]).toEqual([String(last), String(last)])
})

test('goes on where a client was, in pages; 400 for what is no id; what is beyond the database begins at its end', async () => {
  const url = await serve()
  const first = await write(database.pool, 0)
  await database.pool.query(
    `INSERT INTO wonlost.score_history (subject_kind, subject_id, model, segment, version, as_of, policy_version, guardrails_version,
       raw_points, score, band, verdict, cause, scored_at, decision_band)
     SELECT 'lead', 'l_' || n, 'conversion', '', 1, now(), 1, 1, n % 101, n % 101, 'warm', 'eligible', 'event', now(), 'warm'
     FROM generate_series(1, 1200) n`,
  )
  const { rows } = await database.pool.query(
    'SELECT history_id FROM wonlost.score_history WHERE history_id > $1 ORDER BY 1',
    [first],
  )
  const resumed = await follow(`${url}/v1/stream`, { 'last-event-id': String(first) })
  await until(() => resumed.events.length >= 1200)
  expect(resumed.events.map(({ id }) => Number(id))).toEqual(rows.map(({ history_id }) => history_id))

  const bad = await fetch(`${url}/v1/stream`, { headers: { 'last-event-id': '1; DROP' } })
  expect(bad.status).toBe(400)
  expect(await bad.text()).toContain('last-event-id')
  expect((await fetch(`${url}/v1/stream`, { method: 'HEAD' })).status).toBe(405)

  const beyond = await ready(await follow(`${url}/v1/stream`, { 'last-event-id': '999999999' }))
  const last = await write(database.pool, 7)
  await until(() => beyond.events.length > 0)
  expect(beyond.events.map(({ id }) => id)).toEqual([String(last)])
})
