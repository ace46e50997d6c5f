/**
 * What had been done by each moment: counts of events by type and age, of the first contact of the account and of all others apart, beside
 * what is known of who decides. Gathered in one reading; what has no events takes no room.
 */
import type { Column } from '../../src/features/column.ts'
import type { Definition } from '../../src/features/definition.ts'
import { EventIndex } from '../../src/features/event-index.ts'
import { factsAt } from '../../src/features/facts.ts'
import { defineRegistry, fitRegistry } from '../../src/features/registry.ts'
import { BEHAVIOUR_LIFETIME, DAY, HOUR, type LeadEvent, type Milliseconds } from '../../src/glossary.ts'
import type { Matrix } from '../matrix.ts'
import type { RecordSource } from '../record-source.ts'
import { BUCKET_COUNT, bucketOf } from './age-buckets.ts'
import { decidersOf } from './deciders.ts'
import { OUTCOMES } from './followed.ts'
import { GrowingFloats } from './growing-floats.ts'
import type { MomentSampler } from './moments.ts'

/** The rows that have events of one type, and how many in each bucket of age. */
export interface EventCounts {
  /** Ascending. */
  readonly rows: Int32Array
  /** Row-major, rows.length * BUCKET_COUNT. */
  readonly counts: Float32Array
}

export interface Exposures {
  /** Types of events, in the order of `first` and `others`. */
  readonly events: readonly string[]
  /** Of the first contact, as the feature `interest` knows it. */
  readonly first: readonly EventCounts[]
  readonly others: readonly EventCounts[]
  /** Columns that do not come from events, with groups; a label says whether there is a decision. */
  readonly background: Matrix
  /** By row: 0 where there is no decision, else its place in OUTCOMES. */
  readonly outcomes: Uint8Array
  /** By row: how long after entry, as a level of AGE_LEVELS_DAYS. */
  readonly levels: Int32Array
  /** From entry to the target, in days, of the subjects that reached it. */
  readonly cycleDays: readonly number[]
}

/** After a lead came, for so long, things are done at first touch. */
const FIRST_TOUCH: Milliseconds = HOUR

/** Kinds of features that tell of events: how they count is what is to be learned, so they stand in no background. */
const TOLD_BY_EVENTS: ReadonlySet<string> = new Set([
  'behaviour',
  'engagement',
  'lead_age',
  'colleagues',
  'people',
  'interest',
])

/** Ends of the levels of time since entry, in days; the last level has none. */
const AGE_LEVELS_DAYS = [7, 14, 30, 60, 90, 180]
export const LEVEL_COUNT = AGE_LEVELS_DAYS.length + 1

export async function gatherExposures(
  records: RecordSource,
  definition: Definition,
  events: readonly string[],
  vocabularies: Readonly<Record<string, readonly string[]>>,
  sampler: MomentSampler,
  learnsFrom: (group: number) => boolean,
): Promise<Exposures> {
  const background = backgroundRegistry(definition, vocabularies)
  const index = new EventIndex({ ignored: definition.ignoreEvents, notEngagement: definition.notEngagement })
  const places = new Map(events.map((event, place) => [event, place]))
  const first = events.map(() => new CountsBuilder())
  const others = events.map(() => new CountsBuilder())
  const data = new GrowingFloats(Float64Array)
  const outcomes: number[] = []
  const groups: number[] = []
  const levels: number[] = []
  const cycleDays: number[] = []
  const columns: readonly Column[] = [...background.columns, ...events.map(firstTouchColumn)]
  const width = columns.length
  let group = -1
  const add = (counts: readonly CountsBuilder[], happened: readonly LeadEvent[], at: Milliseconds): void => {
    for (const event of happened) {
      const place = places.get(event.type)
      const age = at - event.occurredAt
      if (place === undefined || age > BEHAVIOUR_LIFETIME || !index.counts(event)) continue
      counts[place]!.add(outcomes.length, bucketOf(age))
    }
  }
  for await (const account of records.read()) {
    group += 1
    if (!learnsFrom(group)) continue
    for (const decider of decidersOf(account, definition)) {
      const { course } = decider
      for (const { at, outcome } of sampler.momentsOf(decider)) {
        const facts = factsAt(account, decider.leadAt(at), at)
        const values = data.extend(width)
        const start = data.length - width
        background.computeRow(facts, values, start)
        for (const event of facts.events) {
          const place = places.get(event.type)
          if (place !== undefined && event.occurredAt < facts.createdAt + FIRST_TOUCH && index.counts(event))
            values[start + background.columns.length + place] = 1
        }
        const countsOf = (leadId: string) => (leadId === facts.firstContactId ? first : others)
        if (facts.people === null) add(countsOf(facts.leadId), facts.events, at)
        for (const { leadId, events: theirs } of facts.people ?? facts.colleagues ?? [])
          add(countsOf(leadId), theirs, at)
        const days = (at - course.enteredAt) / DAY
        if (outcome === 'reached') cycleDays.push(days)
        outcomes.push(OUTCOMES.indexOf(outcome))
        groups.push(group)
        levels.push(AGE_LEVELS_DAYS.filter((end) => days >= end).length)
      }
    }
  }
  return {
    events,
    first: first.map((counts) => counts.build()),
    others: others.map((counts) => counts.build()),
    background: {
      columns,
      rowCount: outcomes.length,
      data: data.toArray(),
      labels: Uint8Array.from(outcomes, (outcome) => (outcome === 0 ? 0 : 1)),
      groups: Int32Array.from(groups),
    },
    outcomes: Uint8Array.from(outcomes),
    levels: Int32Array.from(levels),
    cycleDays,
  }
}

/** What a lead did when it first came says where it comes from, as a trait does, and that never fades. */
function firstTouchColumn(event: string): Column {
  return { kind: 'flag', name: `${event}.first_touch`, group: event, side: 'fit' }
}

function backgroundRegistry(
  definition: Definition,
  vocabularies: Readonly<Record<string, readonly string[]>>,
) {
  const features = definition.features.filter(({ kind }) => !TOLD_BY_EVENTS.has(kind))
  const registry = defineRegistry({ ...definition, features })
  const own = registry.vocabularyFeatures.map((name) => [name, vocabularies[name] ?? []] as const)
  return fitRegistry(registry, Object.fromEntries(own))
}

/** Counts of one type, row after row. */
class CountsBuilder {
  readonly #rows: number[] = []
  readonly #counts = new GrowingFloats(Float32Array)

  add(row: number, bucket: number): void {
    if (this.#rows.at(-1) !== row) {
      this.#rows.push(row)
      this.#counts.extend(BUCKET_COUNT)
    }
    this.#counts.increment(this.#counts.length - BUCKET_COUNT + bucket)
  }

  build(): EventCounts {
    return { rows: Int32Array.from(this.#rows), counts: this.#counts.toArray() }
  }
}
