/** Leads by fit and intent: how many there are where, and who is in a box. */
import type pg from 'pg'
import type { LeadPosition } from './lead-list.ts'
import { type ListedScore, listedScore, SCORE_FIELDS, type ScoreRow, SHOWN_BAND } from './listed-score.ts'
import { personAccount, rootAccount } from './people.ts'
import { IS_ROOT, scoreSample, shownScore } from './score-sample.ts'

interface GridModels {
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
interface GridBox {
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
  readonly accountId: string | null
  readonly fit: number
  readonly intent: number
  readonly score: ListedScore
}

/** Leads that are walked over in order of score before the box is looked at as a whole. */
const MOST_WALKED = 5_000

/** Up to `limit` leads in the box after a position, and the position that the next page begins after. */
export async function listBox(
  pool: pg.Pool,
  query: BoxQuery,
  mostWalked: number = MOST_WALKED,
): Promise<{ readonly leads: readonly BoxedLead[]; readonly next: LeadPosition | null }> {
  const wanted = query.limit + 1
  const walked = await idsInBox(pool, query, walkOver(mostWalked))
  // Most boxes hold some of the leads that come next; of the others all who are in the box are put in order.
  const isEnough = walked.ids.length >= wanted || walked.seen < mostWalked
  const { ids } = isEnough ? walked : await idsInBox(pool, query, WHOLE)
  const { rows } = await pool.query<
    ScoreRow & { lead_id: string; account_id: string | null; fit: number; intent: number }
  >(
    `SELECT s.subject_id AS lead_id, ${rootAccount(personAccount('l'))} AS account_id, ${shownScore('f.raw_points')} AS fit, ${shownScore('i.raw_points')} AS intent, ${SCORE_FIELDS}
     FROM unnest($1::text[]) WITH ORDINALITY AS found (id, place) JOIN wonlost.leads l ON l.lead_id = found.id
       ${['s', 'f', 'i'].map((of, i) => `JOIN wonlost.scores ${of} ON ${of}.subject_kind = 'lead' AND ${of}.subject_id = found.id AND ${of}.model = $${i + 2}`).join(' ')}
     ORDER BY place`,
    [ids.slice(0, query.limit), query.model, query.fit, query.intent],
  )
  const leads = rows.map((row) => ({
    leadId: row.lead_id,
    accountId: row.account_id,
    fit: row.fit,
    intent: row.intent,
    score: listedScore(row, query.model)!,
  }))
  const last = leads.at(-1)
  const next = ids.length >= wanted && last ? { leadId: last.leadId, value: last.score.rawPoints } : null
  return { leads, next }
}

const inBox = (points: string, from: string, to: string): string =>
  `${points} >= ${edge(from)} AND ${points} < ${edge(`${to} + 1`)}`
const FIT_IN_BOX = `f.subject_kind = 'lead' AND f.model = $1 AND ${inBox('f.raw_points', '$3::integer', '$4::integer')}`
const INTENT_IN_BOX = `i.subject_kind = 'lead' AND i.model = $2 AND ${inBox('i.raw_points', '$5::integer', '$6::integer')}`
const SCORED = `s.subject_kind = 'lead' AND s.model = $7 AND ($8::text IS NULL OR ${SHOWN_BAND} = $8) AND ${IS_ROOT}
  AND ($9::float8 IS NULL OR (s.raw_points <= $9 AND (s.raw_points < $9 OR s.subject_id > $10)))`

/** The next leads in order of score, and which of them are in the box. */
const walkOver = (most: number): string => `WITH walked AS MATERIALIZED (
    SELECT s.subject_id, s.raw_points FROM wonlost.scores s WHERE ${SCORED}
    ORDER BY s.raw_points DESC, s.subject_id LIMIT ${most})
  SELECT (SELECT count(*) FROM walked) AS seen, array(
    SELECT w.subject_id FROM walked w
      JOIN wonlost.scores f ON f.subject_id = w.subject_id AND ${FIT_IN_BOX}
      JOIN wonlost.scores i ON i.subject_id = w.subject_id AND ${INTENT_IN_BOX}
    ORDER BY w.raw_points DESC, w.subject_id LIMIT $11) AS ids`

/** Whoever is in the box, by points alone: these stand in an index. */
const WHOLE = `WITH box AS MATERIALIZED (
    SELECT f.subject_id FROM wonlost.scores f JOIN wonlost.scores i ON i.subject_id = f.subject_id
    WHERE ${FIT_IN_BOX} AND ${INTENT_IN_BOX})
  SELECT (SELECT count(*) FROM box) AS seen, array(
    SELECT s.subject_id FROM box JOIN wonlost.scores s ON s.subject_id = box.subject_id AND ${SCORED}
    ORDER BY s.raw_points DESC, s.subject_id LIMIT $11) AS ids`

async function idsInBox(
  pool: pg.Pool,
  query: BoxQuery,
  sql: string,
): Promise<{ readonly seen: number; readonly ids: readonly string[] }> {
  const { fit, intent, fitFrom, fitTo, intentFrom, intentTo, model, band, after, limit } = query
  const { rows } = await pool.query<{ seen: number; ids: string[] }>(sql, [
    ...[fit, intent, fitFrom, fitTo, intentFrom, intentTo, model],
    ...[band ?? null, after?.value ?? null, after?.leadId ?? null, limit + 1],
  ])
  return rows[0]!
}

/** The points at which a score begins: 0 takes all below it, and there is none above 100. */
function edge(score: string): string {
  return `CASE WHEN ${score} <= 0 THEN '-infinity'::float8 WHEN ${score} > 100 THEN 'infinity'::float8 ELSE ${score} - 0.5 END`
}
