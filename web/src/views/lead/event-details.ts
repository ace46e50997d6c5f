import type { LeadFacts } from '../subject/subject-answers.ts'

/** Of an event, what says most of it first. */
const TELLING = ['path', 'url', 'title', 'name', 'form', 'subject', 'campaign', 'feature', 'webinar', 'term']

/** By event id: what was looked at, sent or filled in; nothing of those that carried nothing of the kind. */
export function eventDetails(events: LeadFacts['events']): ReadonlyMap<string, string> {
  return new Map(
    events.flatMap(({ event_id, properties }) => {
      const told = TELLING.map((name) => properties[name]).find(
        (value) => typeof value === 'string' && value !== '',
      )
      return typeof told === 'string' ? [[event_id, told] as const] : []
    }),
  )
}
