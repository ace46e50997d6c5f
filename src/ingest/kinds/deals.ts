import { DEAL_CONTACTS, DEAL_STAGES, DEALS } from '../../db/loadable-tables.ts'
import { CellFault } from '../cell-types.ts'
import { defineImport, IMPORT_SOURCE, knownAt } from '../define-import.ts'

export const DEAL_IMPORT = defineImport({
  name: 'deals',
  columns: [
    { name: 'deal_id', type: 'id', required: true, about: 'id of the deal' },
    { name: 'account_id', type: 'id', about: 'its organisation; created bare if it is unknown' },
    { name: 'pipeline', type: 'id', about: 'new_business if empty; expansion...' },
    { name: 'opened_at', type: 'time', required: true, about: 'when it was opened' },
    { name: 'closed_at', type: 'time', about: 'when it was won or lost; empty while it is open' },
    {
      name: 'outcome',
      type: 'choice',
      required: true,
      choices: ['won', 'lost', 'open'],
      about: 'won, lost or open',
    },
    { name: 'amount', type: 'number', min: 0, max: 1e15, about: 'value' },
    { name: 'currency', type: 'id', about: 'three letters: EUR' },
    { name: 'lost_reason', type: 'text', about: 'why it was lost' },
    {
      name: 'contacts',
      type: 'list',
      about: 'lead ids divided by ; the first is the primary contact. Leads go first.',
    },
    { name: 'stages', type: 'stages', about: 'stage@time divided by ;' },
    { name: 'known_at', type: 'time', about: 'when we learned of the outcome' },
  ],
  otherColumns: 'refused',
  tables: [DEALS, DEAL_CONTACTS, DEAL_STAGES],
  readRow(cells, times) {
    const id = cells.text('deal_id')!
    const openedAt = cells.time('opened_at')!
    const closedAt = cells.time('closed_at')
    const outcome = cells.text('outcome')!
    if (outcome === 'open' && closedAt !== null)
      return { column: 'closed_at', fault: new CellFault('must be empty while the outcome is open') }
    if (outcome !== 'open' && closedAt === null)
      return { column: 'closed_at', fault: new CellFault(`is empty, but the deal is ${outcome}`) }
    if (closedAt !== null && closedAt < openedAt)
      return { column: 'closed_at', fault: new CellFault('is before opened_at') }
    const currency = cells.text('currency')?.toUpperCase() ?? null
    if (currency !== null && !/^[A-Z]{3}$/.test(currency))
      return { column: 'currency', fault: new CellFault('must have three letters, like EUR') }
    const stated = cells.time('known_at')
    const known = knownAt(stated, closedAt ?? openedAt, times)
    const accountId = cells.text('account_id')
    const contacts = cells.list('contacts')
    return {
      id,
      leadId: null,
      email: null,
      anonymousId: null,
      account: accountId ? { accountId, createdAt: openedAt, knownAt: knownAt(null, openedAt, times) } : null,
      contacts: contacts?.map((leadId, i) => ({ leadId, isPrimary: i === 0 })) ?? null,
      // Outcomes are what is learned, not what is learned from: training takes them by closed_at.
      knownFromNow: false,
      records: [
        [
          DEALS,
          [
            id,
            accountId,
            cells.text('pipeline') ?? 'new_business',
            openedAt,
            closedAt,
            outcome,
            cells.number('amount'),
            currency,
            cells.text('lost_reason'),
            known,
            IMPORT_SOURCE,
          ],
        ],
        ...cells
          .stages('stages')
          .map(
            ([stage, enteredAt]) =>
              [DEAL_STAGES, [id, stage, enteredAt, knownAt(null, enteredAt, times)]] as const,
          ),
      ],
    }
  },
})
