import { describe, expect, it } from 'vitest'
import { compileTerm } from '../../../src/model/logistic.ts'
import { auc } from '../../../src/statistics/auc.ts'
import { logisticParts } from '../../../training/learners/logistic.ts'
import { trainLogistic } from '../../../training/logistic/train.ts'
import { type Matrix, selectRows } from '../../../training/matrix.ts'
import { randomIntegers } from '../../../training/random.ts'
import { predictWith } from '../../../training/table/predict-with.ts'
import { categoryColumn, flagColumn, matrixOf, numberColumn } from './matrix.ts'
import reference from './reference.json' with { type: 'json' }

const columns = [
  numberColumn('size', 'log1p'),
  numberColumn('visits'),
  flagColumn('free_mail'),
  categoryColumn('source', 'a', 'b', 'c'),
]
const { rows, labels, groups, weights } = reference
const matrix = matrixOf(columns, rows, labels, { groups })
const none = selectRows(matrix, [])

/** y = 1 where x is near 5, with noise: what no straight line can say. */
function hump(count: number, seed: number): Matrix {
  const next = randomIntegers(seed)
  const xs = Array.from({ length: count }, () => next(1000) / 100)
  return matrixOf(
    [numberColumn('x')],
    xs.map((x) => [x]),
    xs.map((x) => (next(100) < (Math.abs(x - 5) < 2 ? 70 : 15) ? 1 : 0)),
  )
}

describe('trainLogistic against scikit-learn', () => {
  it.each(reference.penalised)('finds the same log-odds at strength $strength', ({ strength, log_odds }) => {
    const model = trainLogistic(matrix, none, { strengths: [strength], numbers: 'linear' })
    const { rawScores } = predictWith(logisticParts(model), matrix)
    // Both minimise to the last digits; what is left is rounding in sums of 300 rows.
    for (const [i, expected] of log_odds.entries()) expect(rawScores[i]).toBeCloseTo(expected, 8)
  })

  it('finds the same log-odds with weights', () => {
    const weighted = matrixOf(columns, rows, labels, { groups, weights })
    const model = trainLogistic(weighted, none, {
      strengths: [reference.weighted.strength],
      numbers: 'linear',
    })
    const { rawScores } = predictWith(logisticParts(model), weighted)
    for (const [i, expected] of reference.weighted.log_odds.entries())
      expect(rawScores[i]).toBeCloseTo(expected, 8)
  })
})

describe('trainLogistic against statsmodels', () => {
  it('finds the same coefficients and clustered standard errors where nothing is penalised', () => {
    const two = matrixOf(
      [numberColumn('visits'), flagColumn('free_mail')],
      rows.map((row) => [row[1]!, row[2]!]),
      labels,
      { groups },
    )
    // A strength of 1e-9 moves the coefficients by about that.
    const { coefficients } = trainLogistic(two, none, { strengths: [1e-9], numbers: 'linear' })
    const [visits, mail] = coefficients
    const expected = reference.clustered
    expect(Math.log(visits!.natural!.odds_ratio)).toBeCloseTo(expected.coefficients[0]!, 7)
    expect(mail!.log_odds).toBeCloseTo(expected.coefficients[1]!, 7)
    expect(mail!.standard_error).toBeCloseTo(expected.standard_errors[1]!, 7)
    const [low, high] = visits!.natural!.odds_ratio_interval!
    expect(Math.log(high / low) / (2 * 1.959964)).toBeCloseTo(expected.standard_errors[0]!, 6)
  })
})

describe('trainLogistic', () => {
  it('takes a weight of two as the row twice', () => {
    const twice = rows.flatMap((_, i) => new Array<number>(weights[i]!).fill(i))
    const weighted = trainLogistic(matrixOf(columns, rows, labels, { groups, weights }), none)
    const repeated = trainLogistic(selectRows(matrix, twice), none)
    const scores = predictWith(logisticParts(weighted), matrix).rawScores
    for (const [i, score] of predictWith(logisticParts(repeated), matrix).rawScores.entries())
      expect(scores[i]).toBeCloseTo(score, 9)
    for (const [k, { log_odds, standard_error }] of repeated.coefficients.entries()) {
      expect(weighted.coefficients[k]!.log_odds).toBeCloseTo(log_odds, 8)
      expect(weighted.coefficients[k]!.standard_error).toBeCloseTo(standard_error!, 8)
    }
  })

  it('gives terms whose mean over the fit rows is 0, curves included', () => {
    const model = trainLogistic(matrix, none)
    for (let c = 0; c < columns.length; c++) {
      const alone = {
        base: 0,
        terms: model.terms.map((term, other) =>
          other === c
            ? term
            : ({ kind: 'linear', mean: 0, scale: 1, weight: 0, offset: 0, missing: 0 } as const),
        ),
      }
      const { rawScores } = predictWith(logisticParts(alone), matrix)
      expect(rawScores.reduce((a, b) => a + b) / rawScores.length).toBeCloseTo(0, 12)
    }
    // At the minimum the intercept's gradient is 0: as many are expected as were seen.
    const { probabilities } = predictWith(logisticParts(model), matrix)
    expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(model.positives, 6)
  })

  it('sums a curve up by the straight line closest to it', () => {
    const model = trainLogistic(matrix, none)
    const given = rows.filter((row) => row[0] !== null)
    const t = given.map((row) => Math.log1p(row[0]!))
    const term = compileTerm(model.terms[0]!, columns[0]!)
    const f = given.map((row) => term(row[0]!))
    const mean = (xs: readonly number[]) => xs.reduce((a, b) => a + b) / xs.length
    const product = (xs: readonly number[], ys: readonly number[]) => mean(xs.map((x, i) => x * ys[i]!))
    const covariance = (xs: readonly number[], ys: readonly number[]) => product(xs, ys) - mean(xs) * mean(ys)
    const slope = covariance(f, t) / covariance(t, t)
    const size = model.coefficients[0]!
    expect(size.log_odds).toBeCloseTo(slope * Math.sqrt(covariance(t, t)), 9)
    expect(size.natural).toMatchObject({ per: 'doubling', odds_ratio: expect.closeTo(2 ** slope, 9) })
  })

  it('bends: a curve finds what a line cannot', () => {
    const [fit, validate, test] = [hump(2000, 1), hump(1000, 2), hump(2000, 3)]
    const aucOf = (numbers: 'curve' | 'linear') =>
      auc(
        predictWith(logisticParts(trainLogistic(fit, validate, { numbers })), test).probabilities,
        test.labels,
      )
    expect(aucOf('linear')).toBeLessThan(0.6)
    expect(aucOf('curve')).toBeGreaterThan(0.73)
  })

  it('chooses a strong penalty where nothing is to be learned, a weak one where much is', () => {
    const next = randomIntegers(5)
    const make = (signal: number) => {
      const xs = Array.from({ length: 800 }, () => Array.from({ length: 10 }, () => next(1000) / 500 - 1))
      const ys = xs.map((x) => (next(1000) / 1000 < 1 / (1 + Math.exp(-signal * (x[0]! + x[1]!))) ? 1 : 0))
      return matrixOf(
        xs[0]!.map((_, k) => numberColumn(`x${k}`)),
        xs,
        ys,
      )
    }
    expect(trainLogistic(make(0), make(0)).strength).toBeGreaterThanOrEqual(300)
    const learned = trainLogistic(make(3), make(3))
    expect(learned.strength).toBeLessThanOrEqual(30)
    const best = Math.min(...learned.path.map((point) => point.validationLogLoss))
    expect(learned.path.find((point) => point.strength === learned.strength)?.validationLogLoss).toBe(best)
  })

  it('is the same to the last digit when run again', () => {
    expect(trainLogistic(matrix, matrix)).toEqual(trainLogistic(matrix, matrix))
  })

  it('stays finite, and says so, where the rows are told apart without a mistake', () => {
    const separated = matrixOf([numberColumn('x')], [[1], [2], [3], [4]], [0, 0, 1, 1])
    const model = trainLogistic(separated, selectRows(separated, []), { strengths: [0.1] })
    expect(model.separated).toBe(true)
    expect([...predictWith(logisticParts(model), separated).rawScores].every(Number.isFinite)).toBe(true)
    expect(trainLogistic(matrix, none).separated).toBe(false)
  })

  it('learns from fewer rows than columns', () => {
    const wide = matrixOf(
      Array.from({ length: 30 }, (_, k) => numberColumn(`x${k}`)),
      Array.from({ length: 8 }, (_, i) => Array.from({ length: 30 }, (_, k) => ((i + 1) * (k + 3)) % 7)),
      [0, 1, 0, 1, 1, 0, 1, 0],
    )
    const model = trainLogistic(wide, selectRows(wide, []))
    expect(model.coefficients.every((entry) => Number.isFinite(entry.log_odds))).toBe(true)
  })

  it('gives a column that says nothing no weight: constant, or missing throughout', () => {
    const dull = matrixOf(
      [numberColumn('constant'), numberColumn('missing'), categoryColumn('one', 'a', 'b'), numberColumn('x')],
      labels.map((_, i) => [7, null, 0, i % 10]),
      labels,
    )
    const model = trainLogistic(dull, selectRows(dull, []))
    const row = (...values: number[]) => matrixOf(dull.columns, [values], [0])
    const average = predictWith(logisticParts(model), row(7, Number.NaN, 0, 3)).rawScores[0]!
    expect(predictWith(logisticParts(model), row(-100, 5, 1, 3)).rawScores[0]).toBe(average)
    expect(model.coefficients.map((entry) => entry.column)).toEqual(['x'])
  })

  it('learns what a missing value says, and takes it for the average where it never saw one', () => {
    const model = trainLogistic(matrix, none)
    expect(model.terms[0]).toMatchObject({ kind: 'curve', missing: expect.any(Number) })
    expect((model.terms[0] as { missing: number }).missing).not.toBe(0)
    expect(model.terms[1]).toMatchObject({ missing: 0 })
    expect(model.coefficients.filter((entry) => entry.missing).map((entry) => entry.column)).toEqual(['size'])
  })

  it('has no standard errors with a single group', () => {
    const model = trainLogistic(matrixOf(columns, rows, labels, { groups: rows.map(() => 1) }), none)
    expect(model.coefficients[0]).toMatchObject({ standard_error: null, odds_ratio_interval: null })
  })

  it.each([
    ['one outcome', { labels: labels.map(() => 1) }, 'too_little_data', '300 of 300 rows'],
    [
      'an outcome of 2',
      { labels: labels.with(3, 2) },
      'numeric_failure',
      'row 3: a label is 0 or 1, given 2',
    ],
    [
      'an infinite value',
      { rows: rows.with(4, [Number.POSITIVE_INFINITY, 1, 0, 0]) },
      'numeric_failure',
      'row 4, column "size"',
    ],
    [
      'a code outside the vocabulary',
      { rows: rows.with(5, [1, 1, 0, 3]) },
      'numeric_failure',
      'a code is 0..2, given 3',
    ],
    [
      'a flag of 2',
      { rows: rows.with(6, [1, 1, 2, 0]) },
      'numeric_failure',
      'column "free_mail": a flag is 0 or 1',
    ],
    ['a weight of 0', { weights: weights.with(7, 0) }, 'numeric_failure', 'row 7: a weight is positive'],
    ['a label too few', { labels: labels.slice(1) }, 'numeric_failure', 'other lengths'],
  ])('refuses %s', (_, change, code, message) => {
    const given = { rows, labels, ...change }
    const bad = matrixOf(columns, given.rows, given.labels, {
      groups: rows.map((_, i) => i),
      ...('weights' in change ? { weights: change.weights } : {}),
    })
    expect(() => trainLogistic(bad, none)).toThrow(message)
    expect(() => trainLogistic(bad, none)).toThrow(expect.objectContaining({ code }))
  })

  it('refuses strengths that are not positive', () => {
    expect(() => trainLogistic(matrix, none, { strengths: [0] })).toThrow('Strengths are positive')
    expect(() => trainLogistic(matrix, none, { strengths: [] })).toThrow('at least one')
  })
})
