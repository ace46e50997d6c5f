/** People who were erased and must not come back: only hashes of the names they had are kept. */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { WonlostError } from '../errors.ts'
import type { Milliseconds } from '../glossary.ts'
import { normaliseMail } from './mail-address.ts'

export type SuppressionKind = 'email' | 'lead_id' | 'user_id' | 'anonymous_id'

/**
 * What `wonlost.suppressions.hash` holds: sha256 in hex of the salt of the database and of the sha256 in hex of the id, or of the normalised
 * mail address.
 */
export function suppressionHash(kind: SuppressionKind, value: string, salt: string): string {
  const text = kind === 'email' ? (normaliseMail(value) ?? value.trim().toLowerCase()) : value
  return sha256(salt + sha256(text))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

async function suppressionSalt(client: pg.Pool | pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ salt: string }>('SELECT salt FROM wonlost.suppression_salt')
  return saltOf(rows[0])
}

function saltOf(row: { readonly salt: string | null } | undefined): string {
  if (row?.salt == null)
    throw new WonlostError('internal', 'The database has lost the salt of its suppressions.')
  return row.salt
}

export type SuppressedName = readonly [kind: SuppressionKind, value: string]

/** From now on nothing that bears one of these names is written. Give it a client that holds `LOCK_TO_SUPPRESS`. */
export async function suppress(
  client: pg.ClientBase,
  names: readonly SuppressedName[],
  { at, reason }: { readonly at: Milliseconds; readonly reason: string },
): Promise<void> {
  const salt = await suppressionSalt(client)
  await client.query(
    `INSERT INTO wonlost.suppressions (kind, hash, suppressed_at, reason)
     SELECT kind, hash, $3, $4 FROM unnest($1::text[], $2::text[]) AS name (kind, hash) ON CONFLICT DO NOTHING`,
    [
      names.map(([kind]) => kind),
      names.map(([kind, value]) => suppressionHash(kind, value, salt)),
      new Date(at),
      reason,
    ],
  )
}

/** When the name was suppressed; null: it is not. */
export async function suppressedAt(
  client: pg.Pool | pg.ClientBase,
  [kind, value]: SuppressedName,
): Promise<Milliseconds | null> {
  const hash = suppressionHash(kind, value, await suppressionSalt(client))
  const { rows } = await client.query<{ suppressed_at: Date }>(
    'SELECT suppressed_at FROM wonlost.suppressions WHERE kind = $1 AND hash = $2',
    [kind, hash],
  )
  return rows[0]?.suppressed_at.getTime() ?? null
}

/** Nobody writes about people until the transaction ends: whoever does holds `LOCK_SUPPRESSIONS`. */
export const LOCK_TO_SUPPRESS = 'LOCK TABLE wonlost.suppressions IN ROW EXCLUSIVE MODE'

/** Nobody adds a suppression until the transaction ends. */
export const LOCK_SUPPRESSIONS = 'LOCK TABLE wonlost.suppressions IN SHARE MODE'

/**
 * Whether somebody has held that for longer than `since`: an import, which may go on for hours. Whoever waits for it would have all live data wait
 * behind. What a database user may not see of others counts as nobody.
 */
export async function isHeldLong(pool: pg.Pool, since: Milliseconds): Promise<boolean> {
  const { rows } = await pool.query(
    `SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE relation = 'wonlost.suppressions'::regclass AND datname = current_database() AND mode = 'ShareLock' AND granted
        AND xact_start < clock_timestamp() - $1 * interval '1 millisecond' LIMIT 1`,
    [since],
  )
  return rows.length > 0
}

export type IsSuppressed = (kind: SuppressionKind, value: string) => boolean

/**
 * Reads the hashes, and lets nobody add one until the transaction of `client` ends: an erasure that starts meanwhile waits,
 * and then erases what was imported as well.
 */
export async function holdSuppressions(client: pg.ClientBase): Promise<IsSuppressed> {
  await client.query(LOCK_SUPPRESSIONS)
  const { rows } = await client.query<{ key: string }>(
    `SELECT kind || ' ' || hash AS key FROM wonlost.suppressions`,
  )
  if (rows.length === 0) return () => false
  const keys = new Set(rows.map((row) => row.key))
  const salt = await suppressionSalt(client)
  return (kind, value) => keys.has(`${kind} ${suppressionHash(kind, value, salt)}`)
}

/**
 * As `holdSuppressions`, for these names only; the client holds `LOCK_SUPPRESSIONS` already. Few names are looked up faster than all
 * hashes are read. null: nobody was suppressed yet, and `names` were not looked at.
 */
export async function suppressedAmong(
  client: pg.ClientBase,
  names: Iterable<SuppressedName>,
): Promise<IsSuppressed | null> {
  // Mostly nobody was erased, and nothing need be hashed.
  const { rows: some } = await client.query<{ salt: string | null; exist: boolean }>(
    `SELECT EXISTS (SELECT FROM wonlost.suppressions) AS exist, (SELECT salt FROM wonlost.suppression_salt)`,
  )
  if (!some[0]!.exist) return null
  const salt = saltOf(some[0])
  const hashes = new Map<string, readonly [SuppressionKind, string]>()
  const keys = new Map<string, string>()
  for (const [kind, value] of names) {
    const hash = suppressionHash(kind, value, salt)
    hashes.set(`${kind} ${hash}`, [kind, hash])
    keys.set(`${kind} ${value}`, `${kind} ${hash}`)
  }
  const asked = [...hashes.values()]
  const { rows } = await client.query<{ key: string }>(
    `SELECT kind || ' ' || hash AS key FROM wonlost.suppressions
      WHERE (kind, hash) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
    [asked.map(([kind]) => kind), asked.map(([, hash]) => hash)],
  )
  const found = new Set(rows.map(({ key }) => key))
  return (kind, value) => found.has(keys.get(`${kind} ${value}`) ?? '')
}
