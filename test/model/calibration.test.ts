import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainRow } from '../../src/explain/explain-row.ts'
import type { Calibration, Intervals } from '../../src/model/artifact.ts'
import { createCalibrator, shiftCalibration } from '../../src/model/calibration.ts'
import { createIntervalOf, shiftIntervals } from '../../src/model/interval.ts'
import { isAtLimit, logit, rawPoints, sigmoid } from '../../src/model/link.ts'
import { parseArtifact } from '../../src/model/parse-artifact.ts'
import { createPredictor } from '../../src/model/predict.ts'
import { tinyArtifact } from '../support/artifacts.ts'

const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const rising = (size: number, from: number, step: number) =>
  fc
    .tuple(finite(-from, from), fc.array(finite(0, step), { minLength: size, maxLength: size }))
    .map(([first, steps]) => {
      let at = first
      return steps.map((each) => (at += each))
    })

const calibration: fc.Arbitrary<Calibration> = fc.oneof(
  fc.constant({ kind: 'identity' as const }),
  fc.record({ kind: fc.constant('affine' as const), slope: finite(0.05, 3), intercept: finite(-2, 2) }),
  fc.record({
    kind: fc.constant('beta' as const),
    a: finite(0.01, 3),
    b: finite(0, 3),
    c: finite(-2, 2),
    slope: finite(0.05, 3),
  }),
  fc.record({
    kind: fc.constant('isotonic' as const),
    knots: rising(5, 6, 3).map((knots) => knots.map((knot, k) => knot + 1e-3 * k)),
    values: rising(5, 6, 3),
    slope: finite(0.05, 3),
  }),
)

const steps: Intervals = { accounts: 90, from: [-3, -1], low: [-5, -4, -1], high: [-2, -2, 1] }
const row = fc.tuple(finite(0, 1e4), finite(0, 40), finite(0, 400)).map((values) => Float64Array.from(values))

describe('a calibration', () => {
  it('is what the formulas say', () => {
    const beta = createCalibrator({ kind: 'beta', a: 0.7, b: 1.9, c: -0.3, slope: 1 })
    for (const x of [-8, -1, 0, 0.5, 6]) {
      const p = sigmoid(x)
      expect(beta.logOdds(x)).toBeCloseTo(0.7 * Math.log(p) - 1.9 * Math.log(1 - p) - 0.3, 12)
    }
    expect(createCalibrator({ kind: 'beta', a: 1, b: 1, c: 0, slope: 1 }).logOdds(-3.25)).toBeCloseTo(
      -3.25,
      14,
    )
    const isotonic = createCalibrator({ kind: 'isotonic', knots: [-2, 0, 4], values: [-3, -1, -1], slope: 1 })
    expect([-9, -2, -1, 3, 9].map(isotonic.logOdds)).toEqual([-3, -3, -2, -1, -1])
  })

  it('leaves sums exact: all of it is base, contributions and the calibration term, which is 0 at the average row', () => {
    let bent = 0
    fc.assert(
      fc.property(calibration, row, (given, values) => {
        const artifact = { ...tinyArtifact().artifact, calibration: given }
        const predictor = createPredictor(artifact)
        const probability = predictor.probability(predictor.rawScore(values))
        const {
          base,
          contributions,
          calibration: rest,
          logOdds,
        } = explainRow(predictor, values, 0, probability)
        const sum = contributions.reduce((total, each) => total + each.logOdds!, 0)
        expect(Math.abs(base! + sum + rest! - logOdds!)).toBeLessThan(1e-9)
        expect(logOdds).toBe(logit(probability))
        const { slope, logOdds: calibrate } = createCalibrator(given)
        expect(base).toBe(calibrate(artifact.base))
        const isLine = given.kind === 'identity' || given.kind === 'affine'
        if (isLine && !isAtLimit(probability)) expect(Math.abs(rest!)).toBeLessThan(1e-9)
        if (!isLine && rest !== 0) bent += 1
        const term = contributions[0]
        const plain = new Float64Array(3)
        createPredictor({ ...artifact, calibration: { kind: 'identity' } }).contributions(values, 0, plain)
        if (term) expect(term.logOdds).toBeCloseTo(slope * plain[term.column]!, 12)
      }),
      { numRuns: 300, seed: 1 },
    )
    expect(bent).toBeGreaterThan(60)
  })

  it('never falls', () => {
    fc.assert(
      fc.property(calibration, finite(-20, 20), finite(0, 5), (given, x, more) => {
        const { logOdds } = createCalibrator(given)
        expect(logOdds(x + more)).toBeGreaterThanOrEqual(logOdds(x) - 1e-12)
      }),
    )
  })

  it('moved by a number moves every log-odds by it, and no point', () => {
    fc.assert(
      fc.property(calibration, row, finite(-1, 1), (given, values, difference) => {
        const artifact = { ...tinyArtifact().artifact, calibration: given, intervals: steps }
        const before = createPredictor(artifact)
        const after = createPredictor({
          ...artifact,
          calibration: shiftCalibration(given, difference),
          intervals: shiftIntervals(steps, difference),
        })
        const raw = before.rawScore(values)
        const [p, q] = [before.probability(raw), after.probability(raw)]
        fc.pre(!isAtLimit(p) && !isAtLimit(q))
        expect(logit(q)).toBeCloseTo(logit(p) + difference, 9)
        expect(Math.abs(rawPoints(q, after.base) - rawPoints(p, before.base))).toBeLessThan(1e-8)
        const [low, high] = before.interval(raw, p)!
        const [movedLow, movedHigh] = after.interval(raw, q)!
        expect(logit(movedLow)).toBeCloseTo(logit(low) + difference, 9)
        expect(logit(movedHigh)).toBeCloseTo(logit(high) + difference, 9)
      }),
    )
  })
})

describe('an interval', () => {
  const intervalOf = createIntervalOf(steps)
  const at = (raw: number, probability: number) => intervalOf(raw, probability)!.map((each) => logit(each))

  it('is that of the step: from its first score on, before the next', () => {
    const inside = sigmoid(-3)
    for (const [raw, step] of [
      [-9, 0],
      [-3.000001, 0],
      [-3, 1],
      [-1.5, 1],
    ] as const)
      expect(at(raw, inside)).toEqual([
        expect.closeTo(steps.low[step]!, 9),
        expect.closeTo(steps.high[step]!, 9),
      ])
    expect(at(-1, sigmoid(0))).toEqual([expect.closeTo(-1, 9), expect.closeTo(1, 9)])
  })

  it('holds the probability, whatever it is', () => {
    expect(intervalOf(-2, sigmoid(-6))![0]).toBe(sigmoid(-6))
    expect(intervalOf(-2, sigmoid(3))![1]).toBe(sigmoid(3))
    expect(createIntervalOf(undefined)(0, 0.5)).toBeNull()
  })
})

describe('parseArtifact', () => {
  const { intervals: _, ...artifact } = tinyArtifact().artifact
  const parse = (changes: object) => parseArtifact(JSON.stringify({ ...artifact, ...changes }), 'a test')
  const isotonic = { kind: 'isotonic', knots: [0, 1], values: [0, 1], slope: 1 }

  it('reads the new kinds, and artifacts of before there were intervals', () => {
    expect(parse({})).toEqual(artifact)
    const beta = { kind: 'beta', a: 1, b: 0, c: 2, slope: 0.5 }
    expect(parse({ calibration: beta, intervals: steps })).toMatchObject({
      calibration: beta,
      intervals: steps,
    })
    expect(parse({ calibration: isotonic })).toMatchObject({ calibration: isotonic })
  })

  it.each([
    [
      'a curve that is level',
      { calibration: { kind: 'beta', a: 0, b: 0, c: 0, slope: 1 } },
      /a or b must be above 0/,
    ],
    ['a curve that falls', { calibration: { kind: 'beta', a: -1, b: 2, c: 0, slope: 1 } }, /calibration\.a/],
    [
      'a line that is level',
      { calibration: { kind: 'affine', slope: 0, intercept: 0 } },
      /calibration\.slope/,
    ],
    ['knots that fall', { calibration: { ...isotonic, knots: [1, 1] } }, /calibration\.knots: must rise/],
    [
      'values that fall',
      { calibration: { ...isotonic, values: [1, 0] } },
      /calibration\.values: must not fall/,
    ],
    ['a value too few', { calibration: { ...isotonic, knots: [0, 1, 2] } }, /one a knot: 3, given 2/],
    ['a step too many', { intervals: { ...steps, from: [-3] } }, /intervals\.low: one a step: 2, given 3/],
    ['steps that fall', { intervals: { ...steps, from: [-1, -3] } }, /intervals\.from: must rise/],
    ['bounds that fall', { intervals: { ...steps, high: [1, -2, 1] } }, /intervals\.high: must not fall/],
    [
      'an interval inside out',
      { intervals: { ...steps, low: [-5, -4, 2] } },
      /intervals\.low\.2: at most 1, given 2/,
    ],
    ['a table without end', { intervals: { ...steps, from: new Array(300).fill(0) } }, /intervals\.from/],
    ['what it does not know', { intervals: { ...steps, more: 1 } }, /intervals/],
  ])('refuses %s', (_, changes, message) => {
    expect(() => parse(changes)).toThrow(message)
  })
})
