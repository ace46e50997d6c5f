/** Takes from a record what the exports of a CRM cannot carry: a function for each entry of data/exports/losses.ts. */
import { pipelineId } from '../../data/exports/hubspot/pipelines.ts'
import type { LOSSES } from '../../data/exports/losses.ts'
import { type AccountRecord, DAY, type Deal, type Milliseconds, type Trait } from '../../src/glossary.ts'

type LossName = (typeof LOSSES)[number]['name']

export const LOSE: Readonly<Record<LossName, (record: DatedRecord) => DatedRecord>> = {
  earlier_values: ofTraits((traits) =>
    traits.filter((trait, place) => !traits.slice(place + 1).some(({ name }) => name === trait.name)),
  ),
  time_of_values: ofTraits((traits, createdAt) =>
    traits
      .map((trait) => ({ ...trait, occurredAt: createdAt, knownAt: createdAt }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  ),
  blanks_around_values: ofTraits((traits) =>
    traits.map((trait) =>
      typeof trait.value === 'string' ? { ...trait, value: trait.value.trim() } : trait,
    ),
  ),
  empty_lists: ofTraits((traits) =>
    traits.filter(({ value }) => typeof value !== 'object' || value.length > 0),
  ),
  pipeline_names: ofDeals((deal) => ({
    ...deal,
    pipeline: deal.pipeline === 'new_business' ? deal.pipeline : pipelineId(deal.pipeline),
  })),
  stages: ofDeals((deal) => ({ ...deal, stages: [] })),
  stage_names: ofDeals((deal) => ({
    ...deal,
    stages: deal.stages.map((entered) => ({ ...entered, stage: SALESFORCE_STAGES[entered.stage]! })),
  })),
  time_of_closing: ofDeals((deal) => ({
    ...deal,
    closedAt: deal.closedAt === null ? null : DAY * (Math.floor(deal.closedAt / DAY) + 1) - 1,
  })),
}

/** Traits in order of (occurredAt, knownAt), as the database gives them. */
export interface DatedRecord extends AccountRecord {
  /** Of the account; NaN without one. */
  readonly createdAt: Milliseconds
}

const SALESFORCE_STAGES: Readonly<Record<string, string>> = {
  qualification: 'Qualification',
  discovery: 'Needs Analysis',
  proposal: 'Proposal/Price Quote',
  negotiation: 'Negotiation/Review',
  won: 'Closed Won',
  lost: 'Closed Lost',
}

function ofDeals(lose: (deal: Deal) => Deal): (record: DatedRecord) => DatedRecord {
  return (record) => ({ ...record, deals: record.deals.map(lose) })
}

function ofTraits(
  lose: (traits: readonly Trait[], createdAt: Milliseconds) => readonly Trait[],
): (record: DatedRecord) => DatedRecord {
  return (record) => ({
    ...record,
    traits: lose(record.traits, record.createdAt),
    leads: record.leads.map((lead) => ({ ...lead, traits: lose(lead.traits, lead.createdAt) })),
  })
}
