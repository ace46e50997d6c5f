/** Who asks: a key, or a person who signed in with an identity provider. */
import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { ApiKey } from '../db/api-keys.ts'
import type { SignedInPerson } from '../db/sessions.ts'
import { WonlostError } from '../errors.ts'
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

/**
 * Who does this over HTTP, as the database should remember it; `api` where nobody is asked for a key. Programs speak for people, and say `by`
 * for whom: that is not the name of a key, nor a login name of the command line, and never the same as one. A person with a session speaks for
 * nobody else; throws `invalid_request`.
 */
export function actorOf({ caller, sessionToken }: FastifyRequest, by?: string): string {
  const own = caller?.actor ?? 'api'
  if (by === undefined) return own
  if (sessionToken === null) return `api:${by}`
  if (by === caller?.name) return own
  const message = `\`by\` must be left out in a session, or name who is signed in: ${JSON.stringify(caller?.name)}. Programs that speak for others send a key. Given: ${JSON.stringify(by)}.`
  throw new WonlostError('invalid_request', message, { field: 'by' })
}
