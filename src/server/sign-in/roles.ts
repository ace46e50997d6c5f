/** What a person may do, and is called, by the claims that an identity provider makes of it. */
import { ROLES, SCOPES, type Scope } from '../../glossary.ts'
import type { IdentityProviderSettings } from '../../identity-provider-settings.ts'
import { hashOfPerson } from '../caller.ts'

type Claims = Readonly<Record<string, unknown>>

/** All that the roles of its values may, in the order of SCOPES; empty: it has none of them. */
export function scopesOf(
  claims: Claims,
  { claim, roles }: Pick<IdentityProviderSettings, 'claim' | 'roles'>,
): Scope[] {
  const named = new Set(valuesOf(claims, claim).map((value) => roles.get(value)))
  const granted = ROLES.filter(({ name }) => named.has(name)).flatMap(
    ({ scopes }): readonly Scope[] => scopes,
  )
  return SCOPES.filter((scope) => granted.includes(scope))
}

/** A text, or a list of which the texts count. A mail address that nobody has verified is none. */
function valuesOf(claims: Claims, name: string): string[] {
  if (name === 'email' && claims['email_verified'] !== true) return []
  return [claimOf(claims, name)].flat().filter((value) => typeof value === 'string')
}

const claimOf = (claims: Claims, name: string): unknown =>
  Object.hasOwn(claims, name) ? claims[name] : inside(claims, name.split('.'))

function inside(value: unknown, [first, ...rest]: readonly string[]): unknown {
  if (first === undefined) return value
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, first)
  return isObject ? inside((value as Claims)[first], rest) : undefined
}

const LONGEST_NAME = 200
/** Signs that cannot be seen or turn the direction of a text. */
const UNSEEN = /[\p{Cc}\p{Cf}]/gu

/**
 * What somebody does is remembered by it, so nobody may choose that of another. It is the claim that the provider vouches for, as it is. Else it is
 * for people to read, and a hash of whom the provider means makes it one person's: a `preferred_username` need not be unique (OpenID Connect Core
 * 1.0, section 5.7), and whoever may set a mail address may set anybody's.
 */
export function nameOf(
  claims: Claims,
  { issuer, subject }: { readonly issuer: string; readonly subject: string },
  nameClaim: string | null,
): string {
  const vouched = vouchedName(claims, nameClaim)
  if (typeof vouched === 'string' && readable(vouched) === vouched) return vouched
  const [shown = 'unnamed'] = [claims['preferred_username'], claims['name'], subject]
    .map((claim) => (typeof claim === 'string' ? readable(claim) : ''))
    .filter((name) => name !== '')
  return `${shown} (${hashOfPerson(issuer, subject)})`
}

function vouchedName(claims: Claims, nameClaim: string | null): unknown {
  const isVerified = claims['email_verified']
  if (nameClaim === null) return isVerified === true ? claims['email'] : undefined
  return nameClaim === 'email' && isVerified === false ? undefined : claimOf(claims, nameClaim)
}

const readable = (name: string): string => name.replace(UNSEEN, '').trim().slice(0, LONGEST_NAME)
