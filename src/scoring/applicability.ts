/** Whether a model has anything to say of a lead at a moment, and if not, why. What training never saw is not scored. */
import { firstKnown } from '../features/account-subject.ts'
import { dealsAt, representativeOf } from '../features/deals.ts'
import type { Definition } from '../features/definition.ts'
import { type AccountRecord, type Deal, formatTime, type LeadRecord, type Milliseconds } from '../glossary.ts'

/**
 * null when the model applies, else the reason in words: by what was known then, the lead is not (any more) in the population it was
 * trained on.
 */
export function whyNotApplicable(
  definition: Definition,
  account: AccountRecord,
  lead: LeadRecord,
  asOf: Milliseconds,
): string | null {
  const entity = lead.people ? 'account' : 'lead'
  if (definition.entity !== entity) return `scores ${definition.entity}s, not ${entity}s`
  if (lead.people?.length === 0) return 'has nobody in it'
  const since = knownSince(lead)
  if (since >= asOf) return `unknown before ${formatTime(since)}`
  const own = dealsAt(dealsOf(account, lead), asOf)
  const inPipeline = own.filter(({ pipeline }) => pipeline === definition.pipeline)
  return (
    whyOutside(definition, own, inPipeline, account, lead, asOf) ??
    whyReached(definition, own, inPipeline, asOf)
  )
}

/**
 * Whether the question was answered, or lost, strictly before `asOf`, known or not: what is asked of history with outcomes has no such
 * moments, as training has no such rows.
 */
export function wasOver(
  definition: Definition,
  account: AccountRecord,
  lead: LeadRecord,
  asOf: Milliseconds,
): boolean {
  const own = dealsOf(account, lead)
  const inPipeline = own.filter(({ pipeline }) => pipeline === definition.pipeline)
  return whyReached(definition, own, inPipeline, asOf) !== null
}

/** Those that it is a contact of. */
export function dealsOf({ deals }: AccountRecord, { leadId }: LeadRecord): Deal[] {
  return deals.filter(({ contacts }) => contacts.some((contact) => contact.leadId === leadId))
}

/** First touch, or later the first moment at which we knew anything of the lead: an import of old leads. */
export function knownSince(lead: LeadRecord): Milliseconds {
  const first = firstKnown(lead)
  return first === Number.POSITIVE_INFINITY ? lead.createdAt : Math.max(first, lead.createdAt)
}

/** Deals here and below: as known at `asOf`. */
function whyOutside(
  { population, pipeline }: Definition,
  own: readonly Deal[],
  inPipeline: readonly Deal[],
  account: AccountRecord,
  lead: LeadRecord,
  asOf: Milliseconds,
): string | null {
  const said = account.customerSince
  switch (population) {
    case 'leads':
      return null
    case 'trials': {
      const started = lead.events.some(
        ({ type, occurredAt, knownAt }) => type === 'trial_started' && occurredAt < asOf && knownAt < asOf,
      )
      return started ? null : 'has started no trial'
    }
    case 'customers': {
      if (said === 'unknown') return 'not known whether it is a customer'
      const isSaid = typeof said === 'number' && said < asOf
      return isSaid || own.some(({ outcome }) => outcome === 'won') ? null : 'not a customer'
    }
    case 'deals': {
      if (said !== undefined) return `not known whether it has an open deal in the pipeline ${pipeline}`
      const open = inPipeline.filter(({ outcome }) => outcome === 'open')
      if (open.length === 0) return `has no open deal in the pipeline ${pipeline}`
      // What it learned is how deals go by whom sales talks to first.
      return open.some((deal) => representativeOf(deal) === lead.leadId)
        ? null
        : `is not the primary contact of an open deal in the pipeline ${pipeline}`
    }
  }
}

/** The question is answered, or lost: what is left to predict? The deal that made a customer is no target of models of customers. */
function whyReached(
  { population, pipeline, target }: Definition,
  own: readonly Deal[],
  inPipeline: readonly Deal[],
  asOf: Milliseconds,
): string | null {
  // A deal in hand is what models of deals ask about; one that is over says nothing about the next.
  if (population === 'deals') return null
  const entry = population === 'customers' ? firstWonDeal(own) : undefined
  const deals = inPipeline.filter((deal) => deal !== entry)
  for (const deal of deals) {
    const reachedAt = targetTime(deal, target)
    if (reachedAt < asOf) {
      return `${TARGET_WORDS[target]} in the pipeline ${pipeline} since ${formatTime(reachedAt)}`
    }
  }
  const lostAt = lostSince(deals, asOf)
  return lostAt === null ? null : `lost in the pipeline ${pipeline} since ${formatTime(lostAt)}`
}

/**
 * Lost at a time: there were deals by then, and all of them were closed; without the target, or that would be said first. When the last was
 * closed; null: not lost. A deal opened later makes it a live subject again; whether one will be opened is never asked, for that
 * would look at the outcome.
 */
export function lostSince(deals: readonly Deal[], at: Milliseconds): Milliseconds | null {
  let since = Number.NEGATIVE_INFINITY
  for (const { openedAt, closedAt } of deals) {
    if (openedAt >= at) continue
    if (closedAt === null || closedAt >= at) return null
    since = Math.max(since, closedAt)
  }
  return since === Number.NEGATIVE_INFINITY ? null : since
}

const TARGET_WORDS: Readonly<Record<Definition['target'], string>> = {
  won: 'has won',
  opened: 'has had a deal',
  sales_qualified: 'is sales-qualified',
}

/**
 * When a deal reached a target, as labels and serving count it: the closing of a won deal, the opening of any, the first stage
 * `sales_qualified`. Infinity when it did not.
 */
export function targetTime(deal: Deal, target: Definition['target']): Milliseconds {
  switch (target) {
    case 'won':
      return deal.outcome === 'won' ? (deal.closedAt ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY
    case 'opened':
      return deal.openedAt
    case 'sales_qualified':
      return Math.min(
        ...deal.stages.flatMap(({ stage, enteredAt }) => (stage === 'sales_qualified' ? [enteredAt] : [])),
      )
  }
}

/**
 * The deal that made the customer: the won one that we knew of first. One that we learn of later, however early it was, does not move an
 * entry that is past.
 */
export function firstWonDeal(deals: readonly Deal[]): Deal | undefined {
  return deals
    .filter(({ outcome, closedAt }) => outcome === 'won' && closedAt !== null)
    .toSorted((a, b) => knownWonAt(a) - knownWonAt(b) || a.closedAt! - b.closedAt!)[0]
}

/** Nothing is known to be won before it is, whatever its time says. */
function knownWonAt({ closedAt, knownAt }: Deal): Milliseconds {
  return Math.max(closedAt ?? Number.POSITIVE_INFINITY, knownAt)
}
