import { EVENTS, IDENTITIES } from '../../db/loadable-tables.ts'
import { CellFault } from '../cell-types.ts'
import { contentHash } from '../content-hash.ts'
import { defineImport, IMPORT_SOURCE, knownAt } from '../define-import.ts'

export const EVENT_IMPORT = defineImport({
  name: 'events',
  columns: [
    { name: 'event_id', type: 'id', about: 'id of the event; without it a hash of the content' },
    { name: 'lead_id', type: 'id', about: 'who did it' },
    { name: 'anonymous_id', type: 'id', about: 'visitor id, where the lead is not known (yet)' },
    { name: 'type', type: 'id', required: true, about: 'page_viewed, demo_requested, email_clicked...' },
    { name: 'occurred_at', type: 'time', required: true, about: 'when it happened' },
    { name: 'known_at', type: 'time', about: 'when we learned of it' },
    { name: 'source', type: 'id', about: 'system it comes from; "import" if empty' },
    { name: 'properties', type: 'properties', about: 'a JSON object' },
  ],
  oneOf: ['lead_id', 'anonymous_id'],
  otherColumns: 'refused',
  tables: [EVENTS, IDENTITIES],
  readRow(cells, times) {
    const leadId = cells.text('lead_id')
    const anonymousId = cells.text('anonymous_id')
    if (leadId === null && anonymousId === null)
      return {
        column: 'lead_id',
        fault: new CellFault('is empty, and so is anonymous_id; one of them is needed'),
      }
    const type = cells.text('type')!
    const occurredAt = cells.time('occurred_at')!
    const source = cells.text('source') ?? IMPORT_SOURCE
    const properties = cells.properties('properties')
    const known = knownAt(cells.time('known_at'), occurredAt, times)
    const id =
      cells.text('event_id') ??
      contentHash({ leadId, anonymousId, type, occurredAt, source, properties: properties?.object ?? {} })
    const event = [
      id,
      leadId,
      anonymousId,
      type,
      occurredAt,
      known,
      source,
      properties?.text ?? '{}',
    ] as const
    return {
      id,
      leadId,
      email: null,
      anonymousId,
      account: null,
      contacts: null,
      knownFromNow: cells.time('known_at') === null && !times.trusted,
      records:
        leadId && anonymousId
          ? [
              [EVENTS, event],
              [IDENTITIES, ['anonymous_id', anonymousId, 'lead', leadId, known, IMPORT_SOURCE]],
            ]
          : [[EVENTS, event]],
    }
  },
})
