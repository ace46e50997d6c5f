import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addHostCheck } from '../../src/server/plugins/host-check.ts'
import { addIngestOrigins } from '../../src/server/plugins/ingest-origins.ts'
import { addProblemDocuments } from '../../src/server/plugins/problem-documents.ts'

const SHOP = 'https://shop.example'
const app: FastifyInstance = Fastify()
beforeAll(async () => {
  addProblemDocuments(app)
  addHostCheck(app, '127.0.0.1', [SHOP])
  addIngestOrigins(app, [SHOP])
  app.route({ method: ['GET', 'POST'], url: '/', handler: async () => 'done' })
  app.post('/v1/track', { config: { fromPages: true } }, async () => 'done')
  await app.ready()
})
afterAll(() => app.close())

/** A form of another site, or a text that is JSON: browsers ask nobody before they send these. */
test.each([
  ['POST', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
  ['POST', { 'sec-fetch-site': 'cross-site', origin: 'null' }, 403],
  ['POST', { origin: 'https://evil.example' }, 403],
  ['POST', { origin: 'null' }, 403],
  ['POST', { host: 'evil.example', 'sec-fetch-site': 'same-origin', origin: 'http://evil.example' }, 421],
  ['POST', {}, 200],
  ['POST', { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:8787' }, 200],
  ['POST', { 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000' }, 200],
  ['POST', { origin: 'http://[::1]:3000' }, 200],
  // A link: what is answered the other page does not see.
  ['GET', { 'sec-fetch-site': 'cross-site' }, 200],
] as const)('%s with %j on a server that asks nobody for a key: %i', async (method, headers, status) => {
  const answer = await app.inject({ method, url: '/', headers: { host: '127.0.0.1:8787', ...headers } })
  expect(answer.statusCode, answer.body).toBe(status)
  if (status === 403) expect(answer.json()).toMatchObject({ code: 'cross_site' })
})

test.each([
  ['/v1/track', { origin: SHOP }, 200],
  ['/v1/track', { origin: 'https://evil.example' }, 403],
  ['/v1/track', { host: 'evil.example', origin: SHOP }, 421],
  ['/', { origin: SHOP }, 403],
  ['/none', { origin: SHOP }, 403],
] as const)(
  'POST %s by a page, where one origin may send live data, with %j: %i',
  async (url, headers, status) => {
    const from = { host: '127.0.0.1:8787', 'sec-fetch-site': 'cross-site', ...headers }
    const answer = await app.inject({ method: 'POST', url, headers: from })
    expect(answer.statusCode, answer.body).toBe(status)
    if (status === 200) expect(answer.headers['access-control-allow-origin']).toBe(SHOP)
  },
)
