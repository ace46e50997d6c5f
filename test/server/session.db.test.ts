import { randomBytes } from 'node:crypto'
import { beforeAll, expect, test, vi } from 'vitest'
import { newKey } from '../../src/api-key.ts'
import { insertKey, revokeKey } from '../../src/db/api-keys.ts'
import { HOUR, type Scope } from '../../src/glossary.ts'
import { createKeySource } from '../../src/server/key-source.ts'
import { createRateLimiter } from '../../src/server/rate-limits.ts'
import { NOW } from '../support/app.ts'
import { serveForTests } from '../support/served.ts'
import { until } from '../support/until.ts'

const served = serveForTests(['l_1'], ({ pool }) => ({
  keys: createKeySource({ pool, now: () => NOW }),
  limiter: createRateLimiter({ ingest: null, score: null, read: null, feedback: null, admin: null }),
}))

async function makeKey(name: string, scopes: readonly Scope[]) {
  const made = newKey()
  const about = { name, scopes, createdBy: 'ann', createdAt: NOW - HOUR, expiresAt: null }
  await insertKey(served().database.pool, { ...made, ...about })
  return made
}

const ask = (method: 'GET' | 'POST' | 'DELETE', url: string, headers = {}, payload?: object) =>
  served().app.inject({ method, url, headers, ...(payload ? { payload } : {}) })
const signIn = (key: string, headers = {}) => ask('POST', '/v1/session', headers, { key })

/** As a browser keeps it. */
async function cookieOf(key: string, headers = {}): Promise<string> {
  const answer = await signIn(key, headers)
  expect(answer.statusCode, answer.body).toBe(200)
  return String(answer.headers['set-cookie']).split(';', 1)[0]!
}

let sales: Awaited<ReturnType<typeof makeKey>>
beforeAll(async () => {
  sales = await makeKey('ann', ['read', 'feedback'])
  await until(async () => (await signIn(sales.key)).statusCode === 200)
})

test('a session may what its key may, by a cookie that no script and no other site can use', async () => {
  const answer = await signIn(sales.key)
  expect(answer.json()).toMatchObject({
    signed_in: true,
    name: 'ann',
    role: 'sales',
    scopes: ['read', 'feedback'],
  })
  expect(answer.headers['set-cookie']).toMatch(
    /^wonlost_session=[\w-]{43}; .*Path=\/; .*HttpOnly; SameSite=Strict$/,
  )
  const remote = await signIn(sales.key, { host: 'leads.example.com' })
  expect(remote.headers['set-cookie']).toMatch(/^__Host-wonlost_session=.*; Secure; SameSite=Strict$/)

  // A proxy that says of everybody that this machine asks: the page came by TLS, and so must the cookie.
  const page = {
    host: '127.0.0.1:8787',
    'sec-fetch-site': 'same-origin',
    origin: 'https://leads.example.com',
  }
  const proxied = await signIn(sales.key, page)
  expect(proxied.headers['set-cookie']).toMatch(/^__Host-wonlost_session=.*; Secure; SameSite=Strict$/)
  const secured = { cookie: String(proxied.headers['set-cookie']).split(';', 1)[0]!, host: page.host }
  expect((await ask('GET', '/v1/leads', secured)).statusCode).toBe(200)

  const cookie = await cookieOf(sales.key)
  expect((await ask('GET', '/v1/leads', { cookie })).statusCode).toBe(200)
  expect((await ask('GET', '/v1/session', { cookie })).json()).toMatchObject({ name: 'ann' })
  expect((await ask('GET', '/v1/webhooks', { cookie })).json()).toMatchObject({ code: 'scope_missing' })
  // Neither the cookie of the other name, nor anything but the token.
  expect((await ask('GET', '/v1/leads', { cookie, host: 'leads.example.com' })).statusCode).toBe(401)
  expect((await ask('GET', '/v1/leads', { cookie: 'wonlost_session=x' })).statusCode).toBe(401)
  const { rows } = await served().database.pool.query('SELECT * FROM wonlost.sessions')
  expect(JSON.stringify(rows)).not.toContain(cookie.split('=')[1])
})

test.each([
  [{}, 403],
  [{ 'sec-fetch-site': 'cross-site' }, 403],
  [{ 'sec-fetch-site': 'same-site', origin: 'http://localhost:80' }, 403],
  [{ origin: 'http://evil.example' }, 403],
  [{ origin: 'null' }, 403],
  [{ 'sec-fetch-site': 'same-origin' }, 200],
  [{ origin: 'http://localhost:80' }, 200],
])('with a session something is changed only from pages of this server: %j', async (headers, status) => {
  const cookie = await cookieOf(sales.key)
  const answer = await ask(
    'POST',
    '/v1/leads/l_1/feedback',
    { cookie, host: 'localhost', ...headers },
    { kind: 'contacted' },
  )
  expect(answer.statusCode, answer.body).toBe(status)
  if (status === 403) expect(answer.json()).toMatchObject({ code: 'cross_site' })
})

test.each([
  ['POST', '/v1/leads/l_1/feedback', { kind: 'contacted', by: 'bob' }],
  [
    'PUT',
    '/v1/leads/l_1/override',
    { status: 'review', reason: 'x', expires_at: '2026-11-30T00:00:00Z', by: 'bob' },
  ],
  ['DELETE', '/v1/leads/l_1/override?by=bob', undefined],
  ['PUT', '/v1/leads/l_1/objection', { reason: 'x', by: 'bob' }],
] as const)('whoever is signed in speaks for nobody else: %s %s', async (method, url, payload) => {
  const headers = { cookie: await cookieOf(sales.key), host: 'localhost', 'sec-fetch-site': 'same-origin' }
  const answer = await served().app.inject({ method, url, headers, ...(payload ? { payload } : {}) })
  expect(answer.json(), answer.body).toMatchObject({ status: 400, errors: [{ field: 'by' }] })
})

test('but a program with a key does, and whoever is signed in may name themselves', async () => {
  const said = (by: string) => ({ kind: 'contacted', by })
  const bearer = { authorization: `Bearer ${sales.key}` }
  const byKey = await ask('POST', '/v1/leads/l_1/feedback', bearer, said('bob'))
  expect(byKey.json()).toMatchObject({ feedback: { by: 'api:bob' } })
  const session = { cookie: await cookieOf(sales.key), host: 'localhost', 'sec-fetch-site': 'same-origin' }
  const bySession = await ask('POST', '/v1/leads/l_1/feedback', session, said('ann'))
  expect(bySession.json()).toMatchObject({ feedback: { by: 'key:ann' } })
})

test('a key that is wrong, or may not read, begins no session; nor does a page of another site', async () => {
  const wrong = () =>
    served().app.inject({
      ...{ method: 'POST', url: '/v1/session', remoteAddress: '192.0.2.7', payload: { key: newKey().key } },
    })
  for (let i = 0; i < 10; i++) expect((await wrong()).json()).toMatchObject({ code: 'key_required' })
  const late = await wrong()
  expect(late.json()).toMatchObject({ status: 429, code: 'rate_limited' })
  expect(Number(late.headers['retry-after'])).toBeGreaterThan(0)
  const site = await makeKey('site', ['ingest'])
  await until(async () => (await signIn(site.key)).statusCode === 403)
  expect((await signIn(site.key)).json()).toMatchObject({ code: 'scope_missing' })
  expect((await signIn(sales.key, { origin: 'http://evil.example' })).json()).toMatchObject({
    code: 'cross_site',
  })
})

test('a session ends when its reader signs out, when its time is over, and with its key', async () => {
  const ended = await cookieOf(sales.key)
  const out = await ask('DELETE', '/v1/session', { cookie: ended, 'sec-fetch-site': 'same-origin' })
  expect(out.json()).toMatchObject({ signed_in: false, sign_in: ['key'] })
  expect(out.headers['set-cookie']).toMatch(/^wonlost_session=; .*Expires=Thu, 01 Jan 1970/)
  expect((await ask('GET', '/v1/leads', { cookie: ended })).statusCode).toBe(401)

  const leaver = await makeKey('bob', ['read'])
  await until(async () => (await signIn(leaver.key)).statusCode === 200)
  const cookie = await cookieOf(leaver.key)
  expect((await ask('GET', '/v1/leads', { cookie })).statusCode).toBe(200)
  await revokeKey(served().database.pool, leaver.prefix, { by: 'ann', at: NOW })
  await until(async () => (await ask('GET', '/v1/leads', { cookie })).statusCode === 401)
  expect((await ask('GET', '/v1/session', { cookie })).json()).toMatchObject({ signed_in: false })

  const old = await cookieOf(sales.key)
  const { rows } = await served().database.pool.query<{ days: number }>(
    `SELECT DISTINCT extract(epoch FROM expires_at - created_at)::int / 86400 AS days FROM wonlost.sessions`,
  )
  expect(rows).toEqual([{ days: 7 }])
  await served().database.pool.query(
    `UPDATE wonlost.sessions SET created_at = created_at - interval '7 days', expires_at = expires_at - interval '7 days'`,
  )
  expect((await ask('GET', '/v1/session', { cookie: old })).json()).toMatchObject({ signed_in: false })
})

test('a key may sign in again and again, but not for ever, and has 50 sessions at most', async () => {
  const { pool } = served().database
  const eager = await makeKey('eve', ['read'])
  await pool.query(
    `INSERT INTO wonlost.sessions (sha256, key_prefix, created_at, expires_at)
     SELECT encode(sha256(n::text::bytea), 'hex'), $1, $2::timestamptz - n * interval '1 min', $2::timestamptz + interval '1 day'
     FROM generate_series(1, 55) n`,
    [eager.prefix, new Date(NOW)],
  )
  await until(async () => (await signIn(eager.key)).statusCode === 200)
  const { rows } = await pool.query(
    `SELECT count(*)::int AS sessions, max($2 - created_at) AS oldest FROM wonlost.sessions WHERE key_prefix = $1`,
    [eager.prefix, new Date(NOW)],
  )
  expect(rows).toMatchObject([{ sessions: 50, oldest: { minutes: 49 } }])
  for (let i = 1; i < 30; i++) expect((await signIn(eager.key)).statusCode).toBe(200)
  expect((await signIn(eager.key)).json()).toMatchObject({ status: 429, code: 'rate_limited' })
  // Others of the same address are not held up.
  expect((await signIn(sales.key)).statusCode).toBe(200)
})

test('invented cookies hold two connections at most, and nobody up who has a session', async () => {
  const cookie = await cookieOf(sales.key)
  const { pool } = served().database
  const query = pool.query.bind(pool)
  let [open, most, asked] = [0, 0, 0]
  const spy = vi.spyOn(pool, 'query').mockImplementation(async (...given: unknown[]) => {
    const isOfSessions = String(given[0]).includes('FROM wonlost.sessions')
    asked += Number(isOfSessions)
    open += Number(isOfSessions)
    most = Math.max(most, open)
    return Reflect.apply(query, pool, given).finally(() => {
      open -= Number(isOfSessions)
    })
  })
  const invented = () => `wonlost_session=${randomBytes(32).toString('base64url')}`
  const wrong = Array.from({ length: 300 }, () => ask('GET', '/v1/leads', { cookie: invented() }))
  const right = await ask('GET', '/v1/leads', { cookie })
  expect(new Set((await Promise.all(wrong)).map(({ statusCode }) => statusCode))).toEqual(new Set([401]))
  spy.mockRestore()
  expect(right.statusCode, right.body).toBe(200)
  expect(most).toBeLessThanOrEqual(2)
  expect(asked).toBeLessThan(300)
})

test('whoever signs out while the database is away is signed out in this browser, and told that the session goes on', async () => {
  const { pool } = served().database
  const cookie = await cookieOf(sales.key)
  const query = pool.query.bind(pool)
  const spy = vi.spyOn(pool, 'query').mockImplementation((...given: unknown[]) => {
    if (String(given[0]).startsWith('DELETE FROM wonlost.sessions')) throw new Error('Connection terminated')
    return Reflect.apply(query, pool, given)
  })
  const out = await ask('DELETE', '/v1/session', { cookie, 'sec-fetch-site': 'same-origin' })
  spy.mockRestore()
  expect(out.json()).toMatchObject({ status: 503, code: 'database_unavailable' })
  expect(out.json().detail).toContain('This browser is signed out, but the session could not be ended')
  expect(out.headers['set-cookie']).toMatch(/^wonlost_session=; .*Expires=Thu, 01 Jan 1970/)
  const other = await ask('DELETE', '/v1/session', { cookie, 'sec-fetch-site': 'cross-site' })
  expect(other.statusCode).toBe(403)
  expect(other.headers['set-cookie']).toBeUndefined()
})
