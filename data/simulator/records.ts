/** What a simulated history consists of, in the words of the glossary. Everything has happened, and is known, before its end. */
import type { Deal, Milliseconds, TraitValue } from '../../src/glossary.ts'
import type { Journey } from './journey.ts'

/** The source of every row that the simulator writes. */
export const SIMULATOR = 'simulator'

export interface SimulatedTrait {
  readonly subjectKind: 'lead' | 'account'
  readonly subjectId: string
  readonly name: string
  readonly value: TraitValue
  readonly occurredAt: Milliseconds
  readonly knownAt: Milliseconds
}

export interface SimulatedEvent {
  readonly leadId: string
  readonly type: string
  readonly occurredAt: Milliseconds
  readonly knownAt: Milliseconds
  readonly properties: Readonly<Record<string, unknown>>
}

export interface SimulatedLead {
  readonly leadId: string
  readonly accountId: string | null
  readonly createdAt: Milliseconds
  /** As typed. */
  readonly email: string
  /** Place of the person in the journey; null for users of a customer, who take no part in it. */
  readonly person: number | null
  /** The lead that is the same person, entered before. */
  readonly duplicateOf: string | null
}

export interface SimulatedDeal extends Deal {
  readonly currency: string
}

/** One account with all that belongs to it, or one person without an account. */
export interface SimulatedAccount {
  readonly accountNumber: number
  /** null for a person without an account. */
  readonly account: {
    readonly accountId: string
    readonly createdAt: Milliseconds
    readonly domain: string | null
  } | null
  readonly leads: readonly SimulatedLead[]
  readonly traits: readonly SimulatedTrait[]
  /** In order of occurredAt; their ids are their places. */
  readonly events: readonly (SimulatedEvent & { readonly eventId: string })[]
  readonly deals: readonly SimulatedDeal[]
  /** The truth: only evaluation may look. What had happened when the history ended or the account decided. */
  readonly journey: Journey
}
