/**
 * Which bin a number is in: how many thresholds are below it. A grid of equal cells over the thresholds says between which two
 * bins that is for each cell; where they differ, a binary search goes on. The cell of a number never falls when the number
 * rises (subtraction and multiplication keep the order, rounded as they are), so thresholds in lower cells are all below it,
 * and those in higher cells are not: the answer is exact.
 */

const CELLS = 2048

/** How many thresholds (ascending) are below a number. */
export interface BinSearch {
  readonly thresholds: Float64Array
  readonly low: number
  /** Cells per unit. */
  readonly scale: number
  /** guide[cell]: how many thresholds are in the cells before it. */
  readonly guide: Int32Array
}

export function binSearch(thresholds: Float64Array): BinSearch {
  const low = thresholds[0] ?? 0
  const range = (thresholds.at(-1) ?? 0) - low
  // One threshold has no range: all numbers are then in the first cell.
  const scale = range > 0 ? CELLS / range : 0
  const guide = new Int32Array(CELLS + 1)
  for (const threshold of thresholds) guide[cellOf(threshold, low, scale) + 1]! += 1
  for (let cell = 0; cell < CELLS; cell++) guide[cell + 1]! += guide[cell]!
  return { thresholds, low, scale, guide }
}

/** What is not a number (infinity times 0) is in the first cell, with all others of the column. */
function cellOf(value: number, low: number, scale: number): number {
  const at = (value - low) * scale
  if (at >= CELLS) return CELLS - 1
  return at > 0 ? Math.floor(at) : 0
}

export function binOf({ thresholds, low, scale, guide }: BinSearch, value: number): number {
  const cell = cellOf(value, low, scale)
  let bin = guide[cell]!
  let end = guide[cell + 1]!
  while (bin < end) {
    const middle = (bin + end) >> 1
    if (value > thresholds[middle]!) bin = middle + 1
    else end = middle
  }
  return bin
}
