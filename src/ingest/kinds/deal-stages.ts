import { DEAL_STAGES } from '../../db/loadable-tables.ts'
import { defineImport, knownAt } from '../define-import.ts'

/** The history of deals: each row is a stage that a deal was in at a time. Rows of one stage in a row are read as one. */
export const DEAL_STAGE_IMPORT = defineImport({
  name: 'deal_stages',
  columns: [
    { name: 'deal_id', type: 'id', required: true, about: 'the deal; deals go first' },
    { name: 'stage', type: 'id', required: true, about: 'the stage' },
    { name: 'entered_at', type: 'time', required: true, about: 'when the deal was (still) in it' },
    { name: 'known_at', type: 'time', about: 'when we learned of it' },
  ],
  otherColumns: 'refused',
  tables: [DEAL_STAGES],
  countBy: 'records',
  readRow(cells, times) {
    const dealId = cells.text('deal_id')!
    const enteredAt = cells.time('entered_at')!
    const known = knownAt(cells.time('known_at'), enteredAt, times)
    const stage = cells.text('stage')!
    return {
      // A history has a row for every change of a deal, of its amount as well: two may differ in nothing that is read.
      id: null,
      person: null,
      email: null,
      account: null,
      contacts: null,
      needs: [{ what: 'deal', column: 'deal_id', given: dealId }],
      // As with the outcomes of deals: training takes stages by entered_at.
      knownFromNow: false,
      records: () => [[DEAL_STAGES, [dealId, stage, enteredAt, known]]],
    }
  },
})
