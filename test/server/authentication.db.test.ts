import { beforeAll, expect, test } from 'vitest'
import { newKey } from '../../src/api-key.ts'
import { insertKey, listKeys, revokeKey } from '../../src/db/api-keys.ts'
import { HOUR, SCOPES, type Scope } from '../../src/glossary.ts'
import { createKeySource } from '../../src/server/key-source.ts'
import { createRateLimiter } from '../../src/server/rate-limits.ts'
import { keepModel, NOW } from '../support/app.ts'
import { tinyArtifact } from '../support/artifacts.ts'
import { serveForTests } from '../support/served.ts'
import { until } from '../support/until.ts'

let now = NOW
const UNLIMITED = { ingest: null, score: null, read: null, feedback: null, admin: null }
// The first is erased by the test of every route.
const served = serveForTests(['l_1', 'l_2'], ({ pool }) => ({
  keys: createKeySource({ pool, now: () => now }),
  limiter: createRateLimiter(UNLIMITED),
}))

async function makeKey(
  scopes: readonly Scope[],
  expiresAt: number | null = null,
  name = 'crm',
): Promise<string> {
  const made = newKey()
  const about = { name, scopes, createdBy: 'ann', createdAt: NOW - HOUR, expiresAt }
  expect(await insertKey(served().database.pool, { ...made, ...about })).toBe(true)
  return made.key
}

const get = (url: string, key?: string) =>
  served().app.inject({ url, headers: key === undefined ? {} : { authorization: `Bearer ${key}` } })

interface Operation {
  readonly security: readonly Record<string, readonly Scope[]>[]
  readonly responses: Record<string, unknown>
}

/** Every route of the published document, with the scope that it says it needs; none: public. */
async function routes() {
  const { paths } = (await get('/openapi.json')).json<{ paths: Record<string, Record<string, Operation>> }>()
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security, responses }]) => ({
      method: method.toUpperCase() as 'GET' | 'POST' | 'PUT' | 'DELETE',
      url: path.replace('{id}', 'l_1').replace('{name}', 'conversion').replace('{v}', '1'),
      scope: security[0]?.['key']?.[0],
      security,
      responses,
    })),
  )
}

const keys = new Map<Scope, string>()
beforeAll(async () => {
  for (const scope of SCOPES) keys.set(scope, await makeKey([scope]))
  await until(async () => (await get('/v1/policy', keys.get('read'))).statusCode === 200)
  for (const key of keys.values()) await until(async () => (await get('/v1/policy', key)).statusCode !== 401)
})

test('every route asks for the scope that it declares: no key 401, each other scope 403, the right one neither', async () => {
  const all = await routes()
  expect(all.length).toBeGreaterThan(25)
  expect(all.filter(({ scope }) => scope === undefined).map(({ url }) => url)).toEqual([
    '/v1/session',
    '/v1/session',
    '/v1/session',
    '/v1/session/oidc',
    '/v1/session/oidc/callback',
    '/healthz',
    '/readyz',
  ])
  for (const { method, url, scope, security, responses } of all) {
    const ask = (key?: string) =>
      served().app.inject({
        method,
        url,
        headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
        ...(method === 'POST' || method === 'PUT' ? { payload: {} } : {}),
      })
    const told = `${method} ${url}`
    const without = await ask()
    if (scope === undefined) {
      expect(security, told).toEqual([])
      // Signing in takes a key in its body, where there is none; no identity provider is configured here.
      const status = told === 'POST /v1/session' ? 400 : url.startsWith('/v1/session/oidc') ? 404 : 200
      expect(without.statusCode, told).toBe(status)
      continue
    }
    expect(security, told).toEqual([{ key: [scope] }, { key_as_user: [scope] }, { session: [scope] }])
    expect(Object.keys(responses), told).toEqual(expect.arrayContaining(['401', '403', '429']))
    expect([without.statusCode, without.headers['www-authenticate']], told).toEqual([
      401,
      'Bearer realm="wonlost"',
    ])
    for (const [other, key] of keys) {
      // It would go on: test/server/stream.db.test.ts has it.
      if (other === scope && url === '/v1/stream') continue
      const answer = await ask(key)
      if (other === scope) {
        expect([401, 403], `${told} with ${other}`).not.toContain(answer.statusCode)
        continue
      }
      expect(answer.statusCode, `${told} with ${other}`).toBe(403)
      expect(answer.json()).toMatchObject({
        code: 'scope_missing',
        detail: expect.stringContaining(`scope ${scope}`),
      })
      expect(answer.headers['www-authenticate']).toBe(
        `Bearer realm="wonlost", error="insufficient_scope", scope="${scope}"`,
      )
    }
  }
})

test('read changes nothing, and what changes something needs the scope that is for it', async () => {
  const { paths } = (await get('/openapi.json')).json<{ paths: Record<string, Record<string, Operation>> }>()
  const scopes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security }]) => [`${method} ${path}`, security[0]?.['key']?.[0]]),
  )
  // What only computes, from what is in the request.
  const asked = ['post /v1/policy/proposal']
  const changing = scopes.filter(([route = '']) => !route.startsWith('get ') && !asked.includes(route))
  expect(changing.filter(([, scope]) => scope === 'read')).toEqual([])
  expect(Object.fromEntries(scopes)).toMatchObject({
    'get /v1/leads/{id}/score': 'read',
    'get /v1/models': 'read',
    'post /v1/score': 'score',
    'post /v1/leads/{id}/feedback': 'feedback',
    'put /v1/leads/{id}/override': 'feedback',
    'put /v1/leads/{id}/objection': 'feedback',
    'delete /v1/leads/{id}/objection': 'admin',
    'delete /v1/leads/{id}': 'admin',
    'get /v1/leads/{id}/export': 'admin',
    'get /v1/leads/{id}/history': 'read',
    'delete /v1/leads/{id}/override': 'feedback',
    'post /v1/models/{name}/promote': 'admin',
    'post /v1/models/{name}/rollback': 'admin',
    'post /v1/policy/simulate': 'admin',
    'post /v1/guardrails/backtest': 'admin',
  })
})

test('HEAD needs the same key as GET, and the page for people none', async () => {
  const head = (key?: string) =>
    served().app.inject({
      method: 'HEAD',
      url: '/v1/policy',
      headers: key ? { authorization: `Bearer ${key}` } : {},
    })
  expect((await head()).statusCode).toBe(401)
  expect((await head(keys.get('score'))).statusCode).toBe(403)
  expect((await head(keys.get('read'))).statusCode).toBe(200)
  for (const url of ['/docs/', '/docs/json', '/docs/static/swagger-ui.css', '/openapi.json'])
    expect((await get(url)).statusCode).toBe(200)
})

test('unknown, revoked and expired keys get one and the same answer', async () => {
  const unknown = newKey().key
  const revoked = await makeKey(['read'])
  const expired = await makeKey(['read'], NOW + HOUR)
  for (const key of [revoked, expired])
    await until(async () => (await get('/v1/policy', key)).statusCode === 200)
  await revokeKey(served().database.pool, revoked.slice(0, 11), { by: 'ann', at: NOW })
  await until(async () => (await get('/v1/policy', revoked)).statusCode === 401)
  expect((await get('/v1/policy', expired)).statusCode).toBe(200)
  now = NOW + HOUR
  const answers = await Promise.all(
    [unknown, revoked, expired, 'nonsense'].map((key) => get('/v1/policy', key)),
  )
  now = NOW
  const said = answers.map(({ statusCode, headers, body }) => {
    const { request_id: _, ...problem } = JSON.parse(body)
    return { statusCode, challenge: headers['www-authenticate'], problem }
  })
  expect(said[0]).toMatchObject({
    statusCode: 401,
    challenge: 'Bearer realm="wonlost", error="invalid_token"',
  })
  expect(new Set(said.map((one) => JSON.stringify(one))).size).toBe(1)
})

test('a check costs no query, and what was used is kept to the hour', async () => {
  const { pool } = served().database
  const key = await makeKey(['score'])
  const score = () =>
    served().app.inject({
      method: 'POST',
      url: '/v1/score',
      headers: { authorization: `Bearer ${key}` },
      payload: { lead: { lead_id: 'x' } },
    })
  await until(async () => (await score()).statusCode === 200)
  const queries: unknown[] = []
  const query = pool.query.bind(pool)
  pool.query = ((...given: Parameters<typeof query>) => {
    queries.push(given[0])
    return query(...given)
  }) as typeof pool.query
  try {
    await makeKey(['read'])
    for (let i = 0; i < 200; i += 1) expect((await score()).statusCode).toBe(200)
    // Only the looks, two a second: a query a check would be 200.
    expect(queries.filter((one) => JSON.stringify(one).includes('api_keys')).length).toBeLessThan(100)
  } finally {
    pool.query = query
  }
  await makeKey(['read'])
  await until(async () => {
    const kept = (await listKeys(pool)).find(({ prefix }) => key.startsWith(prefix))
    return kept?.lastUsedAt === NOW
  })
})

test('who acted is the key, unless the request says who', async () => {
  const key = await makeKey(['feedback', 'read', 'admin'], null, 'The CRM')
  await until(async () => (await get('/v1/policy', key)).statusCode === 200)
  const send = (method: 'PUT' | 'POST', url: string, payload: object) =>
    served().app.inject({ method, url, payload, headers: { authorization: `Bearer ${key}` } })
  const override = { status: 'review', reason: 'why', expires_at: '2026-12-01T00:00:00Z' }
  const set = await send('PUT', '/v1/leads/l_2/override', override)
  expect(set.json().verdict.override.set_by).toBe('key:The CRM')
  const named = await send('PUT', '/v1/leads/l_2/override', { ...override, by: 'bob' })
  expect(named.json().verdict.override.set_by).toBe('api:bob')
  const given = await send('POST', '/v1/leads/l_2/feedback', { kind: 'accepted' })
  expect(given.json().feedback.by).toBe('key:The CRM')
  const version = await keepModel(served().database.pool, tinyArtifact({ weight: 2 }))
  const better = { version, reason: 'better', force: true }
  expect((await send('POST', '/v1/models/conversion/promote', better)).statusCode).toBe(200)
  const { rows } = await served().database.pool.query(
    'SELECT changed_by FROM wonlost.model_alias_history ORDER BY revision DESC LIMIT 1',
  )
  expect(rows).toEqual([{ changed_by: 'key:The CRM' }])
})

test('no key is in the log, in answers or in the database; how it begins is in the log', async () => {
  const key = keys.get('read')!
  const answers = [
    await get('/v1/policy', key),
    await get('/v1/leads/unknown', key),
    await get('/v1/leads?limit=0', key),
    await served().app.inject({
      method: 'POST',
      url: '/v1/score',
      headers: { authorization: `Bearer ${key}` },
    }),
    await served().app.inject({ url: `/v1/leads/%E0%A4%A`, headers: { authorization: `Bearer ${key}` } }),
  ]
  const { rows } = await served().database.pool.query('SELECT api_keys::text AS text FROM wonlost.api_keys')
  const texts = [...answers.map(({ body, headers }) => body + JSON.stringify(headers)), ...served().log]
  for (const text of [...texts, ...rows.map(({ text }) => String(text))])
    expect(text).not.toContain(key.slice(12))
  expect(served().log.some((line) => line.includes(`"key":"${key.slice(0, 11)}"`))).toBe(true)
})
