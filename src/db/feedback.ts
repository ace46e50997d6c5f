/** What people say of leads. It stands beside the scores: nothing that training or features read comes from here. */
import type pg from 'pg'
import type { Milliseconds, SubjectKind, TraitValue } from '../glossary.ts'

export const FEEDBACK_KINDS = ['contacted', 'accepted', 'rejected', 'corrected'] as const
type FeedbackKind = (typeof FEEDBACK_KINDS)[number]

/** What a person saw: the score of the model that decides. */
export interface SeenScore {
  readonly model: string
  readonly segment: string
  readonly version: number
  readonly asOf: Milliseconds
  readonly policyVersion: number
  readonly guardrailsVersion: number
  readonly probability: number | null
  readonly rawPoints: number
  readonly score: number
  readonly band: string
  readonly verdict: string
  /** The band after the verdict. */
  readonly decisionBand: string
}

export interface NewFeedback {
  /** Given by the client: what it says again under its key is the same feedback. */
  readonly key: { readonly key: string; readonly requestSha256: string } | null
  readonly leadId: string
  readonly kind: FeedbackKind
  /** Of a rejection. */
  readonly reason: string | null
  readonly comment: string | null
  readonly correction: {
    readonly of: SubjectKind
    readonly trait: string
    /** Empty text: not known any more. */
    readonly value: TraitValue
  } | null
  readonly by: string
  /** When it happened, and when we were told. */
  readonly occurredAt: Milliseconds
  readonly givenAt: Milliseconds
  /** null: the lead had no score. */
  readonly seen: SeenScore | null
}

export interface StoredFeedback extends NewFeedback {
  readonly feedbackId: number
}

interface FeedbackRow {
  feedback_id: number
  idempotency_key: string | null
  request_sha256: string | null
  subject_id: string
  kind: FeedbackKind
  reason: string | null
  comment: string | null
  trait_of: SubjectKind | null
  trait: string | null
  value: TraitValue | null
  given_by: string
  occurred_at: Date
  given_at: Date
  seen_model: string | null
  seen_segment: string
  seen_version: number
  seen_as_of: Date
  seen_policy_version: number
  seen_guardrails_version: number
  seen_probability: number | null
  seen_raw_points: number
  seen_score: number
  seen_band: string
  seen_verdict: string
  seen_decision_band: string
}

/** null: there is feedback under its key already. */
export async function addFeedback(
  client: pg.ClientBase,
  feedback: NewFeedback,
): Promise<StoredFeedback | null> {
  const { key, leadId, kind, reason, comment, correction, by, occurredAt, givenAt, seen } = feedback
  const { rows } = await client.query<{ feedback_id: number }>(
    `INSERT INTO wonlost.feedback (subject_kind, idempotency_key, request_sha256, subject_id, kind, reason, comment, trait_of, trait, value,
       given_by, occurred_at, given_at, seen_model, seen_segment, seen_version, seen_as_of, seen_policy_version, seen_guardrails_version,
       seen_probability, seen_raw_points, seen_score, seen_band, seen_verdict, seen_decision_band)
     VALUES ('lead', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
     ON CONFLICT (idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING RETURNING feedback_id`,
    [
      ...[key?.key ?? null, key?.requestSha256 ?? null, leadId, kind, reason, comment],
      ...(correction
        ? [correction.of, correction.trait, JSON.stringify(correction.value)]
        : [null, null, null]),
      ...[by, new Date(occurredAt), new Date(givenAt)],
      ...(seen
        ? [
            ...[seen.model, seen.segment, seen.version, new Date(seen.asOf)],
            ...[seen.policyVersion, seen.guardrailsVersion, seen.probability, seen.rawPoints],
            ...[seen.score, seen.band, seen.verdict, seen.decisionBand],
          ]
        : Array.from({ length: 12 }, () => null)),
    ],
  )
  return rows[0] ? { ...feedback, feedbackId: rows[0].feedback_id } : null
}

/** null: none has this key. */
export async function feedbackByKey(client: pg.ClientBase, key: string): Promise<StoredFeedback | null> {
  const { rows } = await client.query<FeedbackRow>(
    `SELECT * FROM wonlost.feedback WHERE idempotency_key = $1`,
    [key],
  )
  return rows[0] ? toFeedback(rows[0]) : null
}

/** Of a lead and of all that was merged into it, the newest first. `before`: the number of the last one of the page before. */
export async function listFeedback(
  client: pg.Pool | pg.ClientBase,
  leadId: string,
  { limit, before }: { readonly limit: number; readonly before: number | null },
): Promise<StoredFeedback[]> {
  const { rows } = await client.query<FeedbackRow>(
    `SELECT * FROM wonlost.feedback
     WHERE subject_kind = 'lead' AND subject_id IN (SELECT lead_id FROM wonlost.leads WHERE lead_id = $1 OR merged_into = $1)
       AND ($2::bigint IS NULL OR feedback_id < $2)
     ORDER BY feedback_id DESC LIMIT $3`,
    [leadId, before, limit],
  )
  return rows.map(toFeedback)
}

interface SeenRow {
  model: string
  segment: string
  version: number
  as_of: Date
  policy_version: number
  guardrails_version: number
  probability: number | null
  raw_points: number
  score: number
  band: string
  verdict: string
  decision_band: string | null
}

/**
 * What the model said of a lead: the stored score, or with `asOf` what people saw of it then. History keeps what they would notice: score,
 * band, verdict and versions are those of then, raw points and probability those of the last change. null: nothing was said.
 */
export async function seenScore(
  client: pg.ClientBase,
  leadId: string,
  model: string,
  asOf: Milliseconds | null,
): Promise<SeenScore | null> {
  const fields =
    'model, segment, version, as_of, policy_version, guardrails_version, probability, raw_points, score, band, verdict'
  const { rows } = await client.query<SeenRow>(
    `SELECT * FROM (
       SELECT ${fields}, decision ->> 'band' AS decision_band, true AS is_stored FROM wonlost.scores
       WHERE subject_kind = 'lead' AND subject_id = $1 AND model = $2 AND ($3::timestamptz IS NULL OR as_of <= $3)
       UNION ALL
       (SELECT ${fields}, decision_band, false FROM wonlost.score_history
        WHERE subject_kind = 'lead' AND subject_id = $1 AND model = $2 AND as_of <= $3 ORDER BY as_of DESC, history_id DESC LIMIT 1)
     ) said ORDER BY is_stored DESC LIMIT 1`,
    [leadId, model, asOf === null ? null : new Date(asOf)],
  )
  const row = rows[0]
  if (!row) return null
  return {
    model: row.model,
    segment: row.segment,
    version: row.version,
    asOf: row.as_of.getTime(),
    policyVersion: row.policy_version,
    guardrailsVersion: row.guardrails_version,
    probability: row.probability,
    rawPoints: row.raw_points,
    score: row.score,
    band: row.band,
    verdict: row.verdict,
    decisionBand: row.decision_band ?? row.band,
  }
}

function toFeedback(row: FeedbackRow): StoredFeedback {
  return {
    feedbackId: row.feedback_id,
    key:
      row.idempotency_key === null || row.request_sha256 === null
        ? null
        : { key: row.idempotency_key, requestSha256: row.request_sha256 },
    leadId: row.subject_id,
    kind: row.kind,
    reason: row.reason,
    comment: row.comment,
    correction:
      row.trait_of === null || row.trait === null || row.value === null
        ? null
        : { of: row.trait_of, trait: row.trait, value: row.value },
    by: row.given_by,
    occurredAt: row.occurred_at.getTime(),
    givenAt: row.given_at.getTime(),
    seen: row.seen_model === null ? null : seenOf(row, row.seen_model),
  }
}

function seenOf(row: FeedbackRow, model: string): SeenScore {
  return {
    model,
    segment: row.seen_segment,
    version: row.seen_version,
    asOf: row.seen_as_of.getTime(),
    policyVersion: row.seen_policy_version,
    guardrailsVersion: row.seen_guardrails_version,
    probability: row.seen_probability,
    rawPoints: row.seen_raw_points,
    score: row.seen_score,
    band: row.seen_band,
    verdict: row.seen_verdict,
    decisionBand: row.seen_decision_band,
  }
}
