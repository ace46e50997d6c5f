/** Feedback and overrides as HTTP and the command line show them. */
import type { z } from 'zod'
import type { StoredFeedback } from '../db/feedback.ts'
import type { PastOverride } from '../db/overrides.ts'
import { formatTime } from '../glossary.ts'
import type { feedbackListSchema } from './schemas/feedback.ts'

type FeedbackList = z.infer<typeof feedbackListSchema>

export function shownFeedback(feedback: StoredFeedback): FeedbackList['feedback'][number] {
  const { correction, seen } = feedback
  return {
    number: feedback.feedbackId,
    id: feedback.key?.key ?? null,
    lead_id: feedback.leadId,
    kind: feedback.kind,
    reason: feedback.reason,
    comment: feedback.comment,
    correction: correction && {
      of: correction.of,
      trait: correction.trait,
      value: shownValue(correction.value),
    },
    by: feedback.by,
    occurred_at: formatTime(feedback.occurredAt),
    given_at: formatTime(feedback.givenAt),
    seen: seen && {
      model: seen.model,
      segment: seen.segment === '' ? null : seen.segment,
      version: String(seen.version),
      as_of: formatTime(seen.asOf),
      policy_version: String(seen.policyVersion),
      guardrails_version: String(seen.guardrailsVersion),
      probability: seen.probability,
      raw_points: seen.rawPoints,
      score: seen.score,
      band: seen.band,
      verdict: seen.verdict,
      decision_band: seen.decisionBand,
    },
  }
}

export function shownOverride(override: PastOverride): FeedbackList['overrides'][number] {
  const { subjectId, status, reason, setBy, setAt, expiresAt, endedAt, endedBy } = override
  return {
    lead_id: subjectId,
    status,
    reason,
    set_by: setBy,
    set_at: formatTime(setAt),
    expires_at: expiresAt === null ? null : formatTime(expiresAt),
    ended_at: endedAt === null ? null : formatTime(endedAt),
    ended_by: endedBy,
  }
}

type Value = NonNullable<StoredFeedback['correction']>['value']
type ShownValue = NonNullable<FeedbackList['feedback'][number]['correction']>['value']

/** Empty text stands for what is not known. */
function shownValue(value: Value): ShownValue {
  if (value === '') return null
  return typeof value === 'object' ? [...value] : value
}
