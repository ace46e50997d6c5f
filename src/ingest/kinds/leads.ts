import { IDENTITIES, LEADS, TRAITS } from '../../db/loadable-tables.ts'
import { defineImport, IMPORT_SOURCE, type ImportRecord, knownAt } from '../define-import.ts'
import { normaliseDomain, normaliseMail } from '../mail-address.ts'
import { crmIdRecords, sourceOf } from './crm-ids.ts'
import { LEAD_TRAITS, traitRecords } from './traits.ts'

export const LEAD_IMPORT = defineImport({
  name: 'leads',
  columns: [
    { name: 'lead_id', type: 'id', required: true, about: 'id of the person' },
    {
      name: 'other_ids',
      type: 'list',
      about: 'further ids that the CRM has for the same person, like that of the contact a lead became',
    },
    { name: 'created_at', type: 'time', required: true, about: 'first touch' },
    { name: 'account_id', type: 'id', about: 'its organisation; created bare if it is unknown' },
    {
      name: 'account_domain',
      type: 'text',
      about: 'domain of its organisation, where account_id is empty: the account that has it, if one does',
    },
    { name: 'user_id', type: 'id', about: 'id of the person in the product' },
    {
      name: 'anonymous_id',
      type: 'id',
      about: 'visitor id of the web site: its events become those of the lead',
    },
    { name: 'known_at', type: 'time', about: 'when the attributes of the row were known' },
    ...LEAD_TRAITS,
  ],
  otherColumns: 'traits',
  // Links of ids come first: whether a person has several records decides how they are written.
  tables: [IDENTITIES, LEADS, TRAITS],
  countBy: 'subjects',
  readRow(cells, times) {
    const fileId = cells.text('lead_id')!
    const otherIds = cells.list('other_ids') ?? []
    const createdAt = cells.time('created_at')!
    const known = knownAt(cells.time('known_at'), createdAt, times)
    const accountId = cells.text('account_id')
    const domain = normaliseDomain(cells.text('account_domain') ?? '')
    const email = cells.text('email')
    const address = email && normaliseMail(email)
    const userId = cells.text('user_id')
    const anonymousId = cells.text('anonymous_id')
    // The cells are read here: by the time that records are asked for, they hold another row.
    const traitsOf = traitRecords('lead', cells, createdAt, times)
    return {
      id: fileId,
      person: { leadId: fileId, otherIds, email: address, userId, anonymousId },
      email,
      account: accountId || domain ? { accountId, otherIds: [], domain, createdAt, knownAt: known } : null,
      contacts: null,
      needs: [],
      knownFromNow: cells.time('known_at') === null && !times.trusted,
      records(who) {
        const id = who.leadId ?? fileId
        const link = (kind: string, value: string | null): ImportRecord[] =>
          value === null ? [] : [[IDENTITIES, [kind, value, 'lead', id, known, IMPORT_SOURCE]]]
        return [
          [LEADS, [id, who.accountId, createdAt, known, IMPORT_SOURCE]],
          ...traitsOf(id, sourceOf(fileId, id)),
          ...crmIdRecords('lead', id, [fileId, ...otherIds], known),
          ...link('email', address),
          ...link('user_id', userId),
          ...link('anonymous_id', anonymousId),
        ]
      },
    }
  },
})
