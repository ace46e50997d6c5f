/** The way of rows through trees in WebAssembly (kernels/predict.ts): the same bits as `referenceWalker`. */
import { PREDICT_KERNEL } from './kernel-code.generated.ts'
import { BLOCK, type TreeWalker, type WalkTable } from './tree-walk.ts'
import { newRoom, startKernel } from './wasm.ts'
import { categoryRoom } from './wasm-categories.ts'

/** The kernel takes so many ways at a time: trees are padded to a multiple with leaves of 0. */
const WAYS = 8
/** 32-bit words of a tree, bytes of a node, as the kernel reads them. */
const TREE_WORDS = 3
const NODE_BYTES = 16

/** null where WebAssembly cannot do it. `width`: of a prepared row. */
export function wasmWalker(table: WalkTable, width: number): TreeWalker | null {
  // Each row ends with what leaves ask for.
  const stride = width + 1
  const nodeCount = table.numbers.length / 2
  const treeCount = Math.ceil(table.roots.length / WAYS) * WAYS
  const room = newRoom()
  const rowsAt = room.take(BLOCK * stride * 8)
  const sumsAt = room.take(BLOCK * 8)
  const treesAt = room.take(treeCount * TREE_WORDS * 4)
  const nodesAt = room.take((nodeCount + 1) * NODE_BYTES)
  const categories = categoryRoom(table, room)
  const kernel = startKernel(PREDICT_KERNEL, room.bytes)
  if (!kernel) return null
  const { buffer, exports } = kernel
  const rows = new Float64Array(buffer, rowsAt, BLOCK * stride)
  for (let i = 0; i < BLOCK; i++) rows[i * stride + width] = Number.NEGATIVE_INFINITY
  writeNodes(table, buffer, { nodesAt, leafAsks: width * 8, asked: categories.asked })
  writeTrees(table, new Int32Array(buffer, treesAt, treeCount * TREE_WORDS), nodesAt)
  categories.write(buffer)
  const sumsOfBlock = new Float64Array(buffer, sumsAt, BLOCK)
  const addLeaves = exports['addLeaves'] as (...words: number[]) => void
  const sumOfLeaves = exports['sumOfLeaves'] as (...words: number[]) => number
  return {
    rows,
    stride,
    sumOfLeaves: () => sumOfLeaves(treesAt, table.roots.length, rowsAt),
    sumsOfLeaves(count, sums, first) {
      sumsOfBlock.fill(0)
      addLeaves(treesAt, table.roots.length, rowsAt, stride * 8, count, sumsAt)
      sums.set(sumsOfBlock.subarray(0, count), first)
    },
  }
}

/** A node more than there are: the leaf of 0 that pads trees. */
function writeNodes(
  { numbers, links }: WalkTable,
  buffer: ArrayBufferLike,
  at: { readonly nodesAt: number; readonly leafAsks: number; readonly asked: (key: number) => number },
): void {
  const { nodesAt, leafAsks, asked } = at
  const count = numbers.length / 2
  const ours = new Float64Array(buffer, nodesAt, 2 * (count + 1))
  const words = new Int32Array(buffer, nodesAt, 4 * (count + 1))
  for (let node = 0; node <= count; node++) {
    const left = links[4 * node + 3] ?? -1
    const key = links[4 * node + 2] ?? 0
    ours[2 * node] = numbers[2 * node] ?? 0
    if (left < 0) {
      words[4 * node + 2] = leafAsks
      words[4 * node + 3] = nodesAt + node * NODE_BYTES
    } else {
      words[4 * node + 2] = asked(key)
      words[4 * node + 3] = nodesAt + left * NODE_BYTES
    }
  }
}

function writeTrees(table: WalkTable, words: Int32Array, nodesAt: number): void {
  const padding = nodesAt + (table.numbers.length / 2) * NODE_BYTES
  for (let t = 0; t < words.length / TREE_WORDS; t++) {
    const root = table.roots[t]
    if (root === undefined) words.set([padding, 0, 0], t * TREE_WORDS)
    else {
      const { steps, asksCategories } = measure(table, root)
      words.set([nodesAt + root * NODE_BYTES, steps, asksCategories ? 1 : 0], t * TREE_WORDS)
    }
  }
}

function measure({ links }: WalkTable, root: number): { steps: number; asksCategories: boolean } {
  let steps = 0
  let asksCategories = false
  let level = [root]
  for (;;) {
    const below: number[] = []
    for (const node of level) {
      const left = links[4 * node + 3]!
      if (left < 0) continue
      if (links[4 * node + 2]! < 0) asksCategories = true
      below.push(left, left + 1)
    }
    if (below.length === 0) return { steps, asksCategories }
    steps++
    level = below
  }
}
