/**
 * What the hot loops of training share with the rest of it, in one buffer: an ArrayBuffer, or the memory of a WebAssembly instance.
 * Nothing is allocated while trees grow.
 */

/** What a kernel must make room for. */
export interface KernelLayout {
  readonly rowCount: number
  readonly columnCount: number
  /** Where the bins of each column begin in a histogram; one more entry, the end. A column has at most 256 bins. */
  readonly firstBin: Int32Array
  /** How many histograms there are at a time: one a leaf. */
  readonly slots: number
  readonly weighted: boolean
}

/** Bins of a column: up to 255 of values and one for missing. */
export const MOST_BINS = 256

export interface KernelMemory {
  /** Bin numbers, column-major: bins[column * rowCount + row], 0 .. 255 within the column. */
  readonly bins: Uint8Array
  /** Of each row: 0 or 1. */
  readonly labels: Uint8Array
  /** Of each row; of length 0 when all weights are 1. */
  readonly weights: Float64Array
  /** Raw score of each row so far. */
  readonly scores: Float64Array
  /** Of each row, in pairs: gradient, hessian. */
  readonly gradients: Float64Array
  /** The rows of each leaf side by side, ascending within it. */
  readonly rows: Int32Array
  /** Room for a stable partition of `rows`. */
  readonly scratch: Int32Array
  /** 1 for columns that histograms are built of. */
  readonly active: Uint8Array
  /** Slot after slot, bin after bin, in pairs: sum of gradients, sum of hessians. */
  readonly histograms: Float64Array
  /** Input of a partition: 1 where a bin goes left. */
  readonly goesLeft: Uint8Array
  /** Output of a count: rows in each bin of one column. */
  readonly binCounts: Uint32Array
}

/** Where each array begins, in bytes from the start of the room. All are multiples of 16, for SIMD loads. */
export interface KernelPlan {
  readonly bytes: number
  readonly at: Readonly<Record<keyof KernelMemory, { readonly offset: number; readonly length: number }>>
}

export function planMemory(layout: KernelLayout): KernelPlan {
  const { rowCount, columnCount, slots, weighted } = layout
  let bytes = 0
  const room = (length: number, bytesEach: number) => {
    const offset = bytes
    bytes = Math.ceil((offset + length * bytesEach) / 16) * 16
    return { offset, length }
  }
  const at = {
    bins: room(rowCount * columnCount, 1),
    labels: room(rowCount, 1),
    weights: room(weighted ? rowCount : 0, 8),
    scores: room(rowCount, 8),
    gradients: room(2 * rowCount, 8),
    rows: room(rowCount, 4),
    scratch: room(rowCount, 4),
    active: room(columnCount, 1),
    histograms: room(2 * slots * binsOf(layout), 8),
    goesLeft: room(MOST_BINS, 1),
    binCounts: room(MOST_BINS, 4),
  }
  return { bytes, at }
}

/** The arrays of a plan in a buffer that has room for them from `start` (a multiple of 16) on. */
export function viewMemory({ at }: KernelPlan, buffer: ArrayBufferLike, start = 0): KernelMemory {
  const bytes = (name: keyof KernelMemory) => new Uint8Array(buffer, start + at[name].offset, at[name].length)
  const integers = (name: keyof KernelMemory) =>
    new Int32Array(buffer, start + at[name].offset, at[name].length)
  const doubles = (name: keyof KernelMemory) =>
    new Float64Array(buffer, start + at[name].offset, at[name].length)
  return {
    bins: bytes('bins'),
    labels: bytes('labels'),
    weights: doubles('weights'),
    scores: doubles('scores'),
    gradients: doubles('gradients'),
    rows: integers('rows'),
    scratch: integers('scratch'),
    active: bytes('active'),
    histograms: doubles('histograms'),
    goesLeft: bytes('goesLeft'),
    binCounts: new Uint32Array(buffer, start + at.binCounts.offset, at.binCounts.length),
  }
}

/** Bins of all columns: the length of one histogram, in pairs. */
export function binsOf({ firstBin, columnCount }: KernelLayout): number {
  return firstBin[columnCount]!
}
