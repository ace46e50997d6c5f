import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { HOUR } from '../src/glossary.ts'

test.each([
  ['postgres://u:secret@127.0.0.1:99999/x', 'must be a URL'],
  ['postgres://u:sec/ret@host/x', 'must be a URL'],
  ['postgres://u:sec#ret@host/x', 'must be a URL'],
  ['postgres://u:secret@ho st/x', 'must be a URL'],
  ['mysql://u:secret@host/x', 'must begin with postgres://'],
])('DATABASE_URL %s is refused without being repeated', (url, why) => {
  expect(() => readConfig({ DATABASE_URL: url })).toThrow(
    expect.objectContaining({
      code: 'configuration_invalid',
      message: expect.stringMatching(new RegExp(`^DATABASE_URL: ${why}(?!.*(secret|sec[/#]ret))`)),
    }),
  )
})

test.each(['postgresql:///x?host=/tmp', 'postgres://', 'postgres://u:se%cret@[::1]:5432/x'])(
  'DATABASE_URL %s is taken as it is',
  (url) => {
    expect(readConfig({ DATABASE_URL: url }).databaseUrl).toBe(url)
  },
)

test.each(['abc', '70000', '-1', ' ', '0x10', '1.5'])(
  'a port of %j is refused, by the name it was given under',
  (port) => {
    const message = (name: string) =>
      `${name}: must be a whole number from 0 to 65535. Given: ${JSON.stringify(port)}.`
    expect(() => readConfig({ WONLOST_PORT: port })).toThrow(message('WONLOST_PORT'))
    expect(() => readConfig({ WONLOST_PORT: '1' }, { port })).toThrow(message('--port'))
    expect(readConfig({ WONLOST_PORT: '65535' }).port).toBe(65_535)
  },
)

test.each(['', 'off', '0 5 * * *', '*/15 0-6,22 1,15 * 1-5'])('a schedule of %j is taken', (given) => {
  expect(readConfig({ WONLOST_MONITOR_SCHEDULE: given }).monitorSchedule).toBe(given || '0 5 * * *')
  expect(readConfig({ WONLOST_SWEEP_SCHEDULE: given }).sweepSchedule).toBe(given || '30 2 * * *')
})

test.each([
  'daily',
  '0 5 * *',
  '60 5 * * *',
  '0 5 * * 8',
  '5-1 * * * *',
  '*/0 * * * *',
  '0 5 0 * *',
  '-1 * * * *',
  '0  5 * * *',
])('a schedule of %j is refused', (given) => {
  expect(() => readConfig({ WONLOST_MONITOR_SCHEDULE: given })).toThrow(
    /^WONLOST_MONITOR_SCHEDULE: must be off, or five fields/,
  )
})

test('rate limits change what they name, and off is no limit', () => {
  const limits = (text: string) => readConfig({ WONLOST_RATE_LIMITS: text }).rateLimits
  const usual = { ingest: 2_000, score: 1_000, read: 200, feedback: 100, admin: 20 }
  expect(limits('')).toEqual(usual)
  expect(limits('ingest=5000, read=off')).toEqual({ ...usual, ingest: 5_000, read: null })
  expect(limits('off')).toEqual({ ingest: null, score: null, read: null, feedback: null, admin: null })
})

test.each([
  'ingest',
  'ingest=',
  'ingest=0',
  'ingest=1e3',
  'ingest=100001',
  'write=1',
  'read=1,read=2',
  'read=1=2',
  ',',
])('rate limits of %j are refused', (given) => {
  expect(() => readConfig({ WONLOST_RATE_LIMITS: given })).toThrow(
    /^WONLOST_RATE_LIMITS: must be off, or requests a second by scope.*ingest, score, read, feedback, admin/,
  )
})

test('AUTH is keys or off', () => {
  expect(readConfig({ AUTH: 'off' }).auth).toBe('off')
  expect(readConfig({}).auth).toBeUndefined()
  expect(() => readConfig({ AUTH: 'none' })).toThrow('AUTH: must be keys or off. Given: "none".')
})

test('where webhooks may go is strict unless something is allowed by name', () => {
  expect(readConfig({})).toMatchObject({ webhookAllowHttp: false, webhookAllowNetworks: [] })
  const given = {
    WONLOST_WEBHOOK_ALLOW_HTTP: 'true',
    WONLOST_WEBHOOK_ALLOW_NETWORKS: '10.0.0.0/8, fd00:1::/64',
  }
  expect(readConfig(given)).toMatchObject({
    webhookAllowHttp: true,
    webhookAllowNetworks: ['10.0.0.0/8', 'fd00:1::/64'],
  })
})

test.each([
  ['WONLOST_WEBHOOK_ALLOW_HTTP', 'yes'],
  ['WONLOST_WEBHOOK_ALLOW_NETWORKS', '10.0.0.0'],
  ['WONLOST_WEBHOOK_ALLOW_NETWORKS', '10.0.0.0/33'],
  ['WONLOST_WEBHOOK_ALLOW_NETWORKS', '10.0.0.0/8,'],
  ['WONLOST_WEBHOOK_ALLOW_NETWORKS', 'internal'],
])('%s=%s is refused', (variable, value) => {
  expect(() => readConfig({ [variable]: value })).toThrow(new RegExp(`^${variable}: must be `))
})

test('origins of pages are written as browsers write them, or a star stands for all', () => {
  expect(readConfig({}).ingestOrigins).toEqual([])
  const read = (text: string) => readConfig({ WONLOST_INGEST_ORIGINS: text }).ingestOrigins
  expect(read('https://www.x.example, http://localhost:3000')).toEqual([
    'https://www.x.example',
    'http://localhost:3000',
  ])
  expect(read('*')).toEqual(['*'])
  for (const wrong of [
    'https://x.example/',
    'x.example',
    'https://X.example',
    'null',
    '*,https://x.example',
    ',',
  ])
    expect(() => read(wrong)).toThrow(/^WONLOST_INGEST_ORIGINS: must be origins such as/)
})

const OIDC = {
  WONLOST_OIDC_ISSUER: 'https://id.example.com',
  WONLOST_OIDC_CLIENT_ID: 'wonlost',
  WONLOST_OIDC_CLIENT_SECRET: 'hush',
  WONLOST_OIDC_ROLES: 'sales team=sales, CN=Admins%2COU=x=admin',
}

const SHORTER = { WONLOST_OIDC_SESSION_HOURS: '1', WONLOST_OIDC_NAME_CLAIM: 'preferred_username' }

test('an identity provider is configured in full, or not at all', () => {
  expect(readConfig({}).identityProvider).toBeNull()
  const { identityProvider } = readConfig(OIDC)
  expect(identityProvider).toMatchObject({
    ...{ claim: 'groups', scopes: 'openid profile email', nameClaim: null, sessionLifetime: 12 * HOUR },
  })
  const { identityProvider: changed } = readConfig({ ...OIDC, ...SHORTER })
  expect(changed).toMatchObject({ nameClaim: 'preferred_username', sessionLifetime: HOUR })
  expect([...(identityProvider?.roles ?? [])]).toEqual([
    ['sales team', 'sales'],
    ['CN=Admins,OU=x', 'admin'],
  ])
  const { WONLOST_OIDC_ROLES: _, ...rest } = OIDC
  expect(() => readConfig(rest)).toThrow(/^WONLOST_OIDC_ROLES: must be given too(?!.*hush)/)
})

test.each<[object, RegExp]>([
  [{ WONLOST_OIDC_ISSUER: 'http://id.example.com' }, /^WONLOST_OIDC_ISSUER: must be the https/],
  [{ WONLOST_OIDC_ISSUER: 'https://ann:hush@id.example.com' }, /without user(?!.*hush)/],
  ...[
    'common/v2.0',
    'Organizations/v2.0',
    'consumers',
    '',
    '{tenantid}/v2.0',
    '9188040d-6c67-4c5b-b112-36a304b66dad',
  ].map((path): [object, RegExp] => [
    { WONLOST_OIDC_ISSUER: `https://login.microsoftonline.com/${path}` },
    /^WONLOST_OIDC_ISSUER: must name one tenant/,
  ]),
  [{ WONLOST_OIDC_SESSION_HOURS: '25' }, /from 1 to 24/],
  [{ WONLOST_OIDC_SCOPES: 'profile' }, /one of them openid/],
  [{ WONLOST_OIDC_ROLES: 'sales team=seller' }, /roles admin, data, operations, sales/],
  [{ WONLOST_OIDC_ROLES: 'x=sales,x=admin' }, /each value once/],
  [{ WONLOST_OIDC_ROLES: '=sales' }, /such as/],
  [{ WONLOST_OIDC_ROLES: '%=sales' }, /such as/],
])('of an identity provider %j is refused', (given, why) => {
  expect(() => readConfig({ ...OIDC, ...given })).toThrow(why)
})
