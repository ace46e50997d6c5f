/** Versions of definitions, policy and guardrails: what an answer names can be read again. */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { WonlostError } from '../errors.ts'
import type { Milliseconds } from '../glossary.ts'

export type ConfigurationKind = 'definition' | 'policy' | 'guardrails' | 'list'

/** The body of a version, as it was kept; null: there is none. */
export async function loadConfiguration(
  client: pg.Pool | pg.ClientBase,
  kind: ConfigurationKind,
  name: string,
  version: number,
): Promise<string | null> {
  const { rows } = await client.query<{ body: string }>(
    'SELECT body FROM wonlost.configurations WHERE kind = $1 AND name = $2 AND version = $3',
    [kind, name, version],
  )
  return rows[0]?.body ?? null
}

/** Each attempt that loses leaves another process a version further. */
const ATTEMPTS = 1_000

/**
 * Keeps `body` (the YAML as it was) and returns its version, counted from 1 for each kind and name. A body that is kept already
 * has its old version again, so that every process of an installation names the same one.
 */
export async function recordConfiguration(
  client: pg.Pool | pg.ClientBase,
  kind: ConfigurationKind,
  name: string,
  body: string,
  now: Milliseconds,
): Promise<number> {
  const sha256 = createHash('sha256').update(body).digest('hex')
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { rows: kept } = await client.query<{ version: number }>(
      'SELECT version FROM wonlost.configurations WHERE kind = $1 AND name = $2 AND sha256 = $3',
      [kind, name, sha256],
    )
    if (kept[0]) return kept[0].version
    // Two processes may compute the same next version: one inserts it, the other looks again.
    const { rows: added } = await client.query<{ version: number }>(
      `INSERT INTO wonlost.configurations (kind, name, version, sha256, body, created_at)
       SELECT $1, $2, 1 + coalesce(max(version), 0), $3, $4, $5 FROM wonlost.configurations WHERE kind = $1 AND name = $2
       ON CONFLICT DO NOTHING RETURNING version`,
      [kind, name, sha256, body, new Date(now)],
    )
    if (added[0]) return added[0].version
  }
  throw new WonlostError('internal', `No version could be given to the ${kind} ${name}.`)
}
