/** Scorings of all leads that have not ended: at most one, cut into parts, so that one that was interrupted goes on where it stopped. */
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { WonlostError } from '../errors.ts'
import type { Milliseconds } from '../glossary.ts'
import { withTransaction } from './database.ts'
import type { OwnerKind } from './record-queries.ts'
import { cutRecords, type OwnerRange } from './records.ts'
import { BEGIN_SNAPSHOT } from './snapshot.ts'

/** Versions of all that decides what a score is. */
export interface EngineVersions {
  /** `name`, or `name segment`: version and sha256. */
  readonly models: Readonly<Record<string, string>>
  readonly policy: number
  readonly guardrails: number
  readonly program: string
}

export interface ScoringRun {
  readonly runId: number
  readonly cause: string
  readonly asOf: Milliseconds
  readonly engine: EngineVersions
  readonly beganAt: Milliseconds
  /** As many as there were when it began. */
  readonly leads: number
}

export interface ScoringPart {
  readonly part: number
  readonly range: OwnerRange
}

export interface ScoringCounts {
  readonly leads: number
  readonly accounts: number
  /** History entries written: scores that are new, or that people would see change. */
  readonly changed: number
  /** Leads by band of the decision, and by verdict. */
  readonly bands: Readonly<Record<string, number>>
  readonly verdicts: Readonly<Record<string, number>>
}

const LOCK = `hashtext('wonlost scoring')`

/** A process that was killed a moment ago may still hold its turn. */
const TRIES = 6
const PAUSE = 200

/**
 * Runs `run` while no other process scores all leads, with the name of a snapshot that is held open as long: `inSnapshot` reads it on
 * other connections. Throws `scoring_in_progress`; and `database_unavailable` when the connection that holds them broke meanwhile,
 * whatever else failed for it.
 */
export async function holdScoring<T>(pool: pg.Pool, run: (snapshot: string) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const held = await withTransaction(
      pool,
      async (client) => {
        // Servers that end idle transactions would end the snapshot.
        await client.query('SET LOCAL idle_in_transaction_session_timeout = 0')
        const { rows } = await client.query<{ locked: boolean }>(
          `SELECT pg_try_advisory_xact_lock(${LOCK}) AS locked`,
        )
        if (!rows[0]?.locked) return null
        const { rows: exported } = await client.query<{ snapshot: string }>(
          'SELECT pg_export_snapshot() AS snapshot',
        )
        try {
          return { result: await run(exported[0]!.snapshot) }
        } catch (error) {
          await client.query('SELECT')
          throw error
        }
      },
      BEGIN_SNAPSHOT,
    )
    if (held) return held.result
    if (tries === TRIES) {
      const message = 'All leads are being scored already, by another process. Wait until it has ended.'
      throw new WonlostError('scoring_in_progress', message)
    }
    await wait(PAUSE)
  }
}

interface RunRow {
  run_id: number
  cause: string
  as_of: Date
  engine: EngineVersions
  began_at: Date
  leads: number
  parts: number
  parts_left: number
}

/** The run that has not ended; null: there is none. `isWhole`: all its parts are known. */
export async function unfinishedRun(
  pool: pg.Pool,
): Promise<{ readonly run: ScoringRun; readonly isWhole: boolean } | null> {
  const { rows } = await pool.query<RunRow>(
    `SELECT run.*, (SELECT count(*) FROM wonlost.scoring_parts part WHERE part.run_id = run.run_id) AS parts_left
     FROM wonlost.scoring_runs run ORDER BY run_id DESC LIMIT 1`,
  )
  const row = rows[0]
  if (!row) return null
  const { run_id: runId, cause, engine, leads } = row
  const run = { runId, cause, engine, leads, asOf: row.as_of.getTime(), beganAt: row.began_at.getTime() }
  return { run, isWhole: row.parts === row.parts_left }
}

/** Whether a run that was begun for this cause was left by a process that was killed. */
export async function isLeft(pool: pg.Pool, cause: string): Promise<boolean> {
  const found = await unfinishedRun(pool)
  if (found?.run.cause !== cause) return false
  // Whoever is at it holds it; outside of a transaction it is given back at once.
  const { rows } = await pool.query<{ free: boolean }>(`SELECT pg_try_advisory_xact_lock(${LOCK}) AS free`)
  return rows[0]!.free
}

/** Forgets the run before, and plans a new one in parts of about so many leads. */
export async function beginRun(
  pool: pg.Pool,
  begin: Omit<ScoringRun, 'runId' | 'leads'>,
  leadsAPart: number,
): Promise<ScoringRun> {
  return withTransaction(pool, async (client) => {
    await client.query('DELETE FROM wonlost.scoring_runs')
    const ranges = await cutRecords(client, leadsAPart)
    const { rows } = await client.query<{ run_id: number; leads: number }>(
      `INSERT INTO wonlost.scoring_runs (cause, as_of, engine, began_at, leads, parts)
       SELECT $1, $2, $3, $4, count(*), $5 FROM wonlost.leads WHERE merged_into IS NULL RETURNING run_id, leads`,
      [begin.cause, new Date(begin.asOf), begin.engine, new Date(begin.beganAt), ranges.length],
    )
    const { run_id: runId, leads } = rows[0]!
    await client.query(
      `INSERT INTO wonlost.scoring_parts (run_id, part, subject_kind, after_id, upto_id)
       SELECT $1, place, kind, after, upto
       FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS cut (kind, after, upto, place)`,
      [
        runId,
        ranges.map(({ kind }) => kind),
        ranges.map(({ after }) => after),
        ranges.map(({ upto }) => upto),
      ],
    )
    return { ...begin, runId, leads }
  })
}

/** Those that are not done, in order. */
export async function openParts(pool: pg.Pool, runId: number): Promise<ScoringPart[]> {
  const { rows } = await pool.query<{
    part: number
    subject_kind: OwnerKind
    after_id: string
    upto_id: string | null
  }>('SELECT * FROM wonlost.scoring_parts WHERE run_id = $1 AND leads IS NULL ORDER BY part', [runId])
  return rows.map((row) => ({
    part: row.part,
    range: { kind: row.subject_kind, after: row.after_id, upto: row.upto_id },
  }))
}

/** In the transaction that keeps the scores: a part is done when they are kept, and only once. */
export async function finishPart(
  client: pg.ClientBase,
  runId: number,
  part: number,
  { leads, accounts, changed, bands, verdicts }: ScoringCounts,
): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE wonlost.scoring_parts SET leads = $3, accounts = $4, changed = $5, bands = $6, verdicts = $7
     WHERE run_id = $1 AND part = $2 AND leads IS NULL`,
    [runId, part, leads, accounts, changed, bands, verdicts],
  )
  if (rowCount === 1) return
  const message =
    'Another process began to score all leads anew, or leads were erased meanwhile. Run it again.'
  throw new WonlostError('scoring_in_progress', message)
}

/** Of the parts that are done, together. */
export async function runCounts(pool: pg.Pool, runId: number): Promise<ScoringCounts> {
  const { rows } = await pool.query<ScoringCounts>(
    `SELECT leads, coalesce(accounts, 0) AS accounts, changed, bands, verdicts FROM wonlost.scoring_parts
     WHERE run_id = $1 AND leads IS NOT NULL ORDER BY part`,
    [runId],
  )
  return addCounts(rows)
}

function addCounts(counts: readonly ScoringCounts[]): ScoringCounts {
  const bands: Record<string, number> = {}
  const verdicts: Record<string, number> = {}
  let leads = 0
  let accounts = 0
  let changed = 0
  for (const one of counts) {
    leads += one.leads
    accounts += one.accounts
    changed += one.changed
    for (const [name, count] of Object.entries(one.bands)) bands[name] = (bands[name] ?? 0) + count
    for (const [name, count] of Object.entries(one.verdicts)) verdicts[name] = (verdicts[name] ?? 0) + count
  }
  return { leads, accounts, changed, bands, verdicts }
}

/** Whether a scoring of all leads has ever ended. */
export async function hasScoredAll(pool: pg.Pool): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT FROM wonlost.first_scoring')
  return rowCount === 1
}

/** Forgets the run, but not that there was one, and what the last one was. Returns how many leads there are by now. */
export async function endRun(pool: pg.Pool, runId: number): Promise<number> {
  await pool.query(
    `WITH first AS (INSERT INTO wonlost.first_scoring (ended_at) VALUES (now()) ON CONFLICT DO NOTHING),
     ended AS (DELETE FROM wonlost.scoring_runs WHERE run_id = $1 RETURNING *)
     INSERT INTO wonlost.last_scoring (cause, as_of, engine, began_at, ended_at)
     SELECT cause, as_of, engine, began_at, clock_timestamp() FROM ended
     ON CONFLICT (only_row) DO UPDATE SET cause = excluded.cause, as_of = excluded.as_of, engine = excluded.engine,
       began_at = excluded.began_at, ended_at = excluded.ended_at`,
    [runId],
  )
  const { rows } = await pool.query<{ leads: number }>(
    'SELECT count(*) AS leads FROM wonlost.leads WHERE merged_into IS NULL',
  )
  return rows[0]!.leads
}

/** The scoring of all leads that ended last. */
export interface LastScoring {
  readonly cause: string
  readonly asOf: Milliseconds
  readonly engine: EngineVersions
  readonly endedAt: Milliseconds
}

/** null: none has ended yet. */
export async function lastScoring(pool: pg.Pool): Promise<LastScoring | null> {
  const { rows } = await pool.query<{ cause: string; as_of: Date; engine: EngineVersions; ended_at: Date }>(
    'SELECT cause, as_of, engine, ended_at FROM wonlost.last_scoring',
  )
  const [row] = rows
  if (!row) return null
  return { cause: row.cause, asOf: row.as_of.getTime(), engine: row.engine, endedAt: row.ended_at.getTime() }
}
