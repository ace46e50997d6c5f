import { field } from '../account-view.ts'
import { exportFile } from '../define-export.ts'
import { dateText, OWN_FIELDS, timeText } from './leads.ts'
import { contactRecordId, type Person, peopleOf } from './people.ts'
import { numberOf, shortId } from './record-ids.ts'

export const CONTACT_FILE = exportFile(
  'Contact.csv',
  (view) => peopleOf(view).filter(({ contactSince }) => contactSince !== null),
  {
    Id: ({ lead }: Person) => contactRecordId(lead.leadId),
    IsDeleted: () => false,
    AccountId: ({ lead }) => (lead.accountId === null ? null : shortId('account', numberOf(lead.accountId))),
    FirstName: field('first_name'),
    LastName: field('last_name'),
    Title: field('title'),
    Email: field('email'),
    Phone: field('phone'),
    MailingCountry: field('country'),
    LeadSource: field('source'),
    ...OWN_FIELDS,
    CreatedDate: ({ lead, contactSince }) => timeText(contactSince ?? lead.createdAt),
    LastActivityDate: ({ events }) => (events.length === 0 ? null : dateText(events.at(-1)?.occurredAt ?? 0)),
  },
)
