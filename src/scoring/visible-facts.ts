/** Facts as people look at them, by the same rule by which features see them: strictly before a moment, in both times. */
import { customerSince, factsAt, traitsBefore } from '../features/facts.ts'
import type { AccountRecord, LeadEvent, LeadRecord, Milliseconds, Trait } from '../glossary.ts'

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
