/** Who asks: a key, or a person who signed in with an identity provider. */
import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { ApiKey } from '../db/api-keys.ts'
import type { SignedInPerson } from '../db/sessions.ts'
import type { Milliseconds, Scope } from '../glossary.ts'
import type { KeySource } from './key-source.ts'

export interface Caller {
  /** For the log, and what limits are counted by: how the key begins, or a hash of whom the provider means. */
  readonly id: string
  /** For people. */
  readonly name: string
  /** As the database remembers who did something. Never the same as a login name of the command line. */
  readonly actor: string
  readonly scopes: readonly Scope[]
  /** Whether it may go on: false once its key is revoked or expired, or its session is over. */
  isInForce(): boolean
}

export function callerOfKey(key: ApiKey, keys: KeySource): Caller {
  const { prefix, name, scopes } = key
  return { id: prefix, name, actor: `key:${name}`, scopes, isInForce: () => keys.isInForce(key) }
}

const HASH_LENGTH = 12

/** Of whom a provider means by a subject: no two people of it have the same. */
export function hashOfPerson(issuer: string, subject: string): string {
  const sha256 = createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('hex')
  return sha256.slice(0, HASH_LENGTH)
}

export function callerOfPerson(
  { issuer, subject, name, scopes }: SignedInPerson,
  { expiresAt, now }: { readonly expiresAt: Milliseconds; readonly now: () => Milliseconds },
): Caller {
  return {
    id: `person_${hashOfPerson(issuer, subject)}`,
    name,
    actor: `person:${name}`,
    scopes,
    isInForce: () => now() < expiresAt,
  }
}

/** Who does this over HTTP, as the database should remember it; `api` where nobody is asked for a key. */
export function actorOf({ caller }: FastifyRequest): string {
  return caller?.actor ?? 'api'
}
