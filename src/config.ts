/** Configuration: one schema, read once at the edge, frozen, passed down. defaults < environment < flags. */
import { resolve } from 'node:path'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { WonlostError } from './errors.ts'
import { SCOPES, type Scope } from './glossary.ts'
import {
  type IdentityProviderSettings,
  identityProviderFields,
  identityProviderOf,
} from './identity-provider-settings.ts'

/** Digits only: coercion alone would take ' ' for 0 and '0x10' for 16. */
const wholeNumber = (min: number, max: number) => {
  const message = `must be a whole number from ${min} to ${max}`
  return z.coerce
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.number().min(min, message).max(max, message))
}

/** Minute, hour, day, month, weekday, as cron has them: a star, a number or a range, each with a step after a slash; lists of these. */
const CRON_RANGES = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const

function isCron(text: string): boolean {
  const fields = text.split(' ')
  return fields.length === CRON_RANGES.length && fields.every((field, place) => isCronField(field, place))
}

function isCronField(field: string, place: number): boolean {
  const [least, most] = CRON_RANGES[place]!
  return field.split(',').every((part) => {
    const [, from, to, step] = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part) ?? [null]
    const numbers = [from, to].flatMap((one) => (one === undefined ? [] : [Number(one)]))
    const isKnown = part.startsWith('*') || from !== undefined
    const isRising = numbers.length < 2 || numbers[0]! <= numbers[1]!
    return isKnown && isRising && step !== '0' && numbers.every((one) => one >= least && one <= most)
  })
}

/** Requests a second of one key, by scope; null: no limit. */
export type RateLimits = Readonly<Record<Scope, number | null>>

const RATE_LIMITS: RateLimits = { ingest: 2_000, score: 1_000, read: 200, feedback: 100, admin: 20 }

const HIGHEST_RATE = 100_000

/** `ingest=5000,read=off` changes these two; `off` all. undefined: it cannot be read. */
function readRateLimits(text: string): RateLimits | undefined {
  const limits = new Map<Scope, number | null>()
  const parts = text === 'off' ? SCOPES.map((scope) => `${scope}=off`) : text.split(',')
  for (const part of parts) {
    const [name, rate = '', ...more] = part.trim().split('=')
    const scope = SCOPES.find((one) => one === name)
    const isKnown = rate === 'off' || (/^[1-9]\d{0,5}$/.test(rate) && Number(rate) <= HIGHEST_RATE)
    if (scope === undefined || limits.has(scope) || !isKnown || more.length > 0) return undefined
    limits.set(scope, rate === 'off' ? null : Number(rate))
  }
  return { ...RATE_LIMITS, ...Object.fromEntries(limits) }
}

/** As browsers say it: in lower case, without a path, without the usual port. */
function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text
}

const isAllOrList = (origins: readonly string[]): boolean => origins.length === 1 || !origins.includes('*')

const schedule = z
  .string()
  .refine(
    (text) => text === 'off' || isCron(text),
    "must be off, or five fields as cron has them, in UTC, such as '0 5 * * *' for every day at 05:00",
  )

const schema = z.object({
  /** A PostgreSQL to use; without it an embedded one runs under `home`. */
  databaseUrl: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { message: 'must begin with postgres:// or postgresql://', abort: true })
    .refine(
      (url) => URL.canParse(url),
      'must be a URL like postgres://user:password@host:5432/name; in a password, write / as %2F, # as %23, @ as %40 and % as %25',
    )
    .optional(),
  /** Where the embedded database and local state live. */
  home: z.string().min(1).default('.wonlost'),
  /** Folder of definitions, policy, guardrails and lists. */
  models: z.string().min(1).optional(),
  host: z.string().min(1).default('127.0.0.1'),
  port: wholeNumber(0, 65_535).default(8787),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  /** Connections a process may hold. */
  poolSize: wholeNumber(2, 100).default(8),
  /** When `serve` runs the monitor, as cron has it, in UTC; `off`: never. */
  monitorSchedule: schedule.default('0 5 * * *'),
  /** When `serve` scores all leads again, as cron has it, in UTC; `off`: never, also not after a promotion. */
  sweepSchedule: schedule.default('30 2 * * *'),
  /** Whether webhooks may go to http:// as well: for networks that nobody else listens in. */
  webhookAllowHttp: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .transform((text) => text === 'true'),
  /** Networks that are not public and may get webhooks all the same. */
  webhookAllowNetworks: z
    .string()
    .transform((text) => text.split(',').map((network) => network.trim()))
    .refine(
      (networks) => networks.every((network) => ipaddr.isValidCIDR(network)),
      'must be networks such as 10.20.0.0/16, separated by commas',
    )
    .default([]),
  /** Origins whose pages may send live data from browsers; `*`: all. */
  ingestOrigins: z
    .string()
    .transform((text) => text.split(',').map((origin) => origin.trim()))
    .refine(
      (origins) => origins.every((origin) => origin === '*' || isOrigin(origin)) && isAllOrList(origins),
      'must be origins such as https://www.example.com, separated by commas, or * alone for all',
    )
    .default([]),
  /** Whether the server asks for keys. Default: `keys`; of `demo` at a loopback address `off`. */
  auth: z.enum(['keys', 'off'], 'must be keys or off').optional(),
  /** Of commands that ask a server: sent to it. */
  key: z.string().optional(),
  rateLimits: z
    .string()
    .transform((text, context) => {
      const limits = readRateLimits(text)
      if (limits) return limits
      const message = `must be off, or requests a second by scope such as ingest=5000,read=off: scopes ${SCOPES.join(', ')}, each once, each from 1 to ${HIGHEST_RATE}, or off`
      context.addIssue({ code: 'custom', message, input: text })
      return z.NEVER
    })
    .default(RATE_LIMITS),
  ...identityProviderFields,
})

type Settings = z.infer<typeof schema>

export type Config = Readonly<
  Omit<Settings, keyof typeof identityProviderFields> & {
    /** null: people sign in with keys only. */
    identityProvider: IdentityProviderSettings | null
  }
>

const VARIABLES: Readonly<Record<keyof Settings, string>> = {
  databaseUrl: 'DATABASE_URL',
  home: 'WONLOST_HOME',
  models: 'WONLOST_MODELS',
  host: 'WONLOST_HOST',
  port: 'WONLOST_PORT',
  logLevel: 'WONLOST_LOG_LEVEL',
  poolSize: 'WONLOST_POOL_SIZE',
  monitorSchedule: 'WONLOST_MONITOR_SCHEDULE',
  auth: 'AUTH',
  key: 'WONLOST_KEY',
  rateLimits: 'WONLOST_RATE_LIMITS',
  sweepSchedule: 'WONLOST_SWEEP_SCHEDULE',
  ingestOrigins: 'WONLOST_INGEST_ORIGINS',
  webhookAllowHttp: 'WONLOST_WEBHOOK_ALLOW_HTTP',
  webhookAllowNetworks: 'WONLOST_WEBHOOK_ALLOW_NETWORKS',
  oidcIssuer: 'WONLOST_OIDC_ISSUER',
  oidcClientId: 'WONLOST_OIDC_CLIENT_ID',
  oidcClientSecret: 'WONLOST_OIDC_CLIENT_SECRET',
  oidcScopes: 'WONLOST_OIDC_SCOPES',
  oidcRoleClaim: 'WONLOST_OIDC_ROLE_CLAIM',
  oidcRoles: 'WONLOST_OIDC_ROLES',
  oidcNameClaim: 'WONLOST_OIDC_NAME_CLAIM',
  oidcSessionHours: 'WONLOST_OIDC_SESSION_HOURS',
}

/** Reads the environment and the flags that override it. Throws `configuration_invalid` naming the variable. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  flags: Partial<Record<keyof Settings, unknown>> = {},
): Config {
  const given: Record<string, unknown> = {}
  for (const [key, variable] of Object.entries(VARIABLES)) {
    const flag = flags[key as keyof Settings]
    const value = flag ?? environment[variable]
    if (value !== undefined && value !== '') given[key] = value
  }
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const key = String(issue?.path[0] ?? '') as keyof Settings
    // A URL may hold a password: never repeat it.
    const isSecret = key === 'databaseUrl' || (key === 'oidcIssuer' && String(given[key]).includes('@'))
    const shown = isSecret ? '' : ` Given: ${JSON.stringify(given[key])}.`
    const field = flags[key] === undefined ? VARIABLES[key] : `--${key}`
    throw new WonlostError('configuration_invalid', `${field}: ${issue?.message}.${shown}`, { field })
  }
  const { oidcIssuer, oidcClientId, oidcClientSecret, oidcScopes, oidcRoleClaim, oidcRoles, ...others } =
    parsed.data
  const { oidcNameClaim, oidcSessionHours, ...settings } = others
  const identityProvider = identityProviderOf(parsed.data, (name) => VARIABLES[name])
  return Object.freeze({ ...settings, home: resolve(settings.home), identityProvider })
}
