/** Whether a model has anything to say of a lead at a moment, and if not, why. What training never saw is not scored. */
import type { Definition } from '../features/definition.ts'
import { type AccountRecord, type Deal, formatTime, type LeadRecord, type Milliseconds } from '../glossary.ts'

/** null when the model applies, else the reason in words: the lead is not (any more) in the population it was trained on. */
export function whyNotApplicable(
  definition: Definition,
  account: AccountRecord,
  lead: LeadRecord,
  asOf: Milliseconds,
): string | null {
  if (definition.entity !== 'lead') return `scores ${definition.entity}s, not leads`
  const since = knownSince(lead)
  if (since >= asOf) return `unknown before ${formatTime(since)}`
  const own = account.deals.filter(({ contacts }) => contacts.some(({ leadId }) => leadId === lead.leadId))
  const inPipeline = own.filter(({ pipeline }) => pipeline === definition.pipeline)
  return (
    whyOutside(definition, own, inPipeline, account, lead, asOf) ??
    whyReached(definition, own, inPipeline, asOf)
  )
}

/** First touch, or later the first moment at which we knew anything of the lead: an import of old leads. */
function knownSince(lead: LeadRecord): Milliseconds {
  let first = Number.POSITIVE_INFINITY
  for (const { knownAt } of lead.traits) first = Math.min(first, knownAt)
  for (const { knownAt } of lead.events) first = Math.min(first, knownAt)
  return first === Number.POSITIVE_INFINITY ? lead.createdAt : Math.max(first, lead.createdAt)
}

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
      return isSaid || firstWonBefore(own, asOf) ? null : 'not a customer'
    }
    case 'deals': {
      if (said !== undefined) return `not known whether it has an open deal in the pipeline ${pipeline}`
      const open = inPipeline.some(
        ({ openedAt, closedAt }) => openedAt < asOf && (closedAt === null || closedAt >= asOf),
      )
      return open ? null : `has no open deal in the pipeline ${pipeline}`
    }
  }
}

/** The question is answered: what is left to predict? The deal that made a customer is no target of models of customers. */
function whyReached(
  { population, pipeline, target }: Definition,
  own: readonly Deal[],
  inPipeline: readonly Deal[],
  asOf: Milliseconds,
): string | null {
  const entry = population === 'customers' ? firstWonBefore(own, asOf) : undefined
  for (const deal of inPipeline) {
    // A deal in hand is what models of deals ask about; one that is over says nothing about the next.
    if (deal === entry || population === 'deals') continue
    const reachedAt = targetTime(deal, target)
    if (reachedAt !== null && reachedAt < asOf) {
      return `${TARGET_WORDS[target]} in the pipeline ${pipeline} since ${formatTime(reachedAt)}`
    }
  }
  return null
}

const TARGET_WORDS: Readonly<Record<Definition['target'], string>> = {
  won: 'has won',
  opened: 'has had a deal',
  sales_qualified: 'is sales-qualified',
}

/** As labels count it: the closing of a won deal, the opening of any, the first stage `sales_qualified`. */
function targetTime(deal: Deal, target: Definition['target']): Milliseconds | null {
  switch (target) {
    case 'won':
      return deal.outcome === 'won' ? deal.closedAt : null
    case 'opened':
      return deal.openedAt
    case 'sales_qualified':
      return deal.stages.find(({ stage }) => stage === 'sales_qualified')?.enteredAt ?? null
  }
}

/** The deal that made the customer, as training has it: the first to close, of equals the first to be opened. */
function firstWonBefore(deals: readonly Deal[], asOf: Milliseconds): Deal | undefined {
  let first: Deal | undefined
  for (const deal of deals) {
    if (deal.outcome !== 'won' || deal.closedAt === null || deal.closedAt >= asOf) continue
    if (!first || deal.closedAt < first.closedAt!) first = deal
  }
  return first
}
