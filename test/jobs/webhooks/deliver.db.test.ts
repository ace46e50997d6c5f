import { randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { withTransaction } from '../../../src/db/database.ts'
import { type Crossing, forgetRelayed, relayCrossings, writeOutbox } from '../../../src/db/outbox.ts'
import { listAttempts, replayAttempt, replayFailed } from '../../../src/db/webhook-attempts.ts'
import {
  addEndpoint,
  enableEndpoint,
  listEndpoints,
  type NewEndpoint,
  rotateSecret,
} from '../../../src/db/webhook-endpoints.ts'
import { takeReplayed } from '../../../src/db/webhook-messages.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/glossary.ts'
import { type DeliveryJob, type DeliveryParts, deliver } from '../../../src/jobs/webhooks/deliver.ts'
import { NOW } from '../../support/app.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { createReceiver, verify, type WebhookReceiver } from '../../support/webhook-receiver.ts'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

let database: TestDatabase
let receiver: WebhookReceiver
let clock = NOW
let jobs: { job: DeliveryJob; at: number }[] = []

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  receiver = await createReceiver()
  clock = NOW
  jobs = []
})
afterEach(async () => {
  await receiver.close()
  await database.pool.query('DELETE FROM wonlost.outbox')
  await database.pool.query('DELETE FROM wonlost.webhook_endpoints')
})

function parts(given: Partial<DeliveryParts> = {}): DeliveryParts {
  return {
    pool: database.pool,
    rules: { allowHttp: true, allowNetworks: ['127.0.0.0/8'] },
    now: () => clock,
    random: () => 0.5,
    sendJob: async (_client, job, _id, at) => {
      jobs.push({ job, at })
    },
    ...given,
  }
}

const CROSSING: Crossing = {
  ...{ subjectKind: 'lead', subjectId: 'l_1', kind: 'change', revision: 1 },
  types: ['lead.verdict_changed', 'lead.band_changed'],
  ...{ bandFrom: 'review', bandTo: 'hot', verdictFrom: 'review', verdictTo: 'eligible' },
  ...{ action: 'call', model: 'conversion', score: 84, asOf: NOW, respondBy: NOW + HOUR, createdAt: NOW },
}

async function endpoint(given: Partial<NewEndpoint> = {}): Promise<string> {
  const events = ['lead.band_changed', 'lead.response_overdue'] as const
  const plain = { url: receiver.url, format: 'standard', events, bands: null, description: null } as const
  return withTransaction(database.pool, (client) => addEndpoint(client, { ...plain, ...given }, SECRET, NOW))
}

/** Writes crossings, and gives the first attempts that they lead to. */
async function relay(...crossings: Partial<Crossing>[]): Promise<DeliveryJob[]> {
  return withTransaction(database.pool, async (client) => {
    await writeOutbox(
      client,
      crossings.map((given) => ({ ...CROSSING, ...given })),
    )
    const { messages } = await relayCrossings(client, 100, clock)
    return messages.map(({ messageId, endpointId }) => ({ messageId, endpointId, round: 1, attempt: 1 }))
  })
}

async function relayOne(): Promise<DeliveryJob> {
  return (await relay({}))[0]!
}

/** Attempt after attempt, each at its time, as long as there is a next one. */
async function deliverAll(first: DeliveryJob, given: Partial<DeliveryParts> = {}): Promise<number[]> {
  const times: number[] = []
  jobs = [{ job: first, at: clock }]
  for (let next = jobs.pop(); next; next = jobs.pop()) {
    clock = next.at
    times.push(clock)
    await deliver(parts(given), next.job)
  }
  return times
}

test('a receiver verifies it with standardwebhooks, and reads ids and numbers', async () => {
  await endpoint()
  // The package allows five minutes around the present.
  clock = Date.now()
  await deliver(parts(), await relayOne())
  const [got] = receiver.received
  const headers = {
    'webhook-id': got!.id,
    'webhook-timestamp': got!.timestamp,
    'webhook-signature': got!.signature,
  }
  expect(new Webhook(SECRET).verify(got!.body, headers)).toEqual({
    type: 'lead.band_changed',
    timestamp: '2026-11-21T12:00:00Z',
    data: {
      lead_id: 'l_1',
      revision: 1,
      band: { from: 'review', to: 'hot' },
      verdict: { from: 'review', to: 'eligible' },
      action: 'call',
      respond_by: '2026-11-21T13:00:00Z',
      model: 'conversion',
      score: 84,
      history_id: null,
      as_of: '2026-11-21T12:00:00Z',
    },
  })
  expect(() => new Webhook(SECRET).verify(`${got!.body} `, headers)).toThrow()
  const [stored] = await listAttempts(
    database.pool,
    (await listEndpoints(database.pool, NOW))[0]!.endpointId,
    {
      ...{ limit: 9, before: null, state: null },
    },
  )
  expect(stored).toMatchObject({ state: 'delivered', status: 204, problem: null, answer: null, attempt: 1 })
})

const byText = (a: { text: string }, b: { text: string }) => (a.text < b.text ? -1 : 1)

test('Slack gets a text in which an id mentions nobody', async () => {
  await endpoint({ format: 'slack', events: ['lead.band_changed', 'lead.response_overdue'] })
  const overdue = { kind: 'overdue', types: ['lead.response_overdue'], bandFrom: 'hot', revision: 2 } as const
  for (const job of await relay({ subjectId: '<!channel>&' }, overdue)) await deliver(parts(), job)
  expect(receiver.received.map(({ body }) => JSON.parse(body)).sort(byText)).toEqual([
    {
      text: 'Lead &lt;!channel&gt;&amp;: review → hot (score 84). To do: call by 2026-11-21T13:00:00Z.',
    },
    { text: 'Lead l_1: nobody responded by 2026-11-21T13:00:00Z (hot, score 84). To do: call.' },
  ])
})

test('an endpoint gets what it asked for: types, bands, and nothing from before it was there', async () => {
  const all = await endpoint({ events: ['lead.band_changed', 'lead.verdict_changed'] })
  const hot = await endpoint({ bands: ['hot'] })
  const cold = await endpoint({ bands: ['cold'] })
  const accounts = await endpoint({ events: ['account.band_changed'] })
  const sent = await relay(
    { subjectId: 'l_1' },
    { subjectId: 'l_2', bandTo: 'cold' },
    { subjectId: 'l_3', types: ['lead.verdict_changed'], bandTo: 'disqualified' },
    { subjectId: 'l_4', createdAt: NOW - 1 },
    { subjectKind: 'account', subjectId: 'a_1', types: ['account.band_changed'] },
  )
  const { rows } = await database.pool.query(
    `SELECT endpoint_id, subject_id, type FROM wonlost.webhook_messages JOIN wonlost.outbox USING (outbox_id)`,
  )
  const got = (id: string) =>
    rows
      .filter((row) => row.endpoint_id === id)
      .map((row) => `${row.subject_id} ${row.type}`)
      .sort()
  // A change of both is told once, as the more telling of what was asked for.
  expect(got(all)).toEqual([
    'l_1 lead.verdict_changed',
    'l_2 lead.verdict_changed',
    'l_3 lead.verdict_changed',
  ])
  expect(got(hot)).toEqual(['l_1 lead.band_changed'])
  expect(got(cold)).toEqual(['l_2 lead.band_changed'])
  expect(got(accounts)).toEqual(['a_1 account.band_changed'])
  expect(sent).toHaveLength(rows.length)
  // Said twice, it is there once; and relayed once.
  expect(await relay({ subjectId: 'l_1' })).toEqual([])
})

describe('what is not delivered is tried again', () => {
  test('500 and 500, then 200: the same id and body, each signed at its time, at 0, 5 s and 5 min', async () => {
    const id = await endpoint()
    receiver.answer((response, place) => response.writeHead(place < 2 ? 500 : 200).end('later'))
    const times = await deliverAll(await relayOne())
    expect(times).toEqual([NOW, NOW + 5 * SECOND, NOW + 5 * SECOND + 5 * MINUTE])
    expect(new Set(receiver.received.map((got) => got.id)).size).toBe(1)
    expect(new Set(receiver.received.map((got) => got.body)).size).toBe(1)
    for (const [place, got] of receiver.received.entries()) verify(SECRET, got, times[place]!)
    const attempts = await listAttempts(database.pool, id, { limit: 9, before: null, state: null })
    expect(attempts.map(({ attempt, status, answer }) => [attempt, status, answer])).toEqual([
      [3, 200, null],
      [2, 500, 'later'],
      [1, 500, 'later'],
    ])
  })

  test('ten times, over 76 hours with jitter, and then it has failed', async () => {
    const id = await endpoint()
    receiver.answer((response) => response.writeHead(503).end())
    const times = await deliverAll(await relayOne(), { random: () => 0 })
    const waits = times.slice(1).map((time, place) => time - times[place]!)
    const delays = [
      5 * SECOND,
      5 * MINUTE,
      30 * MINUTE,
      ...[2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR),
    ]
    expect(waits).toEqual(delays.map((delay) => 0.9 * delay))
    expect(receiver.received).toHaveLength(10)
    expect((await listEndpoints(database.pool, NOW, id))[0]).toMatchObject({
      pending: 0,
      failed: 1,
      disabled: null,
    })
  })

  test('a replay begins again, under the same id', async () => {
    const id = await endpoint()
    receiver.answer((response) => response.writeHead(500).end())
    await deliverAll(await relayOne(), { delays: [0] })
    const [failed] = await listAttempts(database.pool, id, { limit: 1, before: null, state: 'failed' })
    receiver.answer((response) => response.writeHead(200).end())
    expect(await replayAttempt(database.pool, randomUUID(), failed!.attemptId, clock)).toBeNull()
    expect(await replayAttempt(database.pool, id, failed!.attemptId, clock)).toMatchObject({ round: 2 })
    const [job] = await withTransaction(database.pool, (client) => takeReplayed(client, 9))
    expect(job).toMatchObject({ round: 2, attempt: 1 })
    expect(await withTransaction(database.pool, (client) => takeReplayed(client, 9))).toEqual([])
    // The job of the round before comes late.
    await deliver(parts(), { ...job!, round: 1, attempt: 2 })
    expect(receiver.received).toHaveLength(1)
    await deliver(parts(), job!)
    const [first, second] = receiver.received
    expect(second!.id).toBe(first!.id)
    expect((await listEndpoints(database.pool, NOW, id))[0]).toMatchObject({ pending: 0, failed: 0 })
  })

  test.each([
    [429, '7200', 2 * HOUR],
    [503, 'Sat, 21 Nov 2026 15:00:00 GMT', 3 * HOUR],
    [503, '1', 5 * SECOND],
    [429, '99999999', DAY],
    [429, '-1', 5 * SECOND],
    [503, 'Sat, 21 Nov 2020 15:00:00 GMT', 5 * SECOND],
    [503, 'soon', 5 * SECOND],
    [500, '7200', 5 * SECOND],
  ])('%d with Retry-After: %s waits %d ms', async (status, header, wait) => {
    await endpoint()
    receiver.answer((response) => response.writeHead(status, { 'retry-after': header }).end())
    await deliver(parts(), await relayOne())
    expect(jobs.map(({ at }) => at - NOW)).toEqual([wait])
  })

  test('410 disables the endpoint: what is still on its way, and what comes, is kept and can be replayed', async () => {
    const id = await endpoint()
    receiver.answer((response) => response.writeHead(410).end())
    const [first, second] = await relay({}, { revision: 2 })
    await deliver(parts(), first!)
    await deliver(parts(), second!)
    expect(receiver.received).toHaveLength(1)
    expect(jobs).toEqual([])
    expect((await listEndpoints(database.pool, NOW, id))[0]).toMatchObject({
      ...{ pending: 0, failed: 2 },
      disabled: { at: NOW, because: 'It answered 410 Gone.' },
    })
    // What comes meanwhile is kept as well, for when it is enabled again.
    const [third] = await relay({ revision: 3 })
    await deliver(parts(), third!)
    expect(receiver.received).toHaveLength(1)
    const kept = await listAttempts(database.pool, id, { limit: 9, before: null, state: 'failed' })
    const notSent = 'Nothing was sent: the endpoint was disabled.'
    expect(kept.map(({ problem }) => problem)).toEqual([notSent, notSent, expect.stringContaining('410')])
    await enableEndpoint(database.pool, id)
    receiver.answer((response) => response.writeHead(204).end())
    expect(await replayFailed(database.pool, id, NOW)).toBe(3)
    const again = await withTransaction(database.pool, (client) => takeReplayed(client, 9))
    for (const job of again) await deliver(parts(), job)
    // Whichever of the first two was sent before is sent twice.
    const told = receiver.received.map(({ body }) => JSON.parse(body).data.revision)
    expect([told.length, ...new Set(told.toSorted())]).toEqual([4, 1, 2, 3])
    expect((await listEndpoints(database.pool, NOW, id))[0]).toMatchObject({ pending: 0, failed: 0 })
  })
})

describe('a hostile receiver', () => {
  test.each([301, 302, 303, 307, 308])('%d to somewhere else is not followed', async (status) => {
    const id = await endpoint()
    receiver.answer((response) => response.writeHead(status, { location: '/elsewhere' }).end())
    await deliver(parts(), await relayOne())
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook'])
    const [attempt] = await listAttempts(database.pool, id, { limit: 9, before: null, state: null })
    expect(attempt).toMatchObject({
      status,
      problem: `The answer was ${status}: redirects are not followed.`,
    })
  })

  test('that says nothing, drips, breaks off or floods ends in time, and in little memory', async () => {
    const id = await endpoint()
    let flooded = 0
    receiver.answer((response, place) => {
      if (place === 0) return
      if (place === 1) response.writeHead(500).write('drip')
      if (place === 2) response.destroy()
      if (place === 3) {
        response.writeHead(500)
        const flood = () => {
          while (!response.destroyed && flooded < 1e9) {
            flooded += 65_536
            if (!response.write(Buffer.alloc(65_536, 'x'))) break
          }
        }
        response.on('drain', flood)
        flood()
      }
      if (place === 4) response.writeHead(200).write('and never ends')
    })
    for (let revision = 1; revision <= 5; revision++) {
      const [job] = await relay({ revision })
      await deliver(parts({ timeout: 150 }), job!)
    }
    const attempts = await listAttempts(database.pool, id, { limit: 9, before: null, state: null })
    expect(attempts.reverse().map(({ status, problem, answer }) => [status, problem, answer])).toEqual([
      [null, 'There was no answer in time.', null],
      [500, 'The answer was 500.', 'drip'],
      [null, 'socket hang up', null],
      [500, 'The answer was 500.', 'x'.repeat(1_024)],
      [200, null, null],
    ])
    expect(flooded).toBeLessThan(2e7)
  })

  test('that repeats personal data is kept without it', async () => {
    const id = await endpoint()
    const said =
      'No l_1 here: Ada <ada@example.com>, +1 (202) 555-0100, card 4111 1111 1111 1111.\u0000\u001b[31m\nCode 42'
    receiver.answer((response) => response.writeHead(400).end(said))
    await deliver(parts(), await relayOne())
    const [attempt] = await listAttempts(database.pool, id, { limit: 9, before: null, state: null })
    expect(attempt!.answer).toBe('No [id] here: Ada <[mail]>, [number], card [number]. [31m Code 42')
  })

  test('whose name leads inside by now gets nothing', async () => {
    const id = await endpoint({ url: 'http://rebinding.example/' })
    const rules = { allowHttp: true, allowNetworks: [], resolve: async () => ['127.0.0.1'] }
    await deliver(parts({ rules }), await relayOne())
    expect(receiver.received).toEqual([])
    const [attempt] = await listAttempts(database.pool, id, { limit: 9, before: null, state: null })
    expect(attempt).toMatchObject({
      status: null,
      problem: expect.stringContaining('must lead to a public address'),
    })
    expect(jobs).toHaveLength(1)
  })
})

test('during a rotation both secrets verify; afterwards the old one does not', async () => {
  const id = await endpoint()
  const next = `whsec_${Buffer.alloc(32, 9).toString('base64')}`
  await withTransaction(database.pool, (client) =>
    rotateSecret(client, id, next, { now: NOW, previousUntil: NOW + DAY }),
  )
  await deliver(parts(), await relayOne())
  const [both] = receiver.received
  expect(verify(SECRET, both!, NOW)).toEqual(verify(next, both!, NOW))
  clock = NOW + DAY
  const [job] = await relay({ revision: 2 })
  await deliver(parts(), job!)
  expect(() => verify(SECRET, receiver.received[1]!, clock)).toThrow('No signature')
  verify(next, receiver.received[1]!, clock)
  // Never more than two.
  await withTransaction(database.pool, async (client) => {
    for (const byte of [10, 11, 12]) {
      const secret = `whsec_${Buffer.alloc(32, byte).toString('base64')}`
      await rotateSecret(client, id, secret, { now: clock, previousUntil: clock + DAY })
    }
  })
  expect((await listEndpoints(database.pool, clock, id))[0]!.secrets).toHaveLength(2)
})

test('one attempt is made by one process, and again by another when the first was killed', async () => {
  await endpoint()
  const job = await relayOne()
  let release = (): void => {}
  receiver.answer((response, place) => {
    if (place > 0) response.writeHead(200).end()
    else
      release = () => {
        response.writeHead(200).end()
      }
  })
  const first = deliver(parts(), job)
  await expect.poll(() => receiver.received.length).toBe(1)
  await deliver(parts(), job)
  expect(receiver.received).toHaveLength(1)
  // Whoever has it in hand longer than an attempt takes is taken for dead; what it says then changes nothing.
  clock = NOW + 30 * SECOND
  await deliver(parts(), job)
  release()
  await first
  expect(receiver.received).toHaveLength(2)
  expect(receiver.received[1]!.id).toBe(receiver.received[0]!.id)
  const { rows } = await database.pool.query('SELECT count(*) AS n FROM wonlost.webhook_attempts')
  expect(rows).toEqual([{ n: 1 }])
})

test('what was delivered long ago is forgotten, what is on its way is not', async () => {
  await endpoint()
  await deliver(parts(), await relayOne())
  await relay({ revision: 2 })
  expect(await forgetRelayed(database.pool, NOW, 100)).toBe(0)
  expect(await forgetRelayed(database.pool, NOW + 1, 100)).toBe(1)
  const { rows } = await database.pool.query('SELECT revision FROM wonlost.outbox')
  expect(rows).toEqual([{ revision: 2 }])
})
