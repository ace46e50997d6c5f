import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newKey } from '../../src/api-key.ts'
import { insertKey, revokeKey } from '../../src/db/api-keys.ts'
import { createKeySource } from '../../src/server/key-source.ts'
import { createRateLimiter } from '../../src/server/rate-limits.ts'
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

test('an id whose transaction ends later comes before those above it; one that was rolled back holds nobody up for long', async () => {
  const url = await serve()
  const stream = await ready(await follow(`${url}/v1/stream`))
  const [slow, lost] = [new pg.Client(database.url), new pg.Client(database.url)]
  await Promise.all([slow.connect(), lost.connect()])
  try {
    await slow.query('BEGIN')
    await lost.query('BEGIN')
    await write(slow, 11)
    await write(database.pool, 22, { id: 'l_2' })
    await write(lost, 33, { id: 'l_3' })
    await write(database.pool, 44, { id: 'l_4' })
    // Another that begins meanwhile sees none of it before it is whole.
    const second = await follow(`${await serve()}/v1/stream`, { 'last-event-id': stream.lastId() })
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect([scoresOf(stream), scoresOf(second)]).toEqual([[], []])
    await slow.query('COMMIT')
    await until(() => stream.events.length >= 2, 3_000)
    expect(scoresOf(stream)).toEqual([11, 22])
    await lost.query('ROLLBACK')
    await until(() => stream.events.length >= 3 && second.events.length >= 3, 3_000)
    expect([scoresOf(stream), scoresOf(second)]).toEqual([
      [11, 22, 44],
      [11, 22, 44],
    ])
  } finally {
    await Promise.all([slow.end(), lost.end()])
  }
})

test('many streams share one listener, which ends with the last of them', async () => {
  const url = await serve()
  const listening = async () =>
    (
      await database.pool.query(
        `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN wonlost_scores'`,
      )
    ).rows[0].count
  const streams = await Promise.all([1, 2, 3, 4, 5].map(async () => ready(await follow(`${url}/v1/stream`))))
  await until(async () => (await listening()) === 1)
  await write(database.pool, 55)
  await until(() => streams.every(({ events }) => events.length === 1))
  for (const stream of streams) stream.close()
  await until(async () => (await listening()) === 0)
  const again = await ready(await follow(`${url}/v1/stream`))
  await write(database.pool, 66)
  await until(() => again.events.length === 1)
})

test('a client that does not read holds nobody up, and is let go when the server stops', async () => {
  const url = await serve()
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  socket.pause()
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.write('GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: 0\r\n\r\n')
  await database.pool.query(
    `INSERT INTO wonlost.score_history (subject_kind, subject_id, model, segment, version, as_of, policy_version, guardrails_version,
       raw_points, score, band, verdict, cause, scored_at, decision_band)
     SELECT 'lead', repeat('x', 400) || n, 'conversion', '', 1, now(), 1, 1, 1, 1, 'warm', 'eligible', 'event', now(), 'warm'
     FROM generate_series(1, 20000) n`,
  )
  const other = await ready(await follow(`${url}/v1/stream`))
  await write(database.pool, 77)
  await until(() => other.events.length === 1)
  await apps.pop()!.close()
  expect(await other.ended).toBe('ended')
  socket.resume()
  await closed
})

test('ends when its key is revoked, and needs the scope read', async () => {
  const made = newKey()
  const about = { name: 'crm', createdBy: 'ann', createdAt: NOW, expiresAt: null }
  await insertKey(database.pool, { ...made, ...about, scopes: ['read'] })
  const off = { ingest: null, score: null, read: null, feedback: null, admin: null }
  const url = await serve({
    auth: { keys: createKeySource({ pool: database.pool, now: () => NOW }), limiter: createRateLimiter(off) },
  })
  expect((await fetch(`${url}/v1/stream`)).status).toBe(401)
  const stream = await ready(await follow(`${url}/v1/stream`, { authorization: `Bearer ${made.key}` }))
  expect(stream.status).toBe(200)
  await revokeKey(database.pool, made.prefix, { at: NOW, by: 'ann' })
  expect(await stream.ended).toBe('ended')
})
