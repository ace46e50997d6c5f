import type { Milliseconds } from '../../../src/glossary.ts'
import { field, standingOf } from '../account-view.ts'
import type { Cell } from '../csv-row.ts'
import { exportFile } from '../define-export.ts'
import { contactRecordId, leadRecordId, type Person, peopleOf } from './people.ts'
import { dealNumber, longId, numberOf } from './record-ids.ts'

/** Salesforce's way of writing times. */
export function timeText(time: Milliseconds): string {
  return new Date(time).toISOString().replace('Z', '+0000')
}

export function dateText(time: Milliseconds): string {
  return new Date(time).toISOString().slice(0, 10)
}

/** The company's own fields of a person, in Lead.csv and Contact.csv alike. */
export const OWN_FIELDS = {
  Campaign__c: field('campaign'),
  Message__c: field('message'),
  Student__c: field('student'),
  Consent__c: field('consent'),
  CRM_Stage__c: field('crm_stage'),
  Onboarding_Status__c: field('onboarding_status'),
} as const

const ifConverted =
  (cellOf: (person: Person) => Cell) =>
  (person: Person): Cell =>
    person.contactSince === null ? null : cellOf(person)

export const LEAD_FILE = exportFile('Lead.csv', (view) => peopleOf(view).filter(({ isLead }) => isLead), {
  Id: leadRecordId,
  IsDeleted: () => false,
  FirstName: field('first_name'),
  LastName: field('last_name'),
  Company: ({ view }: Person) => view.fields.get('name') ?? '[not provided]',
  Title: field('title'),
  Email: field('email'),
  Phone: field('phone'),
  Country: field('country'),
  LeadSource: field('source'),
  ...OWN_FIELDS,
  Status: ({ contactSince, events }) =>
    contactSince !== null
      ? 'Closed - Converted'
      : events.some(({ type }) => type === 'email_sent')
        ? 'Working - Contacted'
        : 'Open - Not Contacted',
  Rating: ({ deals }) => ({ won: 'Hot', open: 'Hot', lost: 'Cold', none: null })[standingOf(deals)],
  IsConverted: ({ contactSince }) => contactSince !== null,
  ConvertedDate: ({ contactSince }) => (contactSince === null ? null : dateText(contactSince)),
  ConvertedContactId: ifConverted(({ lead }) => contactRecordId(lead.leadId)),
  ConvertedAccountId: ifConverted(({ lead }) =>
    lead.accountId === null ? null : longId('account', numberOf(lead.accountId)),
  ),
  ConvertedOpportunityId: ifConverted(({ deals }) =>
    deals[0] === undefined ? null : longId('opportunity', dealNumber(deals[0].dealId)),
  ),
  CreatedDate: ({ lead }) => timeText(lead.createdAt),
  LastModifiedDate: ({ lead, contactSince, events }) =>
    timeText(contactSince ?? events.at(-1)?.occurredAt ?? lead.createdAt),
  LastActivityDate: ({ events }) => (events.length === 0 ? null : dateText(events.at(-1)?.occurredAt ?? 0)),
})
