import { DEAL_CONTACTS, DEAL_STAGES, DEALS } from '../../db/loadable-tables.ts'
import { formatTime } from '../../glossary.ts'
import { CellFault } from '../cell-fault.ts'
import { defineImport, IMPORT_SOURCE, type ImportRecord, knownAt } from '../define-import.ts'

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
  countBy: 'subjects',
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
      return {
        column: 'closed_at',
        fault: new CellFault(`is before opened_at (${formatTime(closedAt)}, ${formatTime(openedAt)})`),
      }
    const givenCurrency = cells.text('currency')
    const currency = givenCurrency?.toUpperCase() ?? null
    if (currency !== null && !/^[A-Z]{3}$/.test(currency)) {
      const reason = `${JSON.stringify(givenCurrency)} is no code of a currency: three letters, like EUR`
      return { column: 'currency', fault: new CellFault(reason) }
    }
    const stated = cells.time('known_at')
    const known = knownAt(stated, closedAt ?? openedAt, times)
    const accountId = cells.text('account_id')
    const contacts = cells.list('contacts')
    const deal = {
      pipeline: cells.text('pipeline') ?? 'new_business',
      amount: cells.number('amount'),
      lostReason: cells.text('lost_reason'),
    }
    const stages = cells
      .stages('stages')
      .map(
        ([stage, enteredAt]): ImportRecord => [
          DEAL_STAGES,
          [id, stage, enteredAt, knownAt(null, enteredAt, times)],
        ],
      )
    return {
      id,
      person: null,
      email: null,
      account: accountId
        ? {
            accountId,
            otherIds: [],
            domain: null,
            createdAt: openedAt,
            knownAt: knownAt(null, openedAt, times),
          }
        : null,
      contacts: contacts?.map((leadId, i) => ({ leadId, isPrimary: i === 0 })) ?? null,
      needs: [],
      // Outcomes are what is learned, and training takes them by closed_at. Whether an account was a customer asks for known_at too.
      knownFromNow: false,
      records: (who) => [
        [
          DEALS,
          [
            id,
            who.accountId,
            deal.pipeline,
            openedAt,
            closedAt,
            outcome,
            deal.amount,
            currency,
            deal.lostReason,
            known,
            IMPORT_SOURCE,
          ],
        ],
        ...(who.contacts ?? []).map(
          ({ leadId, isPrimary }): ImportRecord => [DEAL_CONTACTS, [id, leadId, isPrimary]],
        ),
        ...stages,
      ],
    }
  },
})
