/** A simulated history as raw facts in memory, as `db` would read them: for who needs no database. */
import type { AccountRecord, LeadRecord, SubjectKind, Trait } from '../src/glossary.ts'
import { SIMULATOR, type SimulatedAccount } from './simulator/records.ts'

/** One account with its people, or each person without one. */
export function accountRecords(one: SimulatedAccount): AccountRecord[] {
  const traitsOf = (kind: SubjectKind, id: string): Trait[] =>
    one.traits
      .filter(({ subjectKind, subjectId }) => subjectKind === kind && subjectId === id)
      .map((trait) => ({ ...trait, source: SIMULATOR, undated: false }))
  const leads = one.leads.map(
    ({ leadId, accountId, createdAt }): LeadRecord => ({
      leadId,
      accountId,
      createdAt,
      traits: traitsOf('lead', leadId),
      events: one.events
        .filter((event) => event.leadId === leadId)
        .map((event) => ({ ...event, source: SIMULATOR })),
    }),
  )
  const { account, deals } = one
  if (account) {
    const { accountId } = account
    return [{ accountId, traits: traitsOf('account', accountId), leads, deals }]
  }
  return leads.map((lead) => ({
    accountId: null,
    traits: [],
    leads: [lead],
    deals: deals.filter(({ contacts }) => contacts.some(({ leadId }) => leadId === lead.leadId)),
  }))
}
