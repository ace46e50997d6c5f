import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calibrationLine } from '../../src/statistics/calibration-line.ts'
import { conversionBins } from '../../src/statistics/conversion.ts'
import { clampProbability, logisticLoss, logit, sigmoid } from '../../src/statistics/log-odds.ts'
import { baseRateLogLoss, brierScore, logLoss, logLossSkill } from '../../src/statistics/proper-scores.ts'
import { expectedCalibrationError, reliabilityBins } from '../../src/statistics/reliability.ts'
import reference from './reference.json' with { type: 'json' }

const probabilities = Float64Array.from(reference.probabilities)
const labels = Uint8Array.from(reference.labels)

describe('log-odds', () => {
  it('undo each other', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (p) => {
        expect(sigmoid(logit(p))).toBeCloseTo(p, 14)
      }),
    )
    expect(logit(0.5)).toBe(0)
    expect(logit(0.8)).toBeCloseTo(Math.log(4), 14)
  })

  it('stay finite where e^x does not', () => {
    expect(sigmoid(-1000)).toBe(0)
    expect(sigmoid(1000)).toBe(1)
    expect(logisticLoss(1000, 0)).toBe(1000)
    expect(logisticLoss(-1000, 1)).toBe(1000)
    expect(logisticLoss(1000, 1)).toBe(0)
    expect(logisticLoss(0, 1)).toBeCloseTo(Math.LN2, 15)
  })

  it('keep probabilities within their limits, and NaN as it is', () => {
    expect([clampProbability(0), clampProbability(1), clampProbability(0.3)]).toEqual([1e-6, 1 - 1e-6, 0.3])
    expect(clampProbability(Number.NaN)).toBeNaN()
  })
})

describe('proper scores', () => {
  it('agree with scikit-learn', () => {
    expect(logLoss(probabilities, labels)).toBeCloseTo(reference.log_loss, 12)
    expect(brierScore(probabilities, labels)).toBeCloseTo(reference.brier, 12)
  })

  it('are finite for a certain mistake', () => {
    expect(logLoss(Float64Array.of(0), Uint8Array.of(1))).toBeCloseTo(-Math.log(1e-6), 12)
    expect(brierScore(Float64Array.of(0), Uint8Array.of(1))).toBe(1)
  })

  it('give the base rate no skill', () => {
    const quarter = Uint8Array.of(1, 0, 0, 0)
    expect(logLoss(new Float64Array(4).fill(0.25), quarter)).toBeCloseTo(baseRateLogLoss(quarter), 14)
    expect(logLossSkill(new Float64Array(4).fill(0.25), quarter)).toBeCloseTo(0, 14)
    expect(logLossSkill(Float64Array.of(0.9, 0.1), Uint8Array.of(1, 1))).toBeNaN()
    expect(baseRateLogLoss(Uint8Array.of(0, 0))).toBe(0)
  })
})

describe('calibrationLine', () => {
  it('agrees with statsmodels', () => {
    const line = calibrationLine(probabilities.map(logit), labels)
    expect(line.slope).toBeCloseTo(reference.calibration_slope, 9)
    expect(line.intercept).toBeCloseTo(reference.calibration_intercept, 9)
  })

  it('is 1 and 0 where as many convert as is said', () => {
    // 1 of 4 at 25 %, 3 of 4 at 75 %.
    const x = Float64Array.of(0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75).map(logit)
    const line = calibrationLine(x, Uint8Array.of(1, 0, 0, 0, 1, 1, 1, 0))
    expect(line.slope).toBeCloseTo(1, 12)
    expect(line.intercept).toBeCloseTo(0, 12)
  })

  it('takes a weight of two as the row twice', () => {
    const weights = Float64Array.from(reference.weights)
    const twice = [...labels.keys()].flatMap((i) => new Array<number>(weights[i]!).fill(i))
    const repeated = calibrationLine(
      Float64Array.from(twice, (i) => logit(probabilities[i]!)),
      Uint8Array.from(twice, (i) => labels[i]!),
    )
    const weighted = calibrationLine(probabilities.map(logit), labels, weights)
    expect(weighted.slope).toBeCloseTo(repeated.slope, 9)
    expect(weighted.intercept).toBeCloseTo(repeated.intercept, 9)
  })

  it('says that there is no line, rather than a huge one', () => {
    const none = { slope: Number.NaN, intercept: Number.NaN }
    expect(calibrationLine(Float64Array.of(-1, 0, 1, 2), Uint8Array.of(0, 0, 1, 1))).toEqual(none)
    expect(calibrationLine(Float64Array.of(-1, 0, 1, 2), Uint8Array.of(1, 1, 0, 0))).toEqual(none)
    expect(calibrationLine(Float64Array.of(-1, 0, 0, 2), Uint8Array.of(0, 0, 1, 1))).toEqual(none)
    expect(calibrationLine(Float64Array.of(1, 1, 1), Uint8Array.of(0, 1, 1))).toEqual(none)
    expect(calibrationLine(Float64Array.of(1, 2), Uint8Array.of(1, 1))).toEqual(none)
    expect(calibrationLine(new Float64Array(0), new Uint8Array(0))).toEqual(none)
  })

  it('finds the line through scores that are far apart', () => {
    const x = Float64Array.of(-40, -30, 30, 40, -35, 35)
    const line = calibrationLine(x, Uint8Array.of(0, 0, 1, 1, 1, 0))
    expect(line.slope).toBeGreaterThan(0)
    expect(line.slope).toBeLessThan(0.1)
  })
})

describe('reliability', () => {
  it('cuts bins of equal count and never a tie', () => {
    const bins = reliabilityBins(Float64Array.of(0.1, 0.1, 0.1, 0.9), Uint8Array.of(0, 0, 1, 1), 2)
    expect(bins).toEqual([
      { rows: 3, positives: 1, low: 0.1, high: 0.1, meanProbability: expect.closeTo(0.1, 14), rate: 1 / 3 },
      { rows: 1, positives: 1, low: 0.9, high: 0.9, meanProbability: 0.9, rate: 1 },
    ])
    expect(expectedCalibrationError(bins)).toBeCloseTo((3 * (1 / 3 - 0.1) + 0.1) / 4, 14)
  })

  it('puts every row into one bin, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 60 }), (tens) => {
        const p = Float64Array.from(tens, (x) => x / 20)
        const bins = reliabilityBins(
          p,
          Uint8Array.from(tens, (x) => x % 2),
        )
        expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(tens.length)
        expect(bins.length).toBeLessThanOrEqual(10)
        for (const [b, bin] of bins.entries()) if (b > 0) expect(bin.low).toBeGreaterThan(bins[b - 1]!.high)
      }),
    )
  })

  it('has ten bins of 24 rows where no rows tie', () => {
    const p = Float64Array.from({ length: 240 }, (_, i) => (i + 1) / 250)
    expect(reliabilityBins(p, labels).map((bin) => bin.rows)).toEqual(new Array(10).fill(24))
  })
})

describe('conversionBins', () => {
  it('counts in half-open ranges', () => {
    const bins = conversionBins(
      Float64Array.of(30, 31, 80.9, 81, -5, 200),
      Uint8Array.of(0, 1, 0, 1, 0, 1),
      [31, 81],
    )
    expect(bins).toEqual([
      { low: null, high: 31, rows: 2, positives: 0, rate: 0 },
      { low: 31, high: 81, rows: 2, positives: 1, rate: 0.5 },
      { low: 81, high: null, rows: 2, positives: 2, rate: 1 },
    ])
  })
})
