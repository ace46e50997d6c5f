import { DEAL_CONTACTS } from '../../db/loadable-tables.ts'
import { defineImport } from '../define-import.ts'

/** People of deals, for a CRM that keeps them apart from its deals. They come on top of those that a deal has. */
export const DEAL_CONTACT_IMPORT = defineImport({
  name: 'deal_contacts',
  columns: [
    { name: 'deal_id', type: 'id', required: true, about: 'the deal; deals go first' },
    { name: 'lead_id', type: 'id', required: true, about: 'the person; leads go first' },
    { name: 'is_primary', type: 'flag', about: 'true for the primary contact; of several the last counts' },
  ],
  otherColumns: 'refused',
  tables: [DEAL_CONTACTS],
  countBy: 'records',
  readRow(cells) {
    const dealId = cells.text('deal_id')!
    const leadId = cells.text('lead_id')!
    const isPrimary = cells.flag('is_primary')
    return {
      // A person may have several roles in a deal, a row each.
      id: null,
      person: { leadId, otherIds: [], email: null, userId: null, anonymousId: null },
      email: null,
      account: null,
      contacts: null,
      needs: [
        { what: 'deal', column: 'deal_id', given: dealId },
        { what: 'lead', column: 'lead_id', given: leadId },
      ],
      knownFromNow: false,
      records: (who) => [[DEAL_CONTACTS, [dealId, who.leadId, isPrimary]]],
    }
  },
})
