/**
 * Begins, finds and ends sessions of the dashboard. What a session may do is what its key may at that moment; that of a person what the identity
 * provider said when it began.
 */
import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { ApiKey } from '../db/api-keys.ts'
import {
  deleteSession,
  insertSession,
  loadSessions,
  type Session,
  type SignedInPerson,
} from '../db/sessions.ts'
import { DAY, type Milliseconds } from '../glossary.ts'
import { createBatched } from './batched.ts'
import { type Caller, callerOfKey, callerOfPerson } from './caller.ts'
import type { KeySource } from './key-source.ts'
import type { IdentityProvider } from './sign-in/identity-provider.ts'

export interface LiveSession {
  readonly caller: Caller
  readonly expiresAt: Milliseconds
}

/** The token is shown once and kept nowhere. */
interface BegunSession extends LiveSession {
  readonly token: string
}

export interface SessionSource {
  /** For a key in force. */
  begin(key: ApiKey): Promise<BegunSession>
  /** For whom the present provider vouches. */
  beginPerson(person: SignedInPerson): Promise<BegunSession>
  /** null: unknown, expired, its key is not in force any more, or its person is none of the present provider. */
  find(token: string): Promise<LiveSession | null>
  end(token: string): Promise<void>
}

export interface SessionSourceOptions {
  readonly pool: pg.Pool
  readonly keys: KeySource
  readonly now: () => Milliseconds
  /** null: there is none. */
  readonly provider: Pick<IdentityProvider, 'issuer' | 'sessionLifetime'> | null
}

const LIFETIME = 7 * DAY
const TOKEN = /^[\w-]{43}$/

export function createSessionSource({ pool, keys, now, provider }: SessionSourceOptions): SessionSource {
  // Nobody needs a key to invent tokens: they cost two connections at most, and hold nobody up who has a session.
  const load = createBatched((sha256s) => loadSessions(pool, sha256s, now()))

  async function insert(of: Session['of'], expiresAt: Milliseconds): Promise<string> {
    const token = randomBytes(32).toString('base64url')
    await insertSession(pool, { sha256: sha256Of(token), of, createdAt: now(), expiresAt })
    return token
  }

  async function liveSession({ of, createdAt, expiresAt }: Session): Promise<LiveSession | null> {
    if ('key' in of) {
      const key = await keys.findNamed(of.key)
      return key && { caller: callerOfKey(key, keys), expiresAt }
    }
    if (of.person.issuer !== provider?.issuer) return null
    // One that began when sessions lasted longer, or names were taken from elsewhere, ends as those of today do.
    const endsAt = Math.min(expiresAt, createdAt + provider.sessionLifetime)
    return endsAt > now()
      ? { caller: callerOfPerson(of.person, { expiresAt: endsAt, now }), expiresAt: endsAt }
      : null
  }

  return {
    async begin(key) {
      const expiresAt = Math.min(now() + LIFETIME, key.expiresAt ?? Number.POSITIVE_INFINITY)
      const token = await insert({ key: key.prefix }, expiresAt)
      return { caller: callerOfKey(key, keys), expiresAt, token }
    },
    async beginPerson(person) {
      // Nobody tells us when a provider would not let somebody in any more.
      const expiresAt = now() + (provider?.sessionLifetime ?? 0)
      const token = await insert({ person }, expiresAt)
      return { caller: callerOfPerson(person, { expiresAt, now }), expiresAt, token }
    },
    async find(token) {
      if (!TOKEN.test(token)) return null
      const session = await load(sha256Of(token))
      return session && liveSession(session)
    },
    async end(token) {
      await deleteSession(pool, sha256Of(token))
    },
  }
}

function sha256Of(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
