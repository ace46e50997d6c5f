/**
 * The best split of a leaf. Histograms hold no row counts (a third sum a bin would cost a third more time), so splits are
 * first looked for as if `minRows` were 1. The winner is checked: its hessian may prove that it has rows enough on both
 * sides; if not, the rows of that column's bins are counted, it is searched again with the counts, and the best of all
 * columns is taken anew. Counting can only lower a column's gain, so the answer is the exact one.
 */
import type { ColumnBins } from './binning.ts'
import { type Candidate, type ColumnSearch, type FreeSearch, indexOfLargestGain } from './candidate.ts'
import { categorySides, searchCategories } from './category-splits.ts'
import type { HistogramKernel } from './histogram.ts'
import { MOST_BINS } from './kernel-memory.ts'
import { leafGainAt, leafValue } from './leaf-value.ts'
import { MOST_HESSIAN } from './log-loss.ts'
import { searchNumbers } from './number-splits.ts'
import type { BoostingOptions } from './options.ts'

/** A leaf as the search for its best split sees it. */
export interface SplittableLeaf {
  /** Its rows are rows[start .. start + count) of the kernel's memory. */
  readonly start: number
  readonly count: number
  readonly gradient: number
  readonly hessian: number
  readonly low: number
  readonly high: number
  /** Where its histogram is. */
  readonly slot: number
}

export interface Split {
  readonly column: number
  /** Twice what it takes off the penalised loss, to second order. */
  readonly gain: number
  /** Numbers: the last value bin that goes left; -1 for categories. */
  readonly lastBin: number
  /** For each bin: 1 left, 0 right. */
  readonly goesLeft: Uint8Array
  readonly leftGradient: number
  readonly leftHessian: number
}

export interface SplitContext {
  readonly kernel: HistogramKernel
  readonly bins: readonly ColumnBins[]
  readonly firstBin: Int32Array
  readonly options: BoostingOptions
  /** Largest weight of a row. */
  readonly mostWeight: number
}

/** A gain below this share of the leaf's hessian moves no score by more than 1e-5: rounding, not structure. */
const LEAST_GAIN = 1e-10

/** The best split of the active columns; of equal ones, that of the first column, and of its first bin. Or null. */
export function findSplit(context: SplitContext, leaf: SplittableLeaf): Split | null {
  const { kernel, options, mostWeight } = context
  const { active, binCounts } = kernel.memory
  const isUnbounded = leaf.low === Number.NEGATIVE_INFINITY && leaf.high === Number.POSITIVE_INFINITY
  const found = isUnbounded ? kernel.searchFree?.(freeSearchOf(leaf, options)) : undefined
  const candidates = context.bins.map(({ kind }, c) => {
    if (active[c] !== 1) return null
    const isFound = found && kind === 'number' && options.monotone[c] === 0
    return isFound ? found(c) : searchColumn(context, leaf, c, null)
  })
  const counted = new Map<number, Uint32Array>()
  for (;;) {
    const column = indexOfLargestGain(candidates)
    const best = candidates[column]
    if (!best) return null
    const leastHessian = Math.min(best.hessian, leaf.hessian - best.hessian)
    const hasRows = leastHessian >= MOST_HESSIAN * mostWeight * options.minRows
    if (hasRows || counted.has(column))
      return splitOf(context, leaf, column, best, counted.get(column) ?? null)
    kernel.countBins(column, leaf.start, leaf.count)
    counted.set(column, binCounts.slice())
    candidates[column] = searchColumn(context, leaf, column, binCounts)
  }
}

function searchColumn(
  context: SplitContext,
  leaf: SplittableLeaf,
  column: number,
  counts: Uint32Array | null,
): Candidate | null {
  const search = searchOf(context, leaf, column, counts)
  const best: Candidate = {
    gain: leastGain(leaf),
    position: -1,
    missingLeft: false,
    order: 'single',
    gradient: 0,
    hessian: 0,
  }
  if (context.bins[column]!.kind === 'number') searchNumbers(search, best)
  else searchCategories(search, best)
  return best.position < 0 ? null : best
}

function searchOf(
  { kernel, bins, firstBin, options }: SplitContext,
  leaf: SplittableLeaf,
  column: number,
  counts: Uint32Array | null,
): ColumnSearch {
  const { slot, gradient, hessian, count, low, high } = leaf
  return {
    histograms: kernel.memory.histograms,
    first: 2 * (slot * firstBin[bins.length]! + firstBin[column]!),
    valueBins: bins[column]!.valueBins,
    counts,
    gradient,
    hessian,
    rows: count,
    minHessian: options.minHessian,
    minRows: options.minRows,
    l1: options.l1,
    l2: options.l2,
    low,
    high,
    direction: options.monotone[column]!,
    gainBefore: gainOf(leaf, options),
  }
}

function freeSearchOf(leaf: SplittableLeaf, options: BoostingOptions): FreeSearch {
  const { slot, gradient, hessian } = leaf
  const { minHessian, l1, l2 } = options
  const gainBefore = gainOf(leaf, options)
  return { slot, gradient, hessian, gainBefore, leastGain: leastGain(leaf), minHessian, l1, l2 }
}

/** What the leaf as it is takes off the loss, twice. */
function gainOf({ gradient, hessian, low, high }: SplittableLeaf, { l1, l2 }: BoostingOptions): number {
  const value = leafValue(gradient, hessian, l1, l2, low, high)
  return leafGainAt(value, gradient, hessian, l1, l2)
}

function leastGain({ hessian }: SplittableLeaf): number {
  return LEAST_GAIN * hessian
}

function splitOf(
  context: SplitContext,
  leaf: SplittableLeaf,
  column: number,
  best: Candidate,
  counts: Uint32Array | null,
): Split {
  const { kind, valueBins } = context.bins[column]!
  const goesLeft = new Uint8Array(MOST_BINS)
  if (kind === 'number') {
    goesLeft.fill(1, 0, best.position + 1)
    goesLeft[valueBins] = best.missingLeft ? 1 : 0
  } else {
    categorySides(searchOf(context, leaf, column, counts), best, goesLeft.subarray(0, valueBins + 1))
  }
  return {
    column,
    gain: best.gain,
    lastBin: kind === 'number' ? best.position : -1,
    goesLeft,
    leftGradient: best.gradient,
    leftHessian: best.hessian,
  }
}
