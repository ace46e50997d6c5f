/** Small hand-made records for tests of training. */
import type { AccountRecord, Deal, LeadEvent, LeadRecord, Trait, TraitValue } from '../../src/glossary.ts'
import type { RecordSource } from '../../training/record-source.ts'

export function event(type: string, occurredAt: number, knownAt = occurredAt): LeadEvent {
  return { eventId: `${type}@${occurredAt}`, type, occurredAt, knownAt, source: 'test', properties: {} }
}

export function trait(name: string, value: TraitValue, occurredAt: number): Trait {
  return { name, value, occurredAt, knownAt: occurredAt, source: 'test', undated: false }
}

/** An open deal of lead l1 in new_business, unless said otherwise. */
export function deal(given: Partial<Deal> & { openedAt: number }): Deal {
  return {
    dealId: 'd1',
    accountId: 'a',
    pipeline: 'new_business',
    closedAt: null,
    knownAt: given.closedAt ?? given.openedAt,
    outcome: 'open',
    amount: null,
    currency: null,
    lostReason: null,
    contacts: [{ leadId: 'l1', isPrimary: true }],
    stages: [],
    ...given,
  }
}

export function lead(leadId: string, createdAt: number, given: Partial<LeadRecord> = {}): LeadRecord {
  return {
    leadId,
    accountId: 'a',
    createdAt,
    traits: [],
    events: [event('page_viewed', createdAt)],
    ...given,
  }
}

export function account(leads: readonly LeadRecord[], given: Partial<AccountRecord> = {}): AccountRecord {
  return { accountId: 'a', traits: [], leads, deals: [], ...given }
}

export function sourceOf(accounts: readonly AccountRecord[]): RecordSource {
  return {
    async *read() {
      yield* accounts
    },
  }
}
