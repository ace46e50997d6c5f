/** Endpoints and attempts as answers have them. */
import type { StoredAttempt } from '../db/webhook-attempts.ts'
import type { StoredEndpoint } from '../db/webhook-endpoints.ts'
import { webhookId } from '../db/webhook-messages.ts'
import { formatTime } from '../glossary.ts'

export function shownEndpoint(endpoint: StoredEndpoint) {
  const { disabled, secrets } = endpoint
  return {
    id: endpoint.endpointId,
    url: endpoint.url,
    format: endpoint.format,
    events: [...endpoint.events],
    bands: endpoint.bands && [...endpoint.bands],
    description: endpoint.description,
    created_at: formatTime(endpoint.createdAt),
    disabled: disabled && { at: formatTime(disabled.at), because: disabled.because },
    secrets: secrets.map((secret) => ({
      created_at: formatTime(secret.createdAt),
      expires_at: secret.expiresAt === null ? null : formatTime(secret.expiresAt),
    })),
    pending: endpoint.pending,
    failed: endpoint.failed,
  }
}

export function shownAttempt({ subjectKind, subjectId, ...attempt }: StoredAttempt) {
  return {
    attempt_id: attempt.attemptId,
    message_id: webhookId(attempt.outboxId),
    type: attempt.type,
    ...(subjectKind === 'lead' ? { lead_id: subjectId } : { account_id: subjectId }),
    round: attempt.round,
    attempt: attempt.attempt,
    began_at: formatTime(attempt.beganAt),
    milliseconds: attempt.milliseconds,
    status: attempt.status,
    problem: attempt.problem,
    answer: attempt.answer,
    message: {
      state: attempt.state,
      next_attempt_at: attempt.nextAttemptAt === null ? null : formatTime(attempt.nextAttemptAt),
    },
  }
}
