import type { Webhook } from './use-health.ts'

type WebhookEvent = Webhook['events'][number]

/** What an endpoint can be told of, in words. */
export const EVENT_NAMES: Readonly<Record<WebhookEvent, string>> = {
  'lead.band_changed': 'a lead is in another band',
  'lead.verdict_changed': 'a lead is barred, or free again',
  'lead.response_overdue': 'nobody responded to a lead in time',
  'account.band_changed': 'an account is in another band',
  'account.verdict_changed': 'an account is barred, or free again',
}

export const EVENTS = Object.keys(EVENT_NAMES) as readonly WebhookEvent[]
