import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factsAt } from '../../src/features/facts.ts'
import { defineRegistry, fitRegistry } from '../../src/features/registry.ts'
import type { AccountRecord, LeadEvent, LeadRecord, Trait, TraitValue } from '../../src/glossary.ts'
import { DAY } from '../../src/glossary.ts'
import { shippedDefinition } from '../support/shipped-definition.ts'
import { AS_OF } from './records.ts'

// The laws hold for the definition that is shipped, with every kind in it, and every measure of what decays.
const MEASURES = ['decayed', 'count', 'recency', 'distinct_days', 'last_7_days']
const shipped = shippedDefinition('conversion')
const features = shipped.features.map(({ kind, options }) =>
  kind === 'behaviour' && String(options['measures']) === 'decayed'
    ? { kind, options: { ...options, measures: MEASURES } }
    : { kind, options },
)
const registry = fitRegistry(defineRegistry({ ...shipped, features }), {
  industry: ['software', 'retail'],
  funding_stage: ['seed'],
  country: ['DE', 'FR'],
  technologies: ['react', 'kubernetes'],
  source: ['webinar', 'referral'],
  first_source: ['webinar', 'referral'],
})
const columnAt = (name: string) => {
  const position = registry.columns.findIndex((column) => column.name === name)
  expect(position, name).toBeGreaterThanOrEqual(0)
  return position
}

const rowOf = (record: AccountRecord, asOf = AS_OF): Float64Array => {
  const row = new Float64Array(registry.columns.length).fill(-999)
  registry.computeRow(factsAt(record, record.leads.find(({ leadId }) => leadId === 'l1')!, asOf), row)
  return row
}
const bits = (row: Float64Array) => [...new BigInt64Array(row.buffer)]

const types = [
  'page_viewed',
  'pricing_page_viewed',
  'careers_page_viewed',
  'email_sent',
  'email_opened',
  'unsubscribed',
  'something_new',
]
const traitValues: Readonly<Record<string, readonly TraitValue[]>> = {
  title: ['CTO', 'Praktikant', 'Blacksmith', ''],
  email: ['a@acme.com', 'b@gmail.com', 'nothing'],
  message: ['a quote, please', 'hello'],
  country: ['Germany', 'France'],
  domain: ['acme.com'],
  source: ['webinar', 'unseen'],
  student: [true, false],
  industry: ['Software', 'mining'],
  employees: [12, '1200', 'many'],
  technologies: [['React'], [], ['cobol', 'Kubernetes']],
}

/** Ages in ms: often at the edges (as_of itself, a week, a year), in whole hours so that days and moments collide. */
const edge = fc.constantFrom(0, 1, 7 * DAY, 7 * DAY + 1, 365 * DAY, 365 * DAY + 1)
const pastAge = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 9_600 }).map((h) => h * 3_600_000) },
  edge,
)
const pastTime = pastAge.filter((age) => age > 0).map((age) => AS_OF - age)
const anyTime = fc.oneof(
  pastTime,
  fc.integer({ min: 0, max: 90 * DAY }).map((ahead) => AS_OF + ahead),
)
const seenTimes = fc.record({ occurredAt: pastTime, knownAt: pastTime })
/** At least one of the two is not before as_of. */
const unseenTimes = fc
  .record({ occurredAt: anyTime, knownAt: anyTime })
  .filter(({ occurredAt, knownAt }) => occurredAt >= AS_OF || knownAt >= AS_OF)

type Times = { occurredAt: number; knownAt: number }
const eventOf = (times: fc.Arbitrary<Times>): fc.Arbitrary<LeadEvent> =>
  fc
    .record({ times, type: fc.constantFrom(...types), id: fc.nat(1_000_000), bot: fc.boolean() })
    .map(({ times: at, type, id, bot }) => ({
      ...at,
      type,
      eventId: `e${id}`,
      source: 'test',
      properties: bot ? { bot: id % 4 === 0 } : {},
    }))
const traitOf = (times: fc.Arbitrary<Times>): fc.Arbitrary<Trait> =>
  fc
    .record({
      times,
      name: fc.constantFrom(...Object.keys(traitValues)),
      pick: fc.nat(9),
      source: fc.constantFrom('a', 'b'),
    })
    .map(({ times: at, name, pick, source }) => {
      const values = traitValues[name]!
      return { ...at, name, value: values[pick % values.length]!, source, undated: false }
    })

interface Loose {
  readonly events: LeadEvent[]
  readonly traits: Trait[]
}
const looseOf = (times: fc.Arbitrary<Times>): fc.Arbitrary<Loose> =>
  fc.record({
    events: fc.array(eventOf(times), { maxLength: 25 }),
    traits: fc.array(traitOf(times), { maxLength: 12 }),
  })
const worldOf = (times: fc.Arbitrary<Times>) =>
  fc.record({ mine: looseOf(times), theirs: looseOf(times), account: looseOf(times) })
type World = { mine: Loose; theirs: Loose; account: Loose }

/** An account with the lead l1 and a colleague, sorted as a database would. */
const recordOf = (...worlds: World[]): AccountRecord => {
  const inOrder = <Fact extends Times>(facts: Fact[]) =>
    facts.toSorted((a, b) => a.occurredAt - b.occurredAt || a.knownAt - b.knownAt)
  const leadOf = (leadId: string, parts: Loose[]): LeadRecord => ({
    leadId,
    accountId: 'a1',
    createdAt: AS_OF - 400 * DAY,
    traits: inOrder(parts.flatMap(({ traits }) => traits)),
    events: inOrder(parts.flatMap(({ events }) => events)),
  })
  return {
    accountId: 'a1',
    traits: inOrder(worlds.flatMap(({ account }) => account.traits)),
    leads: [
      leadOf(
        'l1',
        worlds.map(({ mine }) => mine),
      ),
      leadOf(
        'l2',
        worlds.map(({ theirs }) => theirs),
      ),
    ],
    deals: [],
  }
}

describe('a row', () => {
  it('changes as soon as the same thing is visible', () => {
    fc.assert(
      fc.property(
        worldOf(seenTimes),
        eventOf(fc.constant({ occurredAt: AS_OF - 1, knownAt: AS_OF - 1 })),
        (seen, event) => {
          const page = { ...event, type: 'page_viewed', properties: {} }
          const more = {
            mine: { events: [page], traits: [] },
            theirs: { events: [], traits: [] },
            account: { events: [], traits: [] },
          }
          const at = columnAt('page_viewed.count')
          expect(rowOf(recordOf(seen, more))[at]).toBe(rowOf(recordOf(seen))[at]! + 1)
        },
      ),
    )
  })

  it('does not depend on the order in which anything was loaded', () => {
    fc.assert(
      fc.property(
        worldOf(fc.oneof(seenTimes, unseenTimes)),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (world, keys) => {
          const shuffled = <Fact>(facts: readonly Fact[]) =>
            facts
              .map((fact) => [keys.next().value, fact] as const)
              .toSorted((a, b) => a[0] - b[0])
              .map(([, fact]) => fact)
          const record = recordOf(world)
          const other: AccountRecord = {
            ...record,
            traits: shuffled(record.traits),
            leads: shuffled(
              record.leads.map((lead) => ({
                ...lead,
                traits: shuffled(lead.traits),
                events: shuffled(lead.events),
              })),
            ),
          }
          expect(bits(rowOf(other))).toEqual(bits(rowOf(record)))
        },
      ),
    )
  })

  it('does not depend on which whole day it is', () => {
    fc.assert(
      fc.property(
        worldOf(fc.oneof(seenTimes, unseenTimes)),
        fc.integer({ min: -3_000, max: 3_000 }),
        (world, days) => {
          const shift = <Fact extends Times>(fact: Fact): Fact => ({
            ...fact,
            occurredAt: fact.occurredAt + days * DAY,
            knownAt: fact.knownAt + days * DAY,
          })
          const record = recordOf(world)
          const moved: AccountRecord = {
            ...record,
            traits: record.traits.map(shift),
            leads: record.leads.map((lead) => ({
              ...lead,
              createdAt: lead.createdAt + days * DAY,
              traits: lead.traits.map(shift),
              events: lead.events.map(shift),
            })),
          }
          expect(bits(rowOf(moved, AS_OF + days * DAY))).toEqual(bits(rowOf(record)))
        },
      ),
    )
  })

  it('agrees with a plain count over the raw events', () => {
    fc.assert(
      fc.property(worldOf(fc.oneof(seenTimes, unseenTimes)), (world) => {
        const row = rowOf(recordOf(world))
        const value = (name: string) => row[columnAt(name)]!
        for (const type of ['page_viewed', 'pricing_page_viewed']) {
          const ages = world.mine.events
            .filter((event) => event.type === type && event.properties['bot'] !== true)
            .filter((event) => Math.max(event.occurredAt, event.knownAt) < AS_OF)
            .map((event) => (AS_OF - event.occurredAt) / DAY)
            .filter((age) => age <= 365)
          expect(value(`${type}.count`)).toBe(ages.length)
          expect(value(`${type}.recency`)).toBe(ages.length === 0 ? Number.NaN : Math.min(...ages))
          expect(value(`${type}.last_7_days`)).toBe(ages.filter((age) => age <= 7).length)
          expect(value(`${type}.distinct_days`)).toBe(new Set(ages.map((age) => Math.ceil(age))).size)
          // Another formula in another order: equal to rounding.
          const decayed = ages.reduce((sum, age) => sum + Math.exp((-Math.LN2 * age) / 14), 0)
          expect(value(`${type}.decayed`)).toBeCloseTo(decayed, 10)
          expect(value(`${type}.decayed`)).toBeLessThanOrEqual(value(`${type}.count`))
        }
      }),
    )
  })

  it('is the same after other rows and words in between, and at any offset', () => {
    fc.assert(
      fc.property(worldOf(seenTimes), worldOf(seenTimes), (one, other) => {
        const expected = bits(rowOf(recordOf(one)))
        const width = registry.columns.length
        const both = new Float64Array(2 * width + 2).fill(7)
        const [a, b] = [one, other].map((world) => {
          const record = recordOf(world)
          return factsAt(record, record.leads[0]!, AS_OF)
        })
        registry.computeRow(b!, both, 1)
        for (let i = 0; i < width; i++)
          expect(registry.describe(b!, i, both[1 + i]!)).not.toMatch(/NaN|undefined|^$/)
        registry.computeRow(a!, both, 1 + width)
        expect(bits(both.slice(1 + width, 1 + 2 * width))).toEqual(expected)
        expect([both[0], both.at(-1)]).toEqual([7, 7])
      }),
      { numRuns: 30 },
    )
  })

  it('changes with more colleagues only where colleagues are meant', () => {
    fc.assert(
      fc.property(worldOf(seenTimes), worldOf(seenTimes), (world, other) => {
        const record = recordOf(world)
        const newcomer = { ...recordOf(other).leads[1]!, leadId: 'l0' }
        const row = rowOf(record)
        const wider = rowOf({ ...record, leads: [newcomer, ...record.leads] })
        for (const [i, column] of registry.columns.entries()) {
          // Who comes first may be a colleague.
          const isOfOthers =
            ['colleagues', 'interest'].includes(column.group) || column.name.startsWith('first_')
          if (!isOfOthers) expect(wider[i], column.name).toBe(row[i])
        }
      }),
    )
  })
})
