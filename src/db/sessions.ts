/** Sessions of the dashboard: each goes on for a key. */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'

export interface Session {
  readonly sha256: string
  readonly keyPrefix: string
  readonly expiresAt: Milliseconds
}

/** Of one key; more are nobody's. */
const MOST_OF_A_KEY = 50

/** Ends those that have expired, and the oldest of its key where there are too many. */
export async function insertSession(pool: pg.Pool, session: Session, now: Milliseconds): Promise<void> {
  await pool.query('DELETE FROM wonlost.sessions WHERE expires_at <= $1', [new Date(now)])
  await pool.query(
    'INSERT INTO wonlost.sessions (sha256, key_prefix, created_at, expires_at) VALUES ($1, $2, $3, $4)',
    [session.sha256, session.keyPrefix, new Date(now), new Date(session.expiresAt)],
  )
  await pool.query(
    `DELETE FROM wonlost.sessions WHERE sha256 IN (
       SELECT sha256 FROM wonlost.sessions WHERE key_prefix = $1
       ORDER BY sha256 = $2 DESC, created_at DESC, sha256 OFFSET $3)`,
    [session.keyPrefix, session.sha256, MOST_OF_A_KEY],
  )
}

/** null: there is none, or it has expired. */
export async function loadSession(pool: pg.Pool, sha256: string, now: Milliseconds): Promise<Session | null> {
  const { rows } = await pool.query<{ key_prefix: string; expires_at: Date }>(
    'SELECT key_prefix, expires_at FROM wonlost.sessions WHERE sha256 = $1 AND expires_at > $2',
    [sha256, new Date(now)],
  )
  const row = rows[0]
  return row ? { sha256, keyPrefix: row.key_prefix, expiresAt: row.expires_at.getTime() } : null
}

export async function deleteSession(pool: pg.Pool, sha256: string): Promise<void> {
  await pool.query('DELETE FROM wonlost.sessions WHERE sha256 = $1', [sha256])
}
