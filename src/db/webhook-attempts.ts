/** The console of webhooks: attempts that were made, and messages sent once more. */
import type pg from 'pg'
import type { Milliseconds, SubjectKind } from '../glossary.ts'
import type { WebhookEvent } from './outbox.ts'
import type { AttemptOutcome } from './webhook-messages.ts'

export const MESSAGE_STATES = ['pending', 'delivered', 'failed'] as const
type MessageState = (typeof MESSAGE_STATES)[number]

export interface StoredAttempt extends AttemptOutcome {
  readonly attemptId: number
  readonly round: number
  readonly attempt: number
  readonly outboxId: string
  readonly type: WebhookEvent
  readonly subjectKind: SubjectKind
  readonly subjectId: string
  /** Of the message now. */
  readonly state: MessageState
  /** null: none is to come. */
  readonly nextAttemptAt: Milliseconds | null
}

type AttemptRow = Omit<StoredAttempt, 'beganAt' | 'nextAttemptAt'> & { beganAt: Date; nextAttemptAt: Date }

/** Of an endpoint, the newest first. `before`: the number of the last one of the page before. */
export async function listAttempts(
  pool: pg.Pool,
  endpointId: string,
  {
    limit,
    before,
    state,
  }: { readonly limit: number; readonly before: number | null; readonly state: MessageState | null },
): Promise<StoredAttempt[]> {
  const { rows } = await pool.query<AttemptRow>(
    `SELECT attempt_id AS "attemptId", a.round, attempt, began_at AS "beganAt", milliseconds, status, problem, answer,
       m.outbox_id AS "outboxId", m.type, m.state, m.next_attempt_at AS "nextAttemptAt", subject_kind AS "subjectKind",
       subject_id AS "subjectId"
     FROM wonlost.webhook_attempts a JOIN wonlost.webhook_messages m USING (message_id) JOIN wonlost.outbox o USING (outbox_id)
     WHERE a.endpoint_id = $1 AND ($2::bigint IS NULL OR attempt_id < $2) AND ($4::text IS NULL OR m.state = $4)
     ORDER BY attempt_id DESC LIMIT $3`,
    [endpointId, before, limit, state],
  )
  return rows.map(({ beganAt, nextAttemptAt, ...row }) => ({
    ...row,
    beganAt: beganAt.getTime(),
    nextAttemptAt: row.state === 'pending' ? nextAttemptAt.getTime() : null,
  }))
}

/** From the first attempt on; $2: now. */
const AGAIN = `state = 'pending', round = round + 1, attempts = 0, claimed_until = NULL, next_attempt_at = $2, job_id = NULL`

/** The message of an attempt begins another round, from its first attempt on. null: the endpoint has no such attempt. */
export async function replayAttempt(
  pool: pg.Pool,
  endpointId: string,
  attemptId: number,
  now: Milliseconds,
): Promise<{ readonly outboxId: string; readonly round: number } | null> {
  const { rows } = await pool.query<{ outboxId: string; round: number }>(
    `UPDATE wonlost.webhook_messages SET ${AGAIN}
     WHERE message_id = (SELECT message_id FROM wonlost.webhook_attempts WHERE attempt_id = $3 AND endpoint_id = $1)
     RETURNING outbox_id AS "outboxId", round`,
    [endpointId, new Date(now), attemptId],
  )
  return rows[0] ?? null
}

/** All messages of an endpoint that were given up begin another round. Returns how many. */
export async function replayFailed(pool: pg.Pool, endpointId: string, now: Milliseconds): Promise<number> {
  const { rowCount } = await pool.query(
    `UPDATE wonlost.webhook_messages SET ${AGAIN} WHERE endpoint_id = $1 AND state = 'failed'`,
    [endpointId, new Date(now)],
  )
  return rowCount ?? 0
}
