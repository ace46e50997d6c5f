/**
 * Rows through trees, eight ways at a time: while one way waits for memory, the others go on. A step has no branch: a leaf
 * leads to itself, so that all eight take as many steps as the deepest. The same bits as src/model/tree-walk.ts.
 *
 * Everything stands where src/model/wasm-walker.ts puts it. A node has 16 bytes: threshold or value of a leaf (f64), what it
 * asks (i32), address of its left child (i32). What it asks is the byte offset in a prepared row, or -1 - the address of
 * a category split (ask.ts); a leaf asks for -Infinity, which each row has at its end, and is its own left child. A tree has 12
 * bytes: address of its root, steps to its deepest leaf, 1 when it asks for categories.
 */
import { isRightOfNumber, isRightOfSet } from './ask'

const TREE_BYTES: usize = 12
const WAYS: i32 = 8

// @ts-ignore: decorator
@inline
function next(node: usize, row: usize, asksCategories: bool): usize {
  let isRight: i32
  if (asksCategories) {
    const asked = load<i32>(node, 8)
    isRight = asked >= 0 ? isRightOfNumber(node, row) : isRightOfSet(<usize>(-1 - asked), row)
  } else {
    isRight = isRightOfNumber(node, row)
  }
  return <usize>(load<i32>(node, 12) + (isRight << 4))
}

/** Eight rows through one tree. */
// @ts-ignore: decorator
@inline
function addEightRows(
  root: usize,
  steps: i32,
  asksCategories: bool,
  row: usize,
  rowBytes: usize,
  sums: usize,
): void {
  const r1 = row + rowBytes
  const r2 = r1 + rowBytes
  const r3 = r2 + rowBytes
  const r4 = r3 + rowBytes
  const r5 = r4 + rowBytes
  const r6 = r5 + rowBytes
  const r7 = r6 + rowBytes
  let n0 = root
  let n1 = root
  let n2 = root
  let n3 = root
  let n4 = root
  let n5 = root
  let n6 = root
  let n7 = root
  for (let s = 0; s < steps; s++) {
    n0 = next(n0, row, asksCategories)
    n1 = next(n1, r1, asksCategories)
    n2 = next(n2, r2, asksCategories)
    n3 = next(n3, r3, asksCategories)
    n4 = next(n4, r4, asksCategories)
    n5 = next(n5, r5, asksCategories)
    n6 = next(n6, r6, asksCategories)
    n7 = next(n7, r7, asksCategories)
  }
  store<f64>(sums, load<f64>(sums) + load<f64>(n0))
  store<f64>(sums, load<f64>(sums, 8) + load<f64>(n1), 8)
  store<f64>(sums, load<f64>(sums, 16) + load<f64>(n2), 16)
  store<f64>(sums, load<f64>(sums, 24) + load<f64>(n3), 24)
  store<f64>(sums, load<f64>(sums, 32) + load<f64>(n4), 32)
  store<f64>(sums, load<f64>(sums, 40) + load<f64>(n5), 40)
  store<f64>(sums, load<f64>(sums, 48) + load<f64>(n6), 48)
  store<f64>(sums, load<f64>(sums, 56) + load<f64>(n7), 56)
}

/** Adds to `sums` the leaves that each row reaches. Rows and sums have room for a count rounded up to a multiple of 8. */
export function addLeaves(
  trees: usize,
  treeCount: i32,
  rows: usize,
  rowBytes: usize,
  rowCount: i32,
  sums: usize,
): void {
  for (let t = 0; t < treeCount; t++) {
    const tree = trees + <usize>t * TREE_BYTES
    const root = <usize>load<i32>(tree)
    const steps = load<i32>(tree, 4)
    let row = rows
    let sum = sums
    if (load<i32>(tree, 8)) {
      for (let i = 0; i < rowCount; i += WAYS, row += rowBytes << 3, sum += 64)
        addEightRows(root, steps, true, row, rowBytes, sum)
    } else {
      for (let i = 0; i < rowCount; i += WAYS, row += rowBytes << 3, sum += 64)
        addEightRows(root, steps, false, row, rowBytes, sum)
    }
  }
}

// @ts-ignore: decorator
@inline
function rootOf(tree: usize, k: usize): usize {
  return <usize>load<i32>(tree + k * TREE_BYTES)
}

/** The leaves of eight trees that one row reaches, added to `sum` one after the other. */
// @ts-ignore: decorator
@inline
function sumEightTrees(tree: usize, steps: i32, asksCategories: bool, row: usize, sum: f64): f64 {
  let n0 = rootOf(tree, 0)
  let n1 = rootOf(tree, 1)
  let n2 = rootOf(tree, 2)
  let n3 = rootOf(tree, 3)
  let n4 = rootOf(tree, 4)
  let n5 = rootOf(tree, 5)
  let n6 = rootOf(tree, 6)
  let n7 = rootOf(tree, 7)
  for (let s = 0; s < steps; s++) {
    n0 = next(n0, row, asksCategories)
    n1 = next(n1, row, asksCategories)
    n2 = next(n2, row, asksCategories)
    n3 = next(n3, row, asksCategories)
    n4 = next(n4, row, asksCategories)
    n5 = next(n5, row, asksCategories)
    n6 = next(n6, row, asksCategories)
    n7 = next(n7, row, asksCategories)
  }
  sum += load<f64>(n0)
  sum += load<f64>(n1)
  sum += load<f64>(n2)
  sum += load<f64>(n3)
  sum += load<f64>(n4)
  sum += load<f64>(n5)
  sum += load<f64>(n6)
  return sum + load<f64>(n7)
}

/** Sum of the leaves that one row reaches. `trees` has room for a count rounded up to a multiple of 8: the rest are leaves of 0. */
export function sumOfLeaves(trees: usize, treeCount: i32, row: usize): f64 {
  let sum: f64 = 0.0
  for (let t = 0; t < treeCount; t += WAYS) {
    const tree = trees + <usize>t * TREE_BYTES
    let steps = 0
    let asksCategories = 0
    for (let k: usize = 0; k < <usize>WAYS; k++) {
      steps = max(steps, load<i32>(tree + k * TREE_BYTES, 4))
      asksCategories |= load<i32>(tree + k * TREE_BYTES, 8)
    }
    sum = asksCategories
      ? sumEightTrees(tree, steps, true, row, sum)
      : sumEightTrees(tree, steps, false, row, sum)
  }
  return sum
}
