/** Removes raw data that is older than it may be, a few blocks of the table at a time: it needs no index, and holds nobody up. */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'

const TABLES = { events: 'occurred_at', rejected_messages: 'received_at' } as const

export interface ForgetOptions {
  /** What is from before this goes. */
  readonly before: Milliseconds
  /** In one transaction; of 8 KiB. */
  readonly blocks?: number
  readonly signal?: AbortSignal
}

/** Returns how many rows went. Ends early when it is aborted: the next run goes over all of the table again. */
export async function forgetOld(
  pool: pg.Pool,
  table: keyof typeof TABLES,
  { before, blocks = 4_096, signal }: ForgetOptions,
): Promise<number> {
  const { rows } = await pool.query<{ blocks: number }>(
    `SELECT pg_relation_size('wonlost.${table}') / current_setting('block_size')::bigint AS blocks`,
  )
  let forgotten = 0
  for (let first = 0; first < rows[0]!.blocks && !signal?.aborted; first += blocks) {
    const { rowCount } = await pool.query(
      `DELETE FROM wonlost.${table} WHERE ctid >= $1::tid AND ctid < $2::tid AND ${TABLES[table]} < $3`,
      [`(${first},0)`, `(${first + blocks},0)`, new Date(before)],
    )
    forgotten += rowCount ?? 0
  }
  return forgotten
}
