/** API keys: who may ask, for what, until when. */
import type pg from 'pg'
import { type Milliseconds, SCOPES, type Scope } from '../glossary.ts'
import { withTransaction } from './database.ts'

/** Notified when a key is made or revoked. A notification can be lost while reconnecting: poll as well. */
export const KEYS_CHANNEL = 'wonlost_keys'

/** What is kept of a key. */
export interface ApiKey {
  /** Names it, and is how it begins. */
  readonly prefix: string
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly createdBy: string
  readonly createdAt: Milliseconds
  /** Not valid from then on; null: it does not expire. */
  readonly expiresAt: Milliseconds | null
  readonly revokedAt: Milliseconds | null
  readonly revokedBy: string | null
  /** To the hour; null: never. */
  readonly lastUsedAt: Milliseconds | null
}

interface KeyRow {
  prefix: string
  name: string
  scopes: string[]
  created_by: string
  created_at: Date
  expires_at: Date | null
  revoked_at: Date | null
  revoked_by: string | null
  last_used_at: Date | null
}

const COLUMNS =
  'prefix, name, scopes, created_by, created_at, expires_at, revoked_at, revoked_by, last_used_at'

/** Returns false where another key has this prefix: make another one. */
export async function insertKey(
  pool: pg.Pool,
  key: Omit<ApiKey, 'revokedAt' | 'revokedBy' | 'lastUsedAt'> & { readonly sha256: string },
): Promise<boolean> {
  return withTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `INSERT INTO wonlost.api_keys (prefix, sha256, name, scopes, created_by, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (prefix) DO NOTHING`,
      [
        key.prefix,
        key.sha256,
        key.name,
        key.scopes,
        key.createdBy,
        new Date(key.createdAt),
        key.expiresAt === null ? null : new Date(key.expiresAt),
      ],
    )
    await client.query("SELECT pg_notify($1, '')", [KEYS_CHANNEL])
    return rowCount === 1
  })
}

/** Also those of the past, the newest first. */
export async function listKeys(client: pg.Pool | pg.ClientBase): Promise<ApiKey[]> {
  const { rows } = await client.query<KeyRow>(
    `SELECT ${COLUMNS} FROM wonlost.api_keys ORDER BY created_at DESC, prefix`,
  )
  return rows.map(toKey)
}

/** By hash, all that are not revoked; some may have expired. Fails where the answer takes longer than `timeout`. */
export async function loadKeys(pool: pg.Pool, timeout: Milliseconds): Promise<ReadonlyMap<string, ApiKey>> {
  const query: pg.QueryConfig & { readonly query_timeout: Milliseconds } = {
    text: `SELECT sha256, ${COLUMNS} FROM wonlost.api_keys WHERE revoked_at IS NULL`,
    query_timeout: timeout,
  }
  const { rows } = await pool.query<KeyRow & { sha256: string }>(query)
  return new Map(rows.map((row) => [row.sha256, toKey(row)]))
}

/** A key that is revoked already stays as it is. null: there is no such key. */
export async function revokeKey(
  pool: pg.Pool,
  prefix: string,
  { by, at }: { readonly by: string; readonly at: Milliseconds },
): Promise<ApiKey | null> {
  return withTransaction(pool, async (client) => {
    const { rows } = await client.query<KeyRow>(
      `UPDATE wonlost.api_keys SET revoked_at = coalesce(revoked_at, $2), revoked_by = coalesce(revoked_by, $3)
       WHERE prefix = $1 RETURNING ${COLUMNS}`,
      [prefix, new Date(at), by],
    )
    await client.query("SELECT pg_notify($1, '')", [KEYS_CHANNEL])
    return rows[0] ? toKey(rows[0]) : null
  })
}

/** That these were used in the hour that began at `hour`. */
export async function markKeysUsed(
  pool: pg.Pool,
  prefixes: readonly string[],
  hour: Milliseconds,
): Promise<void> {
  await pool.query(
    'UPDATE wonlost.api_keys SET last_used_at = greatest(last_used_at, $2) WHERE prefix = ANY($1)',
    [prefixes, new Date(hour)],
  )
}

/** Scopes of a newer Wonlost mean nothing here. */
function toKey(row: KeyRow): ApiKey {
  return {
    prefix: row.prefix,
    name: row.name,
    scopes: SCOPES.filter((scope) => row.scopes.includes(scope)),
    createdBy: row.created_by,
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at?.getTime() ?? null,
    revokedAt: row.revoked_at?.getTime() ?? null,
    revokedBy: row.revoked_by,
    lastUsedAt: row.last_used_at?.getTime() ?? null,
  }
}
