/** How low trees can get between two rows: the way through every tree, with both children wherever a row between them may take either. */
import type { ArtifactColumn, BoostingArtifact } from './artifact.ts'
import { rowPreparer } from './tree-rows.ts'
import { goesLeft, type WalkTable } from './tree-walk.ts'
import type { Trees } from './trees.ts'

/**
 * Sum over the trees of the lowest leaf that a row between these two may reach. Between: each column holds a number from one row's to
 * the other's, or anything where it is missing in one only. Of equal rows it is the sum of their leaves, in the same order.
 */
export type LowestLeaves = (from: Float64Array, to: Float64Array) => number

export function lowestLeaves(
  trees: Trees,
  table: WalkTable,
  columns: readonly ArtifactColumn[],
  rounding: BoostingArtifact['rounding'],
): LowestLeaves {
  const prepare = rowPreparer(columns, rounding)
  const prepared = new Float64Array(4 * columns.length)
  const second = 2 * columns.length
  /** 1 where a row between the two may hold anything at all. */
  const isOpen = new Uint8Array(columns.length)
  const open: number[] = []

  /** A number from one row's to the other's goes left as one of them does; a code or what may be missing goes where it likes. */
  const lowestLeaf = (root: number): number => {
    let lowest = Number.POSITIVE_INFINITY
    open.push(root)
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      const column = trees.column[node]!
      if (column < 0) {
        lowest = Math.min(lowest, trees.value[node]!)
        continue
      }
      const left = trees.left[node]!
      const [first, last] = [goesLeft(table, node, prepared, 0), goesLeft(table, node, prepared, second)]
      if (isOpen[column] === 1 || first || last) open.push(left)
      if (isOpen[column] === 1 || !first || !last) open.push(left + 1)
    }
    return lowest
  }

  return (from, to) => {
    prepare(from, 0, prepared, 0)
    prepare(to, 0, prepared, second)
    for (let c = 0; c < columns.length; c++) {
      const [first, last] = [prepared[2 * c]!, prepared[second + 2 * c]!]
      const differs = first !== last
      const isNumber = columns[c]!.kind !== 'category' && Number.isFinite(first) && Number.isFinite(last)
      isOpen[c] = differs && !isNumber ? 1 : 0
    }
    let sum = 0
    for (const root of trees.roots) sum += lowestLeaf(root)
    return sum
  }
}
