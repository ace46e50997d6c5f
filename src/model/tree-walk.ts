/** The way of rows through trees: 16 bytes a node, so that a step touches one line of the cache. */
import { inCategorySet, type Trees } from './trees.ts'

/**
 * Node n: `numbers[2n]` is its threshold, or the value of a leaf. `links[4n + 2]` is what it asks: index into a prepared row
 * (tree-rows.ts), or -1 - index into `categorySplits`. `links[4n + 3]` is its left child, -1 at a leaf.
 */
export interface WalkTable {
  readonly roots: Int32Array
  readonly numbers: Float64Array
  readonly links: Int32Array
  readonly categorySplits: readonly CategorySplit[]
}

interface CategorySplit {
  /** Index into a prepared row. */
  readonly key: number
  readonly set: Uint32Array
}

export function walkTable(trees: Trees): WalkTable {
  const buffer = new ArrayBuffer(trees.column.length * 16)
  const numbers = new Float64Array(buffer)
  const links = new Int32Array(buffer)
  const categorySplits: CategorySplit[] = []
  for (let node = 0; node < trees.column.length; node++) {
    const column = trees.column[node]!
    const key = 2 * column + trees.missingLeft[node]!
    const set = trees.categorySets[trees.categorySet[node]!]
    const isLeaf = column < 0
    numbers[2 * node] = isLeaf ? trees.value[node]! : trees.threshold[node]!
    links[4 * node + 2] = !isLeaf && set ? -categorySplits.push({ key, set }) : key
    links[4 * node + 3] = isLeaf ? -1 : trees.left[node]!
  }
  return { roots: trees.roots, numbers, links, categorySplits }
}

/** Does the prepared row that begins at `offset` go left at this inner node? */
export function goesLeft(table: WalkTable, node: number, prepared: Float64Array, offset: number): boolean {
  const key = table.links[4 * node + 2]!
  if (key >= 0) return prepared[offset + key]! <= table.numbers[2 * node]!
  const { key: codeKey, set } = table.categorySplits[-1 - key]!
  const code = prepared[offset + codeKey]!
  return code === Number.NEGATIVE_INFINITY || (code !== Number.POSITIVE_INFINITY && inCategorySet(set, code))
}

/** Rows that go through a tree before the next tree is fetched. */
export const BLOCK = 64

/** What walks: here in TypeScript, in wasm-walker.ts the same in WebAssembly, bit for bit. */
export interface TreeWalker {
  /** Room for BLOCK prepared rows, one every `stride` numbers. */
  readonly rows: Float64Array
  readonly stride: number
  /** Sum of the leaves that the first row reaches. */
  sumOfLeaves(): number
  /** Of each of the first `count` rows, into `sums` from `first` on. */
  sumsOfLeaves(count: number, sums: Float64Array, first: number): void
}

/** `width`: of a prepared row. */
export function referenceWalker(table: WalkTable, width: number): TreeWalker {
  const { roots, numbers, links } = table
  const rows = new Float64Array(BLOCK * width)

  function leafValue(root: number, offset: number): number {
    let node = root
    for (;;) {
      const left = links[4 * node + 3]!
      if (left < 0) return numbers[2 * node]!
      const key = links[4 * node + 2]!
      const isLeft =
        key >= 0 ? rows[offset + key]! <= numbers[2 * node]! : goesLeft(table, node, rows, offset)
      node = isLeft ? left : left + 1
    }
  }

  return {
    rows,
    stride: width,
    sumOfLeaves() {
      let sum = 0
      for (let t = 0; t < roots.length; t++) sum += leafValue(roots[t]!, 0)
      return sum
    },
    sumsOfLeaves(count, sums, first) {
      sums.fill(0, first, first + count)
      for (let t = 0; t < roots.length; t++) {
        const root = roots[t]!
        for (let i = 0; i < count; i++) sums[first + i] = sums[first + i]! + leafValue(root, i * width)
      }
    },
  }
}
