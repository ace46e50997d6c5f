/** A condition on how often something was done: `{ event: TYPE, where?, within?, at_least?, at_most? }`. */
import { formatTime, type LeadEvent } from '../glossary.ts'
import type { Condition } from './condition.ts'
import { type EventQuery, matchesQuery } from './event-query.ts'
import { inWords } from './field.ts'
import type { Lookups } from './lookups.ts'

/** `withinText`: the window as written, for the words. */
export function eventCount(
  query: EventQuery,
  withinText: string | undefined,
  atLeast: number,
  atMost: number,
  lookups: Lookups,
): Condition {
  const place = lookups.placeOf(query)
  return {
    kind: 'count',
    place,
    query,
    atLeast,
    atMost,
    holds(at) {
      const count = at.count(place)
      return count >= atLeast && count <= atMost
    },
    describe: ({ view }) =>
      describeEvents(
        query,
        withinText,
        view.events.filter(
          (event) => query.types.includes(event.type) && matchesQuery(query, event, view.asOf),
        ),
      ),
  }
}

/** `email bounced (kind hard): 2 times, the last at 2026-03-01T10:00:00Z`. */
function describeEvents(
  { types, where }: EventQuery,
  withinText: string | undefined,
  events: readonly LeadEvent[],
): string {
  const properties = where.map(([property, values]) => `${property} ${values.join(' or ')}`)
  const which = properties.length > 0 ? ` (${properties.join(', ')})` : ''
  const what = `${types.map(inWords).join(' or ')}${which}${withinText ? ` within ${withinText}` : ''}`
  if (events.length === 0) return `${what}: never`
  const last = events.reduce((latest, { occurredAt }) => Math.max(latest, occurredAt), events[0]!.occurredAt)
  const times = events.length === 1 ? 'once, at' : `${events.length} times, the last at`
  return `${what}: ${times} ${formatTime(last)}`
}
