/** What won deals came to, by segment: kept in versions, so that an answer can name the amounts behind its expected value. */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'
import { withTransaction } from './database.ts'

/** Amounts without ids, in one currency. */
export interface WonSegment {
  /** '' for everyone. */
  readonly segment: string
  readonly currency: string | null
  /** Ascending. */
  readonly amounts: readonly number[]
}

export interface WonAmountsVersion {
  readonly version: number
  readonly segments: readonly WonSegment[]
  /** Deals won before it were looked at. */
  readonly asOf: Milliseconds
}

const NEWEST = 'FROM wonlost.won_amounts ORDER BY as_of DESC, version DESC LIMIT 1'

/** The one in force: as of the latest time. null: none was computed yet. */
export async function newestWonAmounts(pool: pg.Pool): Promise<WonAmountsVersion | null> {
  const { rows } = await pool.query<{ version: number; segments: WonSegment[]; as_of: Date }>(
    `SELECT version, segments, as_of ${NEWEST}`,
  )
  const [row] = rows
  return row ? { version: row.version, segments: row.segments, asOf: row.as_of.getTime() } : null
}

/** Changes with what is in force; null: nothing is. */
export async function newestWonAmountsKey(pool: pg.Pool): Promise<string | null> {
  const { rows } = await pool.query<{ version: number; as_of: Date }>(`SELECT version, as_of ${NEWEST}`)
  const [row] = rows
  return row ? `${row.version} ${row.as_of.toISOString()}` : null
}

/** Amounts that were kept before keep their version, and have the latest time at which they were so. Returns the version. */
export async function saveWonAmounts(
  pool: pg.Pool,
  segments: readonly WonSegment[],
  asOf: Milliseconds,
  now: Milliseconds,
): Promise<number> {
  const body = JSON.stringify(segments)
  const sha256 = createHash('sha256').update(body).digest('hex')
  return withTransaction(pool, async (client) => {
    await client.query('LOCK TABLE wonlost.won_amounts IN SHARE ROW EXCLUSIVE MODE')
    const { rows } = await client.query<{ version: number }>(
      `INSERT INTO wonlost.won_amounts (version, sha256, segments, as_of, computed_at)
       SELECT 1 + coalesce(max(version), 0), $1, $2, $3, $4 FROM wonlost.won_amounts
       ON CONFLICT (sha256) DO UPDATE
       SET as_of = greatest(won_amounts.as_of, excluded.as_of), computed_at = excluded.computed_at
       RETURNING version`,
      [sha256, body, new Date(asOf), new Date(now)],
    )
    return rows[0]!.version
  })
}

export interface WonDeal {
  readonly dealId: string
  /** The primary contact, else the first by id; null: the deal has none. */
  readonly leadId: string | null
  readonly openedAt: Milliseconds
  readonly amount: number
  readonly currency: string | null
}

/** Deals of a pipeline with an amount that were won in [from, until), as was known by then, in order of id. */
export async function wonDeals(
  pool: pg.Pool,
  pipeline: string,
  from: Milliseconds,
  until: Milliseconds,
): Promise<WonDeal[]> {
  const { rows } = await pool.query<{
    deal_id: string
    lead_id: string | null
    opened_at: Date
    amount: number
    currency: string | null
  }>(
    `SELECT deal_id, opened_at, amount, currency,
       (SELECT coalesce(lead.merged_into, lead.lead_id) FROM wonlost.deal_contacts contact JOIN wonlost.leads lead USING (lead_id)
         WHERE contact.deal_id = deals.deal_id ORDER BY is_primary DESC, lead_id LIMIT 1) AS lead_id
     FROM wonlost.deals
     WHERE pipeline = $1 AND outcome = 'won' AND amount IS NOT NULL AND closed_at >= $2 AND closed_at < $3 AND known_at < $3
     ORDER BY deal_id`,
    [pipeline, new Date(from), new Date(until)],
  )
  return rows.map((row) => ({
    dealId: row.deal_id,
    leadId: row.lead_id,
    openedAt: row.opened_at.getTime(),
    amount: row.amount,
    currency: row.currency,
  }))
}
