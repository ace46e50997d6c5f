import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BoostingFit } from '../../../training/boosting/boosting.ts'
import { trainBoosting } from '../../../training/boosting/boosting.ts'
import type { Matrix } from '../../../training/matrix.ts'
import { categoryColumn, matrixOf, numberColumn } from '../logistic/matrix.ts'
import { rawScoresBy } from './raw-scores.ts'
import { mixedTable } from './worlds.ts'

/** One split, and nothing that holds it back. */
const ONE_SPLIT = {
  rowSample: 1,
  columnSample: 1,
  trees: 1,
  maxLeaves: 2,
  learningRate: 1,
  l2: 1,
  minHessian: 0,
  minRows: 1,
}

const root = ({ trees }: BoostingFit) => ({
  threshold: trees.threshold[0],
  missingLeft: trees.missingLeft[0],
})

describe('a planted split', () => {
  it('is found at every bin', async () => {
    const values = Array.from({ length: 510 }, (_, i) => i >> 1)
    for (let last = 0; last < 254; last++) {
      const labels = values.map((x) => (x > last ? 1 : 0))
      const model = await trainBoosting(
        matrixOf(
          [numberColumn('x')],
          values.map((x) => [x]),
          labels,
        ),
        null,
        ONE_SPLIT,
      )
      expect(model.trees.threshold[0]).toBe(last + 0.5)
    }
  })

  it('sends missing values where they belong', async () => {
    const column = [numberColumn('x')]
    const known = [[1], [1], [1], [2], [2], [2]]
    const withMissing = [...known, [null], [null]]
    const like1 = await trainBoosting(
      matrixOf(column, withMissing, [0, 0, 0, 1, 1, 1, 0, 0]),
      null,
      ONE_SPLIT,
    )
    expect(root(like1)).toEqual({ threshold: 1.5, missingLeft: 1 })
    const like2 = await trainBoosting(
      matrixOf(column, withMissing, [0, 0, 0, 1, 1, 1, 1, 1]),
      null,
      ONE_SPLIT,
    )
    expect(root(like2)).toEqual({ threshold: 1.5, missingLeft: 0 })
    const apart = await trainBoosting(
      matrixOf(column, withMissing, [0, 0, 0, 0, 0, 0, 1, 1]),
      null,
      ONE_SPLIT,
    )
    expect(root(apart)).toEqual({ threshold: Number.MAX_VALUE, missingLeft: 0 })
  })

  it('sends missing values that training never saw with the larger side', async () => {
    const rows = [[1], [1], [1], [2], [2]]
    const small = await trainBoosting(matrixOf([numberColumn('x')], rows, [0, 0, 0, 1, 1]), null, ONE_SPLIT)
    expect(root(small)).toEqual({ threshold: 1.5, missingLeft: 1 })
    const large = await trainBoosting(
      matrixOf([numberColumn('x')], [...rows, [2], [2]], [0, 0, 0, 1, 1, 1, 1]),
      null,
      ONE_SPLIT,
    )
    expect(root(large)).toEqual({ threshold: 1.5, missingLeft: 0 })
  })
})

/** Twice what the best split takes off the loss, by trying all of them; 0 where there is none. */
function bestGainByForce(
  matrix: Matrix,
  minRows: number,
  minHessian: number,
  l1: number,
  l2: number,
): number {
  const { columns, rowCount, data, labels } = matrix
  const p = labels.reduce((sum, label) => sum + label, 0) / rowCount
  const worth = (rows: readonly number[]) => {
    const g = rows.reduce((sum, row) => sum + p - labels[row]!, 0)
    return Math.max(Math.abs(g) - l1, 0) ** 2 / (rows.length * p * (1 - p) + l2)
  }
  const all = [...labels.keys()]
  let best = 0
  for (let c = 0; c < columns.length; c++) {
    const value = (row: number) => data[row * columns.length + c]!
    for (const threshold of new Set(all.map(value).filter((x) => !Number.isNaN(x))))
      for (const missingLeft of [true, false]) {
        const goesLeft = (row: number) => (Number.isNaN(value(row)) ? missingLeft : value(row) <= threshold)
        const [left, right] = [all.filter(goesLeft), all.filter((row) => !goesLeft(row))]
        const rows = Math.min(left.length, right.length)
        if (rows < minRows || rows * p * (1 - p) < minHessian) continue
        best = Math.max(best, worth(left) + worth(right) - worth(all))
      }
  }
  return best
}

describe('the split chosen', () => {
  const cell = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(null))
  const table = fc.array(fc.tuple(cell, cell, fc.integer({ min: 0, max: 1 })), {
    minLength: 6,
    maxLength: 30,
  })

  it('is the best of all that are allowed', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom(0, 0.3, 1),
        fc.constantFrom(0, 0.2),
        fc.constantFrom(0.01, 1),
        async (rows, minRows, minHessian, l1, l2) => {
          const labels = rows.map(([, , label]) => label)
          fc.pre(new Set(labels).size === 2)
          const matrix = matrixOf(
            [numberColumn('a'), numberColumn('b')],
            rows.map(([a, b]) => [a, b]),
            labels,
          )
          const model = await trainBoosting(matrix, null, { ...ONE_SPLIT, minRows, minHessian, l1, l2 })
          const found = model.gain[0]! + model.gain[1]!
          expect(found).toBeCloseTo(bestGainByForce(matrix, minRows, minHessian, l1, l2), 9)
        },
      ),
      { numRuns: 300, seed: 1 },
    )
  })

  it('is the first of equals: of two columns alike the first, of two leaves alike the left', async () => {
    // Half of the rows reached: gradients of +-1/2 and hessians of 1/4 add up without rounding.
    const rows = [1, 2, 3, 4].flatMap((x) => new Array(4).fill([x, x]))
    const labels = [0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1]
    const matrix = matrixOf([numberColumn('x'), numberColumn('same')], rows, labels)
    const { trees } = await trainBoosting(matrix, null, { ...ONE_SPLIT, maxLeaves: 3, l2: 0 })
    expect([...trees.column]).toEqual([0, 0, -1, -1, -1])
    expect([trees.threshold[0], trees.threshold[1]]).toEqual([2.5, 1.5])
  })

  it('may leave just the least hessian on a side, and no less', async () => {
    const matrix = matrixOf([numberColumn('x')], [[1], [1], [2], [2]], [0, 0, 1, 1])
    // 1/4 a row.
    const enough = await trainBoosting(matrix, null, { ...ONE_SPLIT, minHessian: 0.5 })
    expect(root(enough).threshold).toBe(1.5)
    const tooLittle = await trainBoosting(matrix, null, { ...ONE_SPLIT, minHessian: 0.5 + 1e-15 })
    expect([...tooLittle.trees.column]).toEqual([-1])
  })

  it('is none where only rounding is to be gained', async () => {
    const rows = Array.from({ length: 90 }, (_, x) => [x])
    const labels = rows.map(([x]) => (x! < 29 ? 0 : 1))
    const model = await trainBoosting(matrixOf([numberColumn('x')], rows, labels), null, {
      ...ONE_SPLIT,
      maxLeaves: 90,
      l2: 0,
    })
    expect([...model.trees.cover]).toEqual([90, 29, 61])
  })

  it('leaves enough rows on both sides where hessians say nothing of rows', async () => {
    // A rare outcome: twenty rows have a hessian of 0.4.
    const base = mixedTable(3000, 20)
    const labels = base.labels.map((label, row) => (row % 40 === 0 ? label : 0))
    for (const weights of [undefined, Float64Array.from(labels, (_, row) => (row % 7 === 0 ? 30 : 0.5))]) {
      const matrix = { ...base, labels, ...(weights ? { weights } : {}) }
      const model = await trainBoosting(matrix, null, {
        trees: 15,
        minRows: 20,
        minHessian: 0,
        learningRate: 0.3,
      })
      const { trees } = model
      // Rows by leaf, by their scores in each tree alone.
      for (const [t, first] of trees.roots.entries()) {
        const alone = { ...model, baseScore: 0, trees: { ...trees, roots: Int32Array.of(first) } }
        const counts = new Map<number, number>()
        for (const score of rawScoresBy(alone, matrix)) counts.set(score, (counts.get(score) ?? 0) + 1)
        expect(Math.min(...counts.values()), `tree ${t}`).toBeGreaterThanOrEqual(20)
      }
    }
  })
})

describe('categories', () => {
  const names = Array.from({ length: 40 }, (_, i) => `c${i}`)
  const column = [categoryColumn('source', ...names)]
  const isGood = (code: number) => (code * 7) % 3 === 0

  it('are told apart in one split, whatever their codes', async () => {
    const codes = Array.from({ length: 4000 }, (_, i) => i % 40)
    const labels = codes.map((code, i) => (isGood(code) === (Math.floor(i / 40) % 10 !== 0) ? 1 : 0))
    const model = await trainBoosting(
      matrixOf(
        column,
        codes.map((code) => [code]),
        labels,
      ),
      null,
      ONE_SPLIT,
    )
    const set = model.trees.categorySets[0]!
    const left = names.map((_, code) => ((set[code >>> 5]! >>> (code & 31)) & 1) === 1)
    // Which side they are on is not ours to say.
    expect(left.every((isLeft, code) => isLeft === (isGood(code) === left[0]))).toBe(true)
    expect(Number.isNaN(model.trees.threshold[0])).toBe(true)
  })

  it('are tried one against the rest when they are few, missing among them', async () => {
    const rows = [...new Array(30).fill([0]), ...new Array(30).fill([1]), ...new Array(30).fill([null])]
    const few = [categoryColumn('source', 'a', 'b', 'never seen')]
    const middle = await trainBoosting(
      matrixOf(
        few,
        rows,
        rows.map(([code]) => (code === 1 ? 1 : 0)),
      ),
      null,
      ONE_SPLIT,
    )
    expect(middle.trees.categorySets).toEqual([Uint32Array.of(0b10)])
    expect(middle.trees.missingLeft[0]).toBe(0)
    // Missing alone goes left, and with it the code that has no bin of its own.
    const missing = await trainBoosting(
      matrixOf(
        few,
        rows,
        rows.map(([code]) => (code === null ? 1 : 0)),
      ),
      null,
      ONE_SPLIT,
    )
    expect(missing.trees.categorySets).toEqual([Uint32Array.of(0b100)])
    expect(missing.trees.missingLeft[0]).toBe(1)
  })

  it('that a leaf has no rows of go with its larger side, and so does missing', async () => {
    const columns = [numberColumn('x'), categoryColumn('source', 'a', 'b', 'c')]
    const [a, b, c] = [0, 1, 2]
    const repeat = (count: number, ...row: number[]) => Array.from({ length: count }, () => row)
    // x parts first; on its right only b and a are left, b more often.
    const rows = [...repeat(100, 0, b), ...repeat(100, 0, c), ...repeat(20, 1, a), ...repeat(60, 1, b)]
    const labels = rows.map(([x, code]) => (x === 1 && code === b ? 1 : 0))
    const model = await trainBoosting(matrixOf(columns, rows, labels), null, { ...ONE_SPLIT, maxLeaves: 3 })
    expect(model.trees.threshold[0]).toBe(0.5)
    const asked = [
      [1, a],
      [1, b],
      [1, c],
      [1, null],
    ]
    const [ofA, ofB, ofC, ofMissing] = rawScoresBy(model, matrixOf(columns, asked, [0, 0, 0, 0]))
    expect(ofB).toBeGreaterThan(ofA!)
    expect([ofC, ofMissing]).toEqual([ofB, ofB])
  })

  it('go to the smaller side at most 32 at a time', async () => {
    const many = [categoryColumn('company', ...Array.from({ length: 100 }, (_, i) => `company ${i}`))]
    const rows = Array.from({ length: 2000 }, (_, i) => [i % 100])
    const labels = rows.map(([code]) => (code! < 45 ? 1 : 0))
    const { trees } = await trainBoosting(matrixOf(many, rows, labels), null, ONE_SPLIT)
    const ones = [...trees.categorySets[0]!].map((word) => word.toString(2).replaceAll('0', '').length)
    expect(ones.reduce((sum, count) => sum + count, 0)).toBe(32)
  })

  it('may be more than there are bins: the rarest share one with missing', async () => {
    const many = [categoryColumn('company', ...Array.from({ length: 400 }, (_, i) => `company ${i}`))]
    const rows = Array.from({ length: 6000 }, (_, i) => [i < 400 ? i : (i * i) % 300])
    const labels = rows.map(([code], i) => ((code! % 2 === 0) === (i % 5 !== 0) ? 1 : 0))
    const matrix = matrixOf(many, rows, labels)
    const model = await trainBoosting(matrix, matrix, { trees: 20, learningRate: 0.3, minHessian: 0.1 })
    const { fitLogLoss, validationLogLoss } = model.path.at(-1)!
    expect(validationLogLoss).toBeCloseTo(fitLogLoss, 12)
    const scores = rawScoresBy(model, matrix)
    const loss =
      scores.reduce((sum, s, i) => sum + Math.log1p(Math.exp(labels[i] === 1 ? -s : s)), 0) / rows.length
    expect(loss).toBeCloseTo(model.path[model.bestTrees - 1]!.fitLogLoss, 12)
  })
})
