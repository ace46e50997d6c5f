/** Configuration: one schema, read once at the edge, frozen, passed down. defaults < environment < flags. */
import { resolve } from 'node:path'
import { z } from 'zod'
import { WonlostError } from './errors.ts'

/** Digits only: coercion alone would take ' ' for 0 and '0x10' for 16. */
const wholeNumber = (min: number, max: number) => {
  const message = `must be a whole number from ${min} to ${max}`
  return z.coerce
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.number().min(min, message).max(max, message))
}

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
})

export type Config = Readonly<z.infer<typeof schema>>

const VARIABLES: Readonly<Record<keyof Config, string>> = {
  databaseUrl: 'DATABASE_URL',
  home: 'WONLOST_HOME',
  models: 'WONLOST_MODELS',
  host: 'WONLOST_HOST',
  port: 'WONLOST_PORT',
  logLevel: 'WONLOST_LOG_LEVEL',
  poolSize: 'WONLOST_POOL_SIZE',
}

/** Reads the environment and the flags that override it. Throws `configuration_invalid` naming the variable. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  flags: Partial<Record<keyof Config, unknown>> = {},
): Config {
  const given: Record<string, unknown> = {}
  for (const [key, variable] of Object.entries(VARIABLES)) {
    const flag = flags[key as keyof Config]
    const value = flag ?? environment[variable]
    if (value !== undefined && value !== '') given[key] = value
  }
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const key = String(issue?.path[0] ?? '') as keyof Config
    // A database URL may hold a password: never repeat it.
    const shown = key === 'databaseUrl' ? '' : ` Given: ${JSON.stringify(given[key])}.`
    const field = flags[key] === undefined ? VARIABLES[key] : `--${key}`
    throw new WonlostError('configuration_invalid', `${field}: ${issue?.message}.${shown}`, { field })
  }
  return Object.freeze({ ...parsed.data, home: resolve(parsed.data.home) })
}
