/** What was said of a lead or an account over time, the newest first. */
import type pg from 'pg'
import type { Milliseconds, SubjectKind } from '../glossary.ts'

export interface HistoryPage {
  readonly model?: string | undefined
  readonly limit: number
  /** Number of the last entry of the page before; null: from the newest on. */
  readonly before: number | null
}

export interface StoredHistory {
  readonly number: number
  /** The id that the entry was written for: of a person with several, not always the one that it goes by now. */
  readonly subjectId: string
  readonly model: string
  /** '' is the model for everyone. */
  readonly segment: string
  readonly version: number
  readonly asOf: Milliseconds
  readonly scoredAt: Milliseconds
  readonly policyVersion: number
  readonly guardrailsVersion: number
  readonly probability: number | null
  readonly rawPoints: number
  readonly score: number
  readonly band: string
  readonly verdict: string
  /** After the verdict; null in entries of older versions. */
  readonly decisionBand: string | null
  readonly cause: string
  /** As answered then, where the entry started an action. */
  readonly reasons: unknown
}

/** Of a lead or an account that was not merged away, with all that were merged into it. */
export async function listHistory(
  client: pg.Pool | pg.ClientBase,
  kind: SubjectKind,
  subjectId: string,
  { model, limit, before }: HistoryPage,
): Promise<StoredHistory[]> {
  const { rows } = await client.query<
    Omit<StoredHistory, 'asOf' | 'scoredAt'> & { asOf: Date; scoredAt: Date }
  >(
    `SELECT history_id AS number, subject_id AS "subjectId", model, segment, version, as_of AS "asOf", scored_at AS "scoredAt",
       policy_version AS "policyVersion", guardrails_version AS "guardrailsVersion", probability, raw_points AS "rawPoints", score,
       band, verdict, decision_band AS "decisionBand", cause, reasons
     FROM wonlost.score_history
     WHERE subject_kind = $5 AND subject_id = ANY(ARRAY(
         SELECT ${kind}_id FROM wonlost.${kind}s WHERE ${kind}_id = $1 OR merged_into = $1))
       AND ($2::text IS NULL OR model = $2) AND ($3::bigint IS NULL OR history_id < $3)
     ORDER BY history_id DESC LIMIT $4`,
    [subjectId, model ?? null, before, limit, kind],
  )
  return rows.map((row) => ({ ...row, asOf: row.asOf.getTime(), scoredAt: row.scoredAt.getTime() }))
}
