/** What the monitor found, run by run: kept, and read back the newest first. */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'

export interface MonitorRun {
  readonly runId: number
  readonly name: string
  /** '' is the model for everyone. */
  readonly segment: string
  readonly version: number
  readonly asOf: Milliseconds
  readonly windowDays: number
  readonly verdict: 'steady' | 'crossed' | 'too_little'
  readonly report: unknown
  readonly createdAt: Milliseconds
}

type Client = pg.Pool | pg.ClientBase

/** Returns the id of the run. */
export async function saveMonitorRun(client: Client, run: Omit<MonitorRun, 'runId'>): Promise<number> {
  const { rows } = await client.query<{ run_id: number }>(
    `INSERT INTO wonlost.monitor_runs (name, segment, version, as_of, window_days, verdict, report, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING run_id`,
    [
      run.name,
      run.segment,
      run.version,
      new Date(run.asOf),
      run.windowDays,
      run.verdict,
      JSON.stringify(run.report),
      new Date(run.createdAt),
    ],
  )
  return rows[0]!.run_id
}

/** At most `limit` runs of all versions of a name, the newest first; `before`: only those with a smaller id. */
export async function listMonitorRuns(
  client: Client,
  name: string,
  { limit, before }: { readonly limit: number; readonly before: number | null },
): Promise<MonitorRun[]> {
  const { rows } = await client.query<{
    run_id: number
    name: string
    segment: string
    version: number
    as_of: Date
    window_days: number
    verdict: MonitorRun['verdict']
    report: unknown
    created_at: Date
  }>(
    `SELECT run_id, name, segment, version, as_of, window_days, verdict, report, created_at
     FROM wonlost.monitor_runs WHERE name = $1 AND ($2::bigint IS NULL OR run_id < $2) ORDER BY run_id DESC LIMIT $3`,
    [name, before, limit],
  )
  return rows.map((row) => ({
    runId: row.run_id,
    name: row.name,
    segment: row.segment,
    version: row.version,
    asOf: row.as_of.getTime(),
    windowDays: row.window_days,
    verdict: row.verdict,
    report: row.report,
    createdAt: row.created_at.getTime(),
  }))
}
