/** People of an account and what they did, dated, as answers show them. */
import type { z } from 'zod'
import { formatTime } from '../glossary.ts'
import { personName } from '../scoring/person-name.ts'
import { eventsOfPeople, type visiblePeople } from '../scoring/visible-facts.ts'
import { LIMITS } from './limits.ts'
import type { peopleSchema, personEventsSchema } from './schemas/leads.ts'

type People = ReturnType<typeof visiblePeople>

export function shownPeople(people: People): z.infer<typeof peopleSchema> {
  return people.map(({ leadId, events, ...person }) => {
    const title = person.trait('title')
    const last = events.at(-1)
    return {
      lead_id: leadId,
      name: personName(person),
      title: typeof title === 'string' ? title : null,
      event_count: events.length,
      last_event_at: last ? formatTime(last.occurredAt) : null,
    }
  })
}

/** The latest of them, in order of time. */
export function shownPersonEvents(people: People): z.infer<typeof personEventsSchema> {
  return eventsOfPeople(people)
    .slice(-LIMITS.shownEvents)
    .map(({ leadId, event: { eventId, type, occurredAt, knownAt } }) => ({
      lead_id: leadId,
      event_id: eventId,
      type,
      occurred_at: formatTime(occurredAt),
      known_at: formatTime(knownAt),
    }))
}
