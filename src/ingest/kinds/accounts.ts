import { ACCOUNTS, IDENTITIES, TRAITS } from '../../db/loadable-tables.ts'
import { defineImport, IMPORT_SOURCE, knownAt } from '../define-import.ts'
import { normaliseDomain } from '../mail-address.ts'
import { ACCOUNT_TRAITS, traitRecords } from './traits.ts'

export const ACCOUNT_IMPORT = defineImport({
  name: 'accounts',
  columns: [
    { name: 'account_id', type: 'id', required: true, about: 'id of the organisation' },
    { name: 'created_at', type: 'time', required: true, about: 'when it came into being for us' },
    { name: 'known_at', type: 'time', about: 'when the attributes of the row were known' },
    ...ACCOUNT_TRAITS,
  ],
  otherColumns: 'traits',
  tables: [ACCOUNTS, TRAITS, IDENTITIES],
  readRow(cells, times) {
    const id = cells.text('account_id')!
    const createdAt = cells.time('created_at')!
    const known = knownAt(cells.time('known_at'), createdAt, times)
    const domain = normaliseDomain(cells.text('domain') ?? '')
    return {
      id,
      leadId: null,
      email: null,
      anonymousId: null,
      account: null,
      contacts: null,
      knownFromNow: cells.time('known_at') === null && !times.trusted,
      records: [
        [ACCOUNTS, [id, createdAt, known, IMPORT_SOURCE]],
        ...traitRecords('account', id, cells, createdAt, times),
        ...(domain ? [[IDENTITIES, ['domain', domain, 'account', id, known, IMPORT_SOURCE]] as const] : []),
      ],
    }
  },
})
