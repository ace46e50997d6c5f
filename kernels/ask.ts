/**
 * What a split asks of a prepared row (src/model/tree-rows.ts): 1 when the row goes right, else 0.
 *
 * A split begins with a threshold (f64) and what it asks (i32): a byte offset in the row, or -1 - the address of a category
 * split, 12 bytes: byte offset in the row, how many codes its bit set has room for, address of the set.
 */
// @ts-ignore: decorator
@inline
export function isRightOfNumber(node: usize, row: usize): i32 {
  return i32(load<f64>(row + <usize>load<i32>(node, 8)) > load<f64>(node))
}

export function isRightOfSet(split: usize, row: usize): i32 {
  const code = load<f64>(row + <usize>load<i32>(split))
  // Missing: Infinity goes right, -Infinity left. A known code beyond the set is not in it.
  if (!(code >= 0.0)) return 0
  if (code >= <f64>load<i32>(split, 4)) return 1
  const bit = <u32>code
  return 1 - <i32>((load<u32>(<usize>load<i32>(split, 8) + <usize>((bit >>> 5) << 2)) >>> (bit & 31)) & 1)
}
