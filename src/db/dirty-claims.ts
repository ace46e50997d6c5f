/** Dirty leads in the hands of a worker: taken, given back, or set aside. Of those that only mark them: dirty-leads.ts. */
import type pg from 'pg'
import { type Milliseconds, SECOND } from '../glossary.ts'
import { prepared } from './prepared.ts'

/** Notified when leads were marked while every worker slept. A notification can be lost while reconnecting: poll as well. */
export const DIRTY_CHANNEL = 'wonlost_dirty'

export interface ClaimedLead {
  /** As it was marked. */
  readonly leadId: string
  /** Whom it means now; null: it was erased. */
  readonly personId: string | null
  readonly cause: string
  /** Of the mark as it was taken. Another mark raises it. */
  readonly revision: number
  /** One of many that came at once. */
  readonly isBulk: boolean
}

/**
 * Begin the transaction of a batch with this. Until it ends no verdict is set by hand and nobody is merged: whoever does either takes
 * these locks first, in this order, and marks after that. A process that stands still with a batch in hand does not keep it from others
 * for good: PostgreSQL ends the transaction of whoever says nothing for so long, and with it its locks.
 */
export const BEGIN_BATCH =
  "BEGIN; SET LOCAL idle_in_transaction_session_timeout = '60s'; LOCK TABLE wonlost.overrides IN ROW SHARE MODE; LOCK TABLE wonlost.merges IN ROW EXCLUSIVE MODE"

/** What is not set aside until after $2. */
const IS_DUE = `NOT EXISTS (SELECT FROM wonlost.rescoring_failures failed
                            WHERE failed.lead_id = dirty.lead_id AND failed.retry_at > $2)`

/**
 * Whether nobody else has the lead in hand; until the transaction ends it is ours. Not the mark itself is locked: whoever learns something
 * of the lead meanwhile raises it, and waits for nobody. Many leads share a lock, for PostgreSQL has room for some thousands of them.
 */
const IS_OURS = `pg_try_advisory_xact_lock(hashtext('wonlost rescoring'), hashtext(lead_id) & 2047)`

/** Those in the hands of others stand first in the line: so many times the marks that are wanted are looked at. */
const LOOK_PAST = 8

/**
 * Those marked first, what happened live before what came in bulk, that nobody else has in hand and that were not set aside until later,
 * and at most as many of their accounts (none with a single one): who belongs together is read together. Ours until the transaction ends.
 */
export async function claimDirty(
  client: pg.ClientBase,
  limit: number,
  now: Milliseconds,
): Promise<ClaimedLead[]> {
  // In a CTE that is there in full a lock is asked for row by row, in order, and for no more than are taken.
  const { rows: ours } = await client.query<{ lead_id: string }>(
    prepared(
      `WITH line AS MATERIALIZED (
       SELECT lead_id FROM wonlost.dirty_leads dirty WHERE ${IS_DUE} ORDER BY is_bulk, marked_at, lead_id LIMIT $4),
     first AS MATERIALIZED (SELECT lead_id FROM line WHERE ${IS_OURS} LIMIT $1),
     others AS MATERIALIZED (
       SELECT dirty.lead_id FROM wonlost.leads lead JOIN wonlost.dirty_leads dirty USING (lead_id)
       WHERE account_id IN (SELECT account_id FROM first JOIN wonlost.leads USING (lead_id))
         AND lead_id NOT IN (SELECT lead_id FROM first) AND ${IS_DUE} LIMIT $3)
     SELECT lead_id FROM first UNION ALL SELECT lead_id FROM others WHERE ${IS_OURS}`,
      [limit, new Date(now), limit === 1 ? 0 : limit, LOOK_PAST * limit],
    ),
  )
  if (ours.length === 0) return []
  // Whoever had one in hand until just now may have settled it, or left it: only what is read from now on holds as long as the lock.
  const { rows } = await client.query<{
    lead_id: string
    person_id: string | null
    cause: string
    revision: number
    is_bulk: boolean
  }>(
    prepared(
      `SELECT lead_id, coalesce(lead.merged_into, lead.lead_id) AS person_id, cause, revision, is_bulk
     FROM wonlost.dirty_leads LEFT JOIN wonlost.leads lead USING (lead_id) WHERE lead_id = ANY($1)
     ORDER BY is_bulk, marked_at, lead_id`,
      [ours.map(({ lead_id }) => lead_id)],
    ),
  )
  return rows.map(({ lead_id, person_id, is_bulk, ...row }) => ({
    ...row,
    leadId: lead_id,
    personId: person_id,
    isBulk: is_bulk,
  }))
}

/**
 * Their scores are kept: the marks go, unless another came meanwhile or is being made now, and so does what failed before. Waits for nobody.
 */
export async function settleDirty(client: pg.ClientBase, claimed: readonly ClaimedLead[]): Promise<void> {
  const ids = claimed.map(({ leadId }) => leadId)
  await client.query(
    `WITH settled AS (
       SELECT lead_id FROM wonlost.dirty_leads dirty JOIN unnest($1::text[], $2::bigint[]) AS claimed (lead_id, revision) USING (lead_id)
       WHERE dirty.revision = claimed.revision FOR UPDATE OF dirty SKIP LOCKED),
     gone AS (DELETE FROM wonlost.dirty_leads WHERE lead_id IN (SELECT lead_id FROM settled))
     DELETE FROM wonlost.rescoring_failures WHERE lead_id = ANY($1)`,
    [ids, claimed.map(({ revision }) => revision)],
  )
}

const FIRST_PAUSE = 5 * SECOND
/** The 11th failure and later ones pause about 85 minutes. */
const MOST_DOUBLINGS = 10

/** What is said of an error goes into the database, and must not fill it. */
const LONGEST_ERROR = 500

/**
 * They could not be scored: they stay dirty, or become so, and are tried again after a pause that doubles with each failure. Waits for
 * nobody who holds marks.
 */
export async function setAside(
  client: pg.Pool | pg.ClientBase,
  failed: readonly { readonly leadId: string; readonly error: string }[],
  now: Milliseconds,
): Promise<void> {
  await client.query(
    `INSERT INTO wonlost.dirty_leads (lead_id, cause, marked_at)
     SELECT lead_id, 'failed', clock_timestamp() FROM unnest($1::text[]) AS lead_id ORDER BY lead_id ON CONFLICT DO NOTHING`,
    [failed.map(({ leadId }) => leadId)],
  )
  await client.query(
    `INSERT INTO wonlost.rescoring_failures AS f (lead_id, failures, error, failed_at, retry_at)
     SELECT lead_id, 1, error, $3, $3::timestamptz + $4 * interval '1 ms'
     FROM unnest($1::text[], $2::text[]) AS failed (lead_id, error) ORDER BY lead_id
     ON CONFLICT (lead_id) DO UPDATE
     SET failures = f.failures + 1, error = excluded.error, failed_at = excluded.failed_at,
         retry_at = excluded.failed_at + $4 * (2 ^ least(f.failures, $5)) * interval '1 ms'`,
    [
      failed.map(({ leadId }) => leadId),
      failed.map(({ error }) => error.slice(0, LONGEST_ERROR)),
      new Date(now),
      FIRST_PAUSE,
      MOST_DOUBLINGS,
    ],
  )
}

export interface Backlog {
  /** Leads whose scores are out of date, without those set aside. */
  readonly leads: number
  /** When the first of these was marked, but for those that came in bulk; null: there is none. */
  readonly oldest: Milliseconds | null
  /** Leads that could not be scored, and wait to be tried again. */
  readonly setAside: number
}

export async function backlogOf(client: pg.Pool | pg.ClientBase): Promise<Backlog> {
  const { rows } = await client.query<{ leads: number; oldest: Date | null; set_aside: number }>(
    `SELECT count(*) FILTER (WHERE failed.lead_id IS NULL) AS leads,
            min(marked_at) FILTER (WHERE failed.lead_id IS NULL AND NOT is_bulk) AS oldest,
            count(failed.lead_id) AS set_aside
     FROM wonlost.dirty_leads LEFT JOIN wonlost.rescoring_failures failed USING (lead_id)`,
  )
  const { leads, oldest, set_aside } = rows[0]!
  return { leads, oldest: oldest?.getTime() ?? null, setAside: set_aside }
}

/** Whether a mark has waited for longer than this; those that came in bulk may. */
export async function isBehind(pool: pg.Pool, longest: Milliseconds): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT FROM wonlost.dirty_leads dirty WHERE NOT is_bulk AND marked_at < clock_timestamp() - $1 * interval '1 ms'
       AND NOT EXISTS (SELECT FROM wonlost.rescoring_failures failed WHERE failed.lead_id = dirty.lead_id) LIMIT 1`,
    [longest],
  )
  return rowCount === 1
}

/** From now on the next mark gives a notice, once. Look once more before going to sleep: a mark may have come just before. */
export async function askForNotice(client: pg.Pool | pg.ClientBase): Promise<void> {
  await client.query(
    `SELECT setval('wonlost.rescoring_sleeps', 1) FROM wonlost.rescoring_sleeps WHERE last_value = 0`,
  )
}

/**
 * The present, by the clock of the database: one for all processes. Scores are as of just after it, and what is read after it was asked
 * for holds all that was known by then.
 */
export async function databaseNow(client: pg.Pool | pg.ClientBase): Promise<Milliseconds> {
  const { rows } = await client.query<{ now: number }>(
    'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now',
  )
  return rows[0]!.now
}
