import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPredictor } from '../../src/model/predict.ts'
import { emptyTree, type TreeData, treesFromData } from '../../src/model/tree-data.ts'
import { rowPreparer } from '../../src/model/tree-rows.ts'
import { gaussLegendre } from '../../src/model/tree-shap/gauss-legendre.ts'
import { createTreeShap, referenceShap } from '../../src/model/tree-shap/quadrature.ts'
import { shapTables } from '../../src/model/tree-shap/tables.ts'
import { wasmShap } from '../../src/model/tree-shap/wasm-shap.ts'
import { walkTable } from '../../src/model/tree-walk.ts'
import {
  conditionalExpectation,
  naiveGoesLeft,
  randomTree,
  runs,
  TREE_COLUMNS,
  treeArtifact,
  treeRow,
} from '../support/random-trees.ts'
import { addTreeShapByRecursion } from '../support/tree-shap-recursion.ts'

const WIDTH = TREE_COLUMNS.length

function shapOf(trees: TreeData[], row: Float64Array): Float64Array {
  const out = new Float64Array(WIDTH)
  createPredictor(treeArtifact(trees, { calibration: { kind: 'identity' } })).contributions(row, 0, out)
  return out
}

/** Shapley values by definition: every subset of all columns, those that no split asks too. */
function bruteForce(trees: TreeData[], row: Float64Array): Float64Array {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  const worth = (subset: number): number =>
    trees.reduce((sum, tree) => sum + conditionalExpectation(tree, row, (c) => ((subset >> c) & 1) === 1), 0)
  const worths = Array.from({ length: 2 ** WIDTH }, (_, subset) => worth(subset))
  return Float64Array.from({ length: WIDTH }, (_, c) => {
    let value = 0
    for (let subset = 0; subset < 2 ** WIDTH; subset++) {
      if ((subset >> c) & 1) continue
      const size = subset.toString(2).replaceAll('0', '').length
      const weight = (factorial(size) * factorial(WIDTH - 1 - size)) / factorial(WIDTH)
      value += weight * (worths[subset | (1 << c)]! - worths[subset]!)
    }
    return value
  })
}

function farthest(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0)
}

/** A chain: every split on the next column, or round and round on a few; the row stays on it where `onChain` says so. */
function chain(depth: number, columns: number, missingLeft: (level: number) => 0 | 1): TreeData {
  const tree = emptyTree()
  const put = (level: number, column: number, cover: number): void => {
    tree.column.push(column)
    tree.threshold.push(column < 0 ? null : 0)
    tree.left.push(column < 0 ? -1 : tree.column.length + (level === 0 ? 0 : 1))
    tree.missing_left.push(column < 0 ? 0 : missingLeft(level))
    tree.categories.push(null)
    tree.value.push(column < 0 ? Math.sin(level + cover) : 0)
    tree.cover.push(cover)
  }
  let cover = 1e9
  put(0, 0, cover)
  for (let level = 1; level <= depth; level++) {
    cover *= level % 2 ? 0.7 : 0.6
    put(level, level === depth ? -1 : level % columns, cover)
    const parent = tree.cover[tree.left.indexOf(tree.column.length - 1)]!
    put(level, -1, parent - cover)
    // The one put first is the left child, which goes on; its own children come next.
    if (level < depth) tree.left[tree.column.length - 2] = tree.column.length
  }
  return tree
}

const COPIES = 3

/** The tree over three times the columns: each level asks the next copy of them. */
function spread(tree: TreeData): TreeData {
  const levels = tree.column.map(() => 0)
  for (const [node, left] of tree.left.entries())
    if (left > 0) levels[left] = levels[left + 1] = levels[node]! + 1
  const column = tree.column.map((c, node) => (c < 0 ? c : c + (levels[node]! % COPIES) * WIDTH))
  return { ...tree, column }
}

describe('quadrature TreeSHAP', () => {
  it('equals a tree worked out by hand', () => {
    // n0 <= 1 ? 1 : n1 <= 1 ? 2 : 4, with halves: the means are 2 = (1 + 3) / 2 and 3.
    const tree: TreeData = {
      column: [0, -1, 1, -1, -1],
      threshold: [1, null, 1, null, null],
      left: [1, -1, 3, -1, -1],
      missing_left: [0, 0, 0, 0, 0],
      categories: [null, null, null, null, null],
      value: [0, 1, 0, 2, 4],
      cover: [8, 4, 4, 2, 2],
    }
    // Nothing known: 2. n0 = 2 known: 3. n1 = 2 known: (1 + 4) / 2 = 2.5. Both: 4.
    // n0: (3 - 2 + 4 - 2.5) / 2 = 1.25, n1: (2.5 - 2 + 4 - 3) / 2 = 0.75.
    const values = shapOf([tree], Float64Array.of(2, 2, 0, 0, 0, 0, 0, 0))
    expect(values[0]).toBeCloseTo(1.25, 14)
    expect(values[1]).toBeCloseTo(0.75, 14)
    expect(values.subarray(2)).toEqual(new Float64Array(6))
  })

  it('gives Shapley values, as every subset counted out does', () => {
    const trees = fc.array(randomTree(5), { minLength: 1, maxLength: 2 })
    fc.assert(
      fc.property(trees, treeRow, (given, row) => {
        expect(farthest(shapOf(given, row), bruteForce(given, row))).toBeLessThan(1e-11)
      }),
      runs(60),
    )
  })

  /** Two points, four, and more; each with columns asked again, categories and missing values. */
  it.each<[string, number, (tree: TreeData) => TreeData]>([
    ['three columns', 7, (tree) => ({ ...tree, column: tree.column.map((c) => (c >= 0 && c < 5 ? 0 : c)) })],
    ['seven columns', 8, (tree) => tree],
    ['many columns', 12, spread],
  ])(
    'equals the classic recursion: in TypeScript, in WebAssembly, without room for tables: %s',
    (_, depth, on) => {
      const columns = Array.from({ length: COPIES }, () => TREE_COLUMNS).flat()
      const width = columns.length
      const someTrees = fc.array(randomTree(depth).map(on), { minLength: 1, maxLength: 3 })
      fc.assert(
        fc.property(someTrees, fc.tuple(treeRow, treeRow, treeRow), (given, rows) => {
          const row = Float64Array.from(rows.flatMap((part) => [...part]))
          const trees = treesFromData(given)
          const table = walkTable(trees)
          const classic = new Float64Array(width)
          for (const [t, root] of trees.roots.entries()) {
            const way = (node: number) => naiveGoesLeft(given[t]!, node - root, row, columns)
            addTreeShapByRecursion(trees, root, way, classic)
          }
          const prepared = new Float64Array(2 * width)
          rowPreparer(columns, 'none')(row, 0, prepared, 0)
          const tables = shapTables(trees)
          for (const addShap of [
            referenceShap(tables, table),
            wasmShap(tables, table, width)!,
            createTreeShap(trees, table, width, 0),
          ]) {
            // A second row after the first: nothing is left behind.
            const out = new Float64Array(width).fill(1)
            addShap(new Float64Array(2 * width), new Float64Array(width))
            addShap(prepared, out)
            const values = out.map((value) => value - 1)
            expect(farthest(values, classic)).toBeLessThan(1e-11)
          }
        }),
        runs(30),
      )
    },
  )

  it('sums to the raw score against the base', () => {
    fc.assert(
      fc.property(fc.array(randomTree(8), { minLength: 1, maxLength: 5 }), treeRow, (given, row) => {
        const predictor = createPredictor(treeArtifact(given, { calibration: { kind: 'identity' } }))
        const out = new Float64Array(WIDTH)
        predictor.contributions(row, 0, out)
        const sum = out.reduce((total, value) => total + value, predictor.base)
        expect(Math.abs(sum - predictor.rawScore(row))).toBeLessThan(1e-9)
      }),
      runs(100),
    )
  })

  it('gives nothing to a column that no split asks, and the same to columns in the same role', () => {
    fc.assert(
      fc.property(randomTree(6), treeRow, (tree, row) => {
        expect(shapOf([tree], row)[7]).toBe(0)
        // The same tree with n2 and n3 swapped beside it, and a row in which both are equal.
        const swapped = tree.column.map((column) => (column === 2 ? 3 : column === 3 ? 2 : column))
        const equal = row.with(3, row[2]!)
        const values = shapOf([tree, { ...tree, column: swapped }], equal)
        expect(Math.abs(values[2]! - values[3]!)).toBeLessThan(1e-12)
      }),
      runs(100),
    )
  })

  it.each([
    [64, 64],
    [64, 5],
    [256, 256],
  ])('explains a chain of %i splits over %i columns, in TypeScript and in WebAssembly', (depth, columns) => {
    const given = chain(depth, columns, (level) => (level % 3 === 0 ? 0 : 1))
    const numbers = Array.from({ length: columns }, (_, c) => ({ ...TREE_COLUMNS[0]!, name: `n${c}` }))
    const row = Float64Array.from({ length: columns }, (_, c) =>
      c % 5 === 4 ? Number.NaN : c % 7 === 6 ? 1 : -1,
    )
    const { base, rawScore } = createPredictor(
      treeArtifact([given], { columns: numbers, calibration: { kind: 'identity' } }),
    )
    const trees = treesFromData([given])
    const table = walkTable(trees)
    const tables = shapTables(trees)
    const prepared = new Float64Array(2 * columns)
    rowPreparer(numbers, 'none')(row, 0, prepared, 0)
    const classic = new Float64Array(columns)
    // The recursion divides, and loses all digits on very long paths.
    if (columns <= 64)
      addTreeShapByRecursion(trees, 0, (node) => naiveGoesLeft(given, node, row, numbers), classic)
    for (const addShap of [referenceShap(tables, table), wasmShap(tables, table, columns)!]) {
      const out = new Float64Array(columns)
      addShap(prepared, out)
      const sum = out.reduce((total, value) => total + value, base)
      expect(Math.abs(sum - rawScore(row))).toBeLessThan(1e-12)
      if (columns <= 64) expect(farthest(out, classic)).toBeLessThan(1e-9)
    }
  })
})

describe('Gauss-Legendre quadrature', () => {
  it('is exact for polynomials up to degree 2n - 1', () => {
    for (const n of [1, 2, 3, 4, 7, 32, 128]) {
      const { points, weights } = gaussLegendre(n)
      for (let degree = 0; degree <= 2 * n - 1; degree++) {
        const integral = points.reduce((sum, t, m) => sum + weights[m]! * t ** degree, 0)
        expect(Math.abs(integral * (degree + 1) - 1)).toBeLessThan(1e-12)
      }
    }
  })

  it('has the points that the books have', () => {
    const { points, weights } = gaussLegendre(2)
    expect([...points]).toEqual(
      [0.5 - Math.sqrt(3) / 6, 0.5 + Math.sqrt(3) / 6].map((x) => expect.closeTo(x, 15)),
    )
    expect([...weights]).toEqual([expect.closeTo(0.5, 15), expect.closeTo(0.5, 15)])
  })
})
