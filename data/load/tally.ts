/** Counts what a simulation brought, in words of the summary. */
import { DAY, type Milliseconds } from '../../src/glossary.ts'
import type { SimulationOptions } from '../simulator/process.ts'
import type { SimulatedAccount, SimulatedDeal } from '../simulator/records.ts'

type DealCounts = Record<SimulatedDeal['outcome'], number>

export interface Tally {
  readonly endsAt: Milliseconds
  accounts: number
  leads: number
  events: number
  traits: number
  readonly newBusiness: DealCounts
  readonly expansion: DealCounts
  /** Contacts of a won deal of new business. */
  leadsWon: number
  /** Leads that came at least 90 days before the end, and those of them that won within 90 days. */
  leadsOf90Days: number
  leadsWonIn90Days: number
}

export function newTally({ endsAt }: SimulationOptions): Tally {
  const none = { won: 0, lost: 0, open: 0 }
  return {
    endsAt,
    accounts: 0,
    leads: 0,
    events: 0,
    traits: 0,
    newBusiness: { ...none },
    expansion: { ...none },
    leadsWon: 0,
    leadsOf90Days: 0,
    leadsWonIn90Days: 0,
  }
}

export function addAccount(tally: Tally, account: SimulatedAccount): void {
  if (account.account !== null) tally.accounts += 1
  tally.leads += account.leads.length
  tally.events += account.events.length
  tally.traits += account.traits.length
  const wonAt = new Map<string, Milliseconds>()
  for (const deal of account.deals) {
    const counts = deal.pipeline === 'expansion' ? tally.expansion : tally.newBusiness
    counts[deal.outcome] += 1
    if (deal.pipeline === 'expansion' || deal.outcome !== 'won' || deal.closedAt === null) continue
    for (const { leadId } of deal.contacts) wonAt.set(leadId, deal.closedAt)
  }
  tally.leadsWon += wonAt.size
  for (const { leadId, createdAt } of account.leads) {
    if (createdAt + 90 * DAY > tally.endsAt) continue
    tally.leadsOf90Days += 1
    if ((wonAt.get(leadId) ?? Number.POSITIVE_INFINITY) < createdAt + 90 * DAY) tally.leadsWonIn90Days += 1
  }
}
