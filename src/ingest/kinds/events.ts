import { EVENTS, IDENTITIES } from '../../db/loadable-tables.ts'
import { CellFault } from '../cell-fault.ts'
import { contentHash } from '../content-hash.ts'
import { defineImport, IMPORT_SOURCE, knownAt } from '../define-import.ts'
import { normaliseMail } from '../mail-address.ts'

export const EVENT_IMPORT = defineImport({
  name: 'events',
  columns: [
    { name: 'event_id', type: 'id', about: 'id of the event; without it a hash of the content' },
    { name: 'lead_id', type: 'id', about: 'who did it' },
    { name: 'email', type: 'text', about: 'who did it, by the mail address of a lead that is known' },
    { name: 'user_id', type: 'id', about: 'who did it, by the user id of a lead that is known' },
    { name: 'anonymous_id', type: 'id', about: 'visitor id, where the lead is not known (yet)' },
    { name: 'type', type: 'id', required: true, about: 'page_viewed, demo_requested, email_clicked...' },
    { name: 'occurred_at', type: 'time', required: true, about: 'when it happened' },
    { name: 'known_at', type: 'time', about: 'when we learned of it' },
    { name: 'source', type: 'id', about: 'system it comes from; "import" if empty' },
    { name: 'properties', type: 'properties', about: 'a JSON object' },
  ],
  oneOf: ['lead_id', 'email', 'user_id', 'anonymous_id'],
  otherColumns: 'refused',
  tables: [EVENTS, IDENTITIES],
  countBy: 'records',
  readRow(cells, times) {
    const leadId = cells.text('lead_id')
    const email = cells.text('email')
    const userId = cells.text('user_id')
    const anonymousId = cells.text('anonymous_id')
    if (leadId === null && email === null && userId === null && anonymousId === null)
      return {
        column: 'lead_id',
        fault: new CellFault('is empty, and so are email, user_id and anonymous_id; one of them is needed'),
      }
    const address = email && normaliseMail(email)
    const byNoOtherName = leadId === null && userId === null && anonymousId === null
    if (email !== null && address === null && byNoOtherName)
      return { column: 'email', fault: new CellFault(`${JSON.stringify(email)} is not a mail address`) }
    const type = cells.text('type')!
    const occurredAt = cells.time('occurred_at')!
    const source = cells.text('source') ?? IMPORT_SOURCE
    const properties = cells.properties('properties')
    const known = knownAt(cells.time('known_at'), occurredAt, times)
    // By what the file says, not by who is meant: who that is may be learned later, and the event is still the same.
    const content = { leadId, email: address, userId, anonymousId, type, occurredAt, source }
    const id = cells.text('event_id') ?? contentHash({ ...content, properties: properties?.object ?? {} })
    return {
      id,
      person: { leadId, otherIds: [], email: address, userId, anonymousId },
      email,
      account: null,
      contacts: null,
      // An id of a lead may come before the lead, a visitor stays one; whom only a mail address or user id names must be known.
      needs:
        leadId !== null || anonymousId !== null
          ? []
          : [
              address
                ? { what: 'lead', column: 'email', given: address }
                : { what: 'lead', column: 'user_id', given: userId! },
            ],
      knownFromNow: cells.time('known_at') === null && !times.trusted,
      records(who) {
        const event = [id, who.leadId, anonymousId, type, occurredAt, known, source, properties?.text ?? '{}']
        // A visitor by whom alone the lead was found is linked already.
        return who.leadId && anonymousId && (leadId ?? userId ?? address) !== null
          ? [
              [EVENTS, event],
              [IDENTITIES, ['anonymous_id', anonymousId, 'lead', who.leadId, known, IMPORT_SOURCE]],
            ]
          : [[EVENTS, event]]
      },
    }
  },
})
