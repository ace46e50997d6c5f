/** Scores as kept: the current one of each subject and model, as it is read. save-scores.ts writes them. */
import type pg from 'pg'
import type { Milliseconds, ModelKind, SubjectKind } from '../glossary.ts'
import { prepared } from './prepared.ts'

export interface StoredScore {
  readonly subjectKind: SubjectKind
  readonly subjectId: string
  readonly model: string
  /** '' for everyone. */
  readonly segment: string
  readonly version: number
  readonly basis: ModelKind
  readonly artifactSha256: string
  /** Why this model of its name. */
  readonly because: string
  readonly asOf: Milliseconds
  readonly policyVersion: number
  readonly guardrailsVersion: number
  readonly probability: number | null
  /** [low, high], with the probability inside; null where the model has none. */
  readonly interval: readonly [number, number] | null
  readonly rawPoints: number
  readonly score: number
  readonly band: string
  readonly verdict: string
  /** As answered: band after the verdict, grade, action, response time, route. */
  readonly decision: unknown
  /** As answered: the rules that held, with their conditions. */
  readonly verdictRules: unknown
  /** As answered: what the rules say beside the status. */
  readonly verdictBounds: unknown
  /** As answered: why other models said nothing of the subject, by name. In the first of its scores; empty in the others. */
  readonly notApplicable: Readonly<Record<string, string>>
  /**
   * As answered: the override in force at `asOf`, with what would be said `without_it`; null where there is none. Of an account only when
   * the first of those of its people ends.
   */
  readonly override: StoredAnswerOverride | null
  /** probability x amount, of the model that decides; null in its other scores, and where nothing is expected. */
  readonly expectedValue: number | null
  /** Scores by the models of the grid, of the model that decides; null in its other scores, and where there is none. */
  readonly fitScore: number | null
  readonly intentScore: number | null
  /** What the policy looked at beside scores and verdict. In the first of the scores of a subject; null in the others. */
  readonly policyInput: unknown
  readonly scoredAt: Milliseconds
}

/** As far as the database looks into it. */
interface StoredAnswerOverride {
  /** ISO 8601. */
  readonly expires_at: string | null
  readonly without_it?: { readonly status: string; readonly decision: unknown }
}

export type ScoreFields = Omit<StoredScore, 'subjectKind'>

/** Column, its type, and what of a score goes into it: the one list that writing and reading share. */
export const STORED_COLUMNS: readonly (readonly [
  column: string,
  type: string,
  read: (score: ScoreFields) => unknown,
])[] = [
  ['subject_id', 'text', (score) => score.subjectId],
  ['model', 'text', (score) => score.model],
  ['segment', 'text', (score) => score.segment],
  ['version', 'integer', (score) => score.version],
  ['basis', 'text', (score) => score.basis],
  ['artifact_sha256', 'text', (score) => score.artifactSha256],
  ['because', 'text', (score) => score.because],
  ['as_of', 'timestamptz', (score) => new Date(score.asOf)],
  ['policy_version', 'integer', (score) => score.policyVersion],
  ['guardrails_version', 'integer', (score) => score.guardrailsVersion],
  ['probability', 'double precision', (score) => score.probability],
  ['interval_low', 'double precision', (score) => score.interval?.[0] ?? null],
  ['interval_high', 'double precision', (score) => score.interval?.[1] ?? null],
  ['raw_points', 'double precision', (score) => score.rawPoints],
  ['score', 'smallint', (score) => score.score],
  ['band', 'text', (score) => score.band],
  ['verdict', 'text', (score) => score.verdict],
  ['decision', 'jsonb', (score) => JSON.stringify(score.decision)],
  ['verdict_rules', 'jsonb', (score) => JSON.stringify(score.verdictRules)],
  ['verdict_bounds', 'jsonb', (score) => JSON.stringify(score.verdictBounds)],
  ['not_applicable', 'jsonb', (score) => JSON.stringify(score.notApplicable)],
  ['override', 'jsonb', (score) => score.override && JSON.stringify(score.override)],
  ['override_expires_at', 'timestamptz', (score) => score.override?.expires_at ?? null],
  ['expected_value', 'double precision', (score) => score.expectedValue],
  ['fit_score', 'smallint', (score) => score.fitScore],
  ['intent_score', 'smallint', (score) => score.intentScore],
  ['policy_input', 'jsonb', (score) => score.policyInput && JSON.stringify(score.policyInput)],
  ['scored_at', 'timestamptz', (score) => new Date(score.scoredAt)],
]

/** Columns of a score, as `toStoredScore` reads them. */
export const SCORE_COLUMNS: readonly string[] = STORED_COLUMNS.map(([column]) => column)
export interface ScoreRow {
  subject_id: string
  model: string
  segment: string
  version: number
  basis: ModelKind
  artifact_sha256: string
  because: string
  as_of: Date
  policy_version: number
  guardrails_version: number
  probability: number | null
  interval_low: number | null
  interval_high: number | null
  raw_points: number
  score: number
  band: string
  verdict: string
  decision: unknown
  verdict_rules: unknown
  verdict_bounds: unknown
  not_applicable: StoredScore['notApplicable']
  override: StoredScore['override']
  expected_value: number | null
  fit_score: number | null
  intent_score: number | null
  policy_input: unknown
  scored_at: Date
}

/** The current scores of one subject, by name of the model; none when it was never scored. */
export async function loadScores(
  client: pg.Pool | pg.ClientBase,
  subjectKind: SubjectKind,
  subjectId: string,
): Promise<StoredScore[]> {
  const { rows } = await client.query<ScoreRow>(
    `SELECT ${SCORE_COLUMNS.join(', ')} FROM wonlost.scores WHERE subject_kind = $1 AND subject_id = $2 ORDER BY model`,
    [subjectKind, subjectId],
  )
  return rows.map((row) => toStoredScore(subjectKind, row))
}

/** The current scores of several subjects by one model, in order of subject. */
export async function loadScoresBy(
  client: pg.Pool | pg.ClientBase,
  model: string,
  subjectKind: SubjectKind,
  subjectIds: readonly string[],
): Promise<StoredScore[]> {
  const { rows } = await client.query<ScoreRow>(
    `SELECT ${SCORE_COLUMNS.join(', ')} FROM wonlost.scores
      WHERE model = $1 AND subject_kind = $2 AND subject_id = ANY($3) ORDER BY subject_id`,
    [model, subjectKind, subjectIds],
  )
  return rows.map((row) => toStoredScore(subjectKind, row))
}

/** By subject, as of when it was scored, by the model that is furthest behind; nothing of those who have no score. */
export async function lastScored(
  client: pg.Pool | pg.ClientBase,
  subjectKind: SubjectKind,
  subjectIds: readonly string[],
): Promise<ReadonlyMap<string, Milliseconds>> {
  const { rows } = await client.query<{ subject_id: string; as_of: Date }>(
    prepared(
      `SELECT subject_id, min(as_of) AS as_of FROM wonlost.scores
      WHERE subject_kind = $1 AND subject_id = ANY($2) GROUP BY subject_id`,
      [subjectKind, subjectIds],
    ),
  )
  return new Map(rows.map((row) => [row.subject_id, row.as_of.getTime()]))
}

/** As of when one of them was scored last, but not later than `until`; null: none was by then. */
export async function latestScored(
  client: pg.Pool | pg.ClientBase,
  subjectKind: SubjectKind,
  subjectIds: readonly string[],
  until: Milliseconds,
): Promise<Milliseconds | null> {
  const { rows } = await client.query<{ as_of: Date | null }>(
    'SELECT max(as_of) AS as_of FROM wonlost.scores WHERE subject_kind = $1 AND subject_id = ANY($2) AND as_of <= $3',
    [subjectKind, subjectIds, new Date(until)],
  )
  return rows[0]?.as_of?.getTime() ?? null
}

/** As kept in history. */
export interface PastScore {
  readonly segment: string
  readonly version: number
  readonly asOf: Milliseconds
  readonly policyVersion: number
  readonly rawPoints: number
  readonly score: number
  readonly band: string
}

/**
 * What history says of a score at a moment: its last entry up to then. The score itself may have moved since by less than makes an entry.
 * null: there was none.
 */
export async function loadScoreAt(
  client: pg.Pool | pg.ClientBase,
  subjectKind: SubjectKind,
  subjectId: string,
  model: string,
  moment: Milliseconds,
): Promise<PastScore | null> {
  const { rows } = await client.query<Omit<PastScore, 'asOf'> & { asOf: Date }>(
    `SELECT segment, version, as_of AS "asOf", policy_version AS "policyVersion", raw_points AS "rawPoints", score, band
     FROM wonlost.score_history
     WHERE subject_kind = $1 AND subject_id = $2 AND model = $3 AND as_of <= $4
     ORDER BY as_of DESC, history_id DESC LIMIT 1`,
    [subjectKind, subjectId, model, new Date(moment)],
  )
  const [row] = rows
  return row ? { ...row, asOf: row.asOf.getTime() } : null
}

export function toStoredScore(subjectKind: SubjectKind, row: ScoreRow): StoredScore {
  return {
    subjectKind,
    subjectId: row.subject_id,
    model: row.model,
    segment: row.segment,
    version: row.version,
    basis: row.basis,
    artifactSha256: row.artifact_sha256,
    because: row.because,
    asOf: row.as_of.getTime(),
    policyVersion: row.policy_version,
    guardrailsVersion: row.guardrails_version,
    probability: row.probability,
    interval:
      row.interval_low === null || row.interval_high === null ? null : [row.interval_low, row.interval_high],
    rawPoints: row.raw_points,
    score: row.score,
    band: row.band,
    verdict: row.verdict,
    decision: row.decision,
    verdictRules: row.verdict_rules,
    verdictBounds: row.verdict_bounds,
    notApplicable: row.not_applicable,
    override: row.override,
    expectedValue: row.expected_value,
    fitScore: row.fit_score,
    intentScore: row.intent_score,
    policyInput: row.policy_input,
    scoredAt: row.scored_at.getTime(),
  }
}
