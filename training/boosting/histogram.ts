/**
 * The hot loops of training, as an interface and as its reference in plain TypeScript. Another kernel (WebAssembly, threads)
 * must give the same bits: sums are taken row after row in ascending order within each bin, one double a sum. Splitting the
 * work by columns keeps that order, splitting it by rows does not.
 */
import type { Matrix } from '../matrix.ts'
import { type ColumnBins, fillBins } from './binning.ts'
import type { Candidate, FreeSearch } from './candidate.ts'
import { binsOf, type KernelLayout, type KernelMemory, planMemory, viewMemory } from './kernel-memory.ts'
import { computeGradients } from './log-loss.ts'
import { countBins, partition } from './partition.ts'

export interface HistogramKernel {
  readonly memory: KernelMemory
  /** Fills `bins`. Before the first `build`, where a kernel may copy them. */
  fillBins(matrix: Matrix, bins: readonly ColumnBins[]): void
  /** Fills `gradients` from `scores`, `labels` and `weights` (see log-loss.ts). */
  computeGradients(): void
  /**
   * Fills histogram `slot`, active columns only, from rows[start .. start + count). Bins of other columns keep what they
   * held. When `count` is the number of all rows, rows[i] is i.
   */
  build(slot: number, start: number, count: number): void
  /** Takes histogram `child` from histogram `parent`, active columns only: what is left is the other child's. */
  subtract(parent: number, child: number): void
  /**
   * Orders rows[start .. start + count) so that those whose bin in `column` has goesLeft = 1 come first, each side in the
   * order it had. Returns how many went left.
   */
  partition(column: number, start: number, count: number): number
  /** Fills `binCounts`: how many of rows[start .. start + count) are in each bin of `column`. */
  countBins(column: number, start: number, count: number): void
  /**
   * Looks for the best split of each active column of numbers, as number-splits.ts does where neither row counts nor constraints
   * have a say. What is returned tells it, null where there is none, until the next search. A kernel without it leaves
   * the search to number-splits.ts.
   */
  searchFree?(search: FreeSearch): (column: number) => Candidate | null
  /** Adds `value` to the scores of rows[start .. start + count). */
  addToScores(start: number, count: number, value: number): void
  /** Ends threads, if there are any. */
  close(): Promise<void>
}

/** The reference: one thread, no WebAssembly. */
export function referenceKernel(layout: KernelLayout): HistogramKernel {
  const plan = planMemory(layout)
  const memory = viewMemory(plan, new ArrayBuffer(plan.bytes))
  // Room for the gradient pairs of one leaf in the order of its rows.
  const ordered = new Float64Array(2 * layout.rowCount)
  return {
    memory,
    fillBins: (matrix, bins) => fillBins(matrix, bins, memory.bins),
    computeGradients: () => computeGradients(memory, 0, layout.rowCount),
    build: (slot, start, count) => build(layout, memory, ordered, slot, start, count),
    subtract: (parent, child) => subtract(layout, memory, parent, child),
    partition: (column, start, count) => partition(layout, memory, column, start, count),
    countBins: (column, start, count) => countBins(layout, memory, column, start, count),
    addToScores: (start, count, value) => {
      for (let i = start; i < start + count; i++) memory.scores[memory.rows[i]!]! += value
    },
    close: async () => {},
  }
}

function build(
  layout: KernelLayout,
  memory: KernelMemory,
  ordered: Float64Array,
  slot: number,
  start: number,
  count: number,
): void {
  const { rowCount, columnCount, firstBin } = layout
  const { bins, rows, gradients, active, histograms } = memory
  const whole = count === rowCount
  // Gathered once for all columns: each column then reads the pairs in order.
  if (!whole) gather(rows, gradients, ordered, start, count)
  const pairs = whole ? gradients : ordered
  const slotStart = slot * binsOf(layout)
  for (let column = 0; column < columnCount; column++) {
    if (active[column] === 0) continue
    const first = 2 * (slotStart + firstBin[column]!)
    histograms.fill(0, first, 2 * (slotStart + firstBin[column + 1]!))
    const base = column * rowCount
    if (whole) addAll(bins, base, pairs, histograms, first, count)
    else addRows(bins, base, rows, start, pairs, histograms, first, count)
  }
}

function gather(
  rows: Int32Array,
  gradients: Float64Array,
  ordered: Float64Array,
  start: number,
  count: number,
) {
  for (let i = 0; i < count; i++) {
    const from = 2 * rows[start + i]!
    ordered[2 * i] = gradients[from]!
    ordered[2 * i + 1] = gradients[from + 1]!
  }
}

function addAll(
  bins: Uint8Array,
  base: number,
  pairs: Float64Array,
  histograms: Float64Array,
  first: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const at = first + 2 * bins[base + i]!
    histograms[at]! += pairs[2 * i]!
    histograms[at + 1]! += pairs[2 * i + 1]!
  }
}

function addRows(
  bins: Uint8Array,
  base: number,
  rows: Int32Array,
  start: number,
  pairs: Float64Array,
  histograms: Float64Array,
  first: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const at = first + 2 * bins[base + rows[start + i]!]!
    histograms[at]! += pairs[2 * i]!
    histograms[at + 1]! += pairs[2 * i + 1]!
  }
}

function subtract(layout: KernelLayout, memory: KernelMemory, parent: number, child: number): void {
  const { columnCount, firstBin } = layout
  const { active, histograms } = memory
  const width = 2 * binsOf(layout)
  for (let column = 0; column < columnCount; column++) {
    if (active[column] === 0) continue
    const end = 2 * firstBin[column + 1]!
    for (let i = 2 * firstBin[column]!; i < end; i++)
      histograms[parent * width + i]! -= histograms[child * width + i]!
  }
}
