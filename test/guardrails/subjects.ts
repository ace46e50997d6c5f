/** Leads as rules see them, and conditions over the same few names, so that some hold. */
import fc from 'fast-check'
import { SENIORITIES } from '../../src/features/titles.ts'
import { DAY, type LeadEvent, type Milliseconds, parseTime, type TraitValue } from '../../src/glossary.ts'
import type { DerivedField, SubjectView } from '../../src/guardrails/subject-view.ts'

export const AS_OF = parseTime('2026-11-21T00:00:00Z')
export const LISTS = { rivals: ['rival.example', 'Other-Rival.example'], served: ['DE', 'us'] }

export interface Subject {
  readonly asOf?: Milliseconds
  readonly traits?: Readonly<Record<string, TraitValue>>
  readonly account?: Readonly<Record<string, TraitValue>>
  readonly derived?: Readonly<Partial<Record<DerivedField, TraitValue>>>
  readonly scores?: Readonly<Record<string, number>>
  readonly grade?: string
  readonly events?: readonly {
    readonly type: string
    readonly daysAgo: number
    readonly properties?: Readonly<Record<string, unknown>>
  }[]
}

export function viewOf(subject: Subject): SubjectView {
  const { asOf = AS_OF, traits = {}, account = {}, derived = {}, scores = {}, grade, events = [] } = subject
  return {
    asOf,
    trait: (name) => traits[name],
    accountTrait: (name) => account[name],
    derived: (field) => ({ value: derived[field] }),
    score: (model) => scores[model],
    probability: (model) => (scores[model] === undefined ? undefined : scores[model] / 100),
    grade: () => grade,
    events: events.map(
      ({ type, daysAgo, properties = {} }, index): LeadEvent => ({
        eventId: String(index),
        type,
        occurredAt: asOf - daysAgo * DAY,
        knownAt: asOf - daysAgo * DAY,
        source: 'test',
        properties,
      }),
    ),
  }
}

const VALUES = [
  ...(['a', 'b', 'ab', 'DE', 'Germany', 'FR', 'rival.example', 'x.rival.example', '5', '5.0'] as const),
  ...(['2026-11-20', '2026-11-20T00:00:00Z', 'yes'] as const),
]

const value = fc.oneof(
  fc.constantFrom<TraitValue>(...VALUES, 4, 5, 6, true, false),
  fc.subarray([...VALUES]) as fc.Arbitrary<TraitValue>,
)

export const anySubject: fc.Arbitrary<Subject> = fc.record({
  traits: fc.dictionary(fc.constantFrom('p', 'q'), value, { noNullPrototype: true }),
  account: fc.dictionary(fc.constantFrom('p'), value, { noNullPrototype: true }),
  derived: fc.record(
    {
      seniority: fc.constantFrom(...SENIORITIES),
      country_code: fc.constantFrom('DE', 'FR', 'US'),
      customer: fc.boolean(),
      lead_age_days: fc.double({ min: 0, max: 9, noNaN: true }),
    },
    { requiredKeys: [], noNullPrototype: true },
  ),
  scores: fc.dictionary(fc.constantFrom('m'), fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constant(5)), {
    noNullPrototype: true,
  }),
  events: fc.array(
    fc.record({
      type: fc.constantFrom('e', 'f'),
      daysAgo: fc.integer({ min: 1, max: 6 }),
      properties: fc.record({ kind: fc.constantFrom('a', 'b') }),
    }),
    { maxLength: 6 },
  ),
})

const operator = fc.constantFrom(
  ...['equals: a', 'equals: 5', 'equals: "5"', 'equals: DE', 'equals: "2026-11-20"', 'equals: true'],
  ...['equals: trainee', 'one_of: [director, DE, FR]', 'at_most: 0', 'above: 100', 'in_list: served'],
  ...['one_of: [b, 5]', 'all_of: [a, b]', 'contains: a'],
  ...['has_word: a', 'starts_with: [a, x]', 'ends_with: b', 'matches: "*.example"', 'in_list: rivals'],
  ...['not_in_list: rivals', 'domain_in_list: rivals', 'in_countries: [DE]', 'not_in_countries: [DE]'],
  ...['at_least: 5', 'at_most: 5', 'above: 5', 'below: 5', 'before: 2026-11-20', 'after: 2026-11-19'],
  ...['older_than: 1d', 'within_last: 1d', 'within_next: 1d', 'known: true', 'known: false'],
)
const field = fc.constantFrom(
  ...['trait: p', 'trait: q', 'account_trait: p', 'score: m', 'probability: m', 'derived: seniority'],
  ...['derived: country_code', 'derived: customer', 'derived: lead_age_days'],
)
const count = fc.constantFrom(
  ...['{ event: e }', '{ event: e, at_most: 0 }', '{ event: [e, f], within: 3d, at_least: 2 }'],
  ...['{ event: e, where: { kind: b }, at_least: 1, at_most: 1 }', '{ event: e, within: 3d, at_least: 2 }'],
  ...[
    '{ event: e, within: 5d, at_most: 1 }',
    '{ event: e, where: { kind: [a, b] }, within: 5d, at_least: 2 }',
  ],
)
const comparison = (of: fc.Arbitrary<string>) =>
  fc.tuple(of, operator).map((parts) => `{ ${parts.join(', ')} }`)

/** As YAML. */
const treeOf = (leaf: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc
        .tuple(fc.constantFrom('all', 'any'), fc.array(tie('tree'), { minLength: 1, maxLength: 3 }))
        .map(([kind, parts]) => `{ ${kind}: [${parts.join(', ')}] }`),
      tie('tree').map((inner) => `{ not: ${inner} }`),
    ),
  })).tree

/** Over many things, or over one, where conditions meet. */
export const anyCondition: fc.Arbitrary<string> = fc.oneof(
  treeOf(fc.oneof({ weight: 5, arbitrary: comparison(field) }, { weight: 1, arbitrary: count })),
  field.chain((one) => treeOf(comparison(fc.constant(one)))),
  treeOf(count),
)
