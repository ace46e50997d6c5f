/**
 * What befell one subject, as far as labels need it: when it entered the population, when we knew of it, when it reached
 * the target, when it was lost. Everything is read from events and deals at their time in the world; which of it counts
 * at a landmark is decided there, so that nothing here looks at what training may not see.
 */
import { firstKnown } from '../src/features/account-subject.ts'
import { representativeOf } from '../src/features/deals.ts'
import type { AccountRecord, Deal, LeadEvent, LeadRecord, Milliseconds } from '../src/glossary.ts'
import { firstWonDeal, lostSince, targetTime } from '../src/scoring/applicability.ts'

/** The part of a definition that says which rows there are and what their label is. */
export interface LandmarkPlan {
  readonly population: 'leads' | 'deals' | 'trials' | 'customers'
  readonly pipeline: string
  readonly target: 'won' | 'opened' | 'sales_qualified'
  /** null: only for `deals`, whose label is the outcome of the deal, whenever it closes. */
  readonly horizonDays: number | null
  readonly entryDelayHours: number
  /** Days after entry, ascending; 0 is entry itself. */
  readonly landmarkDays: readonly number[]
}

export interface Course {
  readonly leadId: string
  /** The deal that the course follows (population `deals`), else null. */
  readonly dealId: string | null
  /** The subject entered the population: first touch, deal opened, trial started, first won deal. */
  readonly enteredAt: Milliseconds
  /** From when on we knew that it is in the population; Infinity when never. */
  readonly knownAt: Milliseconds
  /** The target; Infinity when never. */
  readonly reachedAt: Milliseconds
  /** The first deal in the pipeline was opened: sales took over. Infinity when never. */
  readonly handedOffAt: Milliseconds
  /** Deals that can end in the target: all of the lead's in the pipeline, or the one deal that is followed. */
  readonly deals: readonly Deal[]
}

/** The courses of a lead: none when it never entered the population; for `deals` one for each deal it stands for. */
export function coursesOf(account: AccountRecord, lead: LeadRecord, plan: LandmarkPlan): Course[] {
  const own = account.deals.filter((deal) => deal.contacts.some((contact) => contact.leadId === lead.leadId))
  const inPipeline = own.filter((deal) => deal.pipeline === plan.pipeline)
  const knownAt = firstKnown(lead)
  switch (plan.population) {
    case 'leads':
      return [course(lead.leadId, lead.createdAt, knownAt, inPipeline, plan)]
    case 'trials': {
      const trial = firstKnownTrial(lead)
      if (!trial) return []
      return [course(lead.leadId, trial.occurredAt, Math.max(knownAt, trial.knownAt), inPipeline, plan)]
    }
    case 'customers': {
      const first = firstWonDeal(own)
      if (!first) return []
      // The deal that made the customer is the entry, not a target.
      const later = inPipeline.filter((deal) => deal !== first)
      const enteredAt = first.closedAt ?? Number.NaN
      return [course(lead.leadId, enteredAt, Math.max(knownAt, first.knownAt), later, plan)]
    }
    case 'deals':
      return inPipeline
        .filter((deal) => representativeOf(deal) === lead.leadId)
        .map((deal) => ({
          ...course(lead.leadId, deal.openedAt, knownAt, [deal], plan),
          dealId: deal.dealId,
        }))
  }
}

function course(
  leadId: string,
  enteredAt: Milliseconds,
  knownAt: Milliseconds,
  deals: readonly Deal[],
  plan: LandmarkPlan,
): Course {
  return {
    leadId,
    dealId: null,
    enteredAt,
    knownAt,
    reachedAt: earliest(deals.map((deal) => targetTime(deal, plan.target))),
    handedOffAt: earliest(deals.map((deal) => deal.openedAt)),
    deals,
  }
}

/** As serving has it: what is lost is neither learned from nor scored. */
export function isLost({ deals }: Course, at: Milliseconds): boolean {
  return lostSince(deals, at) !== null
}

/** The trial that we knew of first: one that we learn of later, however early it was, does not move the entry of rows that are past. */
function firstKnownTrial({ events }: LeadRecord): LeadEvent | undefined {
  return events
    .filter(({ type }) => type === 'trial_started')
    .toSorted((a, b) => a.knownAt - b.knownAt || a.occurredAt - b.occurredAt)[0]
}

function earliest(times: readonly Milliseconds[]): Milliseconds {
  return times.reduce((first, time) => Math.min(first, time), Number.POSITIVE_INFINITY)
}
