/**
 * Path-dependent TreeSHAP by quadrature (after arXiv 2605.04497): exact, in time O(nodes x points), without divisions.
 *
 * On the path to a leaf of value v, let z[k] be the share of the training rows that take all its splits on column k, and o[k] be
 * 1 when the row does, else 0. The Shapley weight of a subset S of the other d - 1 columns is an integral over [0, 1],
 * |S|! (d - 1 - |S|)! / d! = integral of t^|S| (1 - t)^(d - 1 - |S|), so that the sum over all subsets becomes a product:
 *
 *   phi[j] = sum over leaves of v (o[j] - z[j]) integral of product over k != j of f[k](t),    f[k] = z[k] (1 - t) + o[k] t
 *
 * It is of degree d - 1: ceil(d / 2) Gauss-Legendre points are exact. With P the product over all k, column j has of a leaf the
 * sum over the points of v P weight rate, rate = (o[j] - z[j]) / f[j], which is never above 1 / t nor below -1 / (1 - t).
 *
 * Down: P is built from the root on; a split on column k multiplies it by f[k], or, where k was split before, by the new f[k]
 * over the old. Up: v P is summed over the leaves below each edge, and the edge adds (its rate - the rate of the edge before
 * it on the same column) times that sum to its column: along a path this telescopes to the last rate, the right one. An
 * edge knows three cases: the row takes it; the row takes the other one (both from tables); or the row had left the splits on
 * this column before: then f shrinks by the share and the rate stays.
 */
import { goesLeft, type WalkTable } from '../tree-walk.ts'
import type { Trees } from '../trees.ts'
import { type ShapTables, shapTableSize, shapTables } from './tables.ts'
import { wasmShap } from './wasm-shap.ts'

/** Adds the SHAP values of all trees for a prepared row (tree-rows.ts) to `out`, one number a column. */
export type AddShap = (prepared: Float64Array, out: Float64Array) => void

/** 256 MB. Beyond it, the tables of a tree are made anew for each row: slower by about ten times, but in bounded memory. */
const MAX_TABLE_SIZE = 2 ** 25
/** From so many splits on the kernel is worth starting. */
const LEAST_SPLITS_FOR_WASM = 250

/** `table`: of the same trees. Takes milliseconds for large trees. `columnCount`: of a row. */
export function createTreeShap(
  trees: Trees,
  table: WalkTable,
  columnCount: number,
  maxTableSize = MAX_TABLE_SIZE,
): AddShap {
  if (shapTableSize(trees) <= maxTableSize) {
    const tables = shapTables(trees)
    const isLarge = tables.source.length >= LEAST_SPLITS_FOR_WASM
    return (isLarge ? wasmShap(tables, table, columnCount) : null) ?? referenceShap(tables, table)
  }
  return (prepared, out) => {
    for (let t = 0; t < trees.roots.length; t++)
      referenceShap(shapTables({ ...trees, roots: trees.roots.subarray(t, t + 1) }), table)(prepared, out)
  }
}

/** Ways of a row at a split: it had left the splits on this column before, or it takes the left or the right edge. */
const LEFT_BEFORE = 0
const TAKES_LEFT = 1
const TAKES_RIGHT = 2

/** In TypeScript; wasm-shap.ts does the same in WebAssembly. */
export function referenceShap(tables: ShapTables, table: WalkTable): AddShap {
  const { points, firstSplit, mostNodes, source, node, column, previous, scale, runs } = tables
  /** By node of the tree at hand, `points` numbers: P on the way down, the sum of v P below it on the way up. */
  const products = new Float64Array(mostNodes * points)
  /** By node: 1 when the row takes all edges so far of the column of the split above. */
  const follows = new Uint8Array(mostNodes)
  /** By split of the tree at hand. */
  const ways = new Uint8Array(mostNodes)

  function down(first: number, end: number, prepared: Float64Array): void {
    products.fill(1, 0, points)
    for (let split = first; split < end; split++) {
      const above = previous[split]!
      const hadLeft = above >= 0 && follows[above] === 0
      const way = hadLeft
        ? LEFT_BEFORE
        : goesLeft(table, source[split]!, prepared, 0)
          ? TAKES_LEFT
          : TAKES_RIGHT
      ways[split - first] = way
      const from = node[split]! * points
      for (let side = 0; side < 2; side++) {
        const edge = 2 * split + side
        const child = edge - 2 * first + 1
        const to = child * points
        const isTaken = way === TAKES_LEFT + side
        follows[child] = isTaken ? 1 : 0
        const run = (4 * edge + (isTaken ? 0 : 2)) * points
        for (let m = 0; m < points; m++)
          products[to + m] = products[from + m]! * (hadLeft ? scale[edge]! : runs[run + m]!)
      }
    }
  }

  function up(first: number, end: number, out: Float64Array): void {
    for (let split = end - 1; split >= first; split--) {
      const way = ways[split - first]!
      const left = (2 * (split - first) + 1) * points
      const right = left + points
      if (way !== LEFT_BEFORE) {
        const leftRun = (8 * split + (way === TAKES_LEFT ? 1 : 3)) * points
        const rightRun = (8 * split + (way === TAKES_LEFT ? 7 : 5)) * points
        let sum = 0
        for (let m = 0; m < points; m++)
          sum += runs[leftRun + m]! * products[left + m]! + runs[rightRun + m]! * products[right + m]!
        out[column[split]!] = out[column[split]!]! + sum
      }
      const to = node[split]! * points
      for (let m = 0; m < points; m++) products[to + m] = products[left + m]! + products[right + m]!
    }
  }

  return (prepared, out) => {
    for (let t = 0; t + 1 < firstSplit.length; t++) {
      down(firstSplit[t]!, firstSplit[t + 1]!, prepared)
      up(firstSplit[t]!, firstSplit[t + 1]!, out)
    }
  }
}
