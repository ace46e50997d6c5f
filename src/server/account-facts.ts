/** What `GET /v1/accounts/:id` shows: facts, that is what was true and known strictly before a moment. */
import type { z } from 'zod'
import { type AccountRecord, formatTime, type Milliseconds } from '../glossary.ts'
import { visibleDeals, visiblePeople, visibleTraits } from '../scoring/visible-facts.ts'
import { shownDeal, shownTraits } from './lead-facts.ts'
import type { accountFactsSchema } from './schemas/accounts.ts'
import { shownPeople, shownPersonEvents } from './shown-people.ts'

/** Of the record of an account, not of a lead without one. */
export function accountFacts(account: AccountRecord, asOf: Milliseconds): z.infer<typeof accountFactsSchema> {
  const people = visiblePeople(account, asOf)
  return {
    as_of: formatTime(asOf),
    account: {
      account_id: account.accountId ?? '',
      traits: shownTraits(visibleTraits(account, asOf)),
    },
    people: shownPeople(people),
    event_count: people.reduce((count, { events }) => count + events.length, 0),
    events: shownPersonEvents(people),
    deals: visibleDeals(account, asOf).map(shownDeal),
  }
}
