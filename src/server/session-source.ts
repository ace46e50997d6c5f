/** Begins, finds and ends sessions of the dashboard. What a session may do is what its key may at that moment. */
import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { ApiKey } from '../db/api-keys.ts'
import { deleteSession, insertSession, loadSession } from '../db/sessions.ts'
import { DAY, type Milliseconds } from '../glossary.ts'
import type { KeySource } from './key-source.ts'

export interface LiveSession {
  readonly key: ApiKey
  readonly expiresAt: Milliseconds
}

export interface SessionSource {
  /** For a key in force. The token is shown once and kept nowhere. */
  begin(key: ApiKey): Promise<LiveSession & { readonly token: string }>
  /** null: unknown, expired, or its key is not in force any more. */
  find(token: string): Promise<LiveSession | null>
  end(token: string): Promise<void>
}

const LIFETIME = 7 * DAY
const TOKEN = /^[\w-]{43}$/

export function createSessionSource(pool: pg.Pool, keys: KeySource, now: () => Milliseconds): SessionSource {
  return {
    async begin(key) {
      const token = randomBytes(32).toString('base64url')
      const expiresAt = Math.min(now() + LIFETIME, key.expiresAt ?? Number.POSITIVE_INFINITY)
      await insertSession(pool, { sha256: sha256Of(token), keyPrefix: key.prefix, expiresAt }, now())
      return { key, expiresAt, token }
    },
    async find(token) {
      if (!TOKEN.test(token)) return null
      const session = await loadSession(pool, sha256Of(token), now())
      const key = session && (await keys.findNamed(session.keyPrefix))
      return session && key ? { key, expiresAt: session.expiresAt } : null
    },
    async end(token) {
      await deleteSession(pool, sha256Of(token))
    },
  }
}

function sha256Of(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
