import { DAY } from '../../../src/glossary.ts'
import type { SimulatedDeal } from '../../simulator/records.ts'
import type { AccountView } from '../account-view.ts'
import { exportFile } from '../define-export.ts'
import { dateText, timeText } from './leads.ts'
import { contactRecordId } from './people.ts'
import { dealNumber, longId, numberOf, roleNumber, shortId, stageNumber } from './record-ids.ts'

const STAGES: Readonly<Record<string, { readonly name: string; readonly probability: number }>> = {
  qualification: { name: 'Qualification', probability: 10 },
  discovery: { name: 'Needs Analysis', probability: 20 },
  proposal: { name: 'Proposal/Price Quote', probability: 75 },
  negotiation: { name: 'Negotiation/Review', probability: 90 },
  won: { name: 'Closed Won', probability: 100 },
  lost: { name: 'Closed Lost', probability: 0 },
}

const TYPES: Readonly<Record<string, string>> = {
  new_business: 'New Business',
  expansion: 'Existing Business',
}

/** Salesforce wants a close date from the beginning; while an opportunity is open, it is only hoped for. */
const EXPECTED_CYCLE = 60 * DAY

interface OpportunityRow {
  readonly deal: SimulatedDeal
  readonly view: AccountView
}

export const OPPORTUNITY_FILE = exportFile(
  'Opportunity.csv',
  (view): OpportunityRow[] => view.deals.map((deal) => ({ deal, view })),
  {
    Id: ({ deal }) => longId('opportunity', dealNumber(deal.dealId)),
    IsDeleted: () => false,
    AccountId: ({ deal }) => (deal.accountId === null ? null : longId('account', numberOf(deal.accountId))),
    Name: ({ deal, view }) => `${view.fields.get('name') ?? 'Private'} - ${TYPES[deal.pipeline]}`,
    StageName: ({ deal }) => stageOf(deal).name,
    Amount: ({ deal }) => deal.amount,
    CurrencyIsoCode: ({ deal }) => deal.currency,
    Probability: ({ deal }) => stageOf(deal).probability,
    ForecastCategory: ({ deal }) => ({ won: 'Closed', lost: 'Omitted', open: 'Pipeline' })[deal.outcome],
    CloseDate: ({ deal }) => dateText(deal.closedAt ?? deal.openedAt + EXPECTED_CYCLE),
    Type: ({ deal }) => TYPES[deal.pipeline] ?? null,
    IsClosed: ({ deal }) => deal.outcome !== 'open',
    IsWon: ({ deal }) => deal.outcome === 'won',
    Loss_Reason__c: ({ deal }) => deal.lostReason,
    CreatedDate: ({ deal }) => timeText(deal.openedAt),
  },
)

export const CONTACT_ROLE_FILE = exportFile(
  'OpportunityContactRole.csv',
  ({ deals }) => deals.flatMap((deal) => deal.contacts.map((contact, place) => ({ deal, contact, place }))),
  {
    Id: ({ deal, place }) => longId('contactRole', roleNumber(deal.dealId, place)),
    OpportunityId: ({ deal }) => shortId('opportunity', dealNumber(deal.dealId)),
    ContactId: ({ contact }) => contactRecordId(contact.leadId),
    Role: ({ contact }) => (contact.isPrimary ? 'Decision Maker' : null),
    IsPrimary: ({ contact }) => contact.isPrimary,
  },
)

export const HISTORY_FILE = exportFile(
  'OpportunityHistory.csv',
  ({ deals }) => deals.flatMap((deal) => deal.stages.map((entered, place) => ({ deal, entered, place }))),
  {
    Id: ({ deal, place }) => longId('history', stageNumber(deal.dealId, place)),
    OpportunityId: ({ deal }) => longId('opportunity', dealNumber(deal.dealId)),
    StageName: ({ entered }) => STAGES[entered.stage]?.name ?? null,
    Amount: ({ deal }) => deal.amount,
    Probability: ({ entered }) => STAGES[entered.stage]?.probability ?? null,
    CreatedDate: ({ entered }) => timeText(entered.enteredAt),
  },
)

function stageOf({ stages }: SimulatedDeal): { readonly name: string; readonly probability: number } {
  return STAGES[stages.at(-1)?.stage ?? 'qualification'] ?? { name: '', probability: 0 }
}
