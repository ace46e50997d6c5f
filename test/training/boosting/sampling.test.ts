import { describe, expect, it } from 'vitest'
import { trainBoosting } from '../../../training/boosting/boosting.ts'
import { sampleRows } from '../../../training/boosting/sample.ts'
import { randomIntegers } from '../../../training/random.ts'
import { matrixOf, numberColumn } from '../logistic/matrix.ts'

it('every set of rows is equally likely', () => {
  const next = randomIntegers(3)
  const counts = new Map<string, number>()
  for (let draw = 0; draw < 12_000; draw++) {
    const rows = sampleRows(10, 3, next).join()
    counts.set(rows, (counts.get(rows) ?? 0) + 1)
  }
  // 120 sets, 100 of each, with a standard deviation of 10.
  expect(counts.size).toBe(120)
  expect(Math.min(...counts.values())).toBeGreaterThan(65)
  expect(Math.max(...counts.values())).toBeLessThan(135)
})

const PLAIN = { minRows: 1, minHessian: 0, rowSample: 1, columnSample: 1 }
const next = randomIntegers(4)
const columns = ['a', 'b', 'c', 'd'].map((name) => numberColumn(name))
const rows = Array.from({ length: 60 }, () => columns.map(() => next(1e6)))
const labels = rows.map(() => next(2))
const matrix = matrixOf(columns, rows, labels)

describe('each tree', () => {
  it('is grown from its share of the rows, drawn anew', async () => {
    const options = { ...PLAIN, rowSample: 0.3, learningRate: 1, trees: 60 }
    const { trees, path } = await trainBoosting(matrix, null, options)
    expect([...trees.roots].map((node) => trees.cover[node])).toEqual(new Array(60).fill(18))
    // Labels are noise: only rows that were drawn some time can be known by heart.
    expect(path[0]!.fitLogLoss).toBeLessThan(0.2)
  })

  it('asks its share of the columns, drawn anew', async () => {
    const { trees } = await trainBoosting(matrix, null, { ...PLAIN, columnSample: 0.5, trees: 20 })
    const asked = [...trees.roots].map(
      (root, t) => new Set(trees.column.slice(root, trees.roots[t + 1]).filter((column) => column >= 0)),
    )
    expect(Math.max(...asked.map((set) => set.size))).toBe(2)
    expect(new Set(asked.flatMap((set) => [...set])).size).toBe(4)
  })

  it('is not given columns with nothing to split', async () => {
    const constant = rows.map(([a]) => [1, null, 2, a!])
    const options = { ...PLAIN, columnSample: 0.25, trees: 10 }
    const { trees } = await trainBoosting(matrixOf(columns, constant, labels), null, options)
    expect([...trees.roots].map((root) => trees.column[root])).toEqual(new Array(10).fill(3))
  })

  it('may find nothing, and the next one something', async () => {
    // A column can be split, but not into 5 rows on both sides.
    const useless = rows.map(([a], row) => [row === 0 ? 1 : 0, a!])
    const options = { ...PLAIN, minRows: 5, columnSample: 0.5, trees: 40 }
    const two = matrixOf(columns.slice(0, 2), useless, labels)
    const { bestTrees, trees } = await trainBoosting(two, null, options)
    // Half of 40, with a standard deviation of 3.2.
    expect(bestTrees).toBeGreaterThan(7)
    expect(bestTrees).toBeLessThan(33)
    expect(new Set(trees.column)).toEqual(new Set([1, -1]))
  })
})
