/** Deals as the CRM has them: opened some weeks before the decision, through stages, with everybody who was there as a contact. */
import { DAY, HOUR, type Milliseconds } from '../../src/glossary.ts'
import { happens, integerBetween, normal, pickWeighted, type Random } from '../random.ts'
import type { Firmographics } from './accounts.ts'
import type { Decision } from './journey.ts'
import type { SimulatedDeal } from './records.ts'
import type { RosterEntry } from './roster.ts'

const STAGES = ['qualification', 'discovery', 'proposal', 'negotiation'] as const

const LOST_REASONS = [
  { name: 'no_decision', weight: 26 },
  { name: 'price', weight: 20 },
  { name: 'competitor', weight: 18 },
  { name: 'no_budget', weight: 14 },
  { name: 'timing', weight: 12 },
  { name: 'missing_feature', weight: 6 },
  { name: 'unresponsive', weight: 4 },
] as const

/** Half of the deals take longer than this from opening to closing; lognormal. */
const MEDIAN_CYCLE_DAYS = 35

/** The deal of the first decision of an account; null while it is not opened. Times are on whole seconds. */
export function newBusinessDeal(
  random: Random,
  dealId: string,
  accountId: string | null,
  facts: Firmographics,
  roster: readonly RosterEntry[],
  decision: Decision,
  endsAt: Milliseconds,
): SimulatedDeal | null {
  const first = Math.min(...roster.map(({ lead }) => lead.createdAt))
  const cycle = MEDIAN_CYCLE_DAYS * Math.exp(0.55 * normal(random)) * DAY
  const earliest = first + integerBetween(random, 4, 48) * HOUR
  const opened = Math.max(decision.at - cycle, earliest)
  // A very quick decision leaves less than that: then it was opened half-way.
  const openedAt = wholeSecond(opened < decision.at - HOUR ? opened : (first + decision.at) / 2)
  if (openedAt >= endsAt) return null
  const primary = roster.find(({ lead }) => lead.person === decision.lead && lead.duplicateOf === null)
  const amount = Math.round((500 * facts.employees ** 0.72 * Math.exp(0.4 * normal(random))) / 50) * 50
  return dealOf(random, {
    dealId,
    accountId,
    pipeline: 'new_business',
    openedAt,
    closesAt: decision.at,
    won: decision.won,
    amount: happens(random, 0.9) ? Math.max(500, amount) : null,
    country: facts.country.code,
    contacts: roster.map(({ lead }) => ({
      leadId: lead.leadId,
      isPrimary: lead.leadId === primary?.lead.leadId,
    })),
    endsAt,
  })
}

interface DealPlan {
  readonly dealId: string
  readonly accountId: string | null
  readonly pipeline: string
  readonly openedAt: Milliseconds
  readonly closesAt: Milliseconds
  readonly won: boolean
  readonly amount: number | null
  readonly country: string
  readonly contacts: SimulatedDeal['contacts']
  readonly endsAt: Milliseconds
}

/** The deal as it stands at the end of the history. */
export function dealOf(random: Random, plan: DealPlan): SimulatedDeal {
  const isClosed = plan.closesAt < plan.endsAt
  const last = plan.won ? STAGES.length : integerBetween(random, 1, STAGES.length)
  const stages = STAGES.slice(0, last).map((stage, place) => ({
    stage: stage as string,
    enteredAt: wholeSecond(plan.openedAt + ((plan.closesAt - plan.openedAt) * place) / (last + 0.3)),
  }))
  if (isClosed) stages.push({ stage: plan.won ? 'won' : 'lost', enteredAt: plan.closesAt })
  const reason = pickWeighted(random, LOST_REASONS).name
  return {
    dealId: plan.dealId,
    accountId: plan.accountId,
    pipeline: plan.pipeline,
    openedAt: plan.openedAt,
    closedAt: isClosed ? plan.closesAt : null,
    knownAt: isClosed ? plan.closesAt : plan.openedAt,
    outcome: isClosed ? (plan.won ? 'won' : 'lost') : 'open',
    amount: plan.amount,
    currency:
      plan.country === 'GB' ? 'GBP' : ['DE', 'AT', 'FR', 'ES', 'NL'].includes(plan.country) ? 'EUR' : 'USD',
    lostReason: isClosed && !plan.won && happens(random, 0.93) ? reason : null,
    contacts: plan.contacts,
    stages: stages.filter(({ enteredAt }) => enteredAt < plan.endsAt),
  }
}

export function wholeSecond(time: number): Milliseconds {
  return Math.floor(time / 1_000) * 1_000
}
