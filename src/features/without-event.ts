/** Facts as if one event had not happened: who is there, and what is known of them, stays. */
import type { LeadEvent } from '../glossary.ts'
import type { Facts } from './facts.ts'

/** @param leadId Who did it: the subject, one of its colleagues or one of its people. */
export function withoutEvent(facts: Facts, leadId: string, event: LeadEvent): Facts {
  const without = (events: readonly LeadEvent[]): readonly LeadEvent[] =>
    events.filter((one) => one !== event)
  const { events, colleagues, people } = facts
  const isOwn = leadId === facts.leadId || people !== null
  return {
    ...facts,
    events: isOwn ? without(events) : events,
    colleagues: colleagues?.map((one) =>
      one.leadId === leadId ? { ...one, events: without(one.events) } : one,
    ),
    people:
      people?.map((one) => (one.leadId === leadId ? { ...one, events: without(one.events) } : one)) ?? null,
  }
}
