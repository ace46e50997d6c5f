import { defineExport } from '../define-export.ts'
import { eventsFile } from '../events-file.ts'
import { ACCOUNT_FILE } from './accounts.ts'
import { CONTACT_FILE } from './contacts.ts'
import { LEAD_FILE } from './leads.ts'
import { CONTACT_ROLE_FILE, HISTORY_FILE, OPPORTUNITY_FILE } from './opportunities.ts'
import { personIds } from './people.ts'

/** By the names of Salesforce's API; the company's own fields end in __c. */
export const SALESFORCE_EXPORT = defineExport({
  crm: 'salesforce',
  files: [
    ACCOUNT_FILE,
    LEAD_FILE,
    CONTACT_FILE,
    OPPORTUNITY_FILE,
    CONTACT_ROLE_FILE,
    HISTORY_FILE,
    eventsFile(personIds),
  ],
  imports: [
    { kind: 'accounts', file: 'Account.csv', mapped: true },
    { kind: 'leads', file: 'Lead.csv', mapped: true },
    { kind: 'leads', file: 'Contact.csv', mapped: true },
    { kind: 'deals', file: 'Opportunity.csv', mapped: true },
    { kind: 'deal_contacts', file: 'OpportunityContactRole.csv', mapped: true },
    { kind: 'deal_stages', file: 'OpportunityHistory.csv', mapped: true },
    { kind: 'events', file: 'events.csv', mapped: false },
  ],
})
