/** Tracking messages that could not be used, with the reason. */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'

export interface RejectedMessage {
  readonly receivedAt: Milliseconds
  readonly source: string
  readonly reason: string
  readonly userId: string | null
  readonly anonymousId: string | null
  /** Normalised. */
  readonly email: string | null
  /** JSON as it came, cut off where it is too long. */
  readonly message: string
}

export async function keepRejectedMessages(
  client: pg.ClientBase,
  rejected: readonly RejectedMessage[],
): Promise<void> {
  if (rejected.length === 0) return
  await client.query(
    `INSERT INTO wonlost.rejected_messages (received_at, source, reason, user_id, anonymous_id, email, message)
     SELECT * FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])`,
    [
      rejected.map(({ receivedAt }) => new Date(receivedAt)),
      rejected.map(({ source }) => source),
      rejected.map(({ reason }) => reason),
      rejected.map(({ userId }) => userId),
      rejected.map(({ anonymousId }) => anonymousId),
      rejected.map(({ email }) => email),
      rejected.map(({ message }) => message),
    ],
  )
}

/** The newest first, each with its number; `before` a number, to go on. */
export async function listRejectedMessages(
  pool: pg.Pool,
  options: { readonly limit: number; readonly before: number | null },
): Promise<(RejectedMessage & { readonly number: number })[]> {
  const { rows } = await pool.query<{
    rejection: number
    received_at: Date
    source: string
    reason: string
    user_id: string | null
    anonymous_id: string | null
    email: string | null
    message: string
  }>(
    `SELECT * FROM wonlost.rejected_messages WHERE $1::bigint IS NULL OR rejection < $1
     ORDER BY rejection DESC LIMIT $2`,
    [options.before, options.limit],
  )
  return rows.map((row) => ({
    number: row.rejection,
    receivedAt: row.received_at.getTime(),
    source: row.source,
    reason: row.reason,
    userId: row.user_id,
    anonymousId: row.anonymous_id,
    email: row.email,
    message: row.message,
  }))
}
