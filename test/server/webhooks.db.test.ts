import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { withTransaction } from '../../src/db/database.ts'
import { relayCrossings, WEBHOOK_EVENTS } from '../../src/db/outbox.ts'
import { setOverride } from '../../src/jobs/override-lead.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { deliver } from '../../src/jobs/webhooks/deliver.ts'
import { addLead, createTestApp, keepModel, NOW, promote, type TestApp } from '../support/app.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder, type TestModelsFolder } from '../support/models-folder.ts'
import { createReceiver, verify, type WebhookReceiver } from '../support/webhook-receiver.ts'

let database: TestDatabase
let folder: TestModelsFolder
let served: TestApp
let receiver: WebhookReceiver
const webhookRules = {
  ...{ allowHttp: true, allowNetworks: ['127.0.0.0/8'] },
  resolve: async (host: string) => (host === 'crm.example.com' ? ['93.184.215.14'] : ['10.0.0.7']),
}

beforeAll(async () => {
  database = await createTestDatabase()
  folder = createModelsFolder()
  receiver = await createReceiver()
  await promote(database.pool, await keepModel(database.pool), null)
  await addLead(database.pool, 'l_1')
  served = createTestApp(database, folder.path, { webhookRules })
  await served.app.ready()
})
afterAll(async () => {
  await served.app.close()
  await receiver.close()
  await database.drop()
  folder.remove()
})
beforeEach(async () => {
  await database.pool.query('DELETE FROM wonlost.webhook_endpoints')
})

async function ask(method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) {
  const response = await served.app.inject({ method, url: path, ...(payload ? { payload } : {}) })
  return { status: response.statusCode, body: response.json() }
}

const create = (given: object = {}) =>
  ask('POST', '/v1/webhooks', { url: 'https://crm.example.com/hook', ...given })

test('an endpoint is made with a secret that is shown once, listed, and removed', async () => {
  const { status, body } = await create({ bands: ['hot', 'review'], description: 'CRM' })
  expect(status).toBe(200)
  const { secret, ...shown } = body
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(shown).toEqual({
    id: shown.id,
    url: 'https://crm.example.com/hook',
    format: 'standard',
    events: ['lead.band_changed', 'lead.verdict_changed', 'lead.response_overdue'],
    bands: ['hot', 'review'],
    description: 'CRM',
    created_at: '2026-11-21T12:00:00Z',
    disabled: null,
    secrets: [{ created_at: '2026-11-21T12:00:00Z', expires_at: null }],
    pending: 0,
    failed: 0,
  })
  expect(await ask('GET', '/v1/webhooks')).toEqual({ status: 200, body: { webhooks: [shown] } })
  expect(await ask('GET', `/v1/webhooks/${shown.id}`)).toEqual({ status: 200, body: shown })
  expect(await ask('DELETE', `/v1/webhooks/${shown.id}`)).toEqual({ status: 200, body: { id: shown.id } })
  expect(await ask('GET', '/v1/webhooks')).toEqual({ status: 200, body: { webhooks: [] } })
  // The log says nothing of secrets.
  expect(served.log.join('\n')).not.toContain(secret)
})

test.each([
  [{ url: 'https://inside.example.com/' }, 'url', 'must lead to a public address'],
  [{ url: 'https://[::ffff:10.0.0.1]/' }, 'url', 'must lead to a public address'],
  [{ url: 'ftp://crm.example.com/' }, 'url', 'must be a URL that begins with'],
  [{ url: 'https://ann:secret@crm.example.com/' }, 'url', 'must not hold a user name'],
  [{ url: 7 }, 'url', 'must be text'],
  [{ bands: ['hot', 'scorching'] }, 'bands[1]', 'must be a band of the policy: cold, hot, disqualified'],
  [{ bands: [] }, 'bands', ''],
  [{ events: ['lead.born'] }, 'events[0]', WEBHOOK_EVENTS[0]],
  [{ format: 'xml' }, 'format', 'slack'],
  [{ secret: 'mine' }, 'secret', 'is not a field here'],
])('%j is refused, naming %s', async (given, field, why) => {
  const { status, body } = await create(given)
  expect(status).toBe(400)
  expect(body).toMatchObject({ code: 'invalid_request', errors: [{ field }] })
  expect(body.detail).toContain(why)
  expect(body.detail).not.toContain('ann:secret')
  expect((await ask('GET', '/v1/webhooks')).body.webhooks).toEqual([])
})

test('a new secret shows when the one before ends', async () => {
  const { body: created } = await create()
  const { status, body } = await ask('POST', `/v1/webhooks/${created.id}/rotate`)
  expect(status).toBe(200)
  expect(body).toMatchObject({ id: created.id, previous_until: '2026-11-22T12:00:00Z' })
  expect(body.secret).not.toBe(created.secret)
  expect((await ask('GET', `/v1/webhooks/${created.id}`)).body.secrets).toEqual([
    { created_at: '2026-11-21T12:00:00Z', expires_at: null },
    { created_at: '2026-11-21T12:00:00Z', expires_at: '2026-11-22T12:00:00Z' },
  ])
})

describe('from a verdict by hand to the console', () => {
  test('what failed is seen, page by page, and replayed', async () => {
    const engine = served.engine.current().engine
    const { body: created } = await create({ url: receiver.url })
    await scoreLeads(database.pool, engine, { asOf: NOW, isNow: true, scoredAt: NOW, cause: 'score' })
    const override = { status: 'review', reason: 'who is it?', expiresAt: NOW + 1e6, by: 'ann' } as const
    await setOverride(database.pool, engine, 'l_1', override, NOW)
    const { messages } = await withTransaction(database.pool, (client) => relayCrossings(client, 9, NOW))
    expect(messages).toHaveLength(1)
    receiver.answer((response) => response.writeHead(410).end('gone'))
    const parts = {
      pool: database.pool,
      rules: webhookRules,
      now: () => NOW,
      random: () => 0.5,
      sendJob: async () => {},
    }
    await deliver(parts, { ...messages[0]!, round: 1, attempt: 1 })
    expect(verify(created.secret, receiver.received[0]!, NOW)).toMatchObject({
      type: 'lead.verdict_changed',
      data: { lead_id: 'l_1', band: { from: 'hot', to: 'review' }, action: 'complete the data' },
    })
    const path = `/v1/webhooks/${created.id}/attempts`
    const { body: listed } = await ask('GET', `${path}?limit=1&state=failed`)
    const [attempt] = listed.attempts
    expect(listed).toEqual({
      attempts: [
        {
          attempt_id: attempt.attempt_id,
          message_id: receiver.received[0]!.id,
          type: 'lead.verdict_changed',
          lead_id: 'l_1',
          ...{ round: 1, attempt: 1, began_at: '2026-11-21T12:00:00Z', milliseconds: 0, status: 410 },
          problem: 'The answer was 410: the endpoint is gone, and gets nothing more.',
          answer: 'gone',
          message: { state: 'failed', next_attempt_at: null },
        },
      ],
      next_before: null,
    })
    expect((await ask('GET', `${path}?before=${attempt.attempt_id}`)).body.attempts).toEqual([])
    expect((await ask('GET', `${path}?state=delivered`)).body.attempts).toEqual([])

    const replay = `${path}/${attempt.attempt_id}/replay`
    expect(await ask('POST', replay)).toMatchObject({ status: 409, body: { code: 'webhook_disabled' } })
    const replayAll = `/v1/webhooks/${created.id}/replay`
    expect(await ask('POST', replayAll)).toMatchObject({ status: 409, body: { code: 'webhook_disabled' } })
    const enabled = await ask('POST', `/v1/webhooks/${created.id}/enable`)
    expect(enabled).toMatchObject({ status: 200, body: { disabled: null, failed: 1 } })
    const replayed = { message_id: attempt.message_id, round: 2 }
    expect(await ask('POST', replay)).toEqual({ status: 200, body: replayed })
    expect(await ask('POST', replayAll)).toEqual({ status: 200, body: { replayed: 0 } })
    expect((await ask('GET', path)).body.attempts[0].message).toEqual({
      state: 'pending',
      next_attempt_at: '2026-11-21T12:00:00Z',
    })
  })
})

test.each([
  ['GET', '', 404],
  ['DELETE', '', 404],
  ['POST', '/rotate', 404],
  ['POST', '/enable', 404],
  ['GET', '/attempts', 404],
  ['POST', '/attempts/1/replay', 404],
  ['POST', '/replay', 404],
] as const)('%s of an unknown endpoint%s is %d', async (method, path, status) => {
  const unknown = await ask(method, `/v1/webhooks/${randomUUID()}${path}`)
  expect(unknown).toMatchObject({ status, body: { code: 'webhook_not_found', errors: [{ field: 'id' }] } })
  expect(await ask(method, `/v1/webhooks/1${path}`)).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'id' }] },
  })
})

test('an attempt of another endpoint is not found', async () => {
  const { body } = await create()
  const answer = await ask('POST', `/v1/webhooks/${body.id}/attempts/999/replay`)
  expect(answer).toMatchObject({ status: 404, body: { errors: [{ field: 'attempt' }] } })
})
