/** A condition on how often something was done: `{ event: TYPE, where?, within?, at_least?, at_most? }`. */
import { formatTime, type LeadEvent, type Milliseconds } from '../glossary.ts'
import type { Condition } from './condition.ts'
import type { SubjectView } from './subject-view.ts'

export interface EventQuery {
  readonly type: string
  /** Each property must be equal, text without regard to case. */
  readonly where: Readonly<Record<string, string | number | boolean>>
  /** Only what occurred so many milliseconds before `asOf`, or less; null: all. */
  readonly within: Milliseconds | null
  /** The window as written, for the words. */
  readonly withinText: string | undefined
  readonly atLeast: number
  readonly atMost: number
}

export function eventCount(query: EventQuery): Condition {
  const { type, where, within, atLeast, atMost } = query
  const properties = Object.entries(where)
  const counted = (view: SubjectView): readonly LeadEvent[] => {
    const since = within === null ? Number.NEGATIVE_INFINITY : view.asOf - within
    return view
      .eventsOf(type)
      .filter(
        (event) =>
          event.occurredAt >= since &&
          properties.every(([property, value]) => sameValue(event.properties[property], value)),
      )
  }
  return {
    holds(view) {
      const count = counted(view).length
      return count >= atLeast && count <= atMost
    },
    describe: (view) => describeEvents(query, counted(view)),
  }
}

/** `email bounced (kind hard): 2 times, the last at 2026-03-01T10:00:00Z`. */
function describeEvents({ type, where, withinText }: EventQuery, events: readonly LeadEvent[]): string {
  const properties = Object.entries(where).map(([property, value]) => `${property} ${value}`)
  const which = properties.length > 0 ? ` (${properties.join(', ')})` : ''
  const what = `${type.replaceAll('_', ' ')}${which}${withinText ? ` within ${withinText}` : ''}`
  if (events.length === 0) return `${what}: never`
  const last = events.reduce((latest, { occurredAt }) => Math.max(latest, occurredAt), events[0]!.occurredAt)
  const times = events.length === 1 ? 'once, at' : `${events.length} times, the last at`
  return `${what}: ${times} ${formatTime(last)}`
}

function sameValue(found: unknown, wanted: string | number | boolean): boolean {
  const bothText = typeof found === 'string' && typeof wanted === 'string'
  return bothText ? found.toLowerCase() === wanted.toLowerCase() : found === wanted
}
