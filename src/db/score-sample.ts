/** Looking at stored scores as a whole, at a bounded cost: all of them, or of very many the same part of the table every time. */
import type pg from 'pg'

export interface ScoreSample {
  /** What follows the alias in FROM: '', or a part of the pages of the table. */
  readonly clause: string
  /** Of the rows that are looked at, from above 0 to 1. */
  readonly share: number
}

/** Rows of `scores` that one question may read. A subject has one for each model. */
const MOST_ROWS = 400_000

/**
 * Pages are taken whole, so that nothing else is read; their choice depends on no score. Before the first ANALYZE the size is not
 * known, and everything is read.
 */
export async function scoreSample(
  client: pg.Pool | pg.ClientBase,
  mostRows: number = MOST_ROWS,
): Promise<ScoreSample> {
  const { rows } = await client.query<{ rows: number }>(
    `SELECT reltuples::float8 AS rows FROM pg_class WHERE oid = 'wonlost.scores'::regclass`,
  )
  const share = Math.min(1, mostRows / Math.max(1, rows[0]!.rows))
  return { share, clause: share === 1 ? '' : `TABLESAMPLE SYSTEM (${100 * share}) REPEATABLE (1)` }
}

/** Of the rows `s`: not merged away since they were scored. */
export const IS_ROOT = `NOT EXISTS (
  SELECT FROM wonlost.leads merged WHERE merged.lead_id = s.subject_id AND merged.merged_into IS NOT NULL)`

/** The score that people see, as src/model/link.ts has it: rounded, halves up, within 0..100. */
export const shownScore = (points: string): string =>
  `floor(least(greatest(${points}, 0), 100) + 0.5)::integer`
