import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { newKey } from '../../src/api-key.ts'
import type { ApiKey } from '../../src/db/api-keys.ts'
import { addAuthentication } from '../../src/server/plugins/authentication.ts'
import { addJsonBodies } from '../../src/server/plugins/json-body.ts'
import { addProblemDocuments } from '../../src/server/plugins/problem-documents.ts'
import { addRouteScopes } from '../../src/server/plugins/route-scopes.ts'
import { createRateLimiter } from '../../src/server/rate-limits.ts'

const MADE = newKey()
const KEY: ApiKey = {
  prefix: MADE.prefix,
  name: 'site',
  scopes: ['ingest'],
  createdBy: 'ann',
  createdAt: 0,
  expiresAt: null,
  revokedAt: null,
  revokedBy: null,
  lastUsedAt: null,
}

let app: FastifyInstance
let isRevoked = false
afterEach(() => app.close())

function build(ingestPerSecond = 100): FastifyInstance {
  app = Fastify()
  addProblemDocuments(app)
  addRouteScopes(app)
  addAuthentication(app, {
    keys: {
      find: async (text) => (text === MADE.key ? KEY : null),
      findNamed: async () => null,
      isInForce: () => !isRevoked,
      start: async () => {},
      stop: async () => {},
    },
    limiter: createRateLimiter({
      ingest: ingestPerSecond,
      score: null,
      read: null,
      feedback: null,
      admin: null,
    }),
  })
  addJsonBodies(app)
  return app
}

test.each([undefined, {}, { scope: 'root' }])(
  'a server with a route of config %j does not start',
  async (config) => {
    build().get('/here', { config: { scope: 'public' } }, async () => 'open')
    app.post('/there', { ...(config ? { config: config as object } : {}) }, async () => 'closed')
    await expect(app.ready()).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringMatching(/one of ingest, score, read, feedback, admin, public.*POST \/there/),
    })
  },
)

/** As a route in the wire format of others would: the key in a header of theirs, or in the body. */
function buildWrite(ingestPerSecond?: number): FastifyInstance {
  build(ingestPerSecond).post(
    '/write',
    {
      config: {
        scope: 'ingest',
        key: ({ headers, body }) => {
          const inBody = (body as { writeKey?: string } | undefined)?.writeKey
          return (headers['x-write-key'] as string | undefined) ?? inBody
        },
      },
    },
    async (request) => request.caller?.name,
  )
  return app
}

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

test.each<[string, Record<string, string>, object]>([
  ['Bearer', { authorization: `Bearer ${MADE.key}` }, {}],
  ['a scheme in other letters', { authorization: `bEARER  ${MADE.key} ` }, {}],
  ['the user name of Basic', { authorization: basic(`${MADE.key}:`) }, {}],
  ['Basic with a password', { authorization: basic(`${MADE.key}:x:y`) }, {}],
  ['a header of the route', { 'x-write-key': MADE.key }, {}],
  ['the body', {}, { writeKey: MADE.key }],
])('a key is taken from %s', async (_, headers, payload) => {
  const answer = await buildWrite().inject({ method: 'POST', url: '/write', headers, payload })
  expect([answer.statusCode, answer.body]).toEqual([200, 'site'])
})

test.each<[string, Record<string, string>, object]>([
  ['none', {}, {}],
  ['an empty one', { authorization: 'Bearer ' }, {}],
  ['another scheme', { authorization: `Digest ${MADE.key}` }, {}],
  ['Basic without a user', { authorization: basic(`:${MADE.key}`) }, {}],
  ['two in one header', { authorization: `Bearer ${MADE.key}, Bearer ${MADE.key}` }, {}],
  ['one of another kind in the body', {}, { writeKey: `${MADE.key}x` }],
  ['a wrong one beside a right one in the body', { authorization: 'Bearer x' }, { writeKey: MADE.key }],
])('a request with %s gets 401 with a challenge, and no word of the key', async (_, headers, payload) => {
  const answer = await buildWrite().inject({ method: 'POST', url: '/write', headers, payload })
  expect(answer.statusCode).toBe(401)
  expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="wonlost"/)
  expect(answer.json()).toMatchObject({ code: 'key_required' })
  expect(answer.body).not.toContain(MADE.key.slice(12))
})

test('what is unknown is looked at before the body is read, and what is not there needs no key', async () => {
  const headers = { authorization: 'Bearer wl_0', 'content-type': 'application/json' }
  const refused = await buildWrite().inject({ method: 'POST', url: '/write', headers, payload: '{"no json' })
  expect(refused.statusCode).toBe(401)
  expect((await app.inject({ method: 'POST', url: '/nowhere' })).statusCode).toBe(404)
})

test('an answer that goes on learns that its key was revoked', async () => {
  build().get('/stream', { config: { scope: 'ingest' } }, async (request) => {
    const before = await request.isStillAllowed()
    isRevoked = true
    return [before, await request.isStillAllowed()]
  })
  const answer = await app.inject({ url: '/stream', headers: { authorization: `Bearer ${MADE.key}` } })
  isRevoked = false
  expect(answer.json()).toEqual([true, false])
})

test('who asks too often gets 429 with the time to wait, and nothing is counted that was not allowed', async () => {
  buildWrite(1)
  const send = (key: string) => app.inject({ method: 'POST', url: '/write', payload: { writeKey: key } })
  for (let i = 0; i < 20; i += 1) expect((await send('wl_unknown')).headers.ratelimit).toBeUndefined()
  for (let left = 9; left >= 0; left -= 1) {
    const { statusCode, headers } = await send(MADE.key)
    expect([statusCode, headers['ratelimit-policy'], headers.ratelimit]).toEqual([
      200,
      '"ingest";q=10;w=10',
      `"ingest";r=${left};t=10`,
    ])
  }
  const refused = await send(MADE.key)
  expect(refused.statusCode).toBe(429)
  expect(refused.headers).toMatchObject({ ratelimit: '"ingest";r=0;t=10', 'retry-after': '10' })
  expect(refused.json()).toMatchObject({ code: 'rate_limited', detail: expect.stringContaining('ingest') })
})
