/**
 * Crossings, each a row in the transaction that made it, and each once: a subject has one of each revision. `takeCrossings` is the other
 * end: what it gives is marked in the same transaction that writes the messages, so that nothing is lost or doubled wherever it breaks.
 */
import type pg from 'pg'
import type { Milliseconds, SubjectKind } from '../glossary.ts'

/** What can be told of a subject: `lead.band_changed`. */
export const WEBHOOK_EVENTS = [
  'lead.band_changed',
  'lead.verdict_changed',
  'lead.response_overdue',
  'account.band_changed',
  'account.verdict_changed',
] as const

export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]

export interface Crossing {
  readonly subjectKind: SubjectKind
  readonly subjectId: string
  /** `overdue`: the promise that a change of this revision began. */
  readonly kind: 'change' | 'overdue'
  readonly revision: number
  /** What it can be told as, the most telling first. */
  readonly types: readonly WebhookEvent[]
  /** null: nothing was said before. */
  readonly bandFrom: string | null
  readonly bandTo: string
  readonly verdictFrom: string | null
  readonly verdictTo: string
  readonly action: string
  readonly model: string
  /** null: the model does not apply. */
  readonly score: number | null
  readonly asOf: Milliseconds
  readonly respondBy: Milliseconds | null
  readonly createdAt: Milliseconds
}

/** The history entry is the newest of the subject and model: keep the scores before. What is there already stays as it is. */
export async function writeOutbox(client: pg.ClientBase, crossings: readonly Crossing[]): Promise<void> {
  if (crossings.length === 0) return
  const rows = crossings.map((crossing) => ({
    ...crossing,
    asOf: new Date(crossing.asOf),
    respondBy: crossing.respondBy === null ? null : new Date(crossing.respondBy),
    createdAt: new Date(crossing.createdAt),
  }))
  await client.query(
    `INSERT INTO wonlost.outbox (subject_kind, subject_id, kind, revision, types, band_from, band_to, verdict_from, verdict_to, action,
       model, score, history_id, as_of, respond_by, created_at)
     SELECT "subjectKind", "subjectId", kind, revision, types, "bandFrom", "bandTo", "verdictFrom", "verdictTo", action, model, score,
       CASE WHEN score IS NOT NULL THEN (
         SELECT max(history_id) FROM wonlost.score_history h
         WHERE h.subject_kind = "subjectKind" AND h.subject_id = "subjectId" AND h.model = given.model) END,
       "asOf", "respondBy", "createdAt"
     FROM json_to_recordset($1) AS given ("subjectKind" text, "subjectId" text, kind text, revision integer, types text[], "bandFrom" text,
       "bandTo" text, "verdictFrom" text, "verdictTo" text, action text, model text, score smallint, "asOf" timestamptz,
       "respondBy" timestamptz, "createdAt" timestamptz)
     ORDER BY "subjectKind", "subjectId", kind, revision
     ON CONFLICT (subject_kind, subject_id, kind, revision) DO NOTHING`,
    [JSON.stringify(rows)],
  )
}

/** What is needed to send the first attempt of a message. */
export interface NewMessage {
  readonly messageId: number
  readonly endpointId: string
  readonly jobId: string
}

/**
 * Takes the oldest crossings that wait, and writes a message for each endpoint that was there when they were made and takes them; also for
 * one that is disabled, so that it can be sent once that ends. Other processes take others meanwhile. Give it a client in a transaction. Returns how many were taken, and the messages.
 */
export async function relayCrossings(
  client: pg.ClientBase,
  limit: number,
  now: Milliseconds,
): Promise<{ readonly taken: number; readonly messages: readonly NewMessage[] }> {
  const { rows: waiting } = await client.query<{ outbox_id: string }>(
    `UPDATE wonlost.outbox SET relayed_at = $2
     WHERE outbox_id IN (
       SELECT outbox_id FROM wonlost.outbox WHERE relayed_at IS NULL ORDER BY created_at, outbox_id LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING outbox_id`,
    [limit, new Date(now)],
  )
  if (waiting.length === 0) return { taken: 0, messages: [] }
  // An endpoint takes a change once, as the first of what it asked for.
  const { rows } = await client.query<NewMessage>(
    `INSERT INTO wonlost.webhook_messages (outbox_id, endpoint_id, type, next_attempt_at, job_id)
     SELECT o.outbox_id, e.endpoint_id,
       (SELECT type FROM unnest(o.types) WITH ORDINALITY AS told (type, place) WHERE type = ANY(e.events) ORDER BY place LIMIT 1),
       $2, gen_random_uuid()
     FROM wonlost.outbox o JOIN wonlost.webhook_endpoints e
       ON e.created_at <= o.created_at AND o.types && e.events AND (e.bands IS NULL OR o.band_to = ANY(e.bands))
     WHERE o.outbox_id = ANY($1) ORDER BY o.created_at, o.outbox_id, e.created_at, e.endpoint_id
     RETURNING message_id AS "messageId", endpoint_id AS "endpointId", job_id AS "jobId"`,
    [waiting.map((row) => row.outbox_id), new Date(now)],
  )
  return { taken: waiting.length, messages: rows }
}

/** Forgets what was relayed before a moment, with its messages and attempts, but for messages that are still to be delivered. */
export async function forgetRelayed(pool: pg.Pool, before: Milliseconds, limit: number): Promise<number> {
  const { rowCount } = await pool.query(
    `DELETE FROM wonlost.outbox WHERE outbox_id IN (
       SELECT outbox_id FROM wonlost.outbox o WHERE relayed_at < $1
         AND NOT EXISTS (SELECT FROM wonlost.webhook_messages m WHERE m.outbox_id = o.outbox_id AND m.state = 'pending')
       ORDER BY relayed_at LIMIT $2)`,
    [new Date(before), limit],
  )
  return rowCount ?? 0
}
