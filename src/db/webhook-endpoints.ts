/** Endpoints that webhooks go to, with the secrets that sign them. A secret is kept in clear: a hash could not sign. */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'
import type { WebhookEvent } from './outbox.ts'

export const WEBHOOK_FORMATS = ['standard', 'slack'] as const
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number]

export interface NewEndpoint {
  readonly url: string
  readonly format: WebhookFormat
  readonly events: readonly WebhookEvent[]
  /** Bands that a crossing leads into; null: any. */
  readonly bands: readonly string[] | null
  readonly description: string | null
}

export interface StoredEndpoint extends NewEndpoint {
  readonly endpointId: string
  readonly createdAt: Milliseconds
  readonly disabled: { readonly at: Milliseconds; readonly because: string } | null
  /** Those that sign, the newest first; never the secrets themselves. */
  readonly secrets: readonly { readonly createdAt: Milliseconds; readonly expiresAt: Milliseconds | null }[]
  /** Messages by state. */
  readonly pending: number
  readonly failed: number
}

/** Returns the id. Give it a client in a transaction. */
export async function addEndpoint(
  client: pg.ClientBase,
  { url, format, events, bands, description }: NewEndpoint,
  secret: string,
  now: Milliseconds,
): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO wonlost.webhook_endpoints (url, format, events, bands, description, created_at)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING endpoint_id AS id`,
    [url, format, events, bands, description, new Date(now)],
  )
  const { id } = rows[0]!
  await addSecret(client, id, secret, now)
  return id
}

interface EndpointRow extends NewEndpoint {
  endpointId: string
  createdAt: Date
  disabledAt: Date | null
  disabledBecause: string | null
  secrets: { createdAt: string; expiresAt: string | null }[]
  pending: number
  failed: number
}

/** One, or all in the order in which they were made. Secrets that have expired are none. */
export async function listEndpoints(
  client: pg.Pool | pg.ClientBase,
  now: Milliseconds,
  endpointId: string | null = null,
): Promise<StoredEndpoint[]> {
  const { rows } = await client.query<EndpointRow>(
    `SELECT e.endpoint_id AS "endpointId", url, format, events, bands, description, created_at AS "createdAt",
       disabled_at AS "disabledAt", disabled_because AS "disabledBecause",
       (SELECT coalesce(json_agg(json_build_object('createdAt', s.created_at, 'expiresAt', s.expires_at) ORDER BY secret_number DESC), '[]')
        FROM wonlost.webhook_secrets s WHERE s.endpoint_id = e.endpoint_id AND (expires_at IS NULL OR expires_at > $1)) AS secrets,
       (SELECT count(*) FROM wonlost.webhook_messages m WHERE m.endpoint_id = e.endpoint_id AND m.state = 'pending') AS pending,
       (SELECT count(*) FROM wonlost.webhook_messages m WHERE m.endpoint_id = e.endpoint_id AND m.state = 'failed') AS failed
     FROM wonlost.webhook_endpoints e WHERE $2::uuid IS NULL OR endpoint_id = $2 ORDER BY created_at, endpoint_id`,
    [new Date(now), endpointId],
  )
  return rows.map(({ createdAt, disabledAt, disabledBecause, secrets, ...row }) => ({
    ...row,
    createdAt: createdAt.getTime(),
    disabled:
      disabledAt === null || disabledBecause === null
        ? null
        : { at: disabledAt.getTime(), because: disabledBecause },
    secrets: secrets.map((secret) => ({
      createdAt: Date.parse(secret.createdAt),
      expiresAt: secret.expiresAt === null ? null : Date.parse(secret.expiresAt),
    })),
  }))
}

/** With its messages, secrets and attempts. false: there is none. */
export async function removeEndpoint(pool: pg.Pool, endpointId: string): Promise<boolean> {
  const { rowCount } = await pool.query('DELETE FROM wonlost.webhook_endpoints WHERE endpoint_id = $1', [
    endpointId,
  ])
  return rowCount === 1
}

/** Gets nothing more. What was disabled before stays as it was. */
export async function disableEndpoint(
  client: pg.ClientBase,
  endpointId: string,
  because: string,
  now: Milliseconds,
): Promise<void> {
  await client.query(
    `UPDATE wonlost.webhook_endpoints SET disabled_at = $2, disabled_because = $3 WHERE endpoint_id = $1 AND disabled_at IS NULL`,
    [endpointId, new Date(now), because],
  )
}

/** false: there is none. */
export async function enableEndpoint(pool: pg.Pool, endpointId: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'UPDATE wonlost.webhook_endpoints SET disabled_at = NULL, disabled_because = NULL WHERE endpoint_id = $1',
    [endpointId],
  )
  return rowCount === 1
}

/**
 * Puts a secret in the place of that in force, which goes on signing until `previousUntil`; one that was on its way out already ends at
 * once: two are enough. false: there is no such endpoint. Give it a client in a transaction.
 */
export async function rotateSecret(
  client: pg.ClientBase,
  endpointId: string,
  secret: string,
  { now, previousUntil }: { readonly now: Milliseconds; readonly previousUntil: Milliseconds },
): Promise<boolean> {
  const { rowCount } = await client.query(
    'SELECT FROM wonlost.webhook_endpoints WHERE endpoint_id = $1 FOR UPDATE',
    [endpointId],
  )
  if (rowCount !== 1) return false
  await client.query(
    'DELETE FROM wonlost.webhook_secrets WHERE endpoint_id = $1 AND expires_at IS NOT NULL',
    [endpointId],
  )
  await client.query('UPDATE wonlost.webhook_secrets SET expires_at = $2 WHERE endpoint_id = $1', [
    endpointId,
    new Date(previousUntil),
  ])
  await addSecret(client, endpointId, secret, now)
  return true
}

async function addSecret(
  client: pg.ClientBase,
  endpointId: string,
  secret: string,
  now: Milliseconds,
): Promise<void> {
  await client.query(
    'INSERT INTO wonlost.webhook_secrets (endpoint_id, secret, created_at) VALUES ($1, $2, $3)',
    [endpointId, secret, new Date(now)],
  )
}
