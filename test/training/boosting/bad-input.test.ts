import { describe, expect, it } from 'vitest'
import { trainBoosting } from '../../../training/boosting/boosting.ts'
import { startKernel } from '../../../training/boosting/kernel.ts'
import { type BoostingOptions, DEFAULT_BOOSTING } from '../../../training/boosting/options.ts'
import { categoryColumn, matrixOf, numberColumn } from '../logistic/matrix.ts'
import { mixedTable } from './worlds.ts'

const table = mixedTable(200, 1)
const x = [numberColumn('x')]
const train = (options: Partial<BoostingOptions>) => trainBoosting(table, null, { trees: 3, ...options })

describe('rows that cannot be learned from', () => {
  it.each([
    ['one class', matrixOf(x, [[1], [2]], [1, 1]), 'too_little_data', /2 of 2 rows reached/],
    ['no rows', matrixOf(x, [], []), 'too_little_data', /0 of 0 rows/],
    [
      'an infinite value',
      matrixOf(x, [[1], [Number.POSITIVE_INFINITY]], [0, 1]),
      'numeric_failure',
      /row 1, column "x": Infinity/,
    ],
    [
      'a weight of 0',
      matrixOf(x, [[1], [2]], [0, 1], { weights: [1, 0] }),
      'numeric_failure',
      /row 1: a weight is positive/,
    ],
    [
      'weights whose sums overflow',
      matrixOf(x, [[1], [2]], [0, 1], { weights: [1e308, 1e308] }),
      'numeric_failure',
      /the weights add up to Infinity; allowed: 1e-100 to 1e\+100/,
    ],
    [
      'weights whose sums vanish',
      matrixOf(x, [[1], [2]], [0, 1], { weights: [5e-324, 5e-324] }),
      'numeric_failure',
      /the weights add up to 1e-323/,
    ],
    [
      'a code outside the vocabulary',
      matrixOf([categoryColumn('c', 'a')], [[0], [1]], [0, 1]),
      'numeric_failure',
      /row 1, column "c"/,
    ],
  ])('%s', async (_, matrix, code, message) => {
    await expect(trainBoosting(matrix, null, {})).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    })
  })

  it('labels that are not numbers', async () => {
    const labels = Float64Array.from(table.labels, (label, row) => (row === 7 ? Number.NaN : label))
    await expect(trainBoosting({ ...table, labels: labels as never }, null, {})).rejects.toMatchObject({
      code: 'numeric_failure',
      message: expect.stringMatching(/row 7: a label is 0 or 1, given NaN/),
    })
  })

  it('validation rows with other columns', async () => {
    await expect(trainBoosting(table, matrixOf(x, [[1]], [1]), {})).rejects.toMatchObject({
      code: 'internal',
    })
  })
})

describe('rows that say nothing', () => {
  it.each([
    ['a constant column', [[5], [5], [5], [5]]],
    ['a column that is missing everywhere', [[null], [null], [null], [null]]],
    ['no column', [[], [], [], []]],
  ])('%s: a leaf of 0', async (_, rows) => {
    const columns = rows[0]!.length === 0 ? [] : x
    const model = await trainBoosting(matrixOf(columns, rows, [0, 1, 1, 1]), null, {
      minRows: 1,
      minHessian: 0,
    })
    expect([...model.trees.column]).toEqual([-1])
    expect([...model.trees.value]).toEqual([0])
    expect([...model.trees.cover]).toEqual([4])
    expect(model.baseScore).toBeCloseTo(Math.log(3), 14)
  })

  it('fewer rows than leaves: as many leaves as rows allow', async () => {
    const model = await trainBoosting(matrixOf(x, [[1], [2], [3]], [0, 1, 0]), null, {
      trees: 1,
      minRows: 1,
      minHessian: 0,
      rowSample: 1,
    })
    expect([...model.trees.cover].filter((_, node) => model.trees.column[node] === -1)).toEqual([1, 1, 1])
  })

  it('weights that leave one outcome next to nothing: its log-odds all the same', async () => {
    const rows = matrixOf(x, [[1], [2], [3], [4]], [0, 1, 1, 1], { weights: [1e-20, 1, 1, 1] })
    const { baseScore, path } = await trainBoosting(rows, null, {})
    expect(baseScore).toBeCloseTo(Math.log(3) + 20 * Math.LN10, 12)
    expect(path[0]!.fitLogLoss).toBeLessThan(1e-18)
  })

  it('sampling down to nothing still ends', async () => {
    const model = await train({ rowSample: 1e-9, columnSample: 1e-9 })
    expect([...model.trees.column]).toEqual([-1])
  })
})

describe('options', () => {
  it.each([
    [{ trees: 0 }, 'trees must be a whole number from 1'],
    [{ trees: 1.5 }, 'Given: 1.5'],
    [{ learningRate: 0 }, 'learningRate must be a number above 0 to 1. Given: 0'],
    [{ l2: Number.NaN }, 'Given: NaN'],
    [{ l1: Number.POSITIVE_INFINITY }, 'Given: Infinity'],
    [{ maxBins: 256 }, 'maxBins must be a whole number from 2 to 255'],
    [{ minRows: '3' as never }, 'minRows must be'],
    [{ kernel: 'gpu' as never }, 'kernel must be one of auto, reference, wasm'],
    [{ monotone: [1] as const }, 'monotone must be empty or one a column (5)'],
    [{ monotone: [0, 0, 0, 0, 1] as const }, 'monotone must be 0 for "source"'],
    [{ monotone: [2, 0, 0, 0, 0] as never }, 'monotone must be -1, 0 or 1 for "employees"'],
    [{ monotone: null as never }, 'monotone must be empty or one a column (5). Given: null'],
    [{ monotone: '00000' as never }, 'monotone must be empty or one a column (5). Given: 00000'],
    [{ toString: 3 } as never, 'has no option "toString"'],
    [{ depth: 3 } as never, `has no option "depth". Allowed: ${Object.keys(DEFAULT_BOOSTING).join(', ')}`],
  ])('%j is refused by name', async (options, message) => {
    await expect(train(options)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message),
    })
  })
})

it('more histograms than memory holds are refused with what they need', () => {
  const columns = 20_000
  const firstBin = Int32Array.from({ length: columns + 1 }, (_, column) => 256 * column)
  const layout = { rowCount: 1000, columnCount: columns, firstBin, slots: 2 ** 30, weighted: false }
  for (const kernel of ['auto', 'reference'] as const)
    expect(() => startKernel(layout, { kernel, threads: 1 })).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringMatching(/20000 columns .* 1073741824 leaves need \d+ GB/),
      }),
    )
})
