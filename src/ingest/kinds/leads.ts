import { IDENTITIES, LEADS, TRAITS } from '../../db/loadable-tables.ts'
import { defineImport, IMPORT_SOURCE, knownAt } from '../define-import.ts'
import { normaliseMail } from '../mail-address.ts'
import { LEAD_TRAITS, traitRecords } from './traits.ts'

export const LEAD_IMPORT = defineImport({
  name: 'leads',
  columns: [
    { name: 'lead_id', type: 'id', required: true, about: 'id of the person' },
    { name: 'created_at', type: 'time', required: true, about: 'first touch' },
    { name: 'account_id', type: 'id', about: 'its organisation; created bare if it is unknown' },
    {
      name: 'anonymous_id',
      type: 'id',
      about: 'visitor id of the web site: its events become those of the lead',
    },
    { name: 'known_at', type: 'time', about: 'when the attributes of the row were known' },
    ...LEAD_TRAITS,
  ],
  otherColumns: 'traits',
  tables: [LEADS, TRAITS, IDENTITIES],
  readRow(cells, times) {
    const id = cells.text('lead_id')!
    const createdAt = cells.time('created_at')!
    const known = knownAt(cells.time('known_at'), createdAt, times)
    const accountId = cells.text('account_id')
    const email = cells.text('email')
    const anonymousId = cells.text('anonymous_id')
    const address = email && normaliseMail(email)
    return {
      id,
      leadId: id,
      email,
      anonymousId,
      account: accountId ? { accountId, createdAt, knownAt: known } : null,
      contacts: null,
      knownFromNow: cells.time('known_at') === null && !times.trusted,
      records: [
        [LEADS, [id, accountId, createdAt, known, IMPORT_SOURCE]],
        ...traitRecords('lead', id, cells, createdAt, times),
        ...(address ? [[IDENTITIES, ['email', address, 'lead', id, known, IMPORT_SOURCE]] as const] : []),
        ...(anonymousId
          ? [[IDENTITIES, ['anonymous_id', anonymousId, 'lead', id, known, IMPORT_SOURCE]] as const]
          : []),
      ],
    }
  },
})
