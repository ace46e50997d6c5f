/**
 * An account as one subject: a record of the same form as a lead's, so that whatever asks about leads (rows, labels, half-lives,
 * scores) asks about accounts in the same way. What its people did is what it did; a deal of the account is its deal.
 */
import type { AccountRecord, LeadRecord, Milliseconds } from '../glossary.ts'
import { isOwnDeal } from './deals.ts'
import { compareEvents } from './facts.ts'

/** A record of an account as one subject: it is its own only lead. */
export interface AccountSubject extends AccountRecord {
  readonly leads: readonly [LeadRecord & Required<Pick<LeadRecord, 'people'>>]
}

/**
 * null for a lead without an account. It came into being with the first touch of whoever we knew it by: somebody we learn of later
 * does not move moments that are past, however early that one came. Infinity where there is nobody.
 */
export function accountSubject(account: AccountRecord): AccountSubject | null {
  const { accountId, leads: people } = account
  if (accountId === null) return null
  const [someone] = people
  const first = someone && people.reduce((one, other) => (isKnownBefore(other, one) ? other : one), someone)
  const subject = {
    leadId: accountId,
    accountId,
    createdAt: first?.createdAt ?? Number.POSITIVE_INFINITY,
    traits: [],
    events: people.flatMap(({ events }) => events).sort(compareEvents),
    people,
  }
  const contacts = [{ leadId: accountId, isPrimary: true }]
  const deals = account.deals
    .filter((deal) => isOwnDeal(deal, account))
    .map((deal) => ({ ...deal, contacts }))
  return { ...account, leads: [subject], deals }
}

function isKnownBefore(one: LeadRecord, other: LeadRecord): boolean {
  const order = firstKnown(one) - firstKnown(other) || one.createdAt - other.createdAt
  return order < 0 || (order === 0 && one.leadId < other.leadId)
}

/** We know of a lead from the first fact on that we know of it, of an account from its people. Infinity without any fact. */
export function firstKnown({ traits, events, people }: LeadRecord): Milliseconds {
  let known = Number.POSITIVE_INFINITY
  for (const { knownAt } of traits) known = Math.min(known, knownAt)
  for (const { knownAt } of events) known = Math.min(known, knownAt)
  for (const person of people ?? []) known = Math.min(known, firstKnown(person))
  return known
}
