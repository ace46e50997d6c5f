import { describe, expect, it } from 'vitest'
import { bootstrapInterval, bootstrapIntervals } from '../../src/statistics/bootstrap.ts'
import {
  errorInterval,
  errorOfTruth,
  prepareCalibrationError,
  prepareSlope,
} from '../../src/statistics/calibration-error.ts'
import { calibrationLine } from '../../src/statistics/calibration-line.ts'
import { interceptShift } from '../../src/statistics/intercept-shift.ts'
import { logit, sigmoid } from '../../src/statistics/log-odds.ts'
import { expectedCalibrationError, reliabilityBins } from '../../src/statistics/reliability.ts'
import { randomIntegers } from '../../training/random.ts'

/** Accounts whose rows have one outcome; the truth is in the probabilities. */
function drawn(accounts: number, rowsEach: number, seed: number) {
  const next = randomIntegers(seed)
  const truths = Array.from({ length: accounts }, () => sigmoid(next(40_000) / 10_000 - 3))
  const outcomes = truths.map((truth) => (next(1e6) / 1e6 < truth ? 1 : 0))
  const rows = Array.from({ length: accounts * rowsEach }, (_, i) => Math.floor(i / rowsEach))
  return {
    truth: Float64Array.from(rows, (account) => truths[account]!),
    labels: Uint8Array.from(rows, (account) => outcomes[account]!),
    groups: Int32Array.from(rows),
  }
}

const error = (probabilities: Float64Array, labels: Uint8Array) =>
  expectedCalibrationError(reliabilityBins(probabilities, labels))

describe('the interval of the calibration slope', () => {
  it('is that of fitting every draw anew', () => {
    const { truth, labels, groups } = drawn(600, 2, 1)
    const logOdds = truth.map(logit)
    const options = () => ({ nextInteger: randomIntegers(2), replicates: 200 })
    const line = calibrationLine(logOdds, labels)
    const quick = bootstrapInterval(prepareSlope(logOdds, labels, line), groups, options())!
    const whole = bootstrapInterval(
      (weights) => calibrationLine(logOdds, labels, weights).slope,
      groups,
      options(),
    )!
    expect(quick[0]).toBeCloseTo(whole[0], 1)
    expect(quick[1]).toBeCloseTo(whole[1], 1)
    expect(quick[0]).toBeLessThan(1)
    expect(quick[1]).toBeGreaterThan(1)
    expect(
      prepareSlope(logOdds, labels, { slope: Number.NaN, intercept: Number.NaN })(new Float64Array(1_200)),
    ).toBeNaN()
  })
})

describe('the calibration error', () => {
  it('is the usual one where every row counts once', () => {
    const { truth, labels } = drawn(500, 2, 3)
    expect(prepareCalibrationError(truth, labels)(new Float64Array(1_000).fill(1))).toBeCloseTo(
      error(truth, labels),
      12,
    )
  })

  it('has an interval from 0 for the truth, and around the error that was put in', () => {
    const { truth, labels, groups } = drawn(3_000, 1, 4)
    const intervalOf = (probabilities: Float64Array) =>
      errorInterval(
        error(probabilities, labels),
        bootstrapInterval(prepareCalibrationError(probabilities, labels), groups, {
          nextInteger: randomIntegers(5),
        }),
      )!
    expect(intervalOf(truth)[0]).toBeLessThan(0.005)
    const [low, high] = intervalOf(truth.map((p) => p + 0.06))
    expect(low).toBeGreaterThan(0.03)
    expect(low).toBeLessThan(0.06)
    expect(high).toBeGreaterThan(0.06)
    expect(errorInterval(0.1, null)).toBeNull()
  })

  it('of the truth is exceeded by about one history in twenty, also where accounts decide once for all rows', () => {
    let exceeded = 0
    for (let seed = 1; seed <= 60; seed++) {
      const { truth, labels, groups } = drawn(400, 5, 100 + seed)
      const limit = errorOfTruth(truth, labels, groups, {
        nextInteger: randomIntegers(seed),
        replicates: 100,
      })
      if (error(truth, labels) > limit) exceeded += 1
    }
    // 3 are expected of 60; as if rows were independent it would be more than half.
    expect(exceeded).toBeLessThan(9)
    const { truth, labels } = drawn(400, 5, 1)
    const alone = Int32Array.from(labels, (_, i) => i)
    const nextInteger = randomIntegers(1)
    expect(errorOfTruth(truth, labels, alone, { nextInteger })).toBeLessThan(error(truth, labels))
    expect(errorOfTruth(truth, labels, new Int32Array(2_000), { nextInteger })).toBeNaN()
  })
})

describe('bootstrapIntervals', () => {
  it('gives each figure the interval that it has by itself', () => {
    const values = Float64Array.from({ length: 50 }, (_, i) => i)
    const total = (weights: Float64Array) => weights.reduce((sum, weight, i) => sum + weight * values[i]!, 0)
    const least = (weights: Float64Array) => values.find((_, i) => weights[i]! > 0)!
    const groups = Int32Array.from(values)
    const options = () => ({ nextInteger: randomIntegers(3), replicates: 50 })
    expect(bootstrapIntervals({ total, least }, groups, options())).toEqual({
      total: bootstrapInterval(total, groups, options()),
      least: bootstrapInterval(least, groups, options()),
    })
  })
})

describe('interceptShift', () => {
  it('makes as many reach the target as are said to, and is as sure as a share is', () => {
    const labels = Uint8Array.from({ length: 400 }, (_, i) => (i < 100 ? 1 : 0))
    const alone = Int32Array.from(labels, (_, i) => i)
    const level = interceptShift(new Float64Array(400), labels, alone)
    expect(level.shift).toBeCloseTo(logit(0.25), 12)
    expect(level.standardError).toBeCloseTo(1 / Math.sqrt(399 * 0.25 * 0.75), 9)

    const { truth, labels: outcomes, groups } = drawn(500, 3, 8)
    const logOdds = truth.map((p) => logit(p) - 1)
    const { shift, standardError } = interceptShift(logOdds, outcomes, groups)
    const said = logOdds.reduce((sum, x) => sum + sigmoid(x + shift), 0)
    expect(said).toBeCloseTo(
      outcomes.reduce((sum, label) => sum + label, 0),
      8,
    )
    expect(Math.abs(shift - 1)).toBeLessThan(3 * standardError!)
  })

  it('has no answer for one outcome, and no error for one account', () => {
    expect(interceptShift(Float64Array.of(1, 2), Uint8Array.of(1, 1), Int32Array.of(1, 2)).shift).toBeNaN()
    expect(
      interceptShift(Float64Array.of(1, 2), Uint8Array.of(1, 0), Int32Array.of(1, 1)).standardError,
    ).toBeNull()
  })
})
