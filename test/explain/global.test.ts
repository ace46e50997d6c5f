import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meanAbsoluteContributions } from '../../src/explain/importance.ts'
import { createInteractions } from '../../src/explain/interactions.ts'
import { jointPartialDependence, partialDependence } from '../../src/explain/partial-dependence.ts'
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
        const found = createInteractions(artifact)(row)
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
        const found = createInteractions(artifact)(rowsOf(rowOf(), row), WIDTH)
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

  it('gives the same pairs for some columns, in their order, and leaves the rest of each contribution on the diagonal', () => {
    const some = [6, 0, 3]
    fc.assert(
      fc.property(randomTree(6), treeRow, treeRow, (tree, first, row) => {
        const artifact = treeArtifact([tree, byHand])
        const all = createInteractions(artifact)(row)
        const explain = createInteractions(artifact, some)
        const kept = explain(first)
        const before = kept.slice()
        const found = explain(row)
        expect(kept).toEqual(before)
        const contributions = new Float64Array(WIDTH)
        createPredictor(artifact).contributions(row, 0, contributions)
        for (const [a, i] of some.entries()) {
          const line = found.subarray(3 * a, 3 * a + 3)
          for (const [b, j] of some.entries())
            if (a !== b) expect(line[b]).toBeCloseTo(all[i * WIDTH + j]!, 13)
          expect(line.reduce((sum, value) => sum + value, 0)).toBeCloseTo(contributions[i]!, 12)
        }
      }),
      runs(20),
    )
  })

  it('says 0 of a side that next to no training row took', () => {
    const rare = { ...byHand, cover: [1e300, 1e300, 1e-200, 1e-200, 1e-300] }
    const found = createInteractions(treeArtifact([rare]))(rowOf(0, 0))
    expect([...found].every((value) => Math.abs(value) < 1e-100)).toBe(true)
  })
})

describe('meanAbsoluteContributions', () => {
  it('is the mean of what explains each row, signs aside; of a group, of the sum of its columns', () => {
    const artifact = treeArtifact([byHand], { calibration: { kind: 'identity' } })
    const columns = artifact.columns.map((column, c) => ({ ...column, group: c < 2 ? 'both' : 'others' }))
    const predictor = createPredictor({ ...artifact, columns })
    // (2, 2): n0 1.25 and n1 0.75, as worked out in tree-shap.test.ts. (0, 2): worths 2, n0 1, n1 2.5, both 1.
    // n0: (1 - 2 + 1 - 2.5) / 2 = -1.25, n1: (0.5 + 0) / 2 = 0.25. Together 2 and -1.
    const importance = meanAbsoluteContributions(predictor, rowsOf(rowOf(2, 2), rowOf(0, 2)))
    expect([...importance.columns.subarray(0, 3)]).toEqual([1.25, 0.5, 0].map((x) => expect.closeTo(x, 14)))
    expect(importance.groups).toEqual(
      new Map([
        ['both', expect.closeTo(1.5, 14)],
        ['others', 0],
      ]),
    )
    expect(meanAbsoluteContributions(predictor, new Float64Array(0)).columns).toEqual(new Float64Array(WIDTH))
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

  it('is the mean over rows changed one by one, of one column and of two', () => {
    const columns = fc.constantFrom<[number, number]>([0, 5], [6, 1], [4, 3])
    fc.assert(
      fc.property(
        randomTree(5),
        fc.array(treeRow, { minLength: 3, maxLength: 5 }),
        columns,
        (tree, rows, pair) => {
          const predictor = createPredictor(treeArtifact([tree]))
          const values = [rows[0]!, rows[1]!, rows[2]!]
          const [first, second] = pair.map((column) => Float64Array.from(values, (row) => row[column]!))
          const meanWith = (set: readonly (readonly [number, number])[]): number => {
            const probabilities = rows.map((row) => {
              const changed = row.slice()
              for (const [column, value] of set) changed[column] = value
              return sigmoid(0.9 * (conditionalExpectation(tree, changed, () => true) - 1.5) + 0.1)
            })
            return probabilities.reduce((sum, probability) => sum + probability, 0) / rows.length
          }
          const alone = partialDependence(predictor, rowsOf(...rows), pair[0], first!)
          const both = jointPartialDependence(predictor, rowsOf(...rows), pair, [first!, second!])
          for (const [i, value] of first!.entries()) {
            expect(alone[i]).toBeCloseTo(meanWith([[pair[0], value]]), 12)
            for (const [j, other] of second!.entries())
              expect(both[i]![j]).toBeCloseTo(
                meanWith([
                  [pair[0], value],
                  [pair[1], other],
                ]),
                12,
              )
          }
        },
      ),
      runs(30),
    )
  })
})
