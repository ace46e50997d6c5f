import { describe, expect, it } from 'vitest'
import { auc } from '../../../src/statistics/auc.ts'
import { logit } from '../../../src/statistics/log-odds.ts'
import { trainBoosting } from '../../../training/boosting/boosting.ts'
import { meanLogLoss } from '../../../training/boosting/log-loss.ts'
import { type Matrix, selectRows } from '../../../training/matrix.ts'
import { randomIntegers } from '../../../training/random.ts'
import { matrixOf, numberColumn } from '../logistic/matrix.ts'
import { rawScoresBy } from './raw-scores.ts'
import { mixedTable } from './worlds.ts'

/** Nothing that holds a tree back, and all rows. */
const PLAIN = { rowSample: 1, columnSample: 1, learningRate: 1, l2: 0, minHessian: 0, minRows: 1, trees: 1 }

describe('a tree worked out by hand', () => {
  // Two rows each at x = 1, 2, 3, 4; reached: none, none, both, one. Base rate 3/8, so g = 3/8 - y, and h = 15/64 a row.
  //   x        1     2     3      4
  //   sum g  0.75  0.75  -1.25  -0.25      sum h = 15/32 each
  // Gains of the root's cuts: 1.6 after 1; 2.25 / 0.9375 twice = 4.8 after 2; less after 3. Left of it nothing is to be
  // gained (0.75 and 0.75 alike); right of it 1.25^2 / (15/32) + 0.25^2 / (15/32) - 2.4 = 16/15. Values are -G / H.
  const matrix = matrixOf(
    [numberColumn('x')],
    [1, 1, 2, 2, 3, 3, 4, 4].map((x) => [x]),
    [0, 0, 0, 0, 1, 1, 0, 1],
  )

  it('has these three leaves', async () => {
    const { trees, baseScore, gain } = await trainBoosting(matrix, null, PLAIN)
    expect(baseScore).toBeCloseTo(logit(3 / 8), 14)
    expect([...trees.column]).toEqual([0, -1, 0, -1, -1])
    expect([...trees.threshold]).toEqual([2.5, Number.NaN, 3.5, Number.NaN, Number.NaN])
    expect([...trees.left]).toEqual([1, -1, 3, -1, -1])
    expect([...trees.cover]).toEqual([8, 4, 4, 2, 2])
    for (const [node, value] of [0, -1.6, 0, 8 / 3, 8 / 15].entries())
      expect(trees.value[node]).toBeCloseTo(value, 13)
    expect(gain[0]).toBeCloseTo(4.8 + 16 / 15, 13)
  })

  it('says less with a penalty and a learning rate', async () => {
    const { trees } = await trainBoosting(matrix, null, {
      ...PLAIN,
      maxLeaves: 2,
      l1: 0.5,
      l2: 1,
      learningRate: 0.1,
    })
    // T(1.5) = 1; 1 / (0.9375 + 1) = 16/31.
    expect(trees.value[1]).toBeCloseTo(-1.6 / 31, 14)
    expect(trees.value[2]).toBeCloseTo(1.6 / 31, 14)
  })

  it('has no leaf below the least hessian, nor deeper than allowed', async () => {
    const heavy = await trainBoosting(matrix, null, { ...PLAIN, minHessian: 0.5 })
    expect([...heavy.trees.cover]).toEqual([8, 4, 4])
    const shallow = await trainBoosting(matrix, null, { ...PLAIN, maxDepth: 1 })
    expect([...shallow.trees.cover]).toEqual([8, 4, 4])
  })
})

describe('trainBoosting', () => {
  it('scores rows while it learns as they are scored afterwards', async () => {
    const fit = mixedTable(1500, 1, (row) => 1 + (row % 3))
    const validate = mixedTable(400, 2, (row) => 1 + (row % 4))
    for (const rowSample of [1, 0.6]) {
      const options = { trees: 30, rowSample, columnSample: rowSample, minRows: 5, learningRate: 0.2 }
      const model = await trainBoosting(fit, validate, options)
      const { fitLogLoss, validationLogLoss } = model.path[model.bestTrees - 1]!
      // Another order of summation: some 1e-15.
      expect(meanLogLoss(rawScoresBy(model, fit), fit.labels, fit.weights!)).toBeCloseTo(fitLogLoss, 12)
      expect(meanLogLoss(rawScoresBy(model, validate), validate.labels, validate.weights!)).toBeCloseTo(
        validationLogLoss,
        12,
      )
    }
  })

  it('finds what is there', async () => {
    const test = mixedTable(3000, 4)
    const model = await trainBoosting(mixedTable(4000, 3), mixedTable(1000, 5), {})
    expect(auc(rawScoresBy(model, test), test.labels)).toBeGreaterThan(0.75)
    // Noise is asked too, where little is left to learn.
    expect(model.gain[2]).toBeLessThan(Math.min(model.gain[0]!, model.gain[1]!))
  })

  it('gives the same trees for the same seed, and others for another', async () => {
    const fit = mixedTable(800, 6)
    const options = { trees: 15, rowSample: 0.7, columnSample: 0.6 }
    const first = await trainBoosting(fit, null, { ...options, seed: 5 })
    expect(await trainBoosting(fit, null, { ...options, seed: 5 })).toEqual(first)
    expect(await trainBoosting(fit, null, { ...options, seed: 6 })).not.toEqual(first)
  })

  it('takes a weight of two for the row twice', async () => {
    // Minima on hessian, and few distinct values: bins and gains are then sums over the same rows.
    const rows = mixedTable(600, 7)
    const repeats = Array.from({ length: rows.rowCount }, (_, row) => 1 + (row % 2))
    const twice = selectRows(
      rows,
      repeats.flatMap((count, row) => new Array<number>(count).fill(row)),
    )
    const weighted: Matrix = { ...rows, weights: Float64Array.from(repeats) }
    const options = { trees: 20, minRows: 1, minHessian: 2, learningRate: 0.3, rowSample: 1, columnSample: 1 }
    const a = await trainBoosting(weighted, null, options)
    const b = await trainBoosting(twice, null, options)
    // Two splits that part the rows alike differ in rounding only, and either may win: scores are compared, not nodes.
    const expected = rawScoresBy(b, rows)
    for (const [row, score] of rawScoresBy(a, rows).entries()) expect(score).toBeCloseTo(expected[row]!, 10)
    expect(Math.max(...expected) - Math.min(...expected)).toBeGreaterThan(2)
  })

  it('covers nodes with the weights of their rows', async () => {
    const rows = matrixOf([numberColumn('x')], [[1], [1], [2], [3]], [0, 0, 1, 0], { weights: [1, 2, 4, 8] })
    const { trees } = await trainBoosting(rows, null, { ...PLAIN, maxLeaves: 3 })
    expect([...trees.threshold].filter((x) => x > 0)).toEqual([2.5, 1.5])
    expect([...trees.cover]).toEqual([15, 7, 8, 3, 4])
    const nothing = await trainBoosting(rows, null, { ...PLAIN, minRows: 4 })
    expect([...nothing.trees.cover]).toEqual([15])
  })

  it('stops when the validation rows say so, and keeps the best', async () => {
    const model = await trainBoosting(mixedTable(500, 8), mixedTable(500, 9), {
      minRows: 2,
      learningRate: 0.3,
      earlyStoppingRounds: 7,
    })
    const losses = model.path.map(({ validationLogLoss }) => validationLogLoss)
    expect(model.bestTrees).toBe(losses.indexOf(Math.min(...losses)) + 1)
    expect(model.path.length).toBe(model.bestTrees + 7)
    expect(model.trees.roots.length).toBe(model.bestTrees)
  })

  it('keeps a leaf of 0 when the validation rows say the opposite', async () => {
    const fit = mixedTable(500, 10)
    const opposite = { ...fit, labels: fit.labels.map((label) => 1 - label) }
    const { trees, bestTrees, baseScore } = await trainBoosting(fit, opposite, { earlyStoppingRounds: 3 })
    expect(bestTrees).toBe(0)
    expect([...trees.column]).toEqual([-1])
    expect([...trees.value]).toEqual([0])
    expect(Number.isFinite(baseScore)).toBe(true)
  })

  it('is heard and can be stopped', async () => {
    const fit = mixedTable(300, 11)
    const steps: string[] = []
    await trainBoosting(fit, null, { trees: 2 }, (step, done, total) =>
      steps.push(`${step} ${done}/${total}`),
    )
    expect(steps).toEqual([
      'binning undefined/undefined',
      'growing trees 0/2',
      'growing trees 1/2',
      'growing trees 2/2',
    ])
    const controller = new AbortController()
    const stopped = trainBoosting(
      fit,
      null,
      {},
      () => controller.abort(new Error('enough')),
      controller.signal,
    )
    await expect(stopped).rejects.toThrow('enough')
  })
})

describe('monotone constraints', () => {
  const next = randomIntegers(12)
  const columns = ['up', 'down', 'free'].map((name) => numberColumn(name))
  const rows = Array.from({ length: 2000 }, () => columns.map(() => (next(12) === 0 ? null : next(40))))
  // Against the constraints in places, so that they are felt below the first split.
  const labels = rows.map(([up, down, free]) =>
    next(100) < 50 + 40 * Math.sin((up ?? 0) / 5 + (free ?? 0) / 9) * Math.cos((down ?? 0) / 7) ? 1 : 0,
  )
  const matrix = matrixOf(columns, rows, labels)
  const options = { trees: 60, minRows: 3, minHessian: 0.5, learningRate: 0.2, l2: 0.1 }

  /** 10,000 pairs that differ in one of the two columns only: how often is the order broken, how often is it strict? */
  async function broken(monotone: readonly (-1 | 0 | 1)[]) {
    const model = await trainBoosting(matrix, null, { ...options, monotone })
    const pairs: number[][] = []
    for (let pair = 0; pair < 10_000; pair++) {
      const row = columns.map(() => next(40))
      const column = pair % 2
      const other = row.with(column, next(40))
      // The one that must not score higher stands first.
      const isRising = other[column]! > row[column]! === (column === 0)
      pairs.push(...(isRising ? [row, other] : [other, row]))
    }
    const scores = rawScoresBy(
      model,
      matrixOf(
        columns,
        pairs,
        pairs.map(() => 0),
      ),
    )
    const firsts = scores.filter((_, i) => i % 2 === 0)
    return {
      falls: firsts.filter((score, pair) => score > scores[2 * pair + 1]!).length,
      rises: firsts.filter((score, pair) => score < scores[2 * pair + 1]!).length,
    }
  }

  it('hold on 10,000 pairs, and without them they do not', async () => {
    const constrained = await broken([1, -1, 0])
    expect(constrained.falls).toBe(0)
    expect(constrained.rises).toBeGreaterThan(1000)
    expect((await broken([])).falls).toBeGreaterThan(1000)
  })
})
