/**
 * Whether what was learned of one lead says something of its colleagues, too. Their scores read it where a feature looks at what colleagues
 * do (`colleagues`, `interest`), at the first contact, at the account or at its deals.
 */
import { factsAt } from '../features/facts.ts'
import {
  type AccountRecord,
  type LeadEvent,
  type LeadRecord,
  MINUTE,
  type Milliseconds,
} from '../glossary.ts'
import type { Engine } from './engine.ts'

/** What was known so long before a score may have been committed after it was read for. */
const MOST_UNDERWAY = MINUTE

/**
 * @param since As of when the lead was scored last; null: never.
 * @returns true also where nothing that was learned since explains why the lead is asked about: facts of old that came by an import, or
 * with a merge.
 */
export function reachesColleagues(
  engine: Engine,
  account: AccountRecord,
  lead: LeadRecord,
  since: Milliseconds | null,
  asOf: Milliseconds,
): boolean {
  if (account.leads.length < 2) return false
  if (since === null) return true
  const from = since - MOST_UNDERWAY
  const isNew = ({ knownAt }: { readonly knownAt: Milliseconds }): boolean => knownAt >= from
  if (account.traits.some(isNew) || account.deals.some(isNew)) return true
  const events = lead.events.filter(isNew)
  const hasNewTraits = lead.traits.some(isNew)
  if (events.length === 0 && !hasNewTraits) return true
  if (hasNewTraits && factsAt(account, lead, asOf).firstContactId === lead.leadId) return true
  return events.some((event) => readsOfColleague(engine, event))
}

function readsOfColleague({ models }: Engine, event: LeadEvent): boolean {
  return models.some(
    ({ registry }) => registry.definition.entity === 'lead' && registry.readsOfColleague(event),
  )
}
