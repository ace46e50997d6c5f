/** Where the data ends. After that nothing is known: neither what happened, nor that nothing happened. */
import type pg from 'pg'
import { DAY, type Milliseconds } from '../glossary.ts'

export interface DataEnd {
  /** The newest lead, event or deal change that is not in the future; null without any. */
  readonly newest: Milliseconds | null
  /** The newest opening or closing of a deal; null without any. */
  readonly newestDeal: Milliseconds | null
}

/**
 * By time in the world, not by when we learned of it: an export of last year that is imported today ends last year, and a cut-off of
 * today would take every deal since for lost. What is dated after `now` is a mistake and does not count.
 */
export async function findDataEnd(pool: pg.Pool, now: Milliseconds): Promise<DataEnd> {
  const { rows } = await pool.query<{ lead: Date | null; event: Date | null; deal: Date | null }>(
    `SELECT (SELECT max(created_at) FROM wonlost.leads WHERE created_at <= $1) AS lead,
            (SELECT max(occurred_at) FROM wonlost.events WHERE occurred_at <= $1) AS event,
            (SELECT max(time) FROM wonlost.deals, LATERAL (VALUES (opened_at), (closed_at)) AS changes (time)
             WHERE time <= $1) AS deal`,
    [new Date(now)],
  )
  const row = rows[0]
  const times = [row?.lead, row?.event, row?.deal].filter((time): time is Date => time instanceof Date)
  return {
    newest: times.length > 0 ? Math.max(...times.map((time) => time.getTime())) : null,
    newestDeal: row?.deal?.getTime() ?? null,
  }
}

/** Deals that end this long before everything else were probably recorded until then only. */
const STALE_DEALS = 30 * DAY

/** Whether the deals end long before `until`, where everything ends: what was won since then would count as lost. */
export function dealsEndEarly({ newestDeal }: DataEnd, until: Milliseconds): boolean {
  return newestDeal !== null && until - newestDeal > STALE_DEALS
}
