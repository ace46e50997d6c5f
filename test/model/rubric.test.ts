import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RubricArtifact } from '../../src/model/artifact.ts'
import { canonicalJson } from '../../src/model/canonical.ts'
import { parseArtifact } from '../../src/model/parse-artifact.ts'
import { createRubricPredictor } from '../../src/model/rubric.ts'

type Rule = RubricArtifact['rules'][number]

const COLUMNS: RubricArtifact['columns'] = [
  { kind: 'number', name: 'visits', group: 'visits', side: 'behaviour', transform: 'log1p' },
  { kind: 'flag', name: 'student', group: 'person', side: 'fit' },
  { kind: 'category', name: 'source', group: 'source', side: 'fit', categories: ['form', 'outbound'] },
]
const MISSING = Number.NaN

function rubric(rules: readonly Rule[], changes: Partial<RubricArtifact> = {}): RubricArtifact {
  return {
    format: 'wonlost.artifact',
    format_version: 1,
    name: 'conversion',
    segment: '',
    kind: 'rubric',
    definition: {},
    vocabularies: {},
    columns: COLUMNS,
    fingerprint: 'a'.repeat(64),
    base_points: 30,
    rules: [...rules],
    ...changes,
  }
}

const pointsOf = (rule: Rule, row: readonly number[]) =>
  createRubricPredictor(rubric([rule])).rawScore(Float64Array.from(row)) - 30

describe('a rule of a rubric', () => {
  it('counts each unit up to its most, of either sign, and nothing for what is missing or below 0', () => {
    const looks: Rule = { column: 'visits', each: 4, points: 12 }
    const visits = [0, 0.5, 2, 3, 50, MISSING, -1]
    expect(visits.map((value) => pointsOf(looks, [value, 0, 0]))).toEqual([0, 2, 8, 12, 12, 0, 0])
    const jobs: Rule = { column: 'visits', each: -4, points: -6 }
    expect([1, 2].map((value) => pointsOf(jobs, [value, 0, 0]))).toEqual([-4, -6])
  })

  it('asks for all that must hold besides', () => {
    const rule: Rule = {
      column: 'visits',
      at_least: 1,
      points: 7,
      and: [
        { column: 'student', at_most: 0 },
        { column: 'source', one_of: ['form'] },
      ],
    }
    const rows = [
      [1, 0, 0],
      [1, 1, 0],
      [1, 0, 1],
      [1, 0, MISSING],
      [1, MISSING, 0],
      [0.9, 0, 0],
    ]
    expect(rows.map((row) => pointsOf(rule, row))).toEqual([7, 0, 0, 0, 0, 0])
  })

  it('gives its reason where it counts, each reason of a column once', () => {
    const { reasons } = createRubricPredictor(
      rubric([
        { column: 'visits', at_least: 1, points: 3, reason: 'looks' },
        { column: 'visits', at_least: 5, points: 3, reason: 'looks' },
        { column: 'visits', each: 1, points: 2, reason: 'looks often' },
        { column: 'student', at_least: 1, points: 0, reason: 'studies' },
        { column: 'source', one_of: ['outbound'], points: 1 },
      ]),
    )
    expect(reasons?.(Float64Array.from([9, 1, 1]), 0)).toEqual(new Map([[0, ['looks', 'looks often']]]))
  })
})

const points = fc.double({ min: -40, max: 40, noNaN: true })
const condition = fc.oneof(
  fc.record({ column: fc.constant('visits'), at_least: fc.integer({ min: 0, max: 6 }) }),
  fc.record({ column: fc.constant('visits'), at_most: fc.integer({ min: 0, max: 6 }) }),
  fc.record({ column: fc.constant('student'), at_least: fc.constant(1) }),
  fc.record({
    column: fc.constant('source'),
    one_of: fc.subarray(['form', 'outbound', 'elsewhere'], { minLength: 1 }),
  }),
)
const others = { and: fc.array(condition, { maxLength: 2 }) }
const rule: fc.Arbitrary<Rule> = fc.oneof(
  fc.tuple(condition, fc.record({ points, ...others })).map(([own, rest]) => ({ ...own, ...rest })),
  fc
    .record({ points, size: fc.double({ min: 0.1, max: 9, noNaN: true }), ...others })
    .map(({ size, ...rest }) => ({ column: 'visits', each: Math.sign(rest.points) * size, ...rest })),
)
const visits = fc.oneof(fc.integer({ min: 0, max: 8 }), fc.constant(MISSING))
const row = fc.tuple(visits, fc.constantFrom(0, 1, MISSING), fc.constantFrom(0, 1, MISSING))

describe('any rubric', () => {
  it('is what its contributions sum to, and no row between two is below the lowest', () => {
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength: 8 }),
        row,
        row,
        fc.infiniteStream(fc.nat(2)),
        (rules, a, b, picks) => {
          const predictor = createRubricPredictor(rubric(rules))
          const [first, last] = [Float64Array.from(a), Float64Array.from(b)]
          const out = new Float64Array(3)
          predictor.contributions(first, 0, out)
          expect(Math.abs(30 + out[0]! + out[1]! + out[2]! - predictor.rawScore(first))).toBeLessThan(1e-9)
          expect(predictor.lowestRawScore(first, first)).toBe(predictor.rawScore(first))
          const between = first.map((value, at) => {
            const other = last[at]!
            const isNumber = at === 0 && !Number.isNaN(value) && !Number.isNaN(other)
            const middle = isNumber ? (value + other) / 2 : value
            return [value, other, middle][picks.next().value ?? 0]!
          })
          const lowest = predictor.lowestRawScore(first, last)
          expect(predictor.rawScore(between)).toBeGreaterThanOrEqual(lowest - 1e-9)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('keeps its points when outcomes calibrate it, and has a probability beside them', () => {
    const rules: Rule[] = [{ column: 'visits', each: 4, points: 12 }]
    const calibrated = rubric(rules, {
      calibration: { kind: 'affine', slope: Math.LN2 / 10, intercept: -5 },
      intervals: { accounts: 50, from: [36], low: [-6, -4], high: [-3, -1] },
      training: { rows: 200, positives: 40, subjects: 90, seed: 1, cutoff: '2026-01-01T00:00:00Z' },
    })
    expect(parseArtifact(canonicalJson(calibrated), 'test')).toEqual(calibrated)
    const [plain, predictor] = [createRubricPredictor(rubric(rules)), createRubricPredictor(calibrated)]
    const lead = Float64Array.from([2.5, 0, 0])
    expect(plain.probability(plain.rawScore(lead))).toBeNaN()
    expect(predictor.rawScore(lead)).toBe(40)
    // 40 points: e^(4 ln 2 - 5) = 16 / e^5 to one.
    const odds = 16 / Math.E ** 5
    expect(predictor.probability(40)).toBeCloseTo(odds / (1 + odds), 12)
    expect(predictor.interval(40, 0.09)?.map((end) => end.toFixed(4))).toEqual(['0.0180', '0.2689'])
    expect(plain.interval(40, Number.NaN)).toBeNull()
  })
})

describe('parseArtifact of a rubric', () => {
  it.each([
    [
      'each with a condition',
      { column: 'visits', each: 1, points: 2, at_least: 1 },
      /each stands for itself/,
    ],
    ['each of a flag', { column: 'student', each: 1, points: 2 }, /each is for number columns/],
    ['each against its most', { column: 'visits', each: 1, points: -2 }, /same sign/],
    [
      'an unknown column besides',
      { column: 'visits', at_least: 1, points: 2, and: [{ column: 'x', at_least: 1 }] },
      /rules\.0\.and\.0\.column: there is no column "x"/,
    ],
    [
      'no condition besides',
      { column: 'visits', at_least: 1, points: 2, and: [{ column: 'student' }] },
      /exactly one of/,
    ],
  ])('refuses %s', (_name, wrong, message) => {
    expect(() => parseArtifact(canonicalJson(rubric([wrong])), 'test')).toThrow(message)
  })
})
