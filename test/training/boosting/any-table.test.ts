import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkTrees } from '../../../src/model/check-trees.ts'
import { treesToData } from '../../../src/model/tree-data.ts'
import { trainBoosting } from '../../../training/boosting/boosting.ts'
import { meanLogLoss } from '../../../training/boosting/log-loss.ts'
import { categoryColumn, flagColumn, matrixOf, numberColumn } from '../logistic/matrix.ts'
import { rawScoresBy } from './raw-scores.ts'

const CATEGORIES = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const columns = [
  numberColumn('wild'),
  numberColumn('few'),
  flagColumn('flag'),
  categoryColumn('category', ...CATEGORIES),
]

const wild = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE),
)
const orMissing = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 6, nil: null })
const row = fc.record({
  cells: fc.tuple(
    orMissing(wild),
    orMissing(fc.integer({ min: 0, max: 3 })),
    orMissing(fc.integer({ min: 0, max: 1 })),
    orMissing(fc.integer({ min: 0, max: CATEGORIES.length - 1 })),
  ),
  label: fc.integer({ min: 0, max: 1 }),
  weight: fc.constantFrom(1e-6, 0.1, 1, 3, 1e6),
})

const options = fc.record({
  trees: fc.integer({ min: 1, max: 6 }),
  learningRate: fc.constantFrom(0.01, 0.3, 1),
  maxLeaves: fc.integer({ min: 2, max: 12 }),
  maxDepth: fc.integer({ min: 1, max: 6 }),
  minHessian: fc.constantFrom(0, 1e-3, 1),
  minRows: fc.integer({ min: 1, max: 6 }),
  l1: fc.constantFrom(0, 0.5),
  l2: fc.constantFrom(0, 1),
  maxBins: fc.integer({ min: 2, max: 12 }),
  rowSample: fc.constantFrom(0.3, 0.8, 1),
  columnSample: fc.constantFrom(0.3, 1),
  monotone: fc.tuple(fc.constantFrom(-1, 0, 1), fc.constantFrom(-1, 0, 1), fc.constant(0), fc.constant(0)),
  seed: fc.integer(),
  kernel: fc.constantFrom('reference', 'wasm'),
} as const)

it('any table gives sound trees, which score its rows as they were scored while learning', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 2, maxLength: 60 }),
      options,
      fc.boolean(),
      async (rows, chosen, weighted) => {
        const labels = rows.map(({ label }) => label)
        fc.pre(new Set(labels).size === 2)
        const matrix = matrixOf(
          columns,
          rows.map(({ cells }) => cells),
          labels,
          weighted ? { weights: rows.map(({ weight }) => weight) } : {},
        )
        const model = await trainBoosting(matrix, null, chosen)
        const written = columns.map((column) =>
          column.kind === 'category' ? { ...column, categories: [...column.categories] } : column,
        )
        checkTrees(treesToData(model.trees), written, 'trained')
        expect(model.trees.value.every(Number.isFinite)).toBe(true)
        const loss = meanLogLoss(
          rawScoresBy(model, matrix),
          matrix.labels,
          matrix.weights ?? new Float64Array(0),
        )
        const { fitLogLoss } = model.path[0]!
        expect(Math.abs(loss - fitLogLoss)).toBeLessThanOrEqual(1e-9 * (1 + fitLogLoss))
      },
    ),
    { numRuns: 400, seed: 1 },
  )
})
