/** Where the contacts of won deals stood when sales took over: would today's line have let them through? */
import type { AccountRecord, Deal, LeadRecord, Milliseconds } from '../../src/glossary.ts'
import { higherOf, type Levels } from './levels.ts'

export interface PastWin {
  readonly dealId: string
  readonly closedAt: Milliseconds
  /** The highest of its contacts as the deal was opened; null: none of them was scored then. */
  readonly levels: Levels | null
  /** Whether a model that decides may have learned from this deal, or from others of its account. */
  readonly isLearned: boolean
}

/** Deals of a pipeline won before `asOf`, as was known by then. `learned`: leads that a model may have learned from. */
export function collectWins(
  pipeline: string,
  asOf: Milliseconds,
  learned: ReadonlySet<string>,
): {
  see(account: AccountRecord, placeAt: (lead: LeadRecord, at: Milliseconds) => Levels | null): void
  /** In order of closing. */
  read(): PastWin[]
} {
  const wins = new Map<string, PastWin>()
  return {
    see(account, placeAt) {
      for (const deal of account.deals) {
        if (deal.pipeline !== pipeline || !isWonBefore(deal, asOf)) continue
        const ids = new Set(deal.contacts.map(({ leadId }) => leadId))
        const contacts = account.leads.filter(({ leadId }) => ids.has(leadId))
        const placed = contacts.map((lead) => placeAt(lead, deal.openedAt))
        // Contacts at several companies: the deal is read with each of them.
        const before = wins.get(deal.dealId)
        placed.push(before?.levels ?? null)
        const scored = placed.filter((levels) => levels !== null)
        wins.set(deal.dealId, {
          dealId: deal.dealId,
          closedAt: deal.closedAt!,
          levels: scored.length > 0 ? scored.reduce(higherOf) : null,
          isLearned: (before?.isLearned ?? false) || contacts.some(({ leadId }) => learned.has(leadId)),
        })
      }
    },
    read: () => [...wins.values()].sort((a, b) => a.closedAt - b.closedAt || (a.dealId < b.dealId ? -1 : 1)),
  }
}

function isWonBefore({ outcome, closedAt, knownAt }: Deal, asOf: Milliseconds): boolean {
  return outcome === 'won' && closedAt !== null && closedAt < asOf && knownAt < asOf
}
