/**
 * Facts: what was true and known strictly before a moment. Whatever is not before `asOf` in both times is dropped here, whoever
 * loaded it; filtering in SQL is only an optimisation.
 */
import type { AccountRecord, LeadEvent, LeadRecord, Milliseconds, Trait, TraitValue } from '../glossary.ts'
import { isOwnDeal } from './deals.ts'

/** Of a lead, or of an account as one subject (account-subject.ts). */
export interface Facts {
  readonly asOf: Milliseconds
  /** Of an account, its own id. */
  readonly leadId: string
  readonly accountId: string | null
  /** First touch of the lead; of an account, of its first contact, and Infinity while nobody is known. */
  readonly createdAt: Milliseconds
  /**
   * The value at `asOf`: the latest to occur, of these the latest to be known. Empty text says that it is not known (any more).
   * Of an account it is that of its first contact.
   */
  leadTrait(name: string): TraitValue | undefined
  accountTrait(name: string): TraitValue | undefined
  /**
   * As `leadTrait`, of the first contact: the earliest lead of the account that was known by then; without an account, the lead. undefined
   * where nobody tells who else is in the account.
   */
  firstContactTrait(name: string): TraitValue | undefined
  readonly firstContactId: string | undefined
  /** The account had won a deal by then, in whatever pipeline, and that was known. undefined where nobody tells of its deals. */
  readonly isCustomer: boolean | undefined
  /** The lead's, or those of all people of an account, in order of (occurredAt, knownAt, eventId). */
  readonly events: readonly LeadEvent[]
  /**
   * The other leads of the account that existed by then, in order of leadId; none for a lead without an account, and of an account.
   * undefined where nobody tells of them.
   */
  readonly colleagues: readonly Colleague[] | undefined
  /** Of an account, the leads that were known by then, in order of leadId. null: the subject is a lead. */
  readonly people: readonly Person[] | null
}

interface Colleague {
  readonly leadId: string
  /** As `Facts.events`. */
  readonly events: readonly LeadEvent[]
}

export interface Person extends Colleague {
  /** As `Facts.leadTrait`. */
  trait(name: string): TraitValue | undefined
}

/** Facts of `lead`, one of the leads of `account`, at `asOf`. Computed on demand: a model pays only for what it reads. */
export function factsAt(account: AccountRecord, lead: LeadRecord, asOf: Milliseconds): Facts {
  let first: LeadRecord | undefined
  let leadTraits: ReadonlyMap<string, Trait> | undefined
  let firstTraits: ReadonlyMap<string, Trait> | undefined
  let accountTraits: ReadonlyMap<string, Trait> | undefined
  let events: readonly LeadEvent[] | undefined
  let colleagues: readonly Colleague[] | undefined
  let people: readonly Person[] | undefined
  const ofAccount = lead.people !== undefined
  const isAlone = account.colleagues === 'unknown'
  const leadTrait = (name: string): TraitValue | undefined => {
    leadTraits ??= traitsBefore(lead.traits, asOf)
    return knownValue(leadTraits.get(name))
  }
  const firstLead = (): LeadRecord => {
    first ??= firstContact(account, lead, asOf)
    return first
  }
  const firstContactTrait = (name: string): TraitValue | undefined => {
    if (isAlone) return undefined
    if (firstLead() === lead) return leadTrait(name)
    firstTraits ??= traitsBefore(firstLead().traits, asOf)
    return knownValue(firstTraits.get(name))
  }
  return {
    asOf,
    leadId: lead.leadId,
    accountId: account.accountId,
    get createdAt() {
      if (!ofAccount) return lead.createdAt
      return firstLead() === lead ? Number.POSITIVE_INFINITY : firstLead().createdAt
    },
    leadTrait: ofAccount ? firstContactTrait : leadTrait,
    firstContactTrait,
    get firstContactId() {
      return isAlone ? undefined : firstLead().leadId
    },
    get isCustomer() {
      const since = customerSince(account, asOf)
      return since === undefined ? undefined : since !== null
    },
    accountTrait(name) {
      accountTraits ??= traitsBefore(account.traits, asOf)
      return knownValue(accountTraits.get(name))
    },
    get events() {
      events ??= this.people
        ? this.people.flatMap((person) => person.events).sort(compareEvents)
        : eventsBefore(lead.events, asOf)
      return events
    },
    get colleagues() {
      if (isAlone) return undefined
      colleagues ??= account.accountId === null ? [] : colleaguesBefore(account, lead, asOf)
      return colleagues
    },
    get people() {
      people ??= lead.people
        ?.filter((person) => isKnown(person, asOf))
        .map((person) => personAt(person, asOf))
      return people ?? null
    },
  }
}

/**
 * When the first of the deals closed that the account had won by then, and that was known; null: it had won none. undefined where
 * nobody tells of its deals.
 */
export function customerSince(account: AccountRecord, asOf: Milliseconds): Milliseconds | null | undefined {
  const said = account.customerSince
  if (said === 'unknown') return undefined
  if (said !== undefined) return said !== null && said < asOf ? said : null
  let since: Milliseconds | null = null
  for (const deal of account.deals) {
    const { outcome, closedAt, knownAt } = deal
    if (outcome !== 'won' || closedAt === null || (since !== null && closedAt >= since)) continue
    if (isBefore({ occurredAt: closedAt, knownAt }, asOf) && isOwnDeal(deal, account)) since = closedAt
  }
  return since
}

/** The earliest of the leads that were known by then; of equals the first by leadId. Of an account nobody of whom was: itself. */
function firstContact(account: AccountRecord, lead: LeadRecord, asOf: Milliseconds): LeadRecord {
  if (account.accountId === null) return lead
  const someone = lead.people?.find((person) => isKnown(person, asOf)) ?? lead
  return (lead.people ?? account.leads).reduce((first, other) => {
    const order = other.createdAt - first.createdAt || compareText(other.leadId, first.leadId)
    return order < 0 && isKnown(other, asOf) ? other : first
  }, someone)
}

function personAt({ leadId, events, traits }: LeadRecord, asOf: Milliseconds): Person {
  let known: ReadonlyMap<string, Trait> | undefined
  return {
    leadId,
    events: eventsBefore(events, asOf),
    trait(name) {
      known ??= traitsBefore(traits, asOf)
      return knownValue(known.get(name))
    },
  }
}

/** Whether anything of it was. A lead that is created in the past by an import is a later discovery. */
function isKnown({ createdAt, traits, events }: LeadRecord, asOf: Milliseconds): boolean {
  const seen = (fact: { occurredAt: Milliseconds; knownAt: Milliseconds }) => isBefore(fact, asOf)
  return createdAt < asOf && (traits.some(seen) || events.some(seen))
}

function knownValue(trait: Trait | undefined): TraitValue | undefined {
  return trait?.value === '' ? undefined : trait?.value
}

export function isBefore(
  fact: { occurredAt: Milliseconds; knownAt: Milliseconds },
  asOf: Milliseconds,
): boolean {
  return fact.occurredAt < asOf && fact.knownAt < asOf
}

export function traitsBefore(traits: readonly Trait[], asOf: Milliseconds): ReadonlyMap<string, Trait> {
  const latest = new Map<string, Trait>()
  for (const trait of traits) {
    if (!isBefore(trait, asOf)) continue
    const other = latest.get(trait.name)
    if (other === undefined || compareTraits(trait, other) > 0) latest.set(trait.name, trait)
  }
  return latest
}

/** A total order, so that the winner does not depend on the order in which traits were loaded. */
function compareTraits(a: Trait, b: Trait): number {
  return (
    a.occurredAt - b.occurredAt ||
    a.knownAt - b.knownAt ||
    compareText(a.source, b.source) ||
    compareText(JSON.stringify(a.value), JSON.stringify(b.value))
  )
}

/** The same array when nothing is dropped, which is the common case when serving; mostly a first part of it in training. */
function eventsBefore(events: readonly LeadEvent[], asOf: Milliseconds): readonly LeadEvent[] {
  let visible = 0
  let lastVisible = -1
  let inOrder = true
  for (let i = 0; i < events.length; i++) {
    const event = events[i]!
    if (isBefore(event, asOf)) {
      visible++
      lastVisible = i
    }
    if (i > 0 && inOrder && compareEvents(events[i - 1]!, event) > 0) inOrder = false
  }
  if (inOrder && visible === events.length) return events
  const isFirstPart = lastVisible === visible - 1
  const kept = isFirstPart ? events.slice(0, visible) : events.filter((event) => isBefore(event, asOf))
  return inOrder ? kept : kept.toSorted(compareEvents)
}

export function compareEvents(a: LeadEvent, b: LeadEvent): number {
  return a.occurredAt - b.occurredAt || a.knownAt - b.knownAt || compareText(a.eventId, b.eventId)
}

function colleaguesBefore(account: AccountRecord, lead: LeadRecord, asOf: Milliseconds): Colleague[] {
  return account.leads
    .filter((other) => other.leadId !== lead.leadId && other.createdAt < asOf)
    .map((other) => ({ leadId: other.leadId, events: eventsBefore(other.events, asOf) }))
    .sort((a, b) => compareText(a.leadId, b.leadId))
}

/** By code units: the same on every machine, unlike a locale's order. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
