import { formatTime, type Milliseconds } from '../../../src/glossary.ts'
import { field, type PersonView, standingOf } from '../account-view.ts'
import { exportFile } from '../define-export.ts'
import { companyId, contactId } from './record-ids.ts'

/** What HubSpot itself finds out about where somebody came from; its users keep their own channel in lead_source. */
const ANALYTICS_SOURCES: Readonly<Record<string, string>> = {
  organic_search: 'ORGANIC_SEARCH',
  paid_search: 'PAID_SEARCH',
  paid_social: 'PAID_SOCIAL',
  referral: 'REFERRALS',
  partner: 'REFERRALS',
  inbound_form: 'DIRECT_TRAFFIC',
  content_syndication: 'OTHER_CAMPAIGNS',
}

const LIFECYCLE_STAGES = {
  won: 'customer',
  open: 'opportunity',
  lost: 'salesqualifiedlead',
  none: 'lead',
} as const
const LEAD_STATUSES = { won: 'CONNECTED', open: 'OPEN_DEAL', lost: 'UNQUALIFIED', none: 'NEW' } as const

export const CONTACTS_FILE = exportFile('contacts.csv', ({ people }) => people, {
  hs_object_id: ({ lead }) => contactId(lead.leadId),
  createdate: ({ lead }) => new Date(lead.createdAt).toISOString(),
  lastmodifieddate: (person) => formatTime(lastTouch(person)),
  firstname: field('first_name'),
  lastname: field('last_name'),
  email: field('email'),
  phone: field('phone'),
  jobtitle: field('title'),
  country: field('country'),
  message: field('message'),
  hs_analytics_source: ({ fields }) => ANALYTICS_SOURCES[String(fields.get('source'))] ?? 'OFFLINE',
  lead_source: field('source'),
  campaign: field('campaign'),
  student: field('student'),
  consent: field('consent'),
  associatedcompanyid: ({ lead }) => (lead.accountId === null ? null : companyId(lead.accountId)),
  // Filled in because of the outcome, or counted up to the day of the export.
  crm_stage: field('crm_stage'),
  onboarding_status: field('onboarding_status'),
  lifecyclestage: ({ deals }) => LIFECYCLE_STAGES[standingOf(deals)],
  hs_lead_status: ({ deals }) => LEAD_STATUSES[standingOf(deals)],
  num_associated_deals: ({ deals }) => deals.length,
  recent_deal_amount: ({ deals }) => deals.findLast(({ outcome }) => outcome === 'won')?.amount ?? null,
  notes_last_contacted: (person) => timeOfLast(person, 'email_sent'),
  hs_analytics_num_page_views: ({ events }) => events.filter(({ type }) => type === 'page_viewed').length,
})

function lastTouch({ lead, events }: PersonView): Milliseconds {
  return events.at(-1)?.occurredAt ?? lead.createdAt
}

function timeOfLast({ events }: PersonView, type: string): string | null {
  const last = events.findLast((event) => event.type === type)
  return last === undefined ? null : formatTime(last.occurredAt)
}
