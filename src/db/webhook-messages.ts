/** Messages on their way to endpoints. One process at a time has a message in hand: it claims it for a while. */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'
import type { Crossing, WebhookEvent } from './outbox.ts'
import type { WebhookFormat } from './webhook-endpoints.ts'

/** What receivers see as `webhook-id`: of a crossing, so the same for every attempt, every replay and every endpoint. */
export function webhookId(outboxId: string): string {
  return `msg_${outboxId}`
}

/** Which attempt of a message: a replay begins another round. */
export interface AttemptPlace {
  readonly messageId: number
  readonly round: number
  /** From 1. */
  readonly attempt: number
}

/** A message in hand, with all that it says and where it goes. */
export interface ClaimedMessage extends Omit<Crossing, 'kind' | 'types'> {
  /** The same for every attempt and every endpoint. */
  readonly outboxId: string
  readonly endpointId: string
  readonly type: WebhookEvent
  readonly url: string
  readonly format: WebhookFormat
  readonly isDisabled: boolean
  /** That sign now, the newest first. */
  readonly secrets: readonly string[]
  readonly historyId: number | null
}

type ClaimedRow = Omit<ClaimedMessage, 'asOf' | 'respondBy' | 'createdAt'> & {
  asOf: Date
  respondBy: Date | null
  createdAt: Date
}

/** null: that attempt was made, another process is at it, or the message has come to its end. */
export async function claimMessage(
  pool: pg.Pool,
  { messageId, round, attempt }: AttemptPlace,
  { now, until }: { readonly now: Milliseconds; readonly until: Milliseconds },
): Promise<ClaimedMessage | null> {
  const { rows } = await pool.query<ClaimedRow>(
    `WITH claimed AS (
       UPDATE wonlost.webhook_messages SET claimed_until = $5
       WHERE message_id = $1 AND round = $2 AND attempts = $3 - 1 AND state = 'pending' AND (claimed_until IS NULL OR claimed_until <= $4)
       RETURNING outbox_id, endpoint_id, type)
     SELECT outbox_id AS "outboxId", endpoint_id AS "endpointId", type, url, format, disabled_at IS NOT NULL AS "isDisabled",
       ARRAY(SELECT secret FROM wonlost.webhook_secrets s
             WHERE s.endpoint_id = e.endpoint_id AND (expires_at IS NULL OR expires_at > $4) ORDER BY secret_number DESC) AS secrets,
       subject_kind AS "subjectKind", subject_id AS "subjectId", revision, band_from AS "bandFrom", band_to AS "bandTo",
       verdict_from AS "verdictFrom", verdict_to AS "verdictTo", action, model, score, history_id AS "historyId", as_of AS "asOf",
       respond_by AS "respondBy", o.created_at AS "createdAt"
     FROM claimed JOIN wonlost.outbox o USING (outbox_id) JOIN wonlost.webhook_endpoints e USING (endpoint_id)`,
    [messageId, round, attempt, new Date(now), new Date(until)],
  )
  const [row] = rows
  if (!row) return null
  const { asOf, respondBy, createdAt, ...message } = row
  return {
    ...message,
    asOf: asOf.getTime(),
    respondBy: respondBy?.getTime() ?? null,
    createdAt: createdAt.getTime(),
  }
}

/** What became of an attempt. */
export interface AttemptOutcome {
  readonly beganAt: Milliseconds
  readonly milliseconds: number
  /** null: there was no answer. */
  readonly status: number | null
  /** null: delivered. */
  readonly problem: string | null
  /** null: there was none, or none that is kept. */
  readonly answer: string | null
}

/** What becomes of the message: pending only with a next attempt, whose job is sent in the same transaction. */
export type MessageNext =
  | { readonly state: 'delivered' | 'failed' }
  | { readonly state: 'pending'; readonly at: Milliseconds; readonly jobId: string }

/** false: somebody else wrote this attempt down meanwhile, or the message is gone. Give it a client in a transaction. */
export async function recordAttempt(
  client: pg.ClientBase,
  { messageId, round, attempt }: AttemptPlace,
  outcome: AttemptOutcome,
  next: MessageNext,
): Promise<boolean> {
  const { rows } = await client.query<{ endpointId: string }>(
    `UPDATE wonlost.webhook_messages
     SET attempts = $3, claimed_until = NULL, state = $4, next_attempt_at = coalesce($5, next_attempt_at), job_id = coalesce($6, job_id)
     WHERE message_id = $1 AND round = $2 AND attempts = $3 - 1 AND state = 'pending' RETURNING endpoint_id AS "endpointId"`,
    [
      ...[messageId, round, attempt, next.state],
      ...(next.state === 'pending' ? [new Date(next.at), next.jobId] : [null, null]),
    ],
  )
  const [row] = rows
  if (!row) return false
  const { beganAt, milliseconds, status, problem, answer } = outcome
  await client.query(
    `INSERT INTO wonlost.webhook_attempts (message_id, endpoint_id, round, attempt, began_at, milliseconds, status, problem, answer)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[messageId, row.endpointId, round, attempt],
      ...[new Date(beganAt), milliseconds, status, problem, answer],
    ],
  )
  return true
}

/** The next attempt of a message that has no job, with the id of the job that it is to get. */
export interface JoblessAttempt extends AttemptPlace {
  readonly endpointId: string
  readonly jobId: string
}

const GIVE_JOB = 'UPDATE wonlost.webhook_messages SET job_id = gen_random_uuid(), claimed_until = NULL'
const JOBLESS = `RETURNING message_id AS "messageId", round, attempts + 1 AS attempt, endpoint_id AS "endpointId", job_id AS "jobId"`

/** Messages that were replayed. Send their jobs in the same transaction. */
export async function takeReplayed(client: pg.ClientBase, limit: number): Promise<JoblessAttempt[]> {
  const { rows } = await client.query<JoblessAttempt>(
    `${GIVE_JOB} WHERE message_id IN (
       SELECT message_id FROM wonlost.webhook_messages WHERE job_id IS NULL ORDER BY message_id LIMIT $1 FOR UPDATE SKIP LOCKED)
     ${JOBLESS}`,
    [limit],
  )
  return rows
}

/**
 * Messages whose next attempt was due before `dueBefore`, that nobody has in hand, and for which no job waits: whoever was at it was
 * killed. Send their jobs in the same transaction. `jobsTable` is SQL.
 */
export async function takeLost(
  client: pg.ClientBase,
  jobsTable: string,
  {
    dueBefore,
    now,
    limit,
  }: { readonly dueBefore: Milliseconds; readonly now: Milliseconds; readonly limit: number },
): Promise<JoblessAttempt[]> {
  const { rows } = await client.query<JoblessAttempt>(
    `${GIVE_JOB} WHERE message_id IN (
       SELECT message_id FROM wonlost.webhook_messages m
       WHERE state = 'pending' AND next_attempt_at <= $1 AND (claimed_until IS NULL OR claimed_until <= $2)
         AND NOT EXISTS (SELECT FROM ${jobsTable} job WHERE job.id = m.job_id AND job.state IN ('created', 'retry'))
       ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED)
     ${JOBLESS}`,
    [new Date(dueBefore), new Date(now), limit],
  )
  return rows
}

/** A job of its own for an attempt that has to wait: its message is found by it. false: somebody else has it by now. */
export async function postponeAttempt(
  client: pg.ClientBase,
  { messageId, round, attempt }: AttemptPlace,
  { at, jobId }: { readonly at: Milliseconds; readonly jobId: string },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE wonlost.webhook_messages SET next_attempt_at = $4, job_id = $5
     WHERE message_id = $1 AND round = $2 AND attempts = $3 - 1 AND state = 'pending' AND claimed_until IS NULL`,
    [messageId, round, attempt, new Date(at), jobId],
  )
  return rowCount === 1
}
