import { DAY } from '../../../src/glossary.ts'
import type { SimulatedDeal } from '../../simulator/records.ts'
import type { AccountView } from '../account-view.ts'
import type { Cell } from '../csv-row.ts'
import { exportFile } from '../define-export.ts'
import { ALL_STAGES, pipelineId, stageId } from './pipelines.ts'
import { companyId, contactId, dealId } from './record-ids.ts'

interface DealRow {
  readonly deal: SimulatedDeal
  readonly view: AccountView
}

const PROBABILITIES: Readonly<Record<string, number>> = {
  qualification: 0.2,
  discovery: 0.4,
  proposal: 0.6,
  negotiation: 0.8,
  won: 1,
  lost: 0,
}

/** HubSpot fills in a close date when a deal is opened; while the deal is open, it is only hoped for. */
const EXPECTED_CYCLE = 60 * DAY

/** Times are milliseconds here: that is how older interfaces of HubSpot write them. */
export const DEALS_FILE = exportFile(
  'deals.csv',
  (view): DealRow[] => view.deals.map((deal) => ({ deal, view })),
  {
    hs_object_id: ({ deal }) => dealId(deal.dealId),
    dealname: ({ deal, view }) => `${view.fields.get('name') ?? 'Private'} - ${deal.pipeline}`,
    pipeline: ({ deal }) => pipelineId(deal.pipeline),
    dealstage: ({ deal }) => stageId(deal.pipeline, stageOf(deal)),
    createdate: ({ deal }) => deal.openedAt,
    closedate: ({ deal }) => deal.closedAt ?? deal.openedAt + EXPECTED_CYCLE,
    amount: ({ deal }) => deal.amount,
    deal_currency_code: ({ deal }) => deal.currency,
    hs_is_closed: ({ deal }) => deal.outcome !== 'open',
    hs_is_closed_won: ({ deal }) => deal.outcome === 'won',
    hs_deal_stage_probability: ({ deal }) => PROBABILITIES[stageOf(deal)] ?? null,
    closed_lost_reason: ({ deal }) => deal.lostReason,
    ...Object.fromEntries(
      ALL_STAGES.map(({ id, pipeline, stage }) => [
        `hs_v2_date_entered_${id}`,
        ({ deal }: DealRow): Cell =>
          deal.pipeline === pipeline
            ? (deal.stages.find((entered) => entered.stage === stage)?.enteredAt ?? null)
            : null,
      ]),
    ),
    'Associated Company IDs': ({ deal }) => (deal.accountId === null ? null : companyId(deal.accountId)),
    // The primary contact comes first.
    'Associated Contact IDs': ({ deal }) =>
      [...deal.contacts]
        .sort((a, b) => Number(b.isPrimary) - Number(a.isPrimary))
        .map(({ leadId }) => contactId(leadId)),
  },
)

function stageOf({ stages }: SimulatedDeal): string {
  return stages.at(-1)?.stage ?? 'qualification'
}
