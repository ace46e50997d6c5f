import { defineExport } from '../define-export.ts'
import { eventsFile } from '../events-file.ts'
import { COMPANIES_FILE } from './companies.ts'
import { CONTACTS_FILE } from './contacts.ts'
import { DEALS_FILE } from './deals.ts'
import { contactId } from './record-ids.ts'

/** By the names of HubSpot's API; beside its own properties such as companies add: lead_source, campaign, consent. */
export const HUBSPOT_EXPORT = defineExport({
  crm: 'hubspot',
  files: [
    COMPANIES_FILE,
    CONTACTS_FILE,
    DEALS_FILE,
    eventsFile(
      () =>
        ({ leadId }) =>
          contactId(leadId),
    ),
  ],
  imports: [
    { kind: 'accounts', file: 'companies.csv', mapped: true },
    { kind: 'leads', file: 'contacts.csv', mapped: true },
    { kind: 'deals', file: 'deals.csv', mapped: true },
    { kind: 'events', file: 'events.csv', mapped: false },
  ],
})
