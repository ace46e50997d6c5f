/** The settings of an OpenID Connect provider with which people sign in to the dashboard: all of them, or none. */
import { z } from 'zod'
import { WonlostError } from './errors.ts'
import { HOUR, type Milliseconds, ROLES } from './glossary.ts'

type RoleName = (typeof ROLES)[number]['name']

export interface IdentityProviderSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Asked for, with blanks between; one of them is `openid`. */
  readonly scopes: string
  /** That says who is what, by its name or with dots into an object: `groups`, `https://example.com/roles`, `realm_access.roles`. */
  readonly claim: string
  /** By the value of the claim. Whoever has none of these may nothing. */
  readonly roles: ReadonlyMap<string, RoleName>
  /** By which people are remembered, as the provider vouches that nobody has that of another. null: a mail address that it says it verified. */
  readonly nameClaim: string | null
  /** Of a person; then the provider is asked again. */
  readonly sessionLifetime: Milliseconds
}

const ROLE_NAMES = ROLES.map(({ name }) => name)

/** `wonlost-sales=sales,admins=admin`: a value of the claim, and its role. undefined: it cannot be read. */
function readRoles(text: string): ReadonlyMap<string, (typeof ROLE_NAMES)[number]> | undefined {
  const roles = new Map<string, (typeof ROLE_NAMES)[number]>()
  for (const part of text.split(',')) {
    const at = part.lastIndexOf('=')
    const role = ROLE_NAMES.find((name) => name === part.slice(at + 1).trim())
    const value = unescaped(part.slice(0, Math.max(0, at)).trim())
    if (!role || !value || roles.has(value)) return undefined
    roles.set(value, role)
  }
  return roles
}

/** undefined: a % that is none of an escape. */
function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Plain HTTP only to this machine: what passes there lets people in. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, search, hash, username, password } = new URL(text)
  const isHere = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
  return (
    (protocol === 'https:' || (protocol === 'http:' && isHere)) && search + hash + username + password === ''
  )
}

/** Entra ID: everybody's tenants; the last is that of all personal accounts. */
const EVERYBODY = ['common', 'organizations', 'consumers', '9188040d-6c67-4c5b-b112-36a304b66dad']

/** A place to fill in is none either. Whoever runs a tenant says which groups and roles its people have: where any may answer, anybody makes an admin of anybody. */
function isOneTenant(text: string): boolean {
  if (!URL.canParse(text)) return true
  const { hostname, pathname } = new URL(text)
  const [tenant = ''] = pathname.toLowerCase().split('/').filter(Boolean)
  const isEntra = /(^|\.)microsoftonline\.(com|us|de|cn)$/.test(hostname)
  return !/%7[bd]/i.test(pathname) && !(isEntra && ['', ...EVERYBODY].includes(tenant))
}

export const MUST_NAME_TENANT =
  'must name one tenant, such as https://login.microsoftonline.com/TENANT-ID/v2.0: by this one anybody of any tenant signs in'

/** As `config.ts` reads them. */
export const identityProviderFields = {
  oidcIssuer: z
    .string()
    .refine(isIssuer, {
      message: 'must be the https:// address of an OpenID Connect provider, without user, query or fragment',
      abort: true,
    })
    .refine(isOneTenant, MUST_NAME_TENANT)
    .optional(),
  oidcClientId: z.string().optional(),
  oidcClientSecret: z.string().optional(),
  oidcScopes: z
    .string()
    .refine(
      (text) => text.split(' ').includes('openid'),
      'must be scopes with blanks between, one of them openid',
    )
    .default('openid profile email'),
  oidcRoleClaim: z.string().default('groups'),
  oidcRoles: z
    .string()
    .transform((text, context) => {
      const roles = readRoles(text)
      if (roles) return roles
      const message = `must be values of the claim and roles such as wonlost-sales=sales,admins=admin: each value once, a comma in it as %2C, roles ${ROLE_NAMES.join(', ')}`
      context.addIssue({ code: 'custom', message, input: text })
      return z.NEVER
    })
    .optional(),
  oidcNameClaim: z.string().optional(),
  oidcSessionHours: z
    .string()
    .regex(/^([1-9]|1\d|2[0-4])$/, 'must be a whole number of hours from 1 to 24')
    .transform(Number)
    .default(12),
}

type Fields = Readonly<z.infer<z.ZodObject<typeof identityProviderFields>>>

/** null: none is configured. Throws `configuration_invalid` where something is missing; `variableOf` gives it a name. */
export function identityProviderOf(
  fields: Fields,
  variableOf: (name: keyof Fields) => string,
): IdentityProviderSettings | null {
  const { oidcIssuer, oidcClientId, oidcClientSecret, oidcRoles, oidcScopes, oidcRoleClaim } = fields
  const { oidcNameClaim, oidcSessionHours } = fields
  const needed = ['oidcIssuer', 'oidcClientId', 'oidcClientSecret', 'oidcRoles'] as const
  const missing = needed.filter((name) => fields[name] === undefined)
  if (missing.length === needed.length) return null
  if (!oidcIssuer || !oidcClientId || !oidcClientSecret || !oidcRoles) {
    const field = missing.map(variableOf).join(', ')
    const all = needed.map(variableOf).join(', ')
    const message = `${field}: must be given too. Signing in with an identity provider needs all of ${all}.`
    throw new WonlostError('configuration_invalid', message, { field })
  }
  return Object.freeze({
    issuer: oidcIssuer,
    clientId: oidcClientId,
    clientSecret: oidcClientSecret,
    scopes: oidcScopes,
    claim: oidcRoleClaim,
    roles: oidcRoles,
    nameClaim: oidcNameClaim ?? null,
    sessionLifetime: oidcSessionHours * HOUR,
  })
}
