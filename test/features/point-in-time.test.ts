/**
 * Point in time: a row sees nothing that occurred or became known at or after its moment. Asked of every shipped definition, with
 * the events and traits that it reads, and of every kind of feature, so that a new one is covered by itself.
 */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountSubject } from '../../src/features/account-subject.ts'
import { type Definition, parseDefinition } from '../../src/features/definition.ts'
import { type Facts, factsAt } from '../../src/features/facts.ts'
import { withHalfLives } from '../../src/features/half-lives.ts'
import { FEATURE_KINDS } from '../../src/features/kinds/index.ts'
import { knownRecord } from '../../src/features/known-record.ts'
import { defineRegistry, type FittedRegistry, fitRegistry } from '../../src/features/registry.ts'
import {
  type AccountRecord,
  DAY,
  type Deal,
  HOUR,
  type LeadEvent,
  type LeadRecord,
  type Trait,
  type TraitValue,
} from '../../src/glossary.ts'
import { askedFor } from '../../training/data-check/asked-for.ts'
import { AS_OF, definitionWith } from './records.ts'

const LISTS = { competitors: ['acme.com'] }
const shipped: readonly Definition[] = readdirSync('models')
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => ({ file, text: readFileSync(`models/${file}`, 'utf8') }))
  .filter(({ text }) => /^landmarks:/m.test(text))
  .map(({ file, text }) => withHalfLives(parseDefinition(text, file, LISTS), () => 14 * DAY))

/** Kinds that no shipped definition has, with whatever they do unless they are told otherwise. */
const kinds = new Set(shipped.flatMap(({ features }) => features.map(({ kind }) => kind)))
const others = FEATURE_KINDS.filter(({ kind }) => !kinds.has(kind)).map(({ kind }) => ({
  [kind]: { label: kind },
}))
const definitions = others.length === 0 ? shipped : [...shipped, definitionWith(others)]

/** For every trait alike: whoever expects another type must take it for missing. */
const DOMAINS = ['ada@acme.com', 'bob@gmail.com', 'acme.com', 'other.example']
const VALUES: readonly TraitValue[] = [
  ...[...DOMAINS, ...DOMAINS, ...DOMAINS],
  ...['', 'CTO', 'Praktikant', 'Blacksmith'],
  ...['a quote, please', 'I am a student', 'Germany', 'France', 'Software', 'webinar', 'yes', '1200'],
  ...[0, 12, 5_000, true, false],
  ...[[], ['React'], ['Kubernetes', 'cobol']],
]

const asked = definitions.map((definition) => ({ definition, ...askedFor(definition) }))
const EVENT_TYPES = [
  ...new Set(asked.flatMap(({ definition, events }) => [...events, ...definition.ignoreEvents])),
  'something_new',
]
const LEAD_TRAITS = [...new Set(asked.flatMap(({ traits }) => [...traits.lead]))]
const ACCOUNT_TRAITS = [...new Set(asked.flatMap(({ traits }) => [...traits.account]))]

type Times = { readonly occurredAt: number; readonly knownAt: number }

/** Up to a year and more, often within a week, and often at the edges: a week, a year, and a millisecond beside. */
const ages = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 7 * 24 }).map((hours) => hours * HOUR) },
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 9_600 }).map((hours) => hours * HOUR) },
  fc.constantFrom(1, 7 * DAY, 7 * DAY + 1, 365 * DAY, 365 * DAY + 1),
)
const before = ages.map((age) => AS_OF - age)
const notBefore = fc.oneof(
  fc.constant(AS_OF),
  ages.map((age) => AS_OF + age),
)
const seenTimes: fc.Arbitrary<Times> = fc.record({ occurredAt: before, knownAt: before })
/** Not before the moment in one of both: yet to happen, or dated back by whoever learned of it later. */
const unseenTimes: fc.Arbitrary<Times> = fc.oneof(
  fc.record({ occurredAt: notBefore, knownAt: notBefore }),
  fc.record({ occurredAt: before, knownAt: notBefore }),
  fc.record({ occurredAt: notBefore, knownAt: before }),
)

const eventAt = (times: fc.Arbitrary<Times>): fc.Arbitrary<LeadEvent> =>
  fc
    .record({ at: times, type: fc.constantFrom(...EVENT_TYPES), id: fc.nat(), bot: fc.nat(9) })
    .map(({ at, type, id, bot }) => {
      const properties = bot === 0 ? { bot: true } : {}
      return { ...at, type, eventId: `e${id}`, source: 'test', properties }
    })
const traitAt = (times: fc.Arbitrary<Times>, names: readonly string[]): fc.Arbitrary<Trait> =>
  fc
    .record({
      at: times,
      name: fc.constantFrom(...names),
      value: fc.constantFrom(...VALUES),
      undated: fc.boolean(),
    })
    .map(({ at, ...trait }) => ({ ...at, ...trait, source: 'test' }))

interface Owned {
  readonly events: readonly LeadEvent[]
  readonly traits: readonly Trait[]
}
interface World {
  /** Of the lead, before the moment. */
  readonly createdAt: number
  readonly lead: Owned
  readonly colleague: Owned
  readonly account: readonly Trait[]
}

const worldAt = (times: fc.Arbitrary<Times>): fc.Arbitrary<World> => {
  const owned = fc.record({
    events: fc.array(eventAt(times), { maxLength: 40 }),
    traits: fc.array(traitAt(times, LEAD_TRAITS), { maxLength: 25 }),
  })
  const account = fc.array(traitAt(times, ACCOUNT_TRAITS), { maxLength: 20 })
  return fc.record({ createdAt: before, lead: owned, colleague: owned, account })
}

/** Deals as they stood at the moment. */
const dealsThen = fc.array(
  fc.record({
    openedAt: before,
    closedAt: fc.option(before),
    outcome: fc.constantFrom<'won' | 'lost'>('won', 'lost'),
    pipeline: fc.constantFrom('new_business', 'expansion'),
  }),
  { maxLength: 2 },
)
type DealsThen = typeof dealsThen extends fc.Arbitrary<infer Deals> ? Deals : never

/**
 * As it may look to somebody who reads the records long after: open deals have closed, some of them on an earlier day than anybody
 * knew; there are more, and more people.
 */
const laterOn = fc.record({
  closings: fc.array(
    fc.record({ at: unseenTimes, outcome: fc.constantFrom<'won' | 'lost'>('won', 'lost') }),
    {
      maxLength: 2,
    },
  ),
  won: fc.array(fc.record({ at: unseenTimes, days: fc.nat(90) }), { maxLength: 2 }),
  newcomers: fc.array(fc.record({ createdAt: notBefore, past: worldAt(seenTimes) }), { maxLength: 2 }),
  /** They had been there before, and nobody knew. */
  discovered: fc.array(fc.record({ createdAt: before, past: worldAt(unseenTimes) }), { maxLength: 2 }),
})
type LaterOn = typeof laterOn extends fc.Arbitrary<infer Later> ? Later : never

const fates = fc.array(
  fc.record({ isGone: fc.boolean(), at: unseenTimes, value: fc.constantFrom(...VALUES) }),
  { minLength: 1, maxLength: 30 },
)
type Fates = typeof fates extends fc.Arbitrary<infer All> ? All : never

/** The unseen facts of a world with some of them gone and the rest at other times, which are unseen too, and with other contents. */
function changed({ createdAt, lead, colleague, account }: World, given: Fates): World {
  let next = 0
  const change = <Fact extends Times>(facts: readonly Fact[]): Fact[] =>
    facts.flatMap((fact) => {
      const { isGone, at, value } = given[next++ % given.length]!
      return isGone ? [] : [{ ...fact, ...at, ...('value' in fact ? { value } : {}) }]
    })
  const changeOwned = ({ events, traits }: Owned): Owned => ({
    events: change(events),
    traits: change(traits),
  })
  return { createdAt, lead: changeOwned(lead), colleague: changeOwned(colleague), account: change(account) }
}

/** The first world says when the lead came into being. */
function recordOf(worlds: readonly World[], then: DealsThen, later: LaterOn): AccountRecord {
  const inOrder = <Fact extends Times>(facts: readonly Fact[]): Fact[] =>
    facts.toSorted((a, b) => a.occurredAt - b.occurredAt || a.knownAt - b.knownAt)
  const leadOf = (leadId: string, createdAt: number, owned: readonly Owned[]): LeadRecord => ({
    leadId,
    accountId: 'a1',
    createdAt,
    traits: inOrder(owned.flatMap(({ traits }) => traits)),
    events: inOrder(owned.flatMap(({ events }) => events)),
  })
  const toDeal = (
    given: Pick<Deal, 'openedAt' | 'closedAt' | 'knownAt' | 'outcome' | 'pipeline'>,
    i: number,
  ): Deal => ({
    ...given,
    dealId: `d${i}`,
    accountId: 'a1',
    amount: 1_000,
    currency: null,
    lostReason: null,
    contacts: [{ leadId: 'l1', isPrimary: true }],
    stages: [],
  })
  const deals = [
    ...then.map(({ closedAt, outcome, ...deal }, i) => {
      if (closedAt !== null) return { ...deal, closedAt, knownAt: closedAt, outcome }
      const closing = later.closings[i]
      if (!closing) return { ...deal, closedAt, knownAt: deal.openedAt, outcome: 'open' as const }
      return {
        ...deal,
        closedAt: closing.at.occurredAt,
        knownAt: closing.at.knownAt,
        outcome: closing.outcome,
      }
    }),
    ...later.won.map(({ at: { occurredAt, knownAt }, days }) => {
      const openedAt = occurredAt - days * DAY
      return { openedAt, closedAt: occurredAt, knownAt, outcome: 'won' as const, pipeline: 'new_business' }
    }),
  ]
  return {
    accountId: 'a1',
    traits: inOrder(worlds.flatMap(({ account }) => account)),
    leads: [
      leadOf(
        'l1',
        worlds[0]!.createdAt,
        worlds.map(({ lead }) => lead),
      ),
      leadOf(
        'l2',
        AS_OF - 30 * DAY,
        worlds.map(({ colleague }) => colleague),
      ),
      ...[...later.newcomers, ...later.discovered].map(({ createdAt, past }, i) =>
        leadOf(`l${3 + i}`, createdAt, [past.lead]),
      ),
    ],
    deals: deals.map(toDeal),
  }
}

const NOTHING_LATER: LaterOn = { closings: [], won: [], newcomers: [], discovered: [] }

/** With every value that occurs in its vocabularies. */
function fittedTo(definition: Definition): FittedRegistry {
  const unfitted = defineRegistry(definition)
  const past = { occurredAt: AS_OF - DAY, knownAt: AS_OF - DAY, source: 'test', undated: false }
  const values = new Map(unfitted.vocabularyFeatures.map((name) => [name, new Set<string>()]))
  for (const value of VALUES) {
    const all = (names: readonly string[]): Trait[] => names.map((name) => ({ ...past, name, value }))
    const world = {
      createdAt: AS_OF - DAY,
      lead: { events: [], traits: all(LEAD_TRAITS) },
      colleague: { events: [], traits: [] },
      account: all(ACCOUNT_TRAITS),
    }
    const record = recordOf([world], [], NOTHING_LATER)
    const facts = factsFor(definition, record)
    for (const [name, seen] of unfitted.rawCategories(facts))
      for (const one of seen) values.get(name)?.add(one)
  }
  return fitRegistry(
    unfitted,
    Object.fromEntries([...values].map(([name, seen]) => [name, [...seen].sort()])),
  )
}

const registries = definitions.map(fittedTo)

type SeenAs = Parameters<typeof factsFor>[3]

/** Of the lead, or of the account, whoever the definition asks about. */
function factsFor(
  { entity }: Definition,
  record: AccountRecord,
  asOf = AS_OF,
  seenAs = (account: AccountRecord, lead: LeadRecord) => ({ account, lead }),
): Facts {
  const asked = entity === 'account' ? accountSubject(record)! : record
  const { account, lead } = seenAs(asked, asked.leads[0]!)
  return factsAt(account, lead, asOf)
}

function rowsOf(record: AccountRecord, ...how: [asOf?: number, seenAs?: SeenAs]): Float64Array[] {
  return registries.map((registry) => {
    const facts = factsFor(registry.definition, record, ...how)
    const row = new Float64Array(registry.columns.length).fill(-999)
    registry.computeRow(facts, row)
    return row
  })
}

/** Columns that differ in their bits, for a message that helps. */
function differences(rows: readonly Float64Array[], others: readonly Float64Array[]): string[] {
  return registries.flatMap(({ definition, columns }, which) =>
    columns.flatMap(({ name }, column) => {
      const [a, b] = [rows[which]![column], others[which]![column]]
      return Object.is(a, b) ? [] : [`${definition.name} ${name}: ${a} and ${b}`]
    }),
  )
}

describe('a row', () => {
  it('never changes by what occurred or became known at its moment or after it', () => {
    const values = new Map<string, Set<number>>()
    const unseen = fc.record({ first: worldAt(unseenTimes), fates, added: worldAt(unseenTimes) })
    fc.assert(
      fc.property(
        worldAt(seenTimes),
        unseen,
        dealsThen,
        laterOn,
        laterOn,
        (seen, { first, fates, added }, then, one, other) => {
          const rows = rowsOf(recordOf([seen], then, NOTHING_LATER))
          expect(differences(rows, rowsOf(recordOf([seen, first], then, one)))).toEqual([])
          expect(
            differences(rows, rowsOf(recordOf([seen, added, changed(first, fates)], then, other))),
          ).toEqual([])
          for (const [which, { definition, columns }] of registries.entries())
            for (const [column, { name }] of columns.entries()) {
              const key = `${definition.name} ${name}`
              values.set(key, (values.get(key) ?? new Set()).add(rows[which]![column]!))
            }
        },
      ),
      { numRuns: 200, seed: 5 },
    )
    // A column that never moves would prove nothing.
    const still = [...values].filter(([, seen]) => seen.size < 2).map(([name]) => name)
    expect(still).toEqual([])
  })

  it('only ages when nothing new is known: each column goes one way until it is missing', () => {
    const known: SeenAs = (account, lead) => knownRecord(account, lead, AS_OF)
    const moments = fc
      .uniqueArray(fc.oneof(ages, fc.nat({ max: 400 * DAY })), { minLength: 3, maxLength: 3 })
      .map((given) => given.sort((a, b) => a - b).map((age) => AS_OF + age))
    fc.assert(
      fc.property(
        worldAt(seenTimes),
        worldAt(unseenTimes),
        dealsThen,
        laterOn,
        moments,
        (seen, unseen, then, later, at) => {
          const record = recordOf([seen, unseen], then, later)
          expect(differences(rowsOf(record), rowsOf(record, AS_OF, known))).toEqual([])
          const [first, middle, last] = at.map((asOf) => rowsOf(record, asOf, known))
          const asKnown = recordOf([seen], then, NOTHING_LATER)
          expect(differences(last!, rowsOf(asKnown, at[2], known))).toEqual([])
          const turned = registries.flatMap(({ definition, columns }, which) =>
            columns.flatMap(({ name }, column) => {
              const [a, b, c] = [first, middle, last].map((rows) => rows![which]![column]!) as [
                number,
                number,
                number,
              ]
              const isGone = Number.isNaN(c) && !Number.isNaN(a)
              const goesOn = isGone || Object.is(b, a) || Object.is(b, c) || (a - b) * (b - c) >= 0
              return goesOn ? [] : [`${definition.name} ${name}: ${a}, ${b}, ${c}`]
            }),
          )
          expect(turned).toEqual([])
        },
      ),
      { numRuns: 200, seed: 5 },
    )
  })
})
