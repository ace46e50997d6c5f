/** Signing in with a real OpenID Connect provider, and what a hostile one, or a hostile browser, does not get. */
import { afterAll, beforeEach, expect, test } from 'vitest'
import { HOUR } from '../../src/glossary.ts'
import { createKeySource } from '../../src/server/key-source.ts'
import { createRateLimiter } from '../../src/server/rate-limits.ts'
import { createIdentityProvider } from '../../src/server/sign-in/identity-provider.ts'
import { NOW } from '../support/app.ts'
import { CLIENT, startProvider, type TestProvider } from '../support/identity-provider.ts'
import { serveForTests } from '../support/served.ts'

let provider: TestProvider
const served = serveForTests(
  ['l_1'],
  ({ pool }) => ({
    keys: createKeySource({ pool, now: () => NOW }),
    limiter: createRateLimiter({ ingest: null, score: null, read: null, feedback: null, admin: null }),
  }),
  {
    provider: async () => {
      provider = await startProvider()
      return createIdentityProvider({
        issuer: provider.issuer,
        clientId: CLIENT.id,
        clientSecret: CLIENT.secret,
        scopes: 'openid email',
        claim: 'groups',
        roles: new Map([
          ['wonlost-sales', 'sales'],
          ['data people', 'data'],
        ]),
        nameClaim: null,
        sessionLifetime: 12 * HOUR,
      })
    },
  },
)
afterAll(() => provider.stop())
beforeEach(() => {
  provider.claims = {}
  provider.signing = 'right'
})

const ask = (url: string, headers: Record<string, string> = {}) => served().app.inject({ url, headers })

/** Goes to the provider and comes back: the answer's address, and the cookie of the attempt. */
async function comeBack(returnTo?: string): Promise<{ readonly url: string; readonly cookie: string }> {
  const query = returnTo === undefined ? '' : `?return_to=${encodeURIComponent(returnTo)}`
  const begun = await ask(`/v1/session/oidc${query}`)
  expect(begun.statusCode, begun.body).toBe(303)
  const cookie = String(begun.headers['set-cookie'])
  expect(cookie).toMatch(/^wonlost_sign_in=[\w-]+; .*Path=\/; .*HttpOnly; SameSite=Lax$/)
  const answered = await fetch(String(begun.headers.location), { redirect: 'manual' })
  const back = new URL(answered.headers.get('location') ?? '')
  expect(back.origin + back.pathname).toBe('http://localhost:80/v1/session/oidc/callback'.replace(':80', ''))
  return { url: back.pathname + back.search, cookie: cookie.split(';', 1)[0]! }
}

async function signIn(returnTo?: string) {
  const { url, cookie } = await comeBack(returnTo)
  return ask(url, { cookie })
}

const sessionOf = (answer: Awaited<ReturnType<typeof signIn>>): string =>
  [answer.headers['set-cookie']]
    .flat()
    .map(String)
    .find((one) => one.startsWith('wonlost_session='))
    ?.split(';', 1)[0] ?? ''

test('whoever the provider vouches for has a session with what the roles of its groups may, under its own name', async () => {
  expect((await ask('/v1/session')).json()).toMatchObject({ signed_in: false, sign_in: ['key', 'oidc'] })
  const answer = await signIn('/leads/l_1?sort=score')
  expect(answer.statusCode, answer.body).toBe(303)
  expect(answer.headers.location).toBe('/leads/l_1?sort=score')
  expect(String(answer.headers['set-cookie'])).toMatch(
    /wonlost_sign_in=;.*wonlost_session=[\w-]{43};.*SameSite=Strict/s,
  )
  const cookie = sessionOf(answer)
  expect((await ask('/v1/session', { cookie })).json()).toEqual({
    signed_in: true,
    sign_in: ['key', 'oidc'],
    name: 'ann@example.com',
    role: 'sales',
    scopes: ['read', 'feedback'],
    expires_at: new Date(NOW + 12 * HOUR).toISOString().replace('.000Z', 'Z'),
  })
  expect((await ask('/v1/webhooks', { cookie })).json()).toMatchObject({ code: 'scope_missing' })
  const given = await served().app.inject({
    method: 'POST',
    url: '/v1/leads/l_1/feedback',
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
    payload: { kind: 'contacted' },
  })
  expect(given.json()).toMatchObject({ feedback: { by: 'person:ann@example.com' } })

  const out = {
    method: 'DELETE',
    url: '/v1/session',
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
  } as const
  expect((await served().app.inject(out)).json()).toMatchObject({ signed_in: false })
  expect((await ask('/v1/leads', { cookie })).statusCode).toBe(401)

  provider.claims = { groups: ['data people', 'wonlost-sales', 'others'] }
  const both = (await ask('/v1/session', { cookie: sessionOf(await signIn()) })).json()
  expect(both).toMatchObject({ role: 'data', scopes: ['score', 'read', 'feedback', 'admin'] })
})

test('a session of a person ends after twelve hours', async () => {
  const cookie = sessionOf(await signIn())
  expect((await ask('/v1/leads', { cookie })).statusCode).toBe(200)
  // Also one of a time when sessions lasted longer.
  await served().database.pool.query(
    `UPDATE wonlost.sessions SET created_at = created_at - interval '12 hours', expires_at = expires_at + interval '7 days'`,
  )
  expect((await ask('/v1/leads', { cookie })).statusCode).toBe(401)
})

test.each<[string, Record<string, unknown>]>([
  ['no group at all', { groups: undefined }],
  ['a group that is no role', { groups: ['everybody', 'wonlost-sale'] }],
  ['the name of a role that no value was given to', { groups: ['admin', 'constructor'] }],
  ['something else than text', { groups: { 'wonlost-sales': true } }],
])('%s: nobody gets in', async (_what, claims) => {
  provider.claims = claims
  const logged = served().log.length
  const answer = await signIn()
  expect(answer.json()).toMatchObject({ status: 403, code: 'role_missing' })
  expect(sessionOf(answer)).toBe('')
  // The log says that it failed, and nothing that names a person.
  const lines = served().log.slice(logged).join('')
  expect(lines).toContain('role_missing')
  expect(lines).not.toMatch(/ann@example|u-1/)
})

test.each<[string, Record<string, unknown>]>([
  ['a mail address that is not verified', { email_verified: false, preferred_username: 'ann@example.com' }],
  ['one of which that is not said', { email_verified: undefined, name: 'ann@example.com' }],
  [
    'one with signs that nobody sees',
    { email: 'ann\u200b@example.com', preferred_username: 'ann@example.com' },
  ],
])('%s is nobody’s name: what is shown in its place stays one person’s', async (_what, claims) => {
  const names = []
  for (const sub of ['u-1', 'u-2']) {
    provider.claims = { ...claims, sub }
    names.push((await ask('/v1/session', { cookie: sessionOf(await signIn()) })).json().name)
  }
  for (const name of names) expect(name).toMatch(/^ann@example\.com \([\da-f]{12}\)$/)
  expect(names[0]).not.toBe(names[1])
})

test.each<[string, Record<string, unknown>, TestProvider['signing']]>([
  ['another nonce', { nonce: 'x' }, 'right'],
  ['no nonce', { nonce: undefined }, 'right'],
  ['for another client', { aud: 'somebody else' }, 'right'],
  ['from another provider', { iss: 'https://evil.example' }, 'right'],
  ['expired', { exp: Math.floor(Date.now() / 1_000) - 3_600 }, 'right'],
  ['signed with another key', {}, 'wrong key'],
  ['not signed', {}, 'alg none'],
])('a token that is %s begins no session', async (_what, claims, signing) => {
  provider.claims = claims
  provider.signing = signing
  const answer = await signIn()
  expect(answer.json()).toMatchObject({ status: 403, code: 'sign_in_refused' })
  expect(sessionOf(answer)).toBe('')
  expect(provider.exchanges.at(-1)).toMatchObject({ ok: true })
})

test('an answer is taken once, from the browser that asked for it, with its own state', async () => {
  const first = await comeBack()
  const second = await comeBack()
  const refused = { status: 403, code: 'sign_in_refused' }
  expect((await ask(first.url)).json()).toMatchObject(refused)
  expect((await ask(first.url, { cookie: second.cookie })).json()).toMatchObject(refused)
  expect((await ask(first.url, { cookie: `${first.cookie.slice(0, -2)}AA` })).json()).toMatchObject(refused)
  const stateless = first.url.replace(/state=[^&]*/, 'state=')
  expect((await ask(stateless, { cookie: first.cookie })).json()).toMatchObject(refused)
  const elsewhere = first.url.replace(/iss=[^&]*/, 'iss=https%3A%2F%2Fevil.example')
  expect((await ask(elsewhere, { cookie: first.cookie })).json()).toMatchObject(refused)
  const used = provider.exchanges.length
  expect((await ask(first.url, { cookie: first.cookie })).statusCode).toBe(303)
  expect((await ask(first.url, { cookie: first.cookie })).json()).toMatchObject(refused)
  // The provider was not even asked a second time.
  expect(provider.exchanges).toHaveLength(used + 1)
  // A code of somebody else, planted with the right state: it proves nothing without what the browser keeps.
  const code = new URLSearchParams((await comeBack()).url.split('?')[1]).get('code') ?? ''
  expect(
    (await ask(second.url.replace(/code=[^&]*/, `code=${code}`), { cookie: second.cookie })).json(),
  ).toMatchObject(refused)
})

test.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '/a\\b',
  '/#x',
])('nobody is sent to %j afterwards', async (to) => {
  const answer = await ask(`/v1/session/oidc?return_to=${encodeURIComponent(to)}`)
  expect(answer.json()).toMatchObject({ status: 400, code: 'invalid_request' })
})

test('a provider that is away is said to be, to people on their page, and asked again later', async () => {
  const fresh = await startProvider()
  const settings = {
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    scopes: 'openid',
    claim: 'x',
    roles: new Map(),
    nameClaim: null,
    sessionLifetime: HOUR,
  }
  const unasked = createIdentityProvider({ ...settings, issuer: fresh.issuer })
  await fresh.stop()
  await expect(unasked.begin('http://localhost/x', '/', 0)).rejects.toMatchObject({
    code: 'identity_provider_unavailable',
  })
  await fresh.start()
  expect((await unasked.begin('http://localhost/x', '/', 0)).url).toContain('code_challenge_method=S256')
  await fresh.stop()

  const { url, cookie } = await comeBack('/leads')
  await provider.stop()
  const page = await ask(url, { cookie, accept: 'text/html' })
  expect(page.headers.location).toBe('/leads#sign-in=identity_provider_unavailable')
  expect((await ask(url, { cookie })).json()).toMatchObject({
    status: 503,
    code: 'identity_provider_unavailable',
  })
  await provider.start()
})
