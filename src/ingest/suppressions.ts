/** People who were erased and must not come back: only hashes of the names they had are kept. */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { normaliseMail } from './mail-address.ts'

export type SuppressionKind = 'email' | 'lead_id' | 'user_id' | 'anonymous_id'

/** What `wonlost.suppressions.hash` holds: sha256 in hex of the id, or of the normalised mail address. */
export function suppressionHash(kind: SuppressionKind, value: string): string {
  const text = kind === 'email' ? (normaliseMail(value) ?? value.trim().toLowerCase()) : value
  return createHash('sha256').update(text).digest('hex')
}

/** Nobody adds a suppression until the transaction ends. */
export const LOCK_SUPPRESSIONS = 'LOCK TABLE wonlost.suppressions IN SHARE MODE'

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
  return (kind, value) => keys.has(`${kind} ${suppressionHash(kind, value)}`)
}

/**
 * As `holdSuppressions`, for these names only; the client holds `LOCK_SUPPRESSIONS` already. Few names are looked up faster than all
 * hashes are read.
 */
export async function suppressedAmong(
  client: pg.ClientBase,
  names: Iterable<readonly [kind: SuppressionKind, value: string]>,
): Promise<IsSuppressed> {
  // Mostly nobody was erased, and nothing need be hashed.
  const { rows: some } = await client.query('SELECT FROM wonlost.suppressions LIMIT 1')
  if (some.length === 0) return () => false
  const hashes = new Map<string, readonly [SuppressionKind, string]>()
  const keys = new Map<string, string>()
  for (const [kind, value] of names) {
    const hash = suppressionHash(kind, value)
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
