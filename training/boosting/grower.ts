/**
 * Grows one tree, leaf by leaf: the split with the largest gain anywhere is made next (Shi 2007, as in LightGBM), until there
 * are as many leaves as allowed, or none is worth a split. The smaller child's histogram is built from its rows; taken from
 * its parent's, it leaves the larger child's.
 *
 * Monotone constraints hold for the whole tree: a split of a constrained column bounds all that its two sides will ever say
 * by the middle of their two values (LightGBM's "basic"). So of two rows that differ only in that column, and have it, the
 * order is kept.
 */
import { categorySetOf } from '../../src/model/tree-data.ts'
import type { ColumnBins } from './binning.ts'
import { indexOfLargestGain } from './candidate.ts'
import { type GrownNode, type GrownTree, soleLeaf } from './grown-tree.ts'
import { MOST_BINS } from './kernel-memory.ts'
import { leafValue } from './leaf-value.ts'
import { findSplit, type Split, type SplitContext, type SplittableLeaf } from './splitting.ts'

interface Leaf extends SplittableLeaf {
  readonly node: number
  readonly depth: number
  /** null: it stays a leaf. */
  readonly split: Split | null
}

/**
 * Needs the gradients, the active columns, and the rows to grow from in rows[0 .. count), ascending. Adds each leaf's value,
 * times the learning rate, to the scores of its rows, which `rows` holds side by side afterwards.
 */
export function growTree(context: SplitContext, count: number): GrownTree {
  const { kernel, options } = context
  const nodes: GrownNode[] = [soleLeaf(0, 0)]
  const goesLeft = new Uint8Array((2 * options.maxLeaves - 1) * MOST_BINS)
  const leaves = [rootLeaf(context, count)]
  for (let next = indexOfBest(leaves); next >= 0; next = indexOfBest(leaves)) {
    const { split, ...leaf } = leaves[next]!
    if (!split) break
    goesLeft.set(split.goesLeft, leaf.node * MOST_BINS)
    kernel.memory.goesLeft.set(split.goesLeft)
    const leftCount = kernel.partition(split.column, leaf.start, leaf.count)
    const left = nodes.push(soleLeaf(0, 0), soleLeaf(0, 0)) - 2
    nodes[leaf.node] = splitNode(context.bins[split.column]!, split, left)
    const children = childrenOf(context, leaf, split, left, leftCount)
    // The new histogram stands in the slot that has the number of the new leaf.
    const isLast = leaves.length + 1 === options.maxLeaves
    const [first, second] = isLast ? children : searchChildren(context, leaf.slot, leaves.length, children)
    leaves[next] = first
    leaves.push(second)
    if (isLast) break
  }
  // A root without a split has nothing to say: it stays at 0, and the scores as they are.
  if (leaves.length > 1) finishLeaves(context, nodes, leaves)
  return { nodes, goesLeft }
}

/** Of equal gains the leaf that is longest there. -1 when no leaf has a split. */
function indexOfBest(leaves: readonly Leaf[]): number {
  return indexOfLargestGain(leaves.map(({ split }) => split))
}

/** Its sums are those of the bins of any column. Without a column to split there is nothing to sum, nor to say. */
function rootLeaf(context: SplitContext, count: number): Leaf {
  const { kernel, firstBin } = context
  const { active, histograms } = kernel.memory
  const column = active.indexOf(1)
  let gradient = 0
  let hessian = 0
  if (column >= 0) {
    kernel.build(0, 0, count)
    for (let bin = firstBin[column]!; bin < firstBin[column + 1]!; bin++) {
      gradient += histograms[2 * bin]!
      hessian += histograms[2 * bin + 1]!
    }
  }
  const root = {
    node: 0,
    depth: 0,
    start: 0,
    count,
    gradient,
    hessian,
    low: Number.NEGATIVE_INFINITY,
    high: Number.POSITIVE_INFINITY,
    slot: 0,
    split: null,
  }
  return maySplit(context, root) ? { ...root, split: findSplit(context, root) } : root
}

function maySplit({ options }: SplitContext, { depth, count, hessian }: Leaf): boolean {
  return depth < options.maxDepth && count >= 2 * options.minRows && hessian >= 2 * options.minHessian
}

type Children = readonly [Leaf, Leaf]

function childrenOf(
  { options }: SplitContext,
  leaf: Omit<Leaf, 'split'>,
  split: Split,
  node: number,
  leftCount: number,
): Children {
  const { l1, l2 } = options
  const { low, high } = leaf
  const direction = options.monotone[split.column]!
  const shared = { depth: leaf.depth + 1, slot: leaf.slot, split: null, low, high }
  const left = {
    ...shared,
    node,
    start: leaf.start,
    count: leftCount,
    gradient: split.leftGradient,
    hessian: split.leftHessian,
  }
  const right = {
    ...shared,
    node: node + 1,
    start: leaf.start + leftCount,
    count: leaf.count - leftCount,
    gradient: leaf.gradient - split.leftGradient,
    hessian: leaf.hessian - split.leftHessian,
  }
  if (direction === 0) return [left, right]
  const middle =
    leafValue(left.gradient, left.hessian, l1, l2, low, high) / 2 +
    leafValue(right.gradient, right.hessian, l1, l2, low, high) / 2
  return direction > 0
    ? [
        { ...left, high: middle },
        { ...right, low: middle },
      ]
    : [
        { ...left, low: middle },
        { ...right, high: middle },
      ]
}

/** Histograms of both, the larger's in the parent's slot, and their best splits; nothing where neither may split. */
function searchChildren(
  context: SplitContext,
  parentSlot: number,
  newSlot: number,
  children: Children,
): Children {
  const { kernel } = context
  const [left, right] = children
  if (!maySplit(context, left) && !maySplit(context, right)) return children
  const isLeftSmaller = left.count <= right.count
  const smaller = isLeftSmaller ? left : right
  kernel.build(newSlot, smaller.start, smaller.count)
  kernel.subtract(parentSlot, newSlot)
  const searched = (child: Leaf): Leaf => {
    const placed = { ...child, slot: child === smaller ? newSlot : parentSlot }
    return maySplit(context, placed) ? { ...placed, split: findSplit(context, placed) } : placed
  }
  return [searched(left), searched(right)]
}

function splitNode(
  column: ColumnBins,
  { column: index, gain, lastBin, goesLeft }: Split,
  left: number,
): GrownNode {
  const missingLeft = goesLeft[column.valueBins] === 1
  const node = { ...soleLeaf(0, 0), column: index, left, missingLeft, gain }
  if (column.kind === 'number')
    // Above the last threshold there is only missing: every number goes left.
    return { ...node, threshold: column.thresholds[lastBin] ?? Number.MAX_VALUE }
  const codes = Array.from(column.binOfCode.keys()).filter((code) => goesLeft[column.binOfCode[code]!] === 1)
  return { ...node, categorySet: categorySetOf(codes) }
}

/** Values of leaves, covers of all nodes, and the scores of the rows. */
function finishLeaves(
  { kernel, options }: SplitContext,
  nodes: readonly GrownNode[],
  leaves: readonly Leaf[],
): void {
  const { rows, weights } = kernel.memory
  for (const { node, start, count, gradient, hessian, low, high } of leaves) {
    const value = options.learningRate * leafValue(gradient, hessian, options.l1, options.l2, low, high)
    kernel.addToScores(start, count, value)
    let cover = weights.length > 0 ? 0 : count
    if (weights.length > 0) for (let i = start; i < start + count; i++) cover += weights[rows[i]!]!
    nodes[node]!.value = value
    nodes[node]!.cover = cover
  }
  // Children stand behind their parents.
  for (let n = nodes.length - 1; n >= 0; n--) {
    const node = nodes[n]!
    if (node.left >= 0) node.cover = nodes[node.left]!.cover + nodes[node.left + 1]!.cover
  }
}
