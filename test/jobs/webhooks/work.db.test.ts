import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { withTransaction } from '../../../src/db/database.ts'
import { type Crossing, writeOutbox } from '../../../src/db/outbox.ts'
import { replayAttempt } from '../../../src/db/webhook-attempts.ts'
import { addEndpoint } from '../../../src/db/webhook-endpoints.ts'
import { MINUTE } from '../../../src/glossary.ts'
import { type Background, startBackground } from '../../../src/jobs/background.ts'
import { type WebhookWork, webhookWork } from '../../../src/jobs/webhooks/work.ts'
import { NOW } from '../../support/app.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { createTcpProxy } from '../../support/tcp-proxy.ts'
import { until } from '../../support/until.ts'
import { createReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

let database: TestDatabase
let receiver: WebhookReceiver
let endpointId: string
let servers: Background[] = []

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  receiver = await createReceiver()
  endpointId = await endpoint(receiver.url)
})
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()))
  servers = []
  await receiver.close()
  await database.pool.query('DELETE FROM wonlost.outbox')
  await database.pool.query('DELETE FROM wonlost.webhook_endpoints')
})

function endpoint(url: string): Promise<string> {
  const given = {
    url,
    format: 'standard',
    events: ['lead.band_changed'],
    bands: null,
    description: null,
  } as const
  return withTransaction(database.pool, (client) => addEndpoint(client, given, SECRET, NOW))
}

function serve(given: Partial<WebhookWork> = {}): Background {
  const work = webhookWork({
    pool: database.pool,
    rules: { allowHttp: true, allowNetworks: ['127.0.0.0/8'] },
    engine: () => {
      throw new Error('none is loaded yet')
    },
    now: Date.now,
    random: () => 0.5,
    say: () => {},
    pollEvery: 20,
    // As often as the schedule has, without its hours.
    delays: Array.from({ length: 10 }, () => 0),
    ...given,
  })
  const server = startBackground(given.pool ?? database.pool, [work], { say: () => {}, retryAfter: 50 })
  servers.push(server)
  return server
}

async function cross(count: number, from = 1): Promise<void> {
  const crossings = Array.from(
    { length: count },
    (_, place): Crossing => ({
      ...{ subjectKind: 'lead', subjectId: `l_${from + place}`, kind: 'change', revision: 1 },
      types: ['lead.band_changed'],
      ...{ bandFrom: 'cold', bandTo: 'hot', verdictFrom: 'eligible', verdictTo: 'eligible' },
      ...{ action: 'call', model: 'conversion', score: 84, asOf: NOW, respondBy: null, createdAt: NOW },
    }),
  )
  await withTransaction(database.pool, (client) => writeOutbox(client, crossings))
}

async function states(): Promise<Record<string, number>> {
  const { rows } = await database.pool.query<{ state: string; n: number }>(
    'SELECT state, count(*) AS n FROM wonlost.webhook_messages GROUP BY state',
  )
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]))
}

const ids = () => receiver.received.map(({ id }) => id)

test('two servers deliver what waited and what comes, each message once, one that fails again', async () => {
  await cross(30)
  receiver.answer((response, place) => response.writeHead(place % 3 === 0 ? 500 : 204).end())
  serve()
  serve()
  await until(async () => (await states())['delivered'] === 30)
  receiver.answer((response) => response.writeHead(204).end())
  await cross(10, 100)
  await until(async () => (await states())['delivered'] === 40)
  expect(new Set(ids()).size).toBe(40)
  const { rows } = await database.pool.query(
    `SELECT count(*) AS attempts, count(*) FILTER (WHERE problem IS NULL) AS good FROM wonlost.webhook_attempts`,
  )
  expect(rows).toEqual([{ attempts: receiver.received.length, good: 40 }])
})

test('one that hangs does not hold up another', async () => {
  const slow = await createReceiver()
  slow.answer(() => {})
  await endpoint(slow.url)
  await cross(25)
  serve({ timeout: 3_000 })
  await until(() => new Set(ids()).size === 25)
  // It has its share of what is in hand, and no more.
  expect(slow.received.length).toBe(8)
  await slow.close()
})

test('one that hangs does not hold up another, however much waits for it', async () => {
  const hangs = await createReceiver()
  hangs.answer(() => {})
  await endpoint(hangs.url)
  await database.pool.query('DELETE FROM wonlost.webhook_endpoints WHERE endpoint_id = $1', [endpointId])
  await cross(400)
  const server = serve({ timeout: 60_000 })
  await until(() => hangs.received.length === 8)
  endpointId = await endpoint(receiver.url)
  await cross(1, 1_000)
  await until(() => receiver.received.length === 1)
  // Most of the 400 came before it: they were looked at, and wait for later, one after another.
  const { rows } = await database.pool.query(
    `SELECT count(*) FILTER (WHERE next_attempt_at > now()) AS later, count(DISTINCT next_attempt_at) AS times
     FROM wonlost.webhook_messages WHERE state = 'pending' AND claimed_until IS NULL`,
  )
  expect(rows[0].later).toBeGreaterThan(350)
  expect(rows[0].times).toBeGreaterThan(350)
  await hangs.close()
  await server.stop()
})

test('what a killed server had in hand, or was about to send, another takes up', async () => {
  const first = serve()
  await cross(1)
  await until(() => receiver.received.length === 1)
  await first.stop()
  await cross(4, 2)
  // Killed in the middle of an attempt; after the messages, with the jobs gone; and before its next attempt was due.
  await database.pool.query(
    `INSERT INTO wonlost.webhook_messages (outbox_id, endpoint_id, type, next_attempt_at, claimed_until, job_id)
     SELECT outbox_id, $1, 'lead.band_changed', now() - interval '10 s', now() + CASE subject_id
       WHEN 'l_2' THEN interval '-1 ms' WHEN 'l_3' THEN interval '1 hour' END, gen_random_uuid()
     FROM wonlost.outbox WHERE subject_id IN ('l_2', 'l_3', 'l_4')`,
    [endpointId],
  )
  await database.pool.query(
    `UPDATE wonlost.outbox SET relayed_at = now() WHERE subject_id IN ('l_2', 'l_3', 'l_4')`,
  )
  serve()
  await until(() => receiver.received.length === 4)
  const leads = receiver.received.map(({ body }) => JSON.parse(body).data.lead_id)
  // Somebody still has the third in hand.
  expect(leads.sort()).toEqual(['l_1', 'l_2', 'l_4', 'l_5'])
})

test('a replay goes out without anything else', async () => {
  serve()
  await cross(1)
  await until(async () => (await states())['delivered'] === 1)
  const { rows } = await database.pool.query<{ id: number }>(
    'SELECT attempt_id AS id FROM wonlost.webhook_attempts',
  )
  await replayAttempt(database.pool, endpointId, rows[0]!.id, Date.now())
  await until(() => receiver.received.length === 2)
  expect(new Set(ids()).size).toBe(1)
})

test('a database that goes away is waited for, and nothing is lost', async () => {
  const server = new URL(database.url)
  const proxy = await createTcpProxy({ host: server.hostname, port: Number(server.port) })
  server.port = String(proxy.port)
  const pool = new pg.Pool({ connectionString: server.href, max: 4, connectionTimeoutMillis: 2_000 })
  pool.on('error', () => {})
  const said: string[] = []
  const away = serve({ pool, timeout: 1_000, say: (text) => said.push(text) })
  await cross(20)
  // While attempts are being made.
  await until(() => receiver.received.length > 0)
  await proxy.cut()
  await cross(5, 100)
  await until(() => said.length > 0)
  await proxy.mend()
  await until(() => new Set(ids()).size === 25, MINUTE)
  await away.stop()
  await pool.end()
  await proxy.close()
})

test('a stop finishes the attempt in hand', async () => {
  let release = (): void => {}
  receiver.answer((response) => {
    release = () => {
      response.writeHead(204).end()
    }
  })
  const server = serve()
  await cross(1)
  await until(() => receiver.received.length === 1)
  const stopped = server.stop()
  release()
  await stopped
  expect(await states()).toEqual({ delivered: 1 })
})
