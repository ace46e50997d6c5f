import { ACCOUNTS, IDENTITIES, TRAITS } from '../../db/loadable-tables.ts'
import { defineImport, IMPORT_SOURCE, knownAt } from '../define-import.ts'
import { normaliseDomain } from '../mail-address.ts'
import { crmIdRecords, sourceOf } from './crm-ids.ts'
import { ACCOUNT_TRAITS, traitRecords } from './traits.ts'

export const ACCOUNT_IMPORT = defineImport({
  name: 'accounts',
  columns: [
    { name: 'account_id', type: 'id', required: true, about: 'id of the organisation' },
    { name: 'other_ids', type: 'list', about: 'further ids that the CRM has for the same organisation' },
    { name: 'created_at', type: 'time', required: true, about: 'when it came into being for us' },
    { name: 'known_at', type: 'time', about: 'when the attributes of the row were known' },
    ...ACCOUNT_TRAITS,
  ],
  otherColumns: 'traits',
  tables: [IDENTITIES, ACCOUNTS, TRAITS],
  countBy: 'subjects',
  readRow(cells, times) {
    const fileId = cells.text('account_id')!
    const otherIds = cells.list('other_ids') ?? []
    const createdAt = cells.time('created_at')!
    const known = knownAt(cells.time('known_at'), createdAt, times)
    const domain = normaliseDomain(cells.text('domain') ?? '')
    // The cells are read here: by the time that records are asked for, they hold another row.
    const traitsOf = traitRecords('account', cells, createdAt, times)
    return {
      id: fileId,
      person: null,
      email: null,
      account: { accountId: fileId, otherIds, domain, createdAt, knownAt: known },
      contacts: null,
      needs: [],
      knownFromNow: cells.time('known_at') === null && !times.trusted,
      records({ accountId }) {
        const id = accountId ?? fileId
        return [
          [ACCOUNTS, [id, createdAt, known, IMPORT_SOURCE]],
          ...traitsOf(id, sourceOf(fileId, id)),
          ...crmIdRecords('account', id, [fileId, ...otherIds], known),
          ...(domain ? [[IDENTITIES, ['domain', domain, 'account', id, known, IMPORT_SOURCE]] as const] : []),
        ]
      },
    }
  },
})
