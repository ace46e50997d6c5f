/** One column of one leaf while its best split is looked for, and the best one so far. */
import { leafGain, leafGainAt, leafValue } from './leaf-value.ts'

export interface ColumnSearch {
  readonly histograms: Float64Array
  /** Index of the first pair of the column. */
  readonly first: number
  /** Bins 0 .. valueBins - 1 are of values, bin valueBins is of missing ones. */
  readonly valueBins: number
  /** Rows in each bin; null while they are not counted: then minRows is not looked at. */
  readonly counts: Uint32Array | null
  /** Sums over the leaf. */
  readonly gradient: number
  readonly hessian: number
  readonly rows: number
  readonly minHessian: number
  readonly minRows: number
  readonly l1: number
  readonly l2: number
  /** Bounds of what the leaf's descendants may say. */
  readonly low: number
  readonly high: number
  /** 1: the right side must not say less than the left; -1: not more; 0: no matter. */
  readonly direction: -1 | 0 | 1
  /** What the leaf as it is takes off the loss, twice: within its bounds. */
  readonly gainBefore: number
}

/** What a search of all columns of a leaf begins with, where neither row counts nor constraints have a say. */
export interface FreeSearch
  extends Pick<ColumnSearch, 'gradient' | 'hessian' | 'gainBefore' | 'minHessian' | 'l1' | 'l2'> {
  /** Where the leaf's histogram is. */
  readonly slot: number
  /** What a split must surpass. */
  readonly leastGain: number
}

/** Written over while a column is searched. */
export interface Candidate {
  /** What a split must surpass; at last, twice what the best one takes off the loss. */
  gain: number
  /** Numbers: the last value bin that goes left. Categories: how many go left. -1: there is no split. */
  position: number
  /** Numbers: missing goes left. */
  missingLeft: boolean
  /** Categories: which order they go left in. */
  order: 'single' | 'rising' | 'falling'
  /** Sums over the left side. */
  gradient: number
  hessian: number
}

/** Sums of a bin that has no row may keep a residue from subtraction: far below any row's part of a leaf. */
const RESIDUE = 1e-10

/** Has this leaf rows in a bin? Exact where they were counted. */
export function isPresent({ counts, histograms, first, hessian }: ColumnSearch, bin: number): boolean {
  return counts ? counts[bin]! > 0 : histograms[first + 2 * bin + 1]! > RESIDUE * hessian
}

/** No monotone constraint has a say here. */
export function isFree({ direction, low, high }: ColumnSearch): boolean {
  return direction === 0 && low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY
}

/**
 * Twice what a split takes off the loss when these are the sums of its left side; -Infinity when it breaks the constraint.
 * `l2` may be larger than the search's: for categories.
 */
export function splitGain(search: ColumnSearch, gradient: number, hessian: number, l2: number): number {
  const { l1, low, high, direction, gainBefore } = search
  const rightGradient = search.gradient - gradient
  const rightHessian = search.hessian - hessian
  if (isFree(search))
    return leafGain(gradient, hessian, l1, l2) + leafGain(rightGradient, rightHessian, l1, l2) - gainBefore
  const left = leafValue(gradient, hessian, l1, l2, low, high)
  const right = leafValue(rightGradient, rightHessian, l1, l2, low, high)
  if (direction * (right - left) < 0) return Number.NEGATIVE_INFINITY
  return (
    leafGainAt(left, gradient, hessian, l1, l2) +
    leafGainAt(right, rightGradient, rightHessian, l1, l2) -
    gainBefore
  )
}

/** Of equal gains the first. -1 where there is none. */
export function indexOfLargestGain(found: readonly ({ readonly gain: number } | null)[]): number {
  let index = -1
  let gain = Number.NEGATIVE_INFINITY
  for (let i = 0; i < found.length; i++) {
    const one = found[i]
    if (!one || !(one.gain > gain)) continue
    gain = one.gain
    index = i
  }
  return index
}
