/**
 * What each event is worth at a moment: the score with it, less the score as if it had not happened. Of a feature that is a sum over
 * events (decayed, counts, interest) what an event adds is its own term, exactly; of others (recency, distinct days) what would be
 * missing. The points of events do not add up to those of a reason where the model bends: the second visit may be worth less than the
 * first.
 */
import { compareEvents, type Facts, factsAt } from '../features/facts.ts'
import { withoutEvent } from '../features/without-event.ts'
import { formatTime, type LeadEvent, type Milliseconds } from '../glossary.ts'
import { whyNotApplicable } from './applicability.ts'
import { chooseModel } from './families.ts'
import type { LoadedModel } from './load-model.ts'
import { rowAllowance } from './row-allowance.ts'
import { outcomeOf, rowOf } from './score-row.ts'
import { familyOf, type ScoredSubject } from './scored-subject.ts'

interface EventWorth {
  readonly event_id: string
  /** Who did it. */
  readonly lead_id: string
  readonly type: string
  readonly occurred_at: string
  /** Raw points that would be missing without it; below 0: there would be more. */
  readonly points: number
  /** Columns of the model that it changes: what it adds to each. null: without it the column would be missing, or would not be. */
  readonly adds: readonly {
    readonly feature: string
    readonly group: string
    readonly value: number | null
  }[]
}

export type EventWorths =
  | {
      readonly applies: true
      readonly model: string
      readonly version: string
      readonly raw_points: number
      /** In order of time. */
      readonly events: readonly EventWorth[]
      /** Older ones. */
      readonly not_listed: number
    }
  | { readonly applies: false; readonly model: string; readonly why: string }

/**
 * The latest `most` events, or fewer where there are very many. Throws `model_not_found` and `subject_too_large`.
 * @param breathe Called now and then, so that others get their turn.
 */
export async function eventWorths(
  subject: ScoredSubject,
  name: string | undefined,
  asOf: Milliseconds,
  most: number,
  breathe?: () => Promise<void>,
): Promise<EventWorths> {
  const { account, lead, policy } = subject
  const family = familyOf(subject, name)
  const facts = factsAt(account, lead, asOf)
  const { model, because } = chooseModel(family, facts)
  if (!model) return { applies: false, model: family.name, why: because }
  const why = whyNotApplicable(model.registry.definition, account, lead, asOf)
  if (why !== null) return { applies: false, model: family.name, why }

  const segments = subject.segmentsOf(facts)
  const scoreOf = (row: Float64Array): number =>
    outcomeOf(model, policy, segments, model.predictor.rawScore(row)).raw_points
  const row = rowOf(model, facts)
  const points = scoreOf(row)
  const done = eventsBehind(model, facts)
  const allowed = rowAllowance(subject, breathe)
  const listed = done.slice(-Math.min(most, allowed.rows))
  const events: EventWorth[] = []
  for (const { leadId, event } of listed) {
    await allowed.breathe()
    const without = rowOf(model, withoutEvent(facts, leadId, event))
    events.push({
      event_id: event.eventId,
      lead_id: leadId,
      type: event.type,
      occurred_at: formatTime(event.occurredAt),
      points: points - scoreOf(without),
      adds: addsOf(model, row, without),
    })
  }
  return {
    applies: true,
    model: family.name,
    version: String(model.version),
    raw_points: points,
    not_listed: done.length - listed.length,
    events,
  }
}

interface DoneEvent {
  readonly leadId: string
  readonly event: LeadEvent
}

/** Of the subject itself, and what of its colleagues the model looks at; in order of time. */
function eventsBehind({ registry }: LoadedModel, facts: Facts): readonly DoneEvent[] {
  const { leadId, people, events, colleagues = [] } = facts
  const done = (id: string, some: readonly LeadEvent[]): DoneEvent[] =>
    some.map((event) => ({ leadId: id, event }))
  const all = people
    ? people.flatMap((person) => done(person.leadId, person.events))
    : [
        ...done(leadId, events),
        ...colleagues.flatMap((one) => done(one.leadId, one.events.filter(registry.readsOfColleague))),
      ]
  return all.sort((a, b) => compareEvents(a.event, b.event))
}

function addsOf({ registry }: LoadedModel, row: Float64Array, without: Float64Array): EventWorth['adds'] {
  return registry.columns.flatMap(({ name: feature, group }, column) => {
    const [value, other] = [row[column]!, without[column]!]
    if (Object.is(value, other)) return []
    const added = value - other
    return [{ feature, group, value: Number.isNaN(added) ? null : added }]
  })
}
