/** What leads did, as a tracking tool exports it: it has both times, and the id that the CRM gave a person. */
import { formatTime } from '../../src/glossary.ts'
import type { SimulatedEvent } from '../simulator/records.ts'
import type { AccountView } from './account-view.ts'
import { type ExportFile, exportFile } from './define-export.ts'

/** `personIds` gives for an account who did an event, by the id that the CRM had for the person then. */
export function eventsFile(personIds: (view: AccountView) => (event: SimulatedEvent) => string): ExportFile {
  return exportFile(
    'events.csv',
    (view) => {
      const personId = personIds(view)
      return view.events.map((event) => ({ ...event, personId: personId(event) }))
    },
    {
      event_id: ({ eventId }) => eventId,
      lead_id: ({ personId }) => personId,
      type: ({ type }) => type,
      occurred_at: ({ occurredAt }) => formatTime(occurredAt),
      known_at: ({ knownAt }) => formatTime(knownAt),
      properties: ({ properties }) =>
        Object.keys(properties).length === 0 ? null : JSON.stringify(properties),
    },
  )
}
