/** What `GET /v1/leads/:id` shows: facts, that is what was true and known strictly before a moment. */
import type { z } from 'zod'
import type { Objection } from '../db/objections.ts'
import {
  type AccountRecord,
  type Deal,
  formatTime,
  type LeadEvent,
  type LeadRecord,
  type Milliseconds,
  type Trait,
} from '../glossary.ts'
import { visibleDeals, visibleFacts, visiblePeople } from '../scoring/visible-facts.ts'
import { LIMITS } from './limits.ts'
import type { leadFactsSchema } from './schemas/leads.ts'
import { shownObjection } from './shown-objection.ts'
import { shownPeople, shownPersonEvents } from './shown-people.ts'

type LeadFacts = Omit<z.infer<typeof leadFactsSchema>, 'respond_by'>

export function leadFacts(
  account: AccountRecord,
  lead: LeadRecord,
  objection: Objection | null,
  asOf: Milliseconds,
): LeadFacts {
  const { leadTraits, accountTraits, customerSince, events } = visibleFacts(account, lead, asOf)
  const colleagues = visiblePeople(account, asOf).filter(({ leadId }) => leadId !== lead.leadId)
  return {
    as_of: formatTime(asOf),
    lead: { lead_id: lead.leadId, created_at: formatTime(lead.createdAt), traits: shownTraits(leadTraits) },
    objection: objection && shownObjection(objection),
    account:
      account.accountId === null
        ? null
        : {
            account_id: account.accountId,
            customer_since: typeof customerSince === 'number' ? formatTime(customerSince) : null,
            traits: shownTraits(accountTraits),
          },
    colleagues: shownPeople(colleagues),
    colleague_events: shownPersonEvents(colleagues),
    event_count: events.length,
    events: events.slice(-LIMITS.shownEvents).map(shownEvent),
    deals: visibleDeals(account, asOf, lead).map((deal) => ({
      ...shownDeal(deal),
      is_contact: deal.contacts.some(({ leadId }) => leadId === lead.leadId),
    })),
  }
}

export function shownTraits(traits: ReadonlyMap<string, Trait>): LeadFacts['lead']['traits'] {
  const names = [...traits.keys()].sort()
  return Object.fromEntries(
    names.map((name) => {
      const { value, occurredAt, knownAt, source, undated } = traits.get(name)!
      const times = { occurred_at: formatTime(occurredAt), known_at: formatTime(knownAt) }
      return [name, { value: isList(value) ? [...value] : value, ...times, source, undated }]
    }),
  )
}

/** `Array.isArray` does not narrow readonly lists. */
function isList(value: Trait['value']): value is readonly string[] {
  return Array.isArray(value)
}

function shownEvent(event: LeadEvent): LeadFacts['events'][number] {
  return {
    event_id: event.eventId,
    type: event.type,
    occurred_at: formatTime(event.occurredAt),
    known_at: formatTime(event.knownAt),
    source: event.source,
    properties: event.properties,
  }
}

/** As `visibleDeals` gives it. */
export function shownDeal({
  dealId,
  pipeline,
  openedAt,
  closedAt,
  outcome,
  amount,
  currency,
  lostReason,
}: Deal) {
  return {
    deal_id: dealId,
    pipeline,
    opened_at: formatTime(openedAt),
    closed_at: closedAt === null ? null : formatTime(closedAt),
    outcome,
    amount,
    currency,
    lost_reason: lostReason,
  }
}
