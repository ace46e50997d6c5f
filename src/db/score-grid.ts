/** Leads by fit and intent: how many there are where, and who is in a box. */
import type pg from 'pg'
import type { LeadPosition } from './lead-list.ts'
import { type ListedScore, listedScore, SCORE_FIELDS, type ScoreRow, SHOWN_BAND } from './listed-score.ts'
import { IS_ROOT, scoreSample, shownScore } from './score-sample.ts'

export interface GridModels {
  readonly fit: string
  readonly intent: string
}

export interface GridQuery extends GridModels {
  /** Width and height of a bin, in points. */
  readonly size: number
  /** Of the decision; undefined: any. */
  readonly band?: string | undefined
}

export interface GridBin {
  /** Where the bin begins. 100 is in the one before. */
  readonly fit: number
  readonly intent: number
  readonly leads: number
}

/** Of leads that have both scores; counts are estimates where `share` is below 1. */
export async function countGrid(
  pool: pg.Pool,
  { fit, intent, size, band }: GridQuery,
): Promise<{ readonly bins: readonly GridBin[]; readonly share: number }> {
  const { clause, share } = await scoreSample(pool)
  const binOf = (points: string): string => `$3 * (least(${shownScore(points)}, 99) / $3::integer)`
  const { rows } = await pool.query<GridBin>(
    `SELECT ${binOf('s.raw_points')} AS fit, ${binOf('i.raw_points')} AS intent, count(*) AS leads
     FROM wonlost.scores s ${clause}
     JOIN wonlost.scores i ON i.subject_kind = 'lead' AND i.subject_id = s.subject_id AND i.model = $2
     WHERE s.model = $1 AND s.subject_kind = 'lead' AND ($4::text IS NULL OR ${SHOWN_BAND} = $4) AND ${IS_ROOT}
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [fit, intent, size, band ?? null],
  )
  return { bins: rows.map((bin) => ({ ...bin, leads: Math.round(bin.leads / share) })), share }
}

/** Scores as people see them; from and to are both included. */
export interface GridBox {
  readonly fitFrom: number
  readonly fitTo: number
  readonly intentFrom: number
  readonly intentTo: number
}

export interface BoxQuery extends GridModels, GridBox {
  /** Whose score sorts them: the highest first. */
  readonly model: string
  readonly band?: string | undefined
  readonly limit: number
  readonly after: LeadPosition | null
}

export interface BoxedLead {
  readonly leadId: string
  readonly fit: number
  readonly intent: number
  readonly score: ListedScore
}

/**
 * Up to `limit` leads in the box after a position, and the position that the next page begins after. Who is in the box is found by
 * points alone, which stand in an index: the rows themselves are read for the page only.
 */
export async function listBox(
  pool: pg.Pool,
  query: BoxQuery,
): Promise<{ readonly leads: readonly BoxedLead[]; readonly next: LeadPosition | null }> {
  const inBox = (points: string, from: string, to: string): string =>
    `${points} >= ${edge(from)} AND ${points} < ${edge(`${to}::integer + 1`)}`
  const { rows } = await pool.query<ScoreRow & { lead_id: string; fit: number; intent: number }>(
    `WITH box AS MATERIALIZED (
       SELECT f.subject_id, f.raw_points AS fit, i.raw_points AS intent
       FROM wonlost.scores f JOIN wonlost.scores i ON i.subject_id = f.subject_id
       WHERE f.subject_kind = 'lead' AND f.model = $1 AND ${inBox('f.raw_points', '$3::integer', '$4')}
         AND i.subject_kind = 'lead' AND i.model = $2 AND ${inBox('i.raw_points', '$5::integer', '$6')})
     SELECT s.subject_id AS lead_id, ${shownScore('box.fit')} AS fit, ${shownScore('box.intent')} AS intent, ${SCORE_FIELDS}
     FROM box JOIN wonlost.scores s ON s.subject_kind = 'lead' AND s.subject_id = box.subject_id AND s.model = $7
     WHERE ($8::text IS NULL OR ${SHOWN_BAND} = $8) AND ${IS_ROOT}
       AND ($9::float8 IS NULL OR s.raw_points < $9 OR (s.raw_points = $9 AND s.subject_id > $10))
     ORDER BY s.raw_points DESC, s.subject_id LIMIT $11`,
    [
      ...[query.fit, query.intent, query.fitFrom, query.fitTo, query.intentFrom, query.intentTo, query.model],
      ...[query.band ?? null, query.after?.value ?? null, query.after?.leadId ?? null, query.limit + 1],
    ],
  )
  const leads = rows.slice(0, query.limit).map((row) => ({
    leadId: row.lead_id,
    fit: row.fit,
    intent: row.intent,
    score: listedScore(row, query.model)!,
  }))
  const last = leads.at(-1)
  const next = rows.length > query.limit && last ? { leadId: last.leadId, value: last.score.rawPoints } : null
  return { leads, next }
}

/** The points at which a score begins: 0 takes all below it, and there is none above 100. */
function edge(score: string): string {
  return `CASE WHEN ${score} <= 0 THEN '-infinity'::float8 WHEN ${score} > 100 THEN 'infinity'::float8 ELSE ${score} - 0.5 END`
}
