/** Facts as people look at them, by the same rule by which features see them: strictly before a moment, in both times. */
import { accountSubject } from '../features/account-subject.ts'
import { dealsAt, isOwnDeal } from '../features/deals.ts'
import { compareEvents, customerSince, factsAt, type Person, traitsBefore } from '../features/facts.ts'
import type { AccountRecord, Deal, LeadEvent, LeadRecord, Milliseconds, Trait } from '../glossary.ts'

export interface VisibleFacts {
  /** By name, the value at `asOf` with its times. */
  readonly leadTraits: ReadonlyMap<string, Trait>
  readonly accountTraits: ReadonlyMap<string, Trait>
  /** undefined where nobody tells of the deals of the account. */
  readonly customerSince: Milliseconds | null | undefined
  /** In order of (occurredAt, knownAt, eventId). */
  readonly events: readonly LeadEvent[]
}

export function visibleFacts(account: AccountRecord, lead: LeadRecord, asOf: Milliseconds): VisibleFacts {
  return {
    leadTraits: traitsBefore(lead.traits, asOf),
    accountTraits: traitsBefore(account.traits, asOf),
    customerSince: customerSince(account, asOf),
    events: factsAt(account, lead, asOf).events,
  }
}

/** Of an account, by name, the value at `asOf` with its times. */
export function visibleTraits(account: AccountRecord, asOf: Milliseconds): ReadonlyMap<string, Trait> {
  return traitsBefore(account.traits, asOf)
}

/** The account's own, as they stood then, in order of openedAt; with `contact`, also those that this lead of it is a contact of. */
export function visibleDeals(
  account: AccountRecord,
  asOf: Milliseconds,
  contact?: LeadRecord,
): readonly Deal[] {
  const isContact = ({ contacts }: Deal): boolean => contacts.some(({ leadId }) => leadId === contact?.leadId)
  return dealsAt(
    account.deals.filter((deal) => isOwnDeal(deal, account) || isContact(deal)),
    asOf,
  )
}

/** Who of an account was known at `asOf`, in order of leadId; none for a lead without an account. */
export function visiblePeople(account: AccountRecord, asOf: Milliseconds): readonly Person[] {
  const subject = accountSubject(account)
  return subject ? (factsAt(subject, subject.leads[0], asOf).people ?? []) : []
}

interface PersonEvent {
  readonly leadId: string
  readonly event: LeadEvent
}

/** What several people did, in order of (occurredAt, knownAt, eventId). */
export function eventsOfPeople(people: readonly Person[]): readonly PersonEvent[] {
  return people
    .flatMap(({ leadId, events }) => events.map((event) => ({ leadId, event })))
    .sort((a, b) => compareEvents(a.event, b.event))
}
