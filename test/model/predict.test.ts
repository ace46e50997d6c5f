import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Artifact, LogisticArtifact, RubricArtifact } from '../../src/model/artifact.ts'
import { canonicalJson, sha256Hex } from '../../src/model/canonical.ts'
import { clampProbability, logit, pointsOf, rawPoints, scoreOf } from '../../src/model/link.ts'
import { parseArtifact } from '../../src/model/parse-artifact.ts'
import { createPredictor } from '../../src/model/predict.ts'

const header = {
  format: 'wonlost.artifact',
  format_version: 1,
  name: 'conversion',
  segment: '',
  definition: {},
  vocabularies: {},
  columns: [
    { kind: 'number', name: 'employees', group: 'size', side: 'fit', transform: 'log1p' },
    { kind: 'number', name: 'visits', group: 'visits', side: 'behaviour', transform: 'identity' },
    { kind: 'flag', name: 'free_mail', group: 'mail', side: 'fit' },
    { kind: 'category', name: 'source', group: 'source', side: 'fit', categories: ['event', 'referral'] },
  ],
  fingerprint: 'ab'.repeat(32),
} as const

const logistic = {
  ...header,
  columns: [...header.columns.map((column) => structuredClone(column))] as LogisticArtifact['columns'],
  vocabularies: {},
  kind: 'logistic',
  base: -2,
  terms: [
    { kind: 'linear', mean: 1, scale: 2, weight: 0.5, offset: 0.1, missing: -0.3 },
    { kind: 'curve', knots: [0, 2, 10], values: [-0.4, 0.6, 1], missing: 0.05 },
    { kind: 'linear', mean: 0, scale: 1, weight: -0.8, offset: 0.2, missing: 0 },
    { kind: 'category', contributions: [0.3, -0.2], missing: 0.01 },
  ],
  calibration: { kind: 'affine', slope: 1.5, intercept: 0.25 },
  training: { rows: 10, positives: 4, subjects: 10, seed: 1, cutoff: '2026-01-01T00:00:00Z' },
} satisfies LogisticArtifact

const rubric = {
  ...header,
  columns: logistic.columns,
  vocabularies: {},
  kind: 'rubric',
  base_points: 20,
  rules: [
    { column: 'employees', points: 15, at_least: 50 },
    { column: 'visits', points: 5, at_most: 3 },
    { column: 'source', points: 10, one_of: ['referral', 'never seen'] },
    { column: 'employees', points: 7, at_least: 500 },
  ],
} satisfies RubricArtifact

const parse = (artifact: unknown) => parseArtifact(JSON.stringify(artifact), 'a test')

describe('a logistic artifact', () => {
  const predictor = createPredictor(logistic)
  const contributionsOf = (row: Float64Array) => {
    const out = new Float64Array(4)
    predictor.contributions(row, 0, out)
    return out
  }

  it('sums its terms, as worked out by hand', () => {
    const row = Float64Array.of(Math.E - 1, 1, 1, 1)
    // employees: ln(e) = 1, its mean: 0.1. visits: half way from -0.4 to 0.6. free_mail: -0.6. referral: -0.2.
    expect(predictor.rawScore(row)).toBeCloseTo(-2 + 0.1 + 0.1 - 0.6 - 0.2, 12)
    expect(predictor.base).toBeCloseTo(1.5 * -2 + 0.25, 14)
    expect(predictor.probability(-2.6)).toBeCloseTo(1 / (1 + Math.exp(3.65)), 14)
  })

  it('is level beyond the ends of a curve, and knows missing and unseen values', () => {
    expect(contributionsOf(Float64Array.of(0, -7, 0, 0))[1]).toBeCloseTo(1.5 * -0.4, 14)
    expect(contributionsOf(Float64Array.of(0, 1e9, 0, 0))[1]).toBeCloseTo(1.5, 14)
    const missing = contributionsOf(new Float64Array(4).fill(Number.NaN))
    expect([...missing]).toEqual([-0.3, 0.05, 0, 0.01].map((x) => expect.closeTo(1.5 * x, 14)))
  })

  it('takes logarithms of numbers below 0 as the mirror of those above', () => {
    const [above, below] = [1, -1].map(
      (sign) => contributionsOf(Float64Array.of(sign * (Math.E - 1), 0, 0, 0))[0],
    )
    // 0.5 * (+-1 - 1) / 2 + 0.1, calibrated.
    expect([above, below]).toEqual([expect.closeTo(1.5 * 0.1, 14), expect.closeTo(1.5 * -0.4, 14)])
  })

  it('adds up: base and contributions are the log-odds of the probability', () => {
    const value = fc.oneof(fc.double({ min: -50, max: 50, noNaN: true }), fc.constant(Number.NaN))
    const code = fc.constantFrom(0, 1, Number.NaN)
    fc.assert(
      fc.property(value, value, code, code, (employees, visits, mail, source) => {
        const row = Float64Array.of(99, employees, visits, mail, source)
        const out = new Float64Array(4)
        predictor.contributions(row, 1, out)
        const sum = out.reduce((a, b) => a + b, predictor.base)
        const probability = predictor.probability(predictor.rawScore(row, 1))
        expect(Math.abs(sum - logit(probability))).toBeLessThan(1e-9)
      }),
    )
  })

  it('rises with the raw score and stays within the limits', () => {
    expect(predictor.probability(-1e4)).toBe(1e-6)
    expect(predictor.probability(1e4)).toBe(1 - 1e-6)
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), (x) => {
        expect(predictor.probability(x + 0.01)).toBeGreaterThan(predictor.probability(x))
      }),
    )
  })
})

describe('a rubric', () => {
  const predictor = createPredictor(rubric)

  it('adds the points of the conditions that hold, bounds included', () => {
    const row = Float64Array.of(50, 3, 0, 1)
    const out = new Float64Array(4).fill(9)
    predictor.contributions(row, 0, out)
    expect([...out]).toEqual([15, 5, 0, 10])
    expect(predictor.rawScore(row)).toBe(50)
    expect(predictor.rawScore(Float64Array.of(500, 4, 1, 0))).toBe(42)
  })

  it('holds nothing against, or for, a missing value, and has no probability', () => {
    expect(predictor.rawScore(new Float64Array(4).fill(Number.NaN))).toBe(20)
    expect(predictor.probability(50)).toBeNaN()
    expect(predictor.base).toBeNaN()
  })
})

describe('parseArtifact', () => {
  it('reads what it wrote', () => {
    for (const artifact of [logistic, rubric] as Artifact[])
      expect(parseArtifact(canonicalJson(artifact), 'a test')).toEqual(artifact)
  })

  it.each([
    ['truncated', JSON.stringify(logistic).slice(0, -9), /not JSON/],
    ['empty', '', /not JSON/],
    ['null', 'null', /artifact/],
    ['NaN', canonicalJson(logistic).replace('"base":-2', '"base":NaN'), /not JSON/],
    ['infinite', canonicalJson(logistic).replace('"base":-2', '"base":1e999'), /base/],
  ])('refuses %s text', (_, body, message) => {
    expect(() => parseArtifact(body, 'a test')).toThrow(message)
    expect(() => parseArtifact(body, 'a test')).toThrow(expect.objectContaining({ code: 'artifact_invalid' }))
  })

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a term too few', { terms: logistic.terms.slice(1) }, /one term a column: 4, given 3/],
    [
      'a term of the wrong kind',
      { terms: [logistic.terms[3], ...logistic.terms.slice(1)] },
      /terms\.0\.kind/,
    ],
    [
      'a category too many',
      { terms: [...logistic.terms.slice(0, 3), { kind: 'category', contributions: [1, 2, 3], missing: 0 }] },
      /terms\.3\.contributions.*2, given 3/,
    ],
    [
      'knots that fall',
      { terms: logistic.terms.with(1, { kind: 'curve', knots: [0, 2, 2], values: [1, 2, 3], missing: 0 }) },
      /terms\.1\.knots: must rise/,
    ],
    [
      'a knot without a value',
      { terms: logistic.terms.with(1, { kind: 'curve', knots: [0, 1, 2], values: [1, 2], missing: 0 }) },
      /terms\.1\.values/,
    ],
    ['a fingerprint of another form', { fingerprint: 'AB'.repeat(32) }, /fingerprint/],
    [
      'a column twice',
      { columns: logistic.columns.map((c) => ({ ...c, name: 'same' })) },
      /"same" stands twice/,
    ],
    [
      'a slope that turns the order around',
      { calibration: { kind: 'affine', slope: -1, intercept: 0 } },
      /calibration\.slope/,
    ],
    ['an unknown field', { surprise: 1 }, /surprise/],
    ['another version', { format_version: 2 }, /format_version/],
  ])('refuses %s', (_, change, message) => {
    expect(() => parse({ ...logistic, ...change })).toThrow(message)
  })

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['an unknown column', { column: 'emploees', at_least: 1 }, /there is no column "emploees"/],
    ['two conditions', { column: 'visits', at_least: 1, at_most: 2 }, /exactly one of .* given 2/],
    ['no condition', { column: 'visits' }, /exactly one of .* given 0/],
    ['one_of on a number', { column: 'visits', one_of: ['a'] }, /"visits" is a number/],
    ['a bound on a category', { column: 'source', at_least: 1 }, /"source" is a category/],
  ])('refuses a rule with %s', (_, rule, message) => {
    expect(() => parse({ ...rubric, rules: [{ points: 1, ...rule }] })).toThrow(message)
  })
})

describe('canonicalJson', () => {
  it('does not depend on the order of keys, and is JSON', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'é\n' }], a: -0, u: undefined })).toBe(
      '{"a":0,"b":[1,{"c":"é\\n","d":null}]}',
    )
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const text = canonicalJson(value)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, [undefined], new Map(), () => 1])('refuses %s', (value) => {
    expect(() => canonicalJson({ x: value })).toThrow(/At \$\.x/)
  })

  it('names a text by its SHA-256', () => {
    // FIPS 180-2, appendix B.1.
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})

describe('points', () => {
  it('are 50 for the average row, and 10 more for twice the odds', () => {
    const base = logit(0.2)
    expect(rawPoints(0.2, base)).toBe(50)
    // Odds 1 to 4, doubled: 1 to 2.
    expect(rawPoints(1 / 3, base)).toBeCloseTo(60, 12)
    expect(pointsOf(Math.log(8))).toBeCloseTo(30, 12)
  })

  it('end as a score within 0..100', () => {
    expect([scoreOf(-12), scoreOf(80.5), scoreOf(80.49), scoreOf(140)]).toEqual([0, 81, 80, 100])
    expect(scoreOf(rawPoints(clampProbability(0), logit(0.9)))).toBe(0)
  })
})
