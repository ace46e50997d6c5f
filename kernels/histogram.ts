/**
 * Histograms of leaves: for each bin of each column the sum of the pairs (gradient, hessian) of its rows, a pair in one SIMD
 * register, row after row in ascending order. Bins are read row-major: of four neighbouring columns with one load.
 */
import {
  BUNDLES,
  CHUNK_BINS,
  CHUNK_PAIRS,
  COLUMNS,
  COLUMN_COUNT,
  END,
  FIRST_BIN,
  FROM,
  GRADIENTS,
  HISTOGRAMS,
  HISTOGRAM_BYTES,
  ROWS,
  ROW_BYTES,
  ROW_MAJOR_BINS,
  SLOT,
  SOURCE_BINS,
  SOURCE_PAIRS,
  START,
} from './words'

/** Rows whose bins and pairs stay in a core's innermost cache while group after group of columns is added. */
const ROWS_OF_BLOCK: i32 = 256

/** Rows of a piece of a copy. */
export const COPIED_ROWS: i32 = 1024

export function columnAt(at: i32): i32 {
  return load<i32>(load<usize>(COLUMNS) + (<usize>at << 2))
}

export function binAddress(slot: i32, column: i32): usize {
  const first = <usize>load<i32>(load<usize>(FIRST_BIN) + (<usize>column << 2)) << 4
  return load<usize>(HISTOGRAMS) + <usize>slot * load<usize>(HISTOGRAM_BYTES) + first
}

/**
 * Copies bins and pairs of rows of the leaf side by side: a loop that does nothing but wait for memory, many loads at a time.
 * Piece after piece of the rows from FROM to END.
 */
export function copyRows(piece: i32): void {
  const first = piece * COPIED_ROWS
  const count = <usize>min(COPIED_ROWS, load<i32>(END) - load<i32>(FROM) - first)
  const rows = load<usize>(ROWS) + (<usize>(load<i32>(START) + load<i32>(FROM) + first) << 2)
  const rowBytes = load<usize>(ROW_BYTES)
  const bins = load<usize>(ROW_MAJOR_BINS)
  const gradients = load<usize>(GRADIENTS)
  const pairs = load<usize>(CHUNK_PAIRS) + (<usize>first << 4)
  let to = load<usize>(CHUNK_BINS) + <usize>first * rowBytes
  for (let i: usize = 0; i < count; i++) {
    const row = <usize>load<u32>(rows + (i << 2))
    const from = bins + row * rowBytes
    for (let byte: usize = 0; byte < rowBytes; byte += 16, to += 16) v128.store(to, v128.load(from + byte))
    v128.store(pairs + (i << 4), v128.load(gradients + (row << 4)))
  }
}

/** Adds the rows from FROM to END to the columns of a bundle, which are empty before the first row. */
export function addBundle(bundle: i32): void {
  const first = firstOfBundle(bundle)
  const end = firstOfBundle(bundle + 1)
  const slot = load<i32>(SLOT)
  if (load<i32>(FROM) == 0) clearColumns(first, end, slot)
  const rowBytes = load<usize>(ROW_BYTES)
  let bins = load<usize>(SOURCE_BINS)
  let pairs = load<usize>(SOURCE_PAIRS)
  let count = load<i32>(END) - load<i32>(FROM)
  for (; count > 0; count -= ROWS_OF_BLOCK) {
    const here = min(count, ROWS_OF_BLOCK)
    addColumns(first, end, slot, bins, rowBytes, pairs, pairs + (<usize>here << 4))
    bins += <usize>ROWS_OF_BLOCK * rowBytes
    pairs += <usize>ROWS_OF_BLOCK << 4
  }
}

/** Bundles begin at multiples of four: fewer columns at a time take almost as long as four. */
function firstOfBundle(bundle: i32): i32 {
  const columns = load<i32>(COLUMN_COUNT)
  return min(columns, ((bundle * foursOf(columns)) / load<i32>(BUNDLES)) << 2)
}

export function foursOf(columns: i32): i32 {
  return (columns + 3) >> 2
}

function clearColumns(first: i32, end: i32, slot: i32): void {
  for (let at = first; at < end; at++) {
    const start = binAddress(slot, columnAt(at))
    memory.fill(start, 0, binAddress(slot, columnAt(at) + 1) - start)
  }
}

/** Four columns at a time share the loads of a pair, and their histograms of 4 KB each stay in the innermost cache. */
function addColumns(first: i32, end: i32, slot: i32, bins: usize, rowBytes: usize, pairs: usize, last: usize): void {
  let at = first
  while (at + 4 <= end) {
    if (columnAt(at + 3) == columnAt(at) + 3) addNeighbours(at, slot, bins, rowBytes, pairs, last)
    else addFour(at, slot, bins, rowBytes, pairs, last)
    at += 4
  }
  if (at + 2 <= end) {
    addTwo(at, slot, bins, rowBytes, pairs, last)
    at += 2
  }
  if (at < end) addOne(at, slot, bins, rowBytes, pairs, last)
}

// @ts-ignore: decorator
@inline
function addPair(at: usize, pair: v128): void {
  v128.store(at, f64x2.add(v128.load(at), pair))
}

/** The four bins of a row in one word. */
// @ts-ignore: decorator
@inline
function addWord(word: u32, pair: v128, h0: usize, h1: usize, h2: usize, h3: usize): void {
  addPair(h0 + <usize>((word & 255) << 4), pair)
  addPair(h1 + <usize>((word >>> 4) & 0xff0), pair)
  addPair(h2 + <usize>((word >>> 12) & 0xff0), pair)
  addPair(h3 + <usize>((word >>> 20) & 0xff0), pair)
}

function addNeighbours(at: i32, slot: i32, bins: usize, rowBytes: usize, pairs: usize, last: usize): void {
  const column = columnAt(at)
  const h0 = binAddress(slot, column)
  const h1 = binAddress(slot, column + 1)
  const h2 = binAddress(slot, column + 2)
  const h3 = binAddress(slot, column + 3)
  let words = bins + <usize>column
  for (; pairs + 16 < last; pairs += 32) {
    addWord(load<u32>(words), v128.load(pairs), h0, h1, h2, h3)
    words += rowBytes
    addWord(load<u32>(words), v128.load(pairs, 16), h0, h1, h2, h3)
    words += rowBytes
  }
  if (pairs < last) addWord(load<u32>(words), v128.load(pairs), h0, h1, h2, h3)
}

// @ts-ignore: decorator
@inline
function addBin(histogram: usize, bin: usize, pair: v128): void {
  addPair(histogram + (<usize>load<u8>(bin) << 4), pair)
}

function addFour(at: i32, slot: i32, bins: usize, rowBytes: usize, pairs: usize, last: usize): void {
  const h0 = binAddress(slot, columnAt(at))
  const h1 = binAddress(slot, columnAt(at + 1))
  const h2 = binAddress(slot, columnAt(at + 2))
  const h3 = binAddress(slot, columnAt(at + 3))
  let b0 = bins + <usize>columnAt(at)
  const to1 = <usize>columnAt(at + 1) - <usize>columnAt(at)
  const to2 = <usize>columnAt(at + 2) - <usize>columnAt(at)
  const to3 = <usize>columnAt(at + 3) - <usize>columnAt(at)
  for (; pairs < last; pairs += 16, b0 += rowBytes) {
    const pair = v128.load(pairs)
    addBin(h0, b0, pair)
    addBin(h1, b0 + to1, pair)
    addBin(h2, b0 + to2, pair)
    addBin(h3, b0 + to3, pair)
  }
}

function addTwo(at: i32, slot: i32, bins: usize, rowBytes: usize, pairs: usize, last: usize): void {
  const h0 = binAddress(slot, columnAt(at))
  const h1 = binAddress(slot, columnAt(at + 1))
  let b0 = bins + <usize>columnAt(at)
  const to1 = <usize>columnAt(at + 1) - <usize>columnAt(at)
  for (; pairs < last; pairs += 16, b0 += rowBytes) {
    const pair = v128.load(pairs)
    addBin(h0, b0, pair)
    addBin(h1, b0 + to1, pair)
  }
}

function addOne(at: i32, slot: i32, bins: usize, rowBytes: usize, pairs: usize, last: usize): void {
  const h0 = binAddress(slot, columnAt(at))
  let b0 = bins + <usize>columnAt(at)
  for (; pairs < last; pairs += 16, b0 += rowBytes) addBin(h0, b0, v128.load(pairs))
}

/** Takes histogram `child` from histogram `parent`. Too little work to share: a histogram is some 100 KB. */
export function subtract(parent: i32, child: i32): void {
  const count = load<i32>(COLUMN_COUNT)
  for (let at = 0; at < count; at++) {
    const column = columnAt(at)
    let from = binAddress(child, column)
    let to = binAddress(parent, column)
    const end = binAddress(parent, column + 1)
    for (; to < end; to += 16, from += 16) v128.store(to, f64x2.sub(v128.load(to), v128.load(from)))
  }
}
