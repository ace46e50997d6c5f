import { describe, expect, it } from 'vitest'
import { fitPlatt } from '../../../training/calibration/platt.ts'
import { aucDifference, evaluate } from '../../../training/evaluate/metrics.ts'
import { trainNaiveBayes } from '../../../training/evaluate/naive-bayes.ts'
import { randomIntegers } from '../../../training/random.ts'
import { categoryColumn, flagColumn, matrixOf, numberColumn } from '../logistic/matrix.ts'

/** Rows whose outcomes follow their log-odds. */
function drawn(count: number, seed: number) {
  const next = randomIntegers(seed)
  const rawScores = Float64Array.from({ length: count }, () => next(6001) / 1000 - 4)
  const labels = Uint8Array.from(rawScores, (x) => (next(1e6) / 1e6 < 1 / (1 + Math.exp(-x)) ? 1 : 0))
  return { rawScores, labels, groups: Int32Array.from(rawScores, (_, i) => i) }
}

describe('fitPlatt', () => {
  it('finds the line that was put in', () => {
    const { rawScores, labels } = drawn(20_000, 1)
    // The raw score that is twice too sure and one too high has the true log-odds at 0.5 x - 0.5.
    const { calibration } = fitPlatt(
      rawScores.map((x) => 2 * x + 1),
      labels,
    )
    expect(calibration).toEqual({
      kind: 'affine',
      slope: expect.closeTo(0.5, 1),
      intercept: expect.closeTo(-0.5, 1),
    })
  })

  it.each([
    ['one outcome', [1, 2, 3], [1, 1, 1], 'do not determine a line'],
    ['no rows', [], [], 'do not determine a line'],
    ['equal scores', [1, 1, 1], [1, 0, 1], 'do not determine a line'],
    ['scores that fall with the outcome', [3, 2, 1, 2.5], [0, 0, 1, 1], 'do not rise'],
  ])('leaves the raw score as it is for %s, and says why', (_, scores, labels, why) => {
    const fit = fitPlatt(Float64Array.from(scores), Uint8Array.from(labels))
    expect(fit.calibration).toEqual({ kind: 'identity' })
    expect(fit.identity_because).toContain(why)
  })
})

describe('trainNaiveBayes', () => {
  it('multiplies frequencies that start at 0.1, as worked out by hand', () => {
    // source a: 3 won, 1 lost; b: 0 won, 4 lost. Won 3 of 8.
    const fit = matrixOf(
      [categoryColumn('source', 'a', 'b', 'unseen')],
      [[0], [0], [0], [0], [1], [1], [1], [1]],
      [1, 1, 1, 0, 0, 0, 0, 0],
    )
    const bayes = trainNaiveBayes(fit)
    const won = (3 / 8) * (3.1 / 3.2)
    const lost = (5 / 8) * (1.1 / 5.2)
    expect(bayes.probability(Float64Array.of(0))).toBeCloseTo(won / (won + lost), 12)
    // Nothing is known of these two: the prior.
    expect(bayes.probability(Float64Array.of(2))).toBeCloseTo(3 / 8, 12)
    expect(bayes.probability(Float64Array.of(5, Number.NaN), 1)).toBeCloseTo(3 / 8, 12)
  })

  it('stays within 0.01 % and 99.99 % however many columns agree', () => {
    const columns = Array.from({ length: 50 }, (_, k) => flagColumn(`f${k}`))
    const rows = Array.from({ length: 20 }, (_, i) => columns.map(() => i % 2))
    const bayes = trainNaiveBayes(
      matrixOf(
        columns,
        rows,
        rows.map((row) => row[0]!),
      ),
    )
    expect(bayes.probability(new Float64Array(50).fill(1))).toBe(0.9999)
    expect(bayes.probability(new Float64Array(50))).toBe(0.0001)
  })

  it('takes numbers in fifths', () => {
    const rows = Array.from({ length: 100 }, (_, i) => [i])
    const bayes = trainNaiveBayes(
      matrixOf(
        [numberColumn('x')],
        rows,
        rows.map(([x]) => (x! >= 80 ? 1 : 0)),
      ),
    )
    const [low, high, higher] = [10, 90, 1e6].map((x) => bayes.probability(Float64Array.of(x)))
    expect(low).toBeLessThan(0.02)
    expect(high).toBeGreaterThan(0.9)
    expect(higher).toBe(high)
  })

  it('refuses one outcome', () => {
    const one = matrixOf([numberColumn('x')], [[1], [2]], [1, 1])
    expect(() => trainNaiveBayes(one)).toThrow(expect.objectContaining({ code: 'too_little_data' }))
  })
})

describe('evaluate', () => {
  it('finds true probabilities calibrated, and writes what is not defined as null', () => {
    const { rawScores, labels, groups } = drawn(20_000, 2)
    const probabilities = rawScores.map((x) => 1 / (1 + Math.exp(-x)))
    const metrics = evaluate({ probabilities, labels, groups, seed: 1 })
    expect(metrics.calibration_slope).toBeCloseTo(1, 1)
    expect(metrics.calibration_intercept).toBeCloseTo(0, 1)
    expect(metrics.ece).toBeLessThan(0.015)
    expect(metrics.auc_interval![0]).toBeLessThan(metrics.auc!)
    expect(metrics.auc_interval![1]).toBeGreaterThan(metrics.auc!)

    const oneClass = evaluate({ probabilities, labels: new Uint8Array(20_000), groups, seed: 1 })
    expect(oneClass).toMatchObject({
      auc: null,
      auc_interval: null,
      average_precision: null,
      skill: null,
      lift_top_tenth: null,
      calibration_slope: null,
      base_rate: 0,
    })
    expect(oneClass.log_loss).toBeGreaterThan(0)
  })

  it('has an interval as wide as the theory of the AUC says', () => {
    const { rawScores, labels, groups } = drawn(2_000, 3)
    const { auc, auc_interval } = evaluate({
      probabilities: rawScores.map((x) => 1 / (1 + Math.exp(-x))),
      labels,
      groups,
      seed: 5,
    })
    // DeLong, DeLong & Clarke-Pearson 1988: the variances of each row's share of won pairs, by outcome.
    const scoresOf = (label: number) => [...rawScores].filter((_, i) => labels[i] === label)
    const [negatives, positives] = [scoresOf(0), scoresOf(1)]
    const share = (xs: number[], wins: (x: number) => number) =>
      xs.reduce((sum, x) => sum + wins(x), 0) / xs.length
    const won = (high: number, low: number) => (high > low ? 1 : high === low ? 0.5 : 0)
    const ofPositives = positives.map((p) => share(negatives, (n) => won(p, n)))
    const ofNegatives = negatives.map((n) => share(positives, (p) => won(p, n)))
    const variance = (xs: number[]) => share(xs, (x) => (x - auc!) ** 2)
    const error = Math.sqrt(
      variance(ofPositives) / positives.length + variance(ofNegatives) / negatives.length,
    )
    const width = auc_interval![1] - auc_interval![0]
    // 500 replicates know a standard deviation to 3 %, its outer quantiles to about three times that.
    expect(width / (2 * 1.96 * error)).toBeGreaterThan(0.88)
    expect(width / (2 * 1.96 * error)).toBeLessThan(1.12)
  })

  it('compares two models on the same draws', () => {
    const { rawScores, labels, groups } = drawn(2_000, 4)
    const next = randomIntegers(9)
    const noisy = rawScores.map((x) => x + next(1000) / 250 - 2)
    const of = { labels, groups, seed: 2 }
    const { difference, interval } = aucDifference(rawScores, noisy, of)
    expect(difference).toBeGreaterThan(0)
    expect(interval![0]).toBeGreaterThan(0)
    expect(
      aucDifference(
        rawScores,
        rawScores.map((x) => 3 * x),
        of,
      ),
    ).toEqual({ difference: 0, interval: [0, 0] })
  })
})
