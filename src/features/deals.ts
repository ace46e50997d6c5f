/** Whose a deal is, and how it stood at a moment. */
import type { AccountRecord, Deal, Milliseconds } from '../glossary.ts'

/**
 * Whether a deal in the record of an account is its own; a record also has the deals of other accounts that one of its people is a
 * contact of. A deal is the account's that it names: what a consultant's customer bought is not the consultant's. Where it
 * names none, or the lead has no account, it is of whoever has a contact on it.
 */
export function isOwnDeal(
  { accountId, contacts }: Deal,
  account: Pick<AccountRecord, 'accountId' | 'leads'>,
): boolean {
  if (accountId !== null && account.accountId !== null) return accountId === account.accountId
  return contacts.some((contact) => account.leads.some(({ leadId }) => leadId === contact.leadId))
}

/**
 * The deal as it was known strictly before `asOf`; null: not at all. One whose end was not known was open then, from its opening on
 * (when that was learned is kept only of deals that are open still), and what it was to be worth is not kept: it has no amount.
 */
export function dealAt(deal: Deal, asOf: Milliseconds): Deal | null {
  const { openedAt, closedAt, knownAt } = deal
  if (openedAt >= asOf || (closedAt === null && knownAt >= asOf)) return null
  const stages = deal.stages.filter(({ enteredAt }) => enteredAt < asOf)
  if (closedAt === null || (closedAt < asOf && knownAt < asOf)) return { ...deal, stages }
  return {
    ...deal,
    stages,
    closedAt: null,
    knownAt: openedAt,
    outcome: 'open',
    amount: null,
    currency: null,
    lostReason: null,
  }
}

/** In their order. */
export function dealsAt(deals: readonly Deal[], asOf: Milliseconds): Deal[] {
  return deals.flatMap((deal) => dealAt(deal, asOf) ?? [])
}

/** One lead stands for a deal, so that a deal of five contacts counts once: the primary contact, else the first by id. */
export function representativeOf({ contacts }: Deal): string | undefined {
  const primary = contacts.find(({ isPrimary }) => isPrimary)
  return primary?.leadId ?? contacts.map(({ leadId }) => leadId).sort()[0]
}
