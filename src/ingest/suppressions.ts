/** People who were erased and must not come back: only hashes of their mail addresses and lead ids are kept. */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { normaliseMail } from './mail-address.ts'

type SuppressionKind = 'email' | 'lead_id'

/** What `wonlost.suppressions.hash` holds: sha256 in hex of the lead id, or of the normalised mail address. */
export function suppressionHash(kind: SuppressionKind, value: string): string {
  const text = kind === 'email' ? (normaliseMail(value) ?? value.trim().toLowerCase()) : value
  return createHash('sha256').update(text).digest('hex')
}

export type IsSuppressed = (kind: SuppressionKind, value: string) => boolean

/**
 * Reads the hashes, and lets nobody add one until the transaction of `client` ends: an erasure that starts meanwhile waits,
 * and then erases what was imported as well.
 */
export async function holdSuppressions(client: pg.ClientBase): Promise<IsSuppressed> {
  await client.query('LOCK TABLE wonlost.suppressions IN SHARE MODE')
  const { rows } = await client.query<{ key: string }>(
    `SELECT kind || ' ' || hash AS key FROM wonlost.suppressions`,
  )
  if (rows.length === 0) return () => false
  const keys = new Set(rows.map((row) => row.key))
  return (kind, value) => keys.has(`${kind} ${suppressionHash(kind, value)}`)
}
