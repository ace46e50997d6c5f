/** Sessions of the dashboard: each goes on for a key, or for a person that an identity provider vouched for. */
import type pg from 'pg'
import { type Milliseconds, SCOPES, type Scope } from '../glossary.ts'

/** As the provider named it. */
export interface SignedInPerson {
  readonly issuer: string
  readonly subject: string
  readonly name: string
  readonly scopes: readonly Scope[]
}

export interface Session {
  readonly sha256: string
  /** The prefix of a key. */
  readonly of: { readonly key: string } | { readonly person: SignedInPerson }
  readonly createdAt: Milliseconds
  readonly expiresAt: Milliseconds
}

/** Of one key or person; beyond that the oldest end. */
const MOST_AT_A_TIME = 50

/** Ends those that have expired, and the oldest of its key where there are too many. */
export async function insertSession(pool: pg.Pool, session: Session): Promise<void> {
  const { sha256, of, createdAt, expiresAt } = session
  const key = 'key' in of ? of.key : null
  const person = 'person' in of ? of.person : null
  await pool.query('DELETE FROM wonlost.sessions WHERE expires_at <= $1', [new Date(createdAt)])
  await pool.query(
    `INSERT INTO wonlost.sessions (sha256, key_prefix, issuer, subject, name, scopes, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      sha256,
      key,
      person?.issuer ?? null,
      person?.subject ?? null,
      person?.name ?? null,
      person?.scopes ?? null,
      new Date(createdAt),
      new Date(expiresAt),
    ],
  )
  await pool.query(
    `DELETE FROM wonlost.sessions WHERE sha256 IN (
       SELECT sha256 FROM wonlost.sessions WHERE key_prefix = $1 OR (issuer = $2 AND subject = $3)
       ORDER BY sha256 = $4 DESC, created_at DESC, sha256 OFFSET $5)`,
    [key, person?.issuer ?? null, person?.subject ?? null, sha256, MOST_AT_A_TIME],
  )
}

interface SessionRow {
  sha256: string
  key_prefix: string | null
  issuer: string
  subject: string
  name: string
  scopes: string[]
  created_at: Date
  expires_at: Date
}

/** Those that there are and that have not expired, by the hash. */
export async function loadSessions(
  pool: pg.Pool,
  sha256s: readonly string[],
  now: Milliseconds,
): Promise<ReadonlyMap<string, Session>> {
  const { rows } = await pool.query<SessionRow>(
    `SELECT sha256, key_prefix, issuer, subject, name, scopes, created_at, expires_at FROM wonlost.sessions
     WHERE sha256 = ANY($1) AND expires_at > $2`,
    [sha256s, new Date(now)],
  )
  return new Map(rows.map((row) => [row.sha256, readSession(row)]))
}

function readSession(row: SessionRow): Session {
  const { sha256, key_prefix, issuer, subject, name, scopes, created_at, expires_at } = row
  // Scopes of a newer Wonlost mean nothing here.
  const known = SCOPES.filter((scope) => scopes?.includes(scope))
  const of = key_prefix === null ? { person: { issuer, subject, name, scopes: known } } : { key: key_prefix }
  return { sha256, of, createdAt: created_at.getTime(), expiresAt: expires_at.getTime() }
}

export async function deleteSession(pool: pg.Pool, sha256: string): Promise<void> {
  await pool.query('DELETE FROM wonlost.sessions WHERE sha256 = $1', [sha256])
}

/** That an answer of a provider is used up. false: it was before. `expiresAt`: from when on it is not taken anyway. */
export async function markSignInUsed(
  pool: pg.Pool,
  sha256: string,
  { now, expiresAt }: { readonly now: Milliseconds; readonly expiresAt: Milliseconds },
): Promise<boolean> {
  await pool.query('DELETE FROM wonlost.used_sign_ins WHERE expires_at <= $1', [new Date(now)])
  const { rowCount } = await pool.query(
    'INSERT INTO wonlost.used_sign_ins (sha256, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [sha256, new Date(expiresAt)],
  )
  return rowCount === 1
}

export async function isSignInUsed(pool: pg.Pool, sha256: string): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT FROM wonlost.used_sign_ins WHERE sha256 = $1', [sha256])
  return rowCount === 1
}
