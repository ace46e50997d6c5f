/** Are trees that came from outside trees? Every later step trusts them: a walk that never ends must not begin. */
import { WonlostError } from '../errors.ts'
import type { ArtifactColumn } from './artifact.ts'
import type { TreeData } from './tree-data.ts'

/** Leaves beyond it mean nothing, and so many of them could sum to infinity. In log-odds. */
const MAX_LEAF = 1e100
/** Splits on the longest way from a root to a leaf. */
const MAX_DEPTH = 256
/** Of all trees together: a JSON text that Node.js can read has not many more. */
const MAX_NODES = 8_000_000
/**
 * By how much, relative to it, the covers of two children may miss their parent's. Other programs sum in single precision;
 * an exact sum is not needed for exact contributions.
 */
const COVER_TOLERANCE = 1e-3
const ARRAYS = ['threshold', 'left', 'missing_left', 'categories', 'value', 'cover'] as const

/**
 * Throws `artifact_invalid` naming the field, with tree and node (`trees.3.left.17`), for the first thing that is wrong: arrays of
 * other lengths, columns that do not exist or of another kind, children out of range, nodes reached twice or never, covers
 * that are not positive or do not sum, trees too deep or too large. Time is linear in the size of the trees.
 */
export function checkTrees(
  trees: readonly TreeData[],
  columns: readonly ArtifactColumn[],
  where: string,
): void {
  let nodes = 0
  for (const [t, tree] of trees.entries()) {
    nodes += tree.column.length
    if (nodes > MAX_NODES)
      throw invalid(
        where,
        `trees.${t}`,
        `at most ${MAX_NODES} nodes in all trees, given ${nodes} up to this one`,
      )
    checkTree(tree, columns, (field, message) => invalid(where, `trees.${t}.${field}`, message))
  }
}

type Fault = (field: string, message: string) => WonlostError

function invalid(where: string, field: string, message: string): WonlostError {
  return new WonlostError('artifact_invalid', `${where}: ${field}: ${message}.`, { field })
}

function checkTree(tree: TreeData, columns: readonly ArtifactColumn[], fault: Fault): void {
  const count = tree.column.length
  if (count === 0) throw fault('column', 'a tree has at least one node, given none')
  for (const name of ARRAYS) {
    const length = tree[name].length
    if (length !== count) throw fault(name, `one entry a node: ${count}, given ${length}`)
  }
  for (let node = 0; node < count; node++) {
    const cover = tree.cover[node]!
    if (!(cover > 0)) throw fault(`cover.${node}`, `must be above 0, given ${cover}`)
    if (tree.column[node] === -1) checkLeaf(tree, node, fault)
    else checkSplit(tree, node, columns, fault)
  }
  checkShape(tree, fault)
}

function checkLeaf(tree: TreeData, node: number, fault: Fault): void {
  const value = tree.value[node]!
  if (Math.abs(value) > MAX_LEAF)
    throw fault(`value.${node}`, `must lie within ${-MAX_LEAF} and ${MAX_LEAF}, given ${value}`)
  if (tree.left[node] !== -1)
    throw fault(`left.${node}`, `a leaf (column -1) has -1, given ${tree.left[node]}`)
  if (tree.threshold[node] !== null)
    throw fault(`threshold.${node}`, `a leaf (column -1) has null, given ${tree.threshold[node]}`)
  if (tree.categories[node] !== null)
    throw fault(`categories.${node}`, 'a leaf (column -1) has null, given a list')
}

function checkSplit(tree: TreeData, node: number, columns: readonly ArtifactColumn[], fault: Fault): void {
  const column = columns[tree.column[node]!]
  if (!column)
    throw fault(
      `column.${node}`,
      `-1 at a leaf, or one of the ${columns.length} columns from 0 on, given ${tree.column[node]}`,
    )
  const left = tree.left[node]!
  if (!(left >= 1 && left + 1 < tree.column.length))
    throw fault(
      `left.${node}`,
      `both children, left and left + 1, are among nodes 1 to ${tree.column.length - 1}, given left ${left}`,
    )
  const codes = tree.categories[node]!
  if (column.kind !== 'category') {
    if (codes !== null)
      throw fault(`categories.${node}`, `must be null: "${column.name}" is a ${column.kind}, not a category`)
    if (tree.threshold[node] === null)
      throw fault(`threshold.${node}`, `must be a number: "${column.name}" is a ${column.kind}, given null`)
    return
  }
  if (tree.threshold[node] !== null)
    throw fault(
      `threshold.${node}`,
      `must be null: "${column.name}" is a category, given ${tree.threshold[node]}`,
    )
  if (codes === null)
    throw fault(`categories.${node}`, `must list codes: "${column.name}" is a category, given null`)
  const size = column.categories.length
  // Rising, so that a list is no longer than the vocabulary, and written in one way only.
  const wrong = codes.findIndex((code, i) => !(code > (codes[i - 1] ?? -1) && code < size))
  if (wrong >= 0)
    throw fault(
      `categories.${node}`,
      `codes rise from 0 to ${size - 1}, the categories of "${column.name}", given ${codes[wrong]} at ${wrong}`,
    )
}

/** From the root every node is reached exactly once, and no rows are lost on the way. Children are in range by now. */
function checkShape(tree: TreeData, fault: Fault): void {
  const count = tree.column.length
  const depths = new Int32Array(count).fill(-1)
  depths[0] = 0
  const open = [0]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const left = tree.left[node]!
    if (left < 0) continue
    const depth = depths[node]! + 1
    if (depth > MAX_DEPTH) throw fault(`left.${node}`, `a tree is at most ${MAX_DEPTH} splits deep`)
    for (const child of [left, left + 1]) {
      if (depths[child]! >= 0)
        throw fault(`left.${node}`, `node ${child} is a child already, or the root; each node has one parent`)
      depths[child] = depth
      open.push(child)
    }
  }
  const lost = depths.indexOf(-1)
  if (lost >= 0)
    throw fault(`column.${lost}`, `node ${lost} is the child of no node, and not the root (node 0)`)
  for (let node = 0; node < count; node++) {
    const left = tree.left[node]!
    if (left < 0) continue
    const [cover, sum] = [tree.cover[node]!, tree.cover[left]! + tree.cover[left + 1]!]
    if (!(Math.abs(sum - cover) <= COVER_TOLERANCE * cover))
      throw fault(`cover.${node}`, `must be what its children have together, ${sum}, given ${cover}`)
  }
}
