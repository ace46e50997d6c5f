/** A record as it was known at a moment: what the future of a lead is asked of, if nothing new happens. */
import type { AccountRecord, LeadRecord, Milliseconds } from '../glossary.ts'
import { dealsAt } from './deals.ts'
import { isBefore } from './facts.ts'

interface KnownRecord {
  readonly account: AccountRecord
  /** One of its leads. */
  readonly lead: LeadRecord
}

/**
 * Without whatever was not true and known before `asOf`: facts of this record at any later moment are those of `asOf`, but older.
 * `lead` is one of the leads of `account`.
 */
export function knownRecord(account: AccountRecord, lead: LeadRecord, asOf: Milliseconds): KnownRecord {
  const leads = account.leads.filter((one) => one === lead || one.createdAt < asOf)
  const known = leads.map((one) => knownLead(one, asOf))
  return {
    account: {
      ...account,
      traits: account.traits.filter((trait) => isBefore(trait, asOf)),
      leads: known,
      deals: dealsAt(account.deals, asOf),
    },
    lead: known[leads.indexOf(lead)] ?? knownLead(lead, asOf),
  }
}

function knownLead(lead: LeadRecord, asOf: Milliseconds): LeadRecord {
  const { traits, events, people } = lead
  return {
    ...lead,
    traits: traits.filter((trait) => isBefore(trait, asOf)),
    events: events.filter((event) => isBefore(event, asOf)),
    ...(people && {
      people: people.filter(({ createdAt }) => createdAt < asOf).map((person) => knownLead(person, asOf)),
    }),
  }
}
