/** A tree while boosting goes on, the way of binned rows through it, and many of them as `Trees`. */
import type { Trees } from '../../src/model/trees.ts'
import { MOST_BINS } from './kernel-memory.ts'

/** See `Trees` for the meaning of each; `left` counts from the root, node 0. */
export interface GrownNode {
  column: number
  threshold: number
  left: number
  missingLeft: boolean
  categorySet: Uint32Array | null
  value: number
  cover: number
  /** Of a split: twice what it takes off the penalised loss. */
  gain: number
}

export interface GrownTree {
  readonly nodes: readonly GrownNode[]
  /** For inner nodes, MOST_BINS entries a node: 1 where a bin goes left. */
  readonly goesLeft: Uint8Array
}

/** The tree that has learned nothing. */
export function soleLeaf(value: number, cover: number): GrownNode {
  return {
    column: -1,
    threshold: Number.NaN,
    left: -1,
    missingLeft: false,
    categorySet: null,
    value,
    cover,
    gain: 0,
  }
}

/**
 * Adds to the scores of `rows` (of all, when null) the values of the leaves they reach.
 * @param bins Column-major bin numbers of `rowCount` rows.
 */
export function addTree(
  { nodes, goesLeft }: GrownTree,
  bins: Uint8Array,
  rowCount: number,
  rows: Int32Array | null,
  scores: Float64Array,
): void {
  const starts = Int32Array.from(nodes, ({ column }) => column * rowCount)
  const lefts = Int32Array.from(nodes, ({ left }) => left)
  const values = Float64Array.from(nodes, ({ value }) => value)
  const count = rows ? rows.length : rowCount
  for (let i = 0; i < count; i++) {
    const row = rows ? rows[i]! : i
    let node = 0
    let left = lefts[0]!
    while (left >= 0) {
      node = left + 1 - goesLeft[node * MOST_BINS + bins[starts[node]! + row]!]!
      left = lefts[node]!
    }
    scores[row]! += values[node]!
  }
}

/** One after the other, in the order given. */
export function joinTrees(grown: readonly (readonly GrownNode[])[]): Trees {
  const nodes = grown.flat()
  const categorySets: Uint32Array[] = []
  const roots = new Int32Array(grown.length)
  for (let t = 1; t < grown.length; t++) roots[t] = roots[t - 1]! + grown[t - 1]!.length
  return {
    roots,
    column: Int32Array.from(nodes, ({ column }) => column),
    threshold: Float64Array.from(nodes, ({ threshold }) => threshold),
    left: Int32Array.from(
      grown.flatMap((tree, t) => tree.map(({ left }) => (left < 0 ? -1 : roots[t]! + left))),
    ),
    missingLeft: Uint8Array.from(nodes, ({ missingLeft }) => (missingLeft ? 1 : 0)),
    categorySet: Int32Array.from(nodes, ({ categorySet }) =>
      categorySet ? categorySets.push(categorySet) - 1 : -1,
    ),
    categorySets,
    value: Float64Array.from(nodes, ({ value }) => value),
    cover: Float64Array.from(nodes, ({ cover }) => cover),
  }
}
