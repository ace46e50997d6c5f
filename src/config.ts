/** Configuration: one schema, read once at the edge, frozen, passed down. defaults < environment < flags. */
import { resolve } from 'node:path'
import { z } from 'zod'
import { WonlostError } from './errors.ts'

const port = z.coerce.number().int().min(0).max(65_535)

const schema = z.object({
  /** A PostgreSQL to use; without it an embedded one runs under `home`. */
  databaseUrl: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
    .optional(),
  /** Where the embedded database and local state live. */
  home: z.string().min(1).default('.wonlost'),
  /** Folder of definitions, policy, guardrails and lists. */
  models: z.string().min(1).optional(),
  host: z.string().min(1).default('127.0.0.1'),
  port: port.default(8787),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  /** Connections a process may hold. */
  poolSize: z.coerce.number().int().min(2).max(100).default(8),
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
    throw new WonlostError('configuration_invalid', `${VARIABLES[key] ?? key}: ${issue?.message}.${shown}`, {
      field: VARIABLES[key] ?? key,
    })
  }
  return Object.freeze({ ...parsed.data, home: resolve(parsed.data.home) })
}
