/** A key as the command line tells of it, without its secret. */
import type { ApiKey } from '../db/api-keys.ts'
import { formatTime, type Milliseconds } from '../glossary.ts'

export interface ShownKey {
  readonly id: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly status: 'in force' | 'expired' | 'revoked'
  readonly created_at: string
  readonly created_by: string
  readonly expires_at: string | null
  readonly revoked_at: string | null
  readonly revoked_by: string | null
  readonly last_used_at: string | null
}

export function shownKey(key: ApiKey, now: Milliseconds): ShownKey {
  const shown = (time: Milliseconds | null): string | null => (time === null ? null : formatTime(time))
  const { expiresAt, revokedAt } = key
  const isExpired = expiresAt !== null && expiresAt <= now
  return {
    id: key.prefix,
    name: key.name,
    scopes: key.scopes,
    status: revokedAt === null ? (isExpired ? 'expired' : 'in force') : 'revoked',
    created_at: formatTime(key.createdAt),
    created_by: key.createdBy,
    expires_at: shown(expiresAt),
    revoked_at: shown(revokedAt),
    revoked_by: key.revokedBy,
    last_used_at: shown(key.lastUsedAt),
  }
}
