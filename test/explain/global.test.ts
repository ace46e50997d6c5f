import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meanAbsoluteContributions } from '../../src/explain/importance.ts'
import { interactions } from '../../src/explain/interactions.ts'
import { partialDependence } from '../../src/explain/partial-dependence.ts'
import { sigmoid } from '../../src/model/link.ts'
import { createPredictor } from '../../src/model/predict.ts'
import type { TreeData } from '../../src/model/tree-data.ts'
import {
  conditionalExpectation,
  randomTree,
  runs,
  TREE_COLUMNS,
  treeArtifact,
  treeRow,
} from '../support/random-trees.ts'

const WIDTH = TREE_COLUMNS.length

/** n0 <= 1 ? 1 : n1 <= 1 ? 2 : 4, with halves. */
const byHand: TreeData = {
  column: [0, -1, 1, -1, -1],
  threshold: [1, null, 1, null, null],
  left: [1, -1, 3, -1, -1],
  missing_left: [0, 0, 1, 0, 0],
  categories: [null, null, null, null, null],
  value: [0, 1, 0, 2, 4],
  cover: [8, 4, 4, 2, 2],
}

const rowOf = (...values: number[]) => Float64Array.from({ length: WIDTH }, (_, c) => values[c] ?? 0)
const rowsOf = (...rows: Float64Array[]) => Float64Array.from(rows.flatMap((row) => [...row]))

/** Phi[i, j] by definition: over the subsets without i and j, |S|! (n - |S| - 2)! / (2 (n - 1)!). */
function bruteForcePair(trees: TreeData[], row: Float64Array, i: number, j: number): number {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  const worth = (subset: number): number =>
    trees.reduce((sum, tree) => sum + conditionalExpectation(tree, row, (c) => ((subset >> c) & 1) === 1), 0)
  let value = 0
  for (let subset = 0; subset < 2 ** WIDTH; subset++) {
    if ((subset >> i) & 1 || (subset >> j) & 1) continue
    const size = subset.toString(2).replaceAll('0', '').length
    const weight = (factorial(size) * factorial(WIDTH - size - 2)) / (2 * factorial(WIDTH - 1))
    const [withI, withJ] = [subset | (1 << i), subset | (1 << j)]
    value += weight * (worth(withI | withJ) - worth(withI) - worth(withJ) + worth(subset))
  }
  return value
}

describe('interactions', () => {
  it('gives what every subset counted out gives', () => {
    const pair = fc.constantFrom([0, 1], [5, 2], [4, 6], [3, 7]) as fc.Arbitrary<[number, number]>
    fc.assert(
      fc.property(randomTree(5), treeRow, pair, (tree, row, [i, j]) => {
        const artifact = treeArtifact([tree, byHand], { calibration: { kind: 'identity' } })
        const found = interactions(artifact, row)
        expect(Math.abs(found[i * WIDTH + j]! - bruteForcePair([tree, byHand], row, i, j))).toBeLessThan(
          1e-11,
        )
      }),
      runs(40),
    )
  })

  it('is symmetric, and sums to the contributions', () => {
    fc.assert(
      fc.property(fc.array(randomTree(6), { minLength: 1, maxLength: 3 }), treeRow, (trees, row) => {
        const artifact = treeArtifact(trees)
        const found = interactions(artifact, rowsOf(rowOf(), row), WIDTH)
        const contributions = new Float64Array(WIDTH)
        createPredictor(artifact).contributions(row, 0, contributions)
        for (let i = 0; i < WIDTH; i++) {
          let sum = 0
          for (let j = 0; j < WIDTH; j++) {
            sum += found[i * WIDTH + j]!
            expect(found[i * WIDTH + j]).toBe(found[j * WIDTH + i])
          }
          expect(Math.abs(sum - contributions[i]!)).toBeLessThan(1e-12)
        }
      }),
      runs(40),
    )
  })
})

describe('meanAbsoluteContributions', () => {
  it('is the mean of what explains each row, signs aside', () => {
    const predictor = createPredictor(treeArtifact([byHand], { calibration: { kind: 'identity' } }))
    // (2, 2): n0 1.25 and n1 0.75, as worked out in tree-shap.test.ts. (0, 2): worths 2, n0 1, n1 2.5, both 1.
    // n0: (1 - 2 + 1 - 2.5) / 2 = -1.25, n1: (0.5 + 0) / 2 = 0.25.
    const importance = meanAbsoluteContributions(predictor, rowsOf(rowOf(2, 2), rowOf(0, 2)))
    expect([...importance.subarray(0, 3)]).toEqual([1.25, 0.5, 0].map((x) => expect.closeTo(x, 14)))
    expect(meanAbsoluteContributions(predictor, new Float64Array(0))).toEqual(new Float64Array(WIDTH))
  })
})

describe('partialDependence', () => {
  it('is the mean probability with the column set, missing included', () => {
    const predictor = createPredictor(treeArtifact([byHand], { calibration: { kind: 'identity' } }))
    const rows = rowsOf(rowOf(2, 2), rowOf(0, 2), rowOf(0, 0))
    const kept = rows.slice()
    const found = partialDependence(predictor, rows, 0, Float64Array.of(1, 1.5, Number.NaN))
    const [low, high] = [sigmoid(-0.5), (2 * sigmoid(2.5) + sigmoid(0.5)) / 3]
    expect([...found]).toEqual([low, high, high].map((x) => expect.closeTo(x, 14)))
    expect(rows).toEqual(kept)
  })
})
