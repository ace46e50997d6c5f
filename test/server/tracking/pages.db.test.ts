/** Live data from pages of other origins: what their browsers ask first, what they may read, and a real client in a real browser. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, expect, it, test } from 'vitest'
import { newKey } from '../../../src/api-key.ts'
import { insertKey } from '../../../src/db/api-keys.ts'
import { createKeySource } from '../../../src/server/key-source.ts'
import { createRateLimiter } from '../../../src/server/rate-limits.ts'
import { NOW } from '../../support/app.ts'
import { CHROMIUM, launchChromium } from '../../support/browser.ts'
import { serveForTests } from '../../support/served.ts'
import { until } from '../../support/until.ts'

const SHOP = 'http://shop.example'
const UNLIMITED = { score: null, read: null, feedback: null, admin: null }
const origins = [SHOP]
/** A page that a browser may load: one at a made-up address may not ask this machine. */
let body = ''
const site = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(body))
beforeAll(async () => {
  await once(site.listen(0, '127.0.0.1'), 'listening')
  origins.push(`http://127.0.0.1:${(site.address() as AddressInfo).port}`)
})
afterAll(() => site.close())
const served = serveForTests(
  [],
  ({ pool }) => ({
    keys: createKeySource({ pool, now: () => NOW }),
    limiter: createRateLimiter({ ingest: 2, ...UNLIMITED }),
  }),
  { ingestOrigins: origins },
)
/** Each with a limit of its own. */
const [limited, ofPostHog, ofJitsu] = [newKey(), newKey(), newKey()]
let host = ''
beforeAll(async () => {
  for (const [i, key] of [limited, ofPostHog, ofJitsu].entries()) {
    const about = {
      name: `page ${i}`,
      scopes: ['ingest'],
      createdBy: 'ann',
      createdAt: 0,
      expiresAt: null,
    } as const
    await insertKey(served().database.pool, { ...key, ...about })
  }
  host = await served().app.listen({ host: '127.0.0.1', port: 0 })
  // The server looks for new keys every moment; until then it knows none of them.
  const headers = { authorization: `Bearer ${ofJitsu.key}` }
  await until(async () => (await served().app.inject({ url: '/v1/leads', headers })).statusCode === 403)
})
afterEach(() => served().database.pool.query('DELETE FROM wonlost.events'))

async function events(): Promise<Record<string, unknown>[]> {
  const { rows } = await served().database.pool.query(
    'SELECT type, lead_id, anonymous_id, occurred_at, properties FROM wonlost.events ORDER BY type',
  )
  return rows
}

const preflight = (url: string, origin: string, method = 'POST') =>
  served().app.inject({
    method: 'OPTIONS',
    url,
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'content-type,x-write-key',
    },
  })

test.each(['/v1/batch', '/v1/t', '/api/s/track', '/api/s/s2s/page', '/batch/', '/e/?ip=0', '/i/v0/e/'])(
  'a page of a listed origin may send to %s, and nobody else',
  async (url) => {
    const { statusCode, headers } = await preflight(url, SHOP)
    expect([statusCode, headers['access-control-allow-methods']]).toEqual([204, 'POST'])
    expect(headers['access-control-allow-origin']).toBe(SHOP)
    expect(headers['access-control-allow-headers']).toContain('x-write-key')
    expect(headers['access-control-allow-credentials']).toBeUndefined()
    const other = await preflight(url, 'http://shop.example.evil.example')
    expect(other.headers['access-control-allow-origin']).toBeUndefined()
  },
)

test.each(['/v1/leads', '/v1/deals', '/v1/score', '/v1/session', '/metrics', '/api/s/a/b', '/none'])(
  'no page may send to %s',
  async (url) => {
    const { statusCode, headers } = await preflight(url, SHOP)
    expect([statusCode, headers['access-control-allow-origin']]).toEqual([404, undefined])
  },
)

it('lets the page read that it was refused, and when to try again', async () => {
  const track = { event: 'x', anonymousId: 'v' }
  const send = (key: string) =>
    served().app.inject({
      method: 'POST',
      url: '/v1/track',
      headers: { origin: SHOP, 'x-write-key': key, 'content-type': 'application/json' },
      payload: track,
    })
  const refused = await send('wl_nobody')
  expect([refused.statusCode, refused.headers['access-control-allow-origin']]).toEqual([401, SHOP])
  const answers = await Promise.all(Array.from({ length: 21 }, () => send(limited.key)))
  const late = answers.find(({ statusCode }) => statusCode === 429)!
  expect(late.headers).toMatchObject({
    'access-control-allow-origin': SHOP,
    'retry-after': expect.stringMatching(/^\d+$/),
  })
  expect(late.headers['access-control-expose-headers']).toContain('retry-after')
})

test("PostHog's client in pages: gzip, a form in Base64, plain; its key is not kept, its clock is corrected", async () => {
  const event = (name: string) => ({
    event: name,
    uuid: `ph-${name}`,
    properties: { token: ofPostHog.key, distinct_id: 'd', $device_id: 'd', n: 'ü' },
    offset: 60_000,
  })
  const post = async (payload: string | Buffer, type: string) => {
    // Its clock is an hour fast.
    const url = `/e/?_=${NOW + 3_600_000}&ver=1.2`
    const headers = { 'content-type': type, origin: SHOP }
    const { statusCode, body } = await served().app.inject({ method: 'POST', url, headers, payload })
    expect([statusCode, JSON.parse(body)]).toEqual([200, { status: 'Ok', rejected: 0 }])
  }
  const form = (text: string) => `data=${encodeURIComponent(Buffer.from(text).toString('base64'))}`
  await post(gzipSync(JSON.stringify([event('packed')])), 'text/plain')
  await post(form(JSON.stringify([event('form')])), 'application/x-www-form-urlencoded')
  await post(JSON.stringify(event('plain')), 'application/json')
  const properties = { distinct_id: 'd', $device_id: 'd', n: 'ü' }
  expect(await events()).toEqual(
    ['form', 'packed', 'plain'].map((type) => ({
      ...{
        type,
        lead_id: null,
        anonymous_id: 'd',
        properties: { ...properties, _message: { event: type } },
        occurred_at: new Date(NOW - 60_000),
      },
    })),
  )
})

test.skipIf(CHROMIUM === null)(
  "Jitsu's client in a page of another origin, and a beacon as it closes",
  async () => {
    const key = newKey()
    await insertKey(served().database.pool, {
      ...key,
      ...{ name: 'jitsu', scopes: ['ingest'] as const, createdBy: 'ann', createdAt: 0, expiresAt: null },
    })
    const client = createRequire(import.meta.url)
      .resolve('@jitsu/js')
      .replace(/dist\/.*/, 'dist/web/p.js.txt')
    const browser = await launchChromium()
    try {
      const page = await browser.newPage()
      const script = readFileSync(client, 'utf8')
      // It sends to where it was loaded from.
      await page.route(`${host}/p.js`, (route) =>
        route.fulfill({ contentType: 'text/javascript', body: script }),
      )
      body = `<title>Pricing</title><script src="${host}/p.js" data-write-key="${ofJitsu.key}"></script>`
      await page.goto(`${origins[1]}/pricing`)
      await until(async () => (await events()).length === 1)
      const limit = await page.evaluate(
        async ({ url, writeKey }) => {
          const body = { event: 'by fetch', anonymousId: 'b', writeKey }
          const { headers } = await fetch(`${url}/v1/t`, { method: 'POST', body: JSON.stringify(body) })
          return headers.get('ratelimit')
        },
        { url: host, writeKey: ofJitsu.key },
      )
      await page.addScriptTag({
        content: `navigator.sendBeacon('${host}/v1/t', JSON.stringify({ event: 'by beacon', anonymousId: 'b', writeKey: '${ofJitsu.key}' }))`,
      })
      expect(limit).toMatch(/^"ingest";r=/)
      await until(async () => (await events()).length === 3)
      expect((await events()).map(({ type }) => type)).toEqual([
        'by beacon',
        'by fetch',
        'pricing_page_viewed',
      ])
    } finally {
      await browser.close()
    }
  },
)
