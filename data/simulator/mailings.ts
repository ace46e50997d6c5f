/**
 * Mail that we send, and what comes of it without anybody deciding anything: opens (most of them by privacy proxies, right
 * after the send), clicks of security gateways, bounces, goodbyes. None of it says anything about a purchase.
 */
import { DAY, HOUR, type Milliseconds, SECOND } from '../../src/glossary.ts'
import { exponential, happens, integerBetween, oneOf, type Random } from '../random.ts'
import { dayOf, startOfDay, weekdayOf } from './calendar.ts'
import type { SimulatedEvent } from './records.ts'
import type { RosterEntry } from './roster.ts'
import { knownAfter } from './visit-events.ts'

const CAMPAIGNS = ['newsletter', 'onboarding', 'webinar-invitation', 'product-news', 'sequence'] as const

/** Events of the mail to one lead, from its entry until `until`. */
export function mailEvents(random: Random, record: RosterEntry, until: Milliseconds): SimulatedEvent[] {
  const { lead, persona, unsubscribedAt } = record
  const events: SimulatedEvent[] = []
  const add = (type: string, at: Milliseconds, properties: SimulatedEvent['properties']): void => {
    events.push({ leadId: lead.leadId, type, occurredAt: at, knownAt: knownAfter(random, at), properties })
  }
  const isProxied = happens(random, 0.45)
  const isScanned = persona.mailKind === 'business' && happens(random, 0.06)
  const stop = Math.min(until, unsubscribedAt)
  let day = dayOf(lead.createdAt) + 1
  for (let sent = 0; sent < 10; sent++) {
    while (weekdayOf(day) > 4) day++
    const at = startOfDay(day) + 7 * HOUR + integerBetween(random, 0, 3 * 3_600) * SECOND
    if (at >= stop) break
    const campaign = oneOf(random, CAMPAIGNS)
    add('email_sent', at, { campaign })
    if (persona.reachability === 'bouncing') {
      add('email_bounced', at + integerBetween(random, 2, 90) * SECOND, { campaign, kind: 'hard' })
      return events
    }
    if (happens(random, 0.012)) add('email_bounced', at + 60 * SECOND, { campaign, kind: 'soft' })
    else {
      if (isProxied && happens(random, 0.92)) {
        add('email_opened', at + integerBetween(random, 1, 40) * SECOND, { campaign, privacy_proxy: true })
      } else if (happens(random, 0.22)) {
        add('email_opened', at + Math.floor(6 * 3_600 * exponential(random)) * SECOND, { campaign })
      }
      if (isScanned && happens(random, 0.4)) {
        add('email_clicked', at + integerBetween(random, 1, 20) * SECOND, { campaign, bot: true })
      }
    }
    const isSequence = persona.source === 'outbound' && sent < 4
    day += isSequence ? integerBetween(random, 2, 5) : integerBetween(random, 22, 60)
  }
  // A goodbye needs a mail to say it to.
  if (unsubscribedAt < until && events.length > 0) add('unsubscribed', unsubscribedAt, {})
  return events
}

/** A crawler on the tracks of a lead: many pages within a minute. Half of them say what they are; the pace tells the others. */
export function botEvents(random: Random, record: RosterEntry, until: Milliseconds): SimulatedEvent[] {
  if (!happens(random, 0.015)) return []
  const start =
    record.lead.createdAt +
    Math.floor(40 * exponential(random)) * DAY +
    integerBetween(random, 0, 86_399) * SECOND
  if (start >= until) return []
  const properties = happens(random, 0.5) ? { bot: true } : {}
  return Array.from({ length: integerBetween(random, 15, 60) }, (_, page) => ({
    leadId: record.lead.leadId,
    type: happens(random, 0.06) ? 'pricing_page_viewed' : 'page_viewed',
    occurredAt: start + page * SECOND,
    knownAt: start + page * SECOND,
    properties: { path: `/page/${page}`, ...properties },
  }))
}
