import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newKey } from '../../src/api-key.ts'
import { insertKey, revokeKey } from '../../src/db/api-keys.ts'
import { eraseLead } from '../../src/jobs/rights/erase-lead.ts'
import { setObjection } from '../../src/jobs/rights/object-lead.ts'
import { createKeySource } from '../../src/server/key-source.ts'
import { createRateLimiter } from '../../src/server/rate-limits.ts'
import { createScoreFeed } from '../../src/server/stream/score-feed.ts'
import { addLead, createTestApp, NOW, type TestApp } from '../support/app.ts'
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
  for (const app of apps.splice(0)) {
    // Connections that fetch keeps for later; what a stop does to streams is tested below.
    app.server.closeAllConnections()
    await app.close()
  }
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

function openSocket(url: string, headers = '') {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let text = ''
  socket.setEncoding('utf8')
  socket
    .on('error', () => {})
    .on('data', (part: string) => {
      text += part
    })
  socket.write(`GET /v1/stream HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`)
  return { socket, text: () => text }
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

  for (const id of ['1; DROP', '-1', '1e3', '0x10', '1'.repeat(16)]) {
    const bad = await fetch(`${url}/v1/stream`, { headers: { 'last-event-id': id } })
    expect(bad.status, id).toBe(400)
    expect(await bad.text()).toContain('last-event-id')
  }
  expect((await fetch(`${url}/v1/stream`, { method: 'HEAD' })).status).toBe(405)

  const beyond = await ready(await follow(`${url}/v1/stream`, { 'last-event-id': '9'.repeat(15) }))
  const last = await write(database.pool, 7)
  await until(() => beyond.events.length > 0)
  expect(beyond.events.map(({ id }) => id)).toEqual([String(last)])
})

test('an id whose transaction ends later comes before those above it; one that was rolled back holds nobody up for long', async () => {
  const url = await serve()
  const stream = await ready(await follow(`${url}/v1/stream`))
  const other = await serve()
  const [slow, lost, busy] = [1, 2, 3].map(() => new pg.Client(database.url)) as [
    pg.Client,
    pg.Client,
    pg.Client,
  ]
  await Promise.all([slow.connect(), lost.connect(), busy.connect()])
  try {
    // Whoever writes elsewhere, and for long, holds nobody up.
    await busy.query('BEGIN')
    await busy.query("INSERT INTO wonlost.leads VALUES ('l_9', NULL, now(), now(), 'test')")
    await slow.query('BEGIN')
    await lost.query('BEGIN')
    await write(slow, 11)
    await write(database.pool, 22, { id: 'l_2' })
    await write(lost, 33, { id: 'l_3' })
    await write(database.pool, 44, { id: 'l_4' })
    // Another that begins meanwhile sees none of it before it is whole.
    const second = await follow(`${other}/v1/stream`, { 'last-event-id': stream.lastId() })
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect([scoresOf(stream), scoresOf(second)]).toEqual([[], []])
    await slow.query('COMMIT')
    await until(() => stream.events.length >= 2)
    expect(scoresOf(stream)).toEqual([11, 22])
    await lost.query('ROLLBACK')
    await until(() => stream.events.length >= 3 && second.events.length >= 3)
    expect([scoresOf(stream), scoresOf(second)]).toEqual([
      [11, 22, 44],
      [11, 22, 44],
    ])
  } finally {
    await Promise.all([slow.end(), lost.end(), busy.end()])
  }
})

test('a thousand streams share one listener, which ends with the last of them', async () => {
  const url = await serve()
  const listening = async () =>
    (
      await database.pool.query(
        `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN wonlost_scores'`,
      )
    ).rows[0].count
  const sockets = Array.from({ length: 1_000 }, () => openSocket(url))
  await until(() => sockets.every(({ text }) => /\nid: \d/.test(text())))
  expect(await listening()).toBe(1)
  await write(database.pool, 55)
  await until(() => sockets.every(({ text }) => text().includes('"score":55')))
  for (const { socket } of sockets) socket.destroy()
  await until(async () => (await listening()) === 0)
  const again = await ready(await follow(`${url}/v1/stream`))
  await write(database.pool, 66)
  await until(() => again.events.length === 1)
})

test('a client that does not read holds nobody up, and is let go when the server stops', async () => {
  const url = await serve()
  const { socket } = openSocket(url, 'Last-Event-ID: 0\r\n')
  socket.pause()
  const closed = new Promise((resolve) => socket.once('close', resolve))
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

test('ends with its key, and with the session it was opened in; needs the scope read', async () => {
  const made = newKey()
  const about = { name: 'crm', createdBy: 'ann', createdAt: NOW, expiresAt: null }
  await insertKey(database.pool, { ...made, ...about, scopes: ['read'] })
  const off = { ingest: null, score: null, read: null, feedback: null, admin: null }
  const url = await serve({
    auth: { keys: createKeySource({ pool: database.pool, now: () => NOW }), limiter: createRateLimiter(off) },
  })
  expect((await fetch(`${url}/v1/stream`)).status).toBe(401)
  const app = apps.at(-1)!
  const inSession = async () => {
    const begun = await app.inject({ method: 'POST', url: '/v1/session', payload: { key: made.key } })
    const cookie = String(begun.headers['set-cookie']).split(';', 1)[0]!
    return { cookie, stream: await ready(await follow(`${url}/v1/stream`, { cookie })) }
  }
  const [left, over] = [await inSession(), await inSession()]
  const stream = await ready(await follow(`${url}/v1/stream`, { authorization: `Bearer ${made.key}` }))
  expect(stream.status).toBe(200)
  const headers = { cookie: left.cookie, 'sec-fetch-site': 'same-origin' }
  await app.inject({ method: 'DELETE', url: '/v1/session', headers })
  expect(await left.stream.ended).toBe('ended')
  await database.pool.query(
    `UPDATE wonlost.sessions SET created_at = $1::timestamptz - interval '1 day', expires_at = $1`,
    [new Date(NOW)],
  )
  expect(await over.stream.ended).toBe('ended')
  const last = await write(database.pool, 5)
  await until(() => stream.lastId() === String(last))
  await revokeKey(database.pool, made.prefix, { at: NOW, by: 'ann' })
  expect(await stream.ended).toBe('ended')
})

test('whoever objected or was erased is not told of, also to those who come again', async () => {
  const url = await serve()
  const others = await ready(await follow(`${url}/v1/stream`))
  for (const id of ['l_1', 'l_2', 'l_3']) await addLead(database.pool, id)
  await write(database.pool, 10, { id: 'l_1' })
  await write(database.pool, 20, { id: 'l_2' })
  const last = await write(database.pool, 30, { id: 'l_3' })
  await until(() => others.events.length === 3)
  await setObjection(database.pool, 'l_1', { reason: 'asked', by: 'ann' }, NOW)
  await eraseLead(database.pool, 'l_2', NOW)
  await until(async () => {
    const again = await follow(`${url}/v1/stream`, { 'last-event-id': '0' })
    await until(() => again.lastId() === String(last))
    return String(scoresOf(again)) === '30'
  })
})

test('while nothing happens the place is repeated; a closed feed has no streams', async () => {
  const feed = createScoreFeed(database.pool, { info() {}, error() {} })
  const id = await write(database.pool, 10)
  const stopping = new AbortController()
  const places: unknown[] = []
  for await (const page of feed.follow({ after: null, stopping, heartbeat: 5 })) {
    expect(page.steps).toEqual([])
    // Before the place is known a page tells of none.
    if (page.place !== null) places.push(page.place)
    if (places.length === 3) break
  }
  stopping.abort()
  expect(places).toEqual([id, id, id])
  await feed.close()
  const late = new AbortController()
  for await (const page of feed.follow({ after: 0, stopping: late, heartbeat: 5 })) expect(page).toBeNull()
  expect(late.signal.aborted).toBe(true)
})
