/** Facts as people look at them, by the same rule by which features see them: strictly before a moment, in both times. */
import { factsAt, traitsBefore } from '../features/facts.ts'
import type { AccountRecord, LeadEvent, LeadRecord, Milliseconds, Trait } from '../glossary.ts'

export interface VisibleFacts {
  /** By name, the value at `asOf` with its times. */
  readonly leadTraits: ReadonlyMap<string, Trait>
  readonly accountTraits: ReadonlyMap<string, Trait>
  /** In order of (occurredAt, knownAt, eventId). */
  readonly events: readonly LeadEvent[]
}

export function visibleFacts(account: AccountRecord, lead: LeadRecord, asOf: Milliseconds): VisibleFacts {
  return {
    leadTraits: traitsBefore(lead.traits, asOf),
    accountTraits: traitsBefore(account.traits, asOf),
    events: factsAt(account, lead, asOf).events,
  }
}
