/** Which rows of a leaf go where. The reference loops of `HistogramKernel`. */
import type { KernelLayout, KernelMemory } from './kernel-memory.ts'

/** See `HistogramKernel.partition`. */
export function partition(
  { rowCount }: KernelLayout,
  { bins, rows, scratch, goesLeft }: KernelMemory,
  column: number,
  start: number,
  count: number,
): number {
  const base = column * rowCount
  const end = start + count
  let left = start
  let right = 0
  // Both sides are written and one of the two counted: a branch here would be guessed wrong half of the time.
  for (let i = start; i < end; i++) {
    const row = rows[i]!
    const toLeft = goesLeft[bins[base + row]!]!
    rows[left] = row
    scratch[right] = row
    left += toLeft
    right += 1 - toLeft
  }
  rows.set(scratch.subarray(0, right), left)
  return left - start
}

/** See `HistogramKernel.countBins`. */
export function countBins(
  { rowCount }: KernelLayout,
  { bins, rows, binCounts }: KernelMemory,
  column: number,
  start: number,
  count: number,
): void {
  const base = column * rowCount
  binCounts.fill(0)
  for (let i = start; i < start + count; i++) binCounts[bins[base + rows[i]!]!]! += 1
}
