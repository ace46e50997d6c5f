/** What a message says: ids and numbers, and what the policy says of them; no names, no addresses. */
import type { ClaimedMessage } from '../../db/webhook-messages.ts'
import { formatTime } from '../../glossary.ts'

/** The same text for every attempt. */
export function payloadOf(message: ClaimedMessage): string {
  return JSON.stringify(message.format === 'slack' ? slackPayload(message) : standardPayload(message))
}

/** As Standard Webhooks recommends: type, timestamp and data. */
function standardPayload(message: ClaimedMessage) {
  return {
    type: message.type,
    timestamp: formatTime(message.createdAt),
    data: {
      [`${message.subjectKind}_id`]: message.subjectId,
      revision: message.revision,
      band: { from: message.bandFrom, to: message.bandTo },
      verdict: { from: message.verdictFrom, to: message.verdictTo },
      action: message.action,
      respond_by: message.respondBy === null ? null : formatTime(message.respondBy),
      model: message.model,
      score: message.score,
      history_id: message.historyId,
      as_of: formatTime(message.asOf),
    },
  }
}

/** For incoming webhooks of Slack, and whatever takes the same. */
function slackPayload({ type, subjectKind, subjectId, ...message }: ClaimedMessage) {
  const who = `${subjectKind === 'lead' ? 'Lead' : 'Account'} ${subjectId}`
  const score = message.score === null ? 'no score' : `score ${message.score}`
  const by = message.respondBy === null ? '' : ` by ${formatTime(message.respondBy)}`
  const text = type.endsWith('.response_overdue')
    ? `${who}: nobody responded${by} (${message.bandTo}, ${score}). To do: ${message.action}.`
    : `${who}: ${message.bandFrom ?? 'new'} → ${message.bandTo} (${score}). To do: ${message.action}${by}.`
  return { text: escapeSlack(text) }
}

/** Slack reads these three as its own marks: an id must not mention a channel. */
function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
