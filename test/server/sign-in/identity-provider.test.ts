/** What a provider says of itself, without one: `fetch` answers. */
import { afterEach, expect, test, vi } from 'vitest'
import { HOUR } from '../../../src/glossary.ts'
import { createIdentityProvider } from '../../../src/server/sign-in/identity-provider.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const providerOf = (issuer: string, said: string) => {
  vi.stubGlobal('fetch', async () =>
    Response.json({
      issuer: said,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
    }),
  )
  const names = { clientId: 'x', clientSecret: 'x', scopes: 'openid', claim: 'groups', nameClaim: null }
  return createIdentityProvider({ ...names, issuer, roles: new Map(), sessionLifetime: HOUR })
}

test('one that speaks for any tenant is none, however it is written', async () => {
  const any = providerOf(
    'https://login.microsoftonline.com/comm%6Fn/v2.0',
    'https://login.microsoftonline.com/{tenantid}/v2.0',
  )
  await expect(any.begin('http://localhost/x', '/', 0)).rejects.toMatchObject({
    code: 'configuration_invalid',
    message: expect.stringContaining('must name one tenant'),
  })
  const one = providerOf(
    'https://login.microsoftonline.com/t1/v2.0',
    'https://login.microsoftonline.com/t1/v2.0',
  )
  expect((await one.begin('http://localhost/x', '/', 0)).url).toContain('/t1/v2.0/authorize?')
})

test.each(['http://[::1]:1', 'http://127.0.0.1:1', 'http://localhost:1'])(
  '%s needs no TLS',
  async (issuer) => {
    const { url } = await providerOf(issuer, issuer).begin('http://localhost/x', '/', 0)
    expect(url).toContain(`${issuer}/authorize?`)
  },
)
