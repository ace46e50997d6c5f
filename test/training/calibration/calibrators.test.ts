import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Calibration } from '../../../src/model/artifact.ts'
import { createCalibrator } from '../../../src/model/calibration.ts'
import { sigmoid } from '../../../src/statistics/log-odds.ts'
import { fitBeta } from '../../../training/calibration/beta.ts'
import { chooseCalibration } from '../../../training/calibration/choose.ts'
import { fitIsotonic } from '../../../training/calibration/isotonic.ts'
import { fitPlatt } from '../../../training/calibration/platt.ts'
import { countByScore, poolAdjacent } from '../../../training/calibration/pool-adjacent.ts'
import { lossesOf, meanOf } from '../../../training/learners/compare.ts'
import { randomIntegers } from '../../../training/random.ts'

/** Raw scores in [-6, 2], with outcomes by the true log-odds of each; accounts of two rows with one outcome. */
function drawn(rows: number, seed: number, truth: (rawScore: number) => number) {
  const next = randomIntegers(seed)
  const rawScores = Float64Array.from({ length: rows }, () => next(800_000) / 100_000 - 6)
  const labels = Uint8Array.from(rawScores, (x) => (next(1e6) / 1e6 < sigmoid(truth(x)) ? 1 : 0))
  return { rawScores, labels, groups: Int32Array.from(rawScores, (_, i) => i >> 1), average: -3, seed: 1 }
}

const lossOf = (calibration: Calibration, rawScores: Float64Array, labels: Uint8Array): number =>
  meanOf(lossesOf(rawScores.map(createCalibrator(calibration).logOdds), labels))

const bent = createCalibrator({ kind: 'beta', a: 0.4, b: 3, c: -1, slope: 1 }).logOdds

describe('poolAdjacent', () => {
  it('pools what falls, as worked out by hand', () => {
    // Rates 1/2, 0, 1/3, 1: the first two pool to 1/3, equal to the third, so three are one block.
    const counts = { rows: Float64Array.of(2, 1, 3, 1), positives: Float64Array.of(1, 0, 1, 1) }
    expect(poolAdjacent(counts)).toEqual([
      { first: 0, last: 2, rows: 6, positives: 2 },
      { first: 3, last: 3, rows: 1, positives: 1 },
    ])
  })

  it('is the largest of the least means around each place (Robertson, Wright & Dykstra 1988)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 4 })), {
          minLength: 1,
          maxLength: 14,
        }),
        (given) => {
          const rows = Float64Array.from(given, ([n]) => n)
          const positives = Float64Array.from(given, ([n, k]) => Math.min(n, k))
          const mean = (from: number, to: number): number => {
            const sum = (values: Float64Array) => values.slice(from, to + 1).reduce((a, b) => a + b, 0)
            return sum(positives) / sum(rows)
          }
          for (const { first, last, positives: won, rows: all } of poolAdjacent({ rows, positives }))
            for (let place = first; place <= last; place++) {
              const least = (from: number) =>
                Math.min(...given.flatMap((_, to) => (to >= place ? [mean(from, to)] : [])))
              const largest = Math.max(...given.flatMap((_, from) => (from <= place ? [least(from)] : [])))
              expect(won / all).toBeCloseTo(largest, 12)
            }
        },
      ),
    )
  })

  it('counts rows of one score together, lowest first', () => {
    const { scores, rows, positives } = countByScore(Float64Array.of(2, -1, 2), Uint8Array.of(1, 0, 0))
    expect([[...scores], [...rows], [...positives]]).toEqual([
      [-1, 2],
      [1, 2],
      [0, 1],
    ])
  })
})

describe('fitBeta', () => {
  const { rawScores, labels } = drawn(20_000, 1, bent)

  it('finds the curve that was put in, at a maximum of the likelihood', () => {
    const fitted = fitBeta(rawScores, labels, -3)!
    if (fitted.kind !== 'beta') throw new Error('beta')
    expect(fitted).toMatchObject({
      a: expect.closeTo(0.4, 0.5),
      b: expect.closeTo(3, 0),
      c: expect.closeTo(-1, 0),
    })
    const least = lossOf(fitted, rawScores, labels)
    for (const key of ['a', 'b', 'c'] as const)
      for (const step of [-1e-3, 1e-3])
        expect(lossOf({ ...fitted, [key]: fitted[key] + step }, rawScores, labels)).toBeGreaterThan(least)
    expect(fitted.slope).toBeGreaterThan(0.4)
    expect(fitted.slope).toBeLessThan(3)
  })

  it('is at least as likely as the line, and never falls', () => {
    for (let seed = 1; seed <= 8; seed++) {
      const few = drawn(300, seed, (x) => -0.5 - 0.1 * (x + 2) ** 2 + x / 4)
      const { calibration } = fitPlatt(few.rawScores, few.labels)
      const fitted = fitBeta(few.rawScores, few.labels, -3)
      if (fitted?.kind !== 'beta' || calibration.kind !== 'affine') continue
      expect(Math.min(fitted.a, fitted.b)).toBeGreaterThanOrEqual(0)
      if (fitted.a > 0 && fitted.b > 0)
        expect(lossOf(fitted, few.rawScores, few.labels)).toBeLessThanOrEqual(
          lossOf(calibration, few.rawScores, few.labels) + 1e-12,
        )
    }
  })

  it('sets to 0 what would fall', () => {
    // Level below, rising above, as far as there are rows.
    const folded = drawn(20_000, 3, (x) => -2 - Math.min(0, x + 1) / 4 + 3 * Math.max(0, x + 1))
    expect(fitBeta(folded.rawScores, folded.labels, -3)).toMatchObject({ kind: 'beta', a: 0 })
  })

  it('says nothing where there is no line', () => {
    expect(fitBeta(Float64Array.of(1, 2, 3), Uint8Array.of(1, 1, 1), 0)).toBeNull()
    expect(fitBeta(Float64Array.of(3, 2, 1, 2.5), Uint8Array.of(0, 0, 1, 1), 0)).toBeNull()
  })
})

describe('fitIsotonic', () => {
  it('rises, holds no 0 and no 1, and says nothing of what does not rise', () => {
    const { rawScores, labels } = drawn(6_000, 4, (x) => (x < -2 ? -4 : 0.5))
    const fitted = fitIsotonic(rawScores, labels, -3)!
    if (fitted.kind !== 'isotonic') throw new Error('isotonic')
    const { logOdds } = createCalibrator(fitted)
    expect(sigmoid(logOdds(-4))).toBeCloseTo(sigmoid(-4), 2)
    expect(sigmoid(logOdds(1))).toBeCloseTo(sigmoid(0.5), 1)
    expect(fitted.values.every(Number.isFinite)).toBe(true)

    const apart = fitIsotonic(Float64Array.of(1, 2, 3, 4), Uint8Array.of(0, 0, 1, 1), 2)!
    if (apart.kind !== 'isotonic') throw new Error('isotonic')
    // By hand: with a row that won at 1 and one that lost at 4 the rates are 1/3 and 2/3.
    expect(apart.values).toEqual([expect.closeTo(-Math.LN2, 12), expect.closeTo(Math.LN2, 12)])
    expect(apart.knots).toEqual([1.5, 3.5])
    expect(fitIsotonic(Float64Array.of(1, 2, 3, 4), Uint8Array.of(1, 1, 0, 0), 2)).toBeNull()
    expect(fitIsotonic(Float64Array.of(1, 1), Uint8Array.of(1, 0), 2)).toBeNull()
  })
})

describe('chooseCalibration', () => {
  const names = (report: { candidates: readonly { name: string }[] }) =>
    report.candidates.map(({ name }) => name)

  it.each([
    ['platt', 3_000, (x: number) => 0.5 * x - 0.5],
    ['beta', 4_000, bent],
    ['isotonic', 6_000, (x: number) => (x < -4 ? -6 : x < -1 ? -1 : 2.5)],
  ] as const)('takes %s where that is the truth', (name, rows, truth) => {
    const given = drawn(rows, 5, truth)
    const { report, calibration, identity_because: none } = chooseCalibration(given)
    expect(report).toMatchObject({ chosen: name, rows, accounts: rows / 2, interval: { accounts: rows / 2 } })
    expect(calibration.kind).toBe(name === 'platt' ? 'affine' : name)
    expect(report.because).toMatch(/beats/)
    expect(none).toBeNull()
    expect(names(report)).toEqual(['identity', 'platt', 'beta', ...(rows > 5_000 ? ['isotonic'] : [])])
    expect(chooseCalibration(given)).toEqual(chooseCalibration(given))
  })

  it('leaves right scores as they are where a line is no better on accounts that it has not seen', () => {
    const chosen = Array.from({ length: 12 }, (_, seed) => chooseCalibration(drawn(600, seed, (x) => x)))
    const identity = chosen.filter(({ calibration }) => calibration.kind === 'identity')
    expect(identity.length).toBeGreaterThan(3)
    expect(identity[0]!.identity_because).toMatch(/platt does not beat identity: log loss 0\.\d+ higher/)
    // A curve has to win by more than the noise.
    expect(chosen.filter(({ report }) => ['beta', 'isotonic'].includes(report.chosen)).length).toBeLessThan(3)
  })

  it('keeps the rows of an account on one side: what is copied teaches nothing about itself', () => {
    const few = drawn(60, 9, (x) => x)
    const copies = Array.from({ length: 6_000 }, (_, i) => Math.floor(i / 100))
    const many = chooseCalibration({
      ...few,
      rawScores: Float64Array.from(copies, (i) => few.rawScores[i]!),
      labels: Uint8Array.from(copies, (i) => few.labels[i]!),
      groups: Int32Array.from(copies, (i) => few.groups[i]!),
    })
    // A fit that had seen the copies could not be worse than the scores as they are.
    const [identity, , , isotonic] = many.report.candidates
    expect(isotonic!.log_loss).toBeGreaterThan(identity!.log_loss)
    expect(many.report.chosen).not.toBe('isotonic')
    expect(many.intervals.accounts).toBe(30)
  })

  it('does not turn a falling order around, and says so', () => {
    const falling = drawn(500, 6, (x) => -x - 4)
    const { calibration, identity_because: because, report } = chooseCalibration(falling)
    expect(calibration).toEqual({ kind: 'identity' })
    expect(because).toMatch(/do not rise with the outcome \(slope -/)
    expect(report).toMatchObject({ chosen: 'identity', because })
    expect(names(report)).toEqual(['identity'])
  })
})
