import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainRow } from '../../src/explain/explain-row.ts'
import { canonicalJson } from '../../src/model/canonical.ts'
import { logit } from '../../src/model/link.ts'
import { parseArtifact } from '../../src/model/parse-artifact.ts'
import { createPredictor } from '../../src/model/predict.ts'
import { type TreeData, treesFromData, treesToData } from '../../src/model/tree-data.ts'
import {
  conditionalExpectation,
  randomTree,
  runs,
  TREE_COLUMNS,
  treeArtifact,
  treeRow,
} from '../support/random-trees.ts'

const someTrees = fc.array(randomTree(6), { minLength: 1, maxLength: 5 })
const isKnown = () => true

/** n0 <= 1 (missing right), then c5 in {a, c} (missing left). Leaves 1, 2 and 4. */
const byHand: TreeData = {
  column: [0, -1, 5, -1, -1],
  threshold: [1, null, null, null, null],
  left: [1, -1, 3, -1, -1],
  missing_left: [0, 0, 1, 0, 0],
  categories: [null, null, [0, 2], null, null],
  value: [0, 1, 0, 2, 4],
  cover: [100, 20, 80, 60, 20],
}

describe('prediction of trees', () => {
  const predictor = createPredictor(treeArtifact([byHand]))
  const rowOf = (n0: number, c5: number) => Float64Array.of(n0, 0, 0, 0, 0, c5, 0, 0)

  it.each([
    ['at the threshold', 1, 1, 1],
    ['just above it, category in the set', 1 + 1e-15, 2, 2],
    ['category not in the set', 5, 1, 4],
    ['missing number', Number.NaN, 1, 4],
    ['missing category', 5, Number.NaN, 2],
    ['unknown codes are missing', 5, 3, 2],
    ['fractions are no codes', 5, 0.5, 2],
    ['infinite', Number.NEGATIVE_INFINITY, 1, 1],
  ])('by hand: %s', (_, n0, c5, leaf) => {
    expect(predictor.rawScore(rowOf(n0, c5))).toBe(-1.5 + leaf)
  })

  it('has the average training row as its base', () => {
    expect(predictor.base).toBeCloseTo(0.9 * (-1.5 + 0.2 * 1 + 0.6 * 2 + 0.2 * 4) + 0.1, 14)
  })

  it('rounds values to float32 before it compares, when the artifact says so', () => {
    const tree = { ...byHand, threshold: [Math.fround(1.1), null, null, null, null] }
    const row = rowOf(1.1, 1)
    expect(1.1).toBeLessThan(Math.fround(1.1))
    const above = { ...tree, threshold: [1.1, null, null, null, null] }
    expect(createPredictor(treeArtifact([above], { rounding: 'float32' })).rawScore(row)).toBe(2.5)
    expect(createPredictor(treeArtifact([above])).rawScore(row)).toBe(-0.5)
    expect(createPredictor(treeArtifact([tree], { rounding: 'float32' })).rawScore(row)).toBe(-0.5)
  })

  it('equals a naive walk, for one row and for many', () => {
    const rows = fc.array(treeRow, { minLength: 1, maxLength: 130 })
    fc.assert(
      fc.property(someTrees, rows, (trees, given) => {
        const { rawScore, rawScores } = createPredictor(treeArtifact(trees))
        const matrix = Float64Array.from(given.flatMap((row) => [...row]))
        const many = new Float64Array(given.length)
        rawScores(matrix, many)
        for (const [i, row] of given.entries()) {
          const leaves = trees.map((tree) => conditionalExpectation(tree, row, isKnown))
          const naive = -1.5 + leaves.reduce((sum, leaf) => sum + leaf, 0)
          expect(rawScore(matrix, i * TREE_COLUMNS.length)).toBe(naive)
          expect(many[i]).toBe(naive)
        }
      }),
      runs(60),
    )
  })

  it('is explained to the last digit, like every model', () => {
    fc.assert(
      fc.property(someTrees, treeRow, (trees, row) => {
        const boosting = createPredictor({ ...treeArtifact(trees), kind: 'imported' })
        const probability = boosting.probability(boosting.rawScore(row))
        const { base, calibration, contributions } = explainRow(boosting, row, 0, probability)
        const sum = contributions.reduce((total, { logOdds }) => total + logOdds!, base! + calibration!)
        expect(calibration).toBe(0)
        expect(Math.abs(sum - logit(probability))).toBeLessThan(1e-9)
      }),
      runs(100),
    )
  })
})

describe('trees as plain data', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(someTrees, (trees) => {
        expect(treesToData(treesFromData(trees))).toEqual(trees)
        const artifact = treeArtifact(trees)
        expect(parseArtifact(canonicalJson(artifact), 'a test')).toEqual(artifact)
      }),
      runs(100),
    )
  })

  it('put what any grower numbered level by level, and drop what leaves and splits do not have', () => {
    const grown = treesFromData([byHand, byHand])
    // Node 0 is a leaf nobody reaches, the trees grow backwards, and inner nodes have values.
    const trees = {
      roots: Int32Array.of(5),
      column: Int32Array.of(-1, -1, -1, -1, 5, 0),
      threshold: Float64Array.of(9, Number.NaN, Number.NaN, Number.NaN, Number.NaN, 1),
      left: Int32Array.of(-1, -1, -1, -1, 1, 3),
      missingLeft: Uint8Array.of(0, 0, 0, 0, 1, 0),
      categorySet: Int32Array.of(-1, -1, -1, -1, 0, -1),
      categorySets: grown.categorySets,
      value: Float64Array.of(7, 2, 4, 1, 8, 9),
      cover: Float64Array.of(1, 60, 20, 20, 80, 100),
    }
    expect(treesToData(trees)).toEqual([byHand])
  })
})
