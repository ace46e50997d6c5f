import { expect, test } from 'vitest'
import { nameOf, scopesOf } from '../../../src/server/sign-in/roles.ts'

const WHO = { issuer: 'https://id.example.com', subject: 'u-1' }
const SUFFIX = / \([\da-f]{12}\)$/

test.each<[object, string | null, string]>([
  [{ email: 'ann@example.com', email_verified: true }, null, 'ann@example.com'],
  [{ upn: 'ann@example.com', email: 'x@example.com', email_verified: true }, 'upn', 'ann@example.com'],
  [{ org: { login: 'ann' } }, 'org.login', 'ann'],
  // Who configured the claim vouches for it, unless the provider says otherwise.
  [{ email: 'ann@example.com' }, 'email', 'ann@example.com'],
])('%j by the claim %j is named as the provider vouches: %s', (claims, nameClaim, name) => {
  expect(nameOf({ ...claims }, WHO, nameClaim)).toBe(name)
})

test.each<[object, string | null, string]>([
  [{ email: 'ann@example.com', email_verified: false }, 'email', 'u-1'],
  [{ email: 'ann@example.com', email_verified: 'true', name: 'Ann' }, null, 'Ann'],
  [{ email: 'ann@example.com', email_verified: true, preferred_username: 'a\u202enn' }, 'upn', 'ann'],
  [{ email: ` ${'a'.repeat(300)}`, email_verified: true }, null, 'u-1'],
  [{ upn: 7, preferred_username: ' \u200b', name: ['x'] }, 'upn', 'u-1'],
])('%j by the claim %j has a name that nobody else can have: %s', (claims, nameClaim, shown) => {
  const name = nameOf({ ...claims }, WHO, nameClaim)
  expect(name).toMatch(SUFFIX)
  expect(name.replace(SUFFIX, '')).toBe(shown)
  expect(nameOf({ ...claims }, { ...WHO, issuer: 'https://other.example' }, nameClaim)).not.toBe(name)
})

test('a mail address is a role only where it is verified', () => {
  const settings = { claim: 'email', roles: new Map([['ann@example.com', 'admin']] as const) }
  const claims = { email: 'ann@example.com' }
  expect(scopesOf({ ...claims, email_verified: true }, settings)).toContain('admin')
  expect(scopesOf({ ...claims, email_verified: false }, settings)).toEqual([])
  expect(scopesOf(claims, settings)).toEqual([])
})
