/** How the stored scores of the model that decides lie, score by score: what the edges of bands are drawn through. */
import type pg from 'pg'
import { DAY, type Milliseconds } from '../glossary.ts'
import { SHOWN_BAND } from './listed-score.ts'
import { IS_ROOT, scoreSample, shownScore } from './score-sample.ts'

export interface ScoreDistribution {
  /** Of the stored scores that were looked at, from above 0 to 1; below it, counts are estimates. */
  readonly share: number
  /** Those whose band follows from their score alone, by score; a score that nobody has is left out. */
  readonly scores: readonly {
    readonly score: number
    readonly leads: number
    /** Sum of their probabilities; null: not all of them have one. */
    readonly expected: number | null
    /** Of them, those that came into being since `newSince`. */
    readonly new_leads: number
  }[]
  /** By band, those who stand where they do whatever their score. */
  readonly fixed: readonly { readonly band: string; readonly leads: number }[]
}

export interface DistributionQuery {
  readonly model: string
  /** Segments with bands of their own. */
  readonly apart: readonly string[]
  readonly newSince: Milliseconds
}

/** A rule stops or bounds it, or its segment has bands of its own. Who overrides a verdict lifts the bounds. */
const IS_FIXED = `(s.verdict <> 'eligible'
  OR (s.override IS NULL AND (s.verdict_bounds ->> 'cap' IS NOT NULL OR s.verdict_bounds ->> 'raise' IS NOT NULL))
  OR coalesce(s.policy_input -> 'segments' ?| $2::text[], false))`

export async function scoreDistribution(
  pool: pg.Pool,
  { model, apart, newSince }: DistributionQuery,
): Promise<ScoreDistribution> {
  const { clause, share } = await scoreSample(pool)
  const { rows } = await pool.query<{
    fixed: string | null
    score: number | null
    leads: number
    expected: number | null
    new_leads: number
  }>(
    `SELECT CASE WHEN ${IS_FIXED} THEN ${SHOWN_BAND} END AS fixed, CASE WHEN NOT ${IS_FIXED} THEN ${shownScore('s.raw_points')} END AS score,
       count(*) AS leads, CASE WHEN count(s.probability) = count(*) THEN sum(s.probability) END AS expected,
       count(*) FILTER (WHERE l.created_at >= $3) AS new_leads
     FROM wonlost.scores s ${clause} JOIN wonlost.leads l ON l.lead_id = s.subject_id
     WHERE s.model = $1 AND s.subject_kind = 'lead' AND l.merged_into IS NULL
     GROUP BY 1, 2 ORDER BY 2, 1`,
    [model, apart, new Date(newSince)],
  )
  const all = (count: number): number => Math.round(count / share)
  return {
    share,
    scores: rows.flatMap(({ score, leads, expected, new_leads }) =>
      score === null
        ? []
        : [
            {
              score,
              leads: all(leads),
              expected: expected === null ? null : expected / share,
              new_leads: all(new_leads),
            },
          ],
    ),
    fixed: rows.flatMap(({ fixed, leads }) => (fixed === null ? [] : [{ band: fixed, leads: all(leads) }])),
  }
}

export interface LineCrossings {
  readonly since: Milliseconds
  readonly share: number
  /**
   * By line, from 0 to 100: leads that were below it at `since`, or not scored yet, and have reached it since by the same version of the
   * model. Where another version begins to answer, its first score of a lead is where that lead stands from then on, and no crossing.
   */
  readonly lines: readonly number[]
}

const WINDOW = 28 * DAY
const SHORTEST = 7 * DAY
/** The history is read lead by lead: of so many rows of scores at most. */
const MOST_ROWS = 60_000

/** Of the last four weeks, or since the first scoring of all ended, which is nobody's crossing. null: that is not a week yet. */
export async function lineCrossings(
  pool: pg.Pool,
  model: string,
  now: Milliseconds,
): Promise<LineCrossings | null> {
  const { rows: first } = await pool.query<{ ended_at: Date }>('SELECT ended_at FROM wonlost.first_scoring')
  if (!first[0]) return null
  const since = Math.max(first[0].ended_at.getTime(), now - WINDOW)
  if (now - since < SHORTEST) return null
  const { clause, share } = await scoreSample(pool, MOST_ROWS)
  const history = `SELECT h.history_id, h.subject_id, h.score, h.segment, h.version, h.scored_at FROM wonlost.score_history h
    WHERE h.subject_kind = 'lead' AND h.subject_id = s.subject_id AND h.model = $1`
  const { rows } = await pool.query<{ above: number; reached: number; leads: number }>(
    `WITH said AS (
       SELECT h.*, h.scored_at >= $2 AND lag(h.score) OVER lead IS NULL AS is_first,
         (lag(h.segment) OVER lead, lag(h.version) OVER lead) IS DISTINCT FROM (h.segment, h.version) AS is_other
       FROM wonlost.scores s ${clause}, LATERAL (
         (${history} AND h.scored_at < $2 ORDER BY h.history_id DESC LIMIT 1) UNION ALL (${history} AND h.scored_at >= $2)) h
       WHERE s.model = $1 AND s.subject_kind = 'lead' AND ${IS_ROOT}
       WINDOW lead AS (PARTITION BY h.subject_id ORDER BY h.history_id)),
     numbered AS (
       SELECT *, count(*) FILTER (WHERE is_other) OVER (PARTITION BY subject_id ORDER BY history_id) AS run FROM said),
     runs AS (
       SELECT subject_id, CASE WHEN bool_or(is_first) THEN -1 ELSE (array_agg(score ORDER BY history_id))[1] END AS began, max(score) AS highest
       FROM numbered GROUP BY subject_id, run),
     crossed AS (
       SELECT unnest(range_agg(int4range(began, highest, '(]'))) AS lines FROM runs WHERE highest > began GROUP BY subject_id)
     SELECT lower(lines) AS above, upper(lines) AS reached, count(*) AS leads FROM crossed GROUP BY 1, 2`,
    [model, new Date(since)],
  )
  const lines = new Array<number>(101).fill(0)
  for (const { above, reached, leads } of rows)
    for (let line = above; line < reached; line++) lines[line]! += leads / share
  return { since, share, lines }
}
