/** What a person may do, and is called, by the claims that an identity provider makes of it. */

import { ROLES, SCOPES, type Scope } from '../../glossary.ts'
import type { IdentityProviderSettings } from '../../identity-provider-settings.ts'

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

/** A text, or a list of which the texts count. */
function valuesOf(claims: Claims, name: string): string[] {
  const found = Object.hasOwn(claims, name) ? claims[name] : inside(claims, name.split('.'))
  return [found].flat().filter((value) => typeof value === 'string')
}

function inside(value: unknown, [first, ...rest]: readonly string[]): unknown {
  if (first === undefined) return value
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, first)
  return isObject ? inside((value as Claims)[first], rest) : undefined
}

/** Of these the first is the name: people can often change `name` themselves, and what they do is remembered by it. */
const NAMES = ['email', 'preferred_username', 'name'] as const
const LONGEST_NAME = 200

/** Without signs that cannot be seen or turn the direction of a text. */
export function nameOf(claims: Claims, subject: string): string {
  for (const claim of [...NAMES.map((name) => claims[name]), subject]) {
    if (typeof claim !== 'string') continue
    const name = claim.replace(/[\p{Cc}\p{Cf}]/gu, '').trim()
    if (name !== '') return name.slice(0, LONGEST_NAME)
  }
  return 'unnamed'
}
