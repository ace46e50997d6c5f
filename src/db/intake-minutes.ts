/** How many live messages came in each minute, over all servers of the database. */
import type pg from 'pg'
import { DAY, type Milliseconds } from '../glossary.ts'

export interface IntakeMinute {
  /** When it began. */
  readonly from: Milliseconds
  readonly received: number
  /** Of them, those that could not be used. */
  readonly rejected: number
  /** Of the last message in it. */
  readonly lastAt: Milliseconds
}

/** What of a minute is kept, before the last one written. */
const KEPT = DAY

/** Adds to what was counted in these minutes, the oldest first: two servers never wait for each other in a ring. */
export async function addIntake(pool: pg.Pool, counted: readonly IntakeMinute[]): Promise<void> {
  const last = counted.at(-1)
  if (last === undefined) return
  // Older ones waited for a database that was away. The same statement would add to those and not remove them.
  const minutes = counted.filter(({ from }) => from >= last.from - KEPT)
  await pool.query(
    `WITH old AS (DELETE FROM wonlost.intake_minutes WHERE minute < $5)
     INSERT INTO wonlost.intake_minutes AS known (minute, received, rejected, last_at)
     SELECT * FROM unnest($1::timestamptz[], $2::bigint[], $3::bigint[], $4::timestamptz[])
     ON CONFLICT (minute) DO UPDATE
       SET received = known.received + EXCLUDED.received, rejected = known.rejected + EXCLUDED.rejected,
           last_at = greatest(known.last_at, EXCLUDED.last_at)`,
    [
      minutes.map(({ from }) => new Date(from)),
      minutes.map(({ received }) => received),
      minutes.map(({ rejected }) => rejected),
      minutes.map(({ lastAt }) => new Date(lastAt)),
      new Date(last.from - KEPT),
    ],
  )
}

/** Minutes in which something came, the oldest first: those from `since` on, and the last one whenever it was. */
export async function listIntake(pool: pg.Pool, since: Milliseconds): Promise<IntakeMinute[]> {
  const { rows } = await pool.query<{ minute: Date; received: number; rejected: number; last_at: Date }>(
    `SELECT minute, received, rejected, last_at FROM wonlost.intake_minutes
     WHERE minute >= least($1, (SELECT max(minute) FROM wonlost.intake_minutes)) ORDER BY minute`,
    [new Date(since)],
  )
  return rows.map(({ minute, received, rejected, last_at }) => ({
    from: minute.getTime(),
    received,
    rejected,
    lastAt: last_at.getTime(),
  }))
}
