/**
 * The hot loops of training boosted trees. Each gives the same bits as its reference in training/boosting/: the same sums in the
 * same order, a gradient and a hessian side by side in one SIMD register. Arrays stand where training/boosting/kernel-memory.ts
 * plans them; their addresses are in words that training/boosting/wasm-kernel.ts writes.
 */
import {
  awaitCall,
  begin,
  calls,
  claim,
  done,
  finish,
  firstArgument,
  hasHelpers,
  isStopped,
  operation,
  secondArgument,
  stopHelpers,
  thirdArgument,
} from './threads'

// Words, in the order in which training/boosting/wasm-kernel.ts writes them. Tables are of i32.
const ROW_COUNT: usize = 512
const BINS: usize = 516
const LABELS: usize = 520
/** 0 when all weights are 1. */
const WEIGHTS: usize = 524
const SCORES: usize = 528
const GRADIENTS: usize = 532
const ROWS: usize = 536
const SCRATCH: usize = 540
const ORDERED: usize = 544
const HISTOGRAMS: usize = 548
const GOES_LEFT: usize = 552
const BIN_COUNTS: usize = 556
/** Where each column begins in a histogram, in bins; one more entry, the end. */
const FIRST_BIN: usize = 560
const HISTOGRAM_BYTES: usize = 564
/** For each piece of `partition`: how many of its rows went left. */
const LEFT_COUNTS: usize = 568
/** The active columns, ascending. */
const COLUMNS: usize = 572
/** For each piece of a dense build: where its columns begin in COLUMNS; one more entry, the end. At most 4 columns a piece. */
const GROUPS: usize = 576
/** The bins once more, row-major; filled by \`fillRowMajor\`. */
const ROW_MAJOR_BINS: usize = 580
const ALL_COLUMN_COUNT: usize = 584
/** Threads in all. */
const THREAD_COUNT: usize = 588
const COLUMN_COUNT: usize = 592
const GROUP_COUNT: usize = 596
/** For each thread room for a block of rows: their bins, row-major, and their pairs. */
const BLOCKS: usize = 608
/** What `addToScores` adds. */
const VALUE: usize = 600

// Operations: what a piece of work is.
const GATHER = 0
const BUILD_DENSE = 1
const BUILD_SPARSE = 2
const PARTITION = 3
const COMPUTE_GRADIENTS = 4
const ADD_TO_SCORES = 5
const FILL_ROW_MAJOR = 6

/** Rows of a piece of work that is split by rows: as many pieces as LEFT_COUNTS has room for, or fewer. */
const LEAST_ROWS_A_PIECE: i32 = 8192
const MOST_PIECES: i32 = 64

/** A leaf is sparse when it has less than one in so many of all rows. */
const SPARSE: i64 = 10

/** Rows of which copied bins stay in a core's cache while column after column is added. */
const ROWS_OF_BLOCK: usize = 512

/** Below so many additions to histograms a second thread costs more than it saves. */
const LEAST_SHARED_ADDITIONS: i64 = 65536

/** What a helper does until it is stopped. */
export function work(): void {
  while (!isStopped()) {
    const seen = calls()
    help()
    awaitCall(seen)
  }
}

export function stop(): void {
  stopHelpers()
}

function share(operation: i32, tasks: i32, first: i32, second: i32, third: i32): void {
  if (!hasHelpers() || tasks < 2) {
    for (let task = tasks - 1; task >= 0; task--) perform(operation, task, first, second, third)
    return
  }
  begin(operation, tasks, first, second, third)
  help()
  finish(tasks)
}

function help(): void {
  for (let task = claim(); task >= 0; task = claim()) {
    perform(operation(), task, firstArgument(), secondArgument(), thirdArgument())
    done()
  }
}

function perform(operation: i32, task: i32, first: i32, second: i32, third: i32): void {
  if (operation == BUILD_DENSE) buildDense(task, first, second, third)
  else if (operation == BUILD_SPARSE) buildBundle(task, first, second, third)
  else if (operation == GATHER) gatherPiece(task, second, third)
  else if (operation == PARTITION) partitionPiece(task, first, second, third)
  else if (operation == COMPUTE_GRADIENTS) gradientsOfPiece(task, third)
  else if (operation == ADD_TO_SCORES) addToScoresOfPiece(task, second, third)
  else fillRowMajorPiece(task, third)
}

/** Of `count` rows, how many a piece has. */
function rowsOfPiece(count: i32): i32 {
  const share = (count + MOST_PIECES - 1) / MOST_PIECES
  return max(share, LEAST_ROWS_A_PIECE)
}

function piecesOf(count: i32): i32 {
  const size = rowsOfPiece(count)
  return (count + size - 1) / size
}

// Histograms

/**
 * Bins stand twice, column-major and row-major. Of a dense leaf each column is read from end to end. Of a sparse one, the rows of
 * each column would be as many cache lines; those of all columns, row-major, are a line or two.
 */
export function build(slot: i32, start: i32, count: i32): void {
  const isShared = <i64>count * <i64>load<i32>(COLUMN_COUNT) >= LEAST_SHARED_ADDITIONS
  if (<i64>count * SPARSE < <i64>load<i32>(ROW_COUNT)) {
    if (isShared) share(BUILD_SPARSE, bundles(), slot, start, count)
    else buildSparse(0, load<i32>(COLUMN_COUNT), load<usize>(BLOCKS), slot, start, count)
    return
  }
  // Gathered once for all columns: each column then reads the pairs in order.
  if (count != load<i32>(ROW_COUNT)) share(GATHER, piecesOf(count), 0, start, count)
  const groups = load<i32>(GROUP_COUNT)
  if (isShared) share(BUILD_DENSE, groups, slot, start, count)
  else for (let group = 0; group < groups; group++) buildDense(group, slot, start, count)
}

function gatherPiece(piece: i32, start: i32, count: i32): void {
  const size = rowsOfPiece(count)
  const end = <usize>min(piece * size + size, count)
  const gradients = load<usize>(GRADIENTS)
  const ordered = load<usize>(ORDERED)
  const rows = load<usize>(ROWS) + (<usize>start << 2)
  for (let i = <usize>(piece * size); i < end; i++)
    v128.store(ordered + (i << 4), v128.load(gradients + (<usize>load<u32>(rows + (i << 2)) << 4)))
}

function buildDense(group: i32, slot: i32, start: i32, count: i32): void {
  const bins = load<usize>(BINS)
  const stride = <usize>load<i32>(ROW_COUNT)
  const rows = load<usize>(ROWS) + (<usize>start << 2)
  let at = groupStart(group)
  const end = groupStart(group + 1)
  clearColumns(at, end, slot)
  if (count == load<i32>(ROW_COUNT)) {
    const pairs = load<usize>(GRADIENTS)
    if (end - at == 4) addFour(ALL_ROWS, at, slot, bins, stride, rows, pairs, count)
    else for (; at < end; at++) addOne(ALL_ROWS, at, slot, bins, stride, rows, pairs, count)
  } else {
    const pairs = load<usize>(ORDERED)
    if (end - at == 4) addFour(SOME_ROWS, at, slot, bins, stride, rows, pairs, count)
    else for (; at < end; at++) addOne(SOME_ROWS, at, slot, bins, stride, rows, pairs, count)
  }
}

/** Pieces of a sparse build: columns that are done together, one bundle a thread. */
function bundles(): i32 {
  return min(load<i32>(THREAD_COUNT), load<i32>(COLUMN_COUNT))
}

function buildBundle(bundle: i32, slot: i32, start: i32, count: i32): void {
  const columns = load<i32>(COLUMN_COUNT)
  const first = (bundle * columns) / bundles()
  const end = ((bundle + 1) * columns) / bundles()
  const block = load<usize>(BLOCKS) + <usize>bundle * (bytesOfRow() + 16) * ROWS_OF_BLOCK
  buildSparse(first, end, block, slot, start, count)
}

/**
 * Block after block of rows: first their bins and pairs are copied side by side, a loop that does nothing but wait for memory, many
 * loads at a time; then column after column is added from the cache. `first` and `end` count in COLUMNS.
 */
function buildSparse(first: i32, end: i32, block: usize, slot: i32, start: i32, count: i32): void {
  if (first == end) return
  clearColumns(first, end, slot)
  const firstByte = <usize>columnAt(first) & ~15
  const stride = ((<usize>columnAt(end - 1) & ~15) + 16) - firstByte
  const pairs = block + stride * ROWS_OF_BLOCK
  const bins = block - firstByte
  for (let from = 0; from < count; from += <i32>ROWS_OF_BLOCK) {
    const here = min(<i32>ROWS_OF_BLOCK, count - from)
    const rows = load<usize>(ROWS) + (<usize>(start + from) << 2)
    copyRows(rows, here, firstByte, stride, block, pairs)
    let at = first
    for (; at + 4 <= end; at += 4) addFour(COPIED_ROWS, at, slot, bins, stride, 0, pairs, here)
    for (; at < end; at++) addOne(COPIED_ROWS, at, slot, bins, stride, 0, pairs, here)
  }
}

function copyRows(rows: usize, count: i32, firstByte: usize, stride: usize, to: usize, pairs: usize): void {
  const gradients = load<usize>(GRADIENTS)
  const bins = load<usize>(ROW_MAJOR_BINS) + firstByte
  const rowBytes = bytesOfRow()
  for (let i: usize = 0; i < <usize>count; i++) {
    const row = <usize>load<u32>(rows + (i << 2))
    const from = bins + row * rowBytes
    for (let byte: usize = 0; byte < stride; byte += 16, to += 16) v128.store(to, v128.load(from + byte))
    v128.store(pairs + (i << 4), v128.load(gradients + (row << 4)))
  }
}

/** Of the row-major bins. */
function bytesOfRow(): usize {
  return (<usize>load<i32>(ALL_COLUMN_COUNT) + 15) & ~15
}

function groupStart(group: i32): i32 {
  return load<i32>(load<usize>(GROUPS) + (<usize>group << 2))
}

function clearColumns(first: i32, end: i32, slot: i32): void {
  for (let at = first; at < end; at++) {
    const start = binAddress(slot, columnAt(at))
    memory.fill(start, 0, binAddress(slot, columnAt(at) + 1) - start)
  }
}

function columnAt(at: i32): i32 {
  return load<i32>(load<usize>(COLUMNS) + (<usize>at << 2))
}

/** Where the bin of row 0 stands. */
function binsOf(column: i32): usize {
  return load<usize>(BINS) + <usize>column * <usize>load<i32>(ROW_COUNT)
}

function binAddress(slot: i32, column: i32): usize {
  const first = <usize>load<i32>(load<usize>(FIRST_BIN) + (<usize>column << 2)) << 4
  return load<usize>(HISTOGRAMS) + <usize>slot * load<usize>(HISTOGRAM_BYTES) + first
}

// @ts-ignore: decorator
@inline
function addPair(histogram: usize, bin: usize, pair: v128): void {
  const at = histogram + (bin << 4)
  v128.store(at, f64x2.add(v128.load(at), pair))
}

/** Column-major bins, of all rows in order or of those listed; or the copied rows of a block, row-major. */
const ALL_ROWS = 0
const SOME_ROWS = 1
const COPIED_ROWS = 2

/** Where the first bin of a column stands. */
// @ts-ignore: decorator
@inline
function firstOf(kind: i32, bins: usize, column: i32, stride: usize): usize {
  return kind == COPIED_ROWS ? bins + <usize>column : bins + <usize>column * stride
}

/** From the first bin of a column to that of the i-th row. */
// @ts-ignore: decorator
@inline
function offsetAt(kind: i32, rows: usize, i: usize, stride: usize): usize {
  if (kind == ALL_ROWS) return i
  if (kind == SOME_ROWS) return <usize>load<u32>(rows + (i << 2))
  return i * stride
}

/**
 * Four columns at a time share the loads of row and pair, and their histograms of 4 KB each stay in the innermost cache. The
 * additions to one bin keep the order of the rows.
 */
// @ts-ignore: decorator
@inline
function addFour(
  kind: i32,
  at: i32,
  slot: i32,
  bins: usize,
  stride: usize,
  rows: usize,
  pairs: usize,
  count: i32,
): void {
  const bins0 = firstOf(kind, bins, columnAt(at), stride)
  const bins1 = firstOf(kind, bins, columnAt(at + 1), stride)
  const bins2 = firstOf(kind, bins, columnAt(at + 2), stride)
  const bins3 = firstOf(kind, bins, columnAt(at + 3), stride)
  const histogram0 = binAddress(slot, columnAt(at))
  const histogram1 = binAddress(slot, columnAt(at + 1))
  const histogram2 = binAddress(slot, columnAt(at + 2))
  const histogram3 = binAddress(slot, columnAt(at + 3))
  for (let i: usize = 0; i < <usize>count; i++) {
    const offset = offsetAt(kind, rows, i, stride)
    const pair = v128.load(pairs + (i << 4))
    addPair(histogram0, <usize>load<u8>(bins0 + offset), pair)
    addPair(histogram1, <usize>load<u8>(bins1 + offset), pair)
    addPair(histogram2, <usize>load<u8>(bins2 + offset), pair)
    addPair(histogram3, <usize>load<u8>(bins3 + offset), pair)
  }
}

// @ts-ignore: decorator
@inline
function addOne(
  kind: i32,
  at: i32,
  slot: i32,
  bins: usize,
  stride: usize,
  rows: usize,
  pairs: usize,
  count: i32,
): void {
  const first = firstOf(kind, bins, columnAt(at), stride)
  const histogram = binAddress(slot, columnAt(at))
  for (let i: usize = 0; i < <usize>count; i++) {
    const bin = <usize>load<u8>(first + offsetAt(kind, rows, i, stride))
    addPair(histogram, bin, v128.load(pairs + (i << 4)))
  }
}

/** Copies the bins, once they are all there. */
export function fillRowMajor(): void {
  const count = load<i32>(ROW_COUNT)
  share(FILL_ROW_MAJOR, piecesOf(count), 0, 0, count)
}

function fillRowMajorPiece(piece: i32, count: i32): void {
  const size = rowsOfPiece(count)
  const end = min(piece * size + size, count)
  const columns = load<i32>(ALL_COLUMN_COUNT)
  const stride = bytesOfRow()
  for (let from = piece * size; from < end; from += <i32>ROWS_OF_BLOCK) {
    const to = <usize>min(from + <i32>ROWS_OF_BLOCK, end)
    for (let column = 0; column < columns; column++) {
      const bins = binsOf(column)
      let at = load<usize>(ROW_MAJOR_BINS) + <usize>column + <usize>from * stride
      for (let row = <usize>from; row < to; row++, at += stride) store<u8>(at, load<u8>(bins + row))
    }
  }
}

export function subtract(parent: i32, child: i32): void {
  // Too little work to share: a histogram is some 100 KB.
  const count = load<i32>(COLUMN_COUNT)
  for (let at = 0; at < count; at++) subtractColumn(at, parent, child)
}

function subtractColumn(at: i32, parent: i32, child: i32): void {
  const column = columnAt(at)
  let from = binAddress(child, column)
  let to = binAddress(parent, column)
  const end = binAddress(parent, column + 1)
  for (; to < end; to += 16, from += 16) v128.store(to, f64x2.sub(v128.load(to), v128.load(from)))
}

// Rows

/** Every piece partitions its own rows: left ones in place, right ones into SCRATCH. Then the pieces close up, in order. */
export function partition(column: i32, start: i32, count: i32): i32 {
  const pieces = piecesOf(count)
  share(PARTITION, pieces, column, start, count)
  const size = rowsOfPiece(count)
  const rows = load<usize>(ROWS) + (<usize>start << 2)
  const scratch = load<usize>(SCRATCH) + (<usize>start << 2)
  const leftCounts = load<usize>(LEFT_COUNTS)
  let left: i32 = 0
  for (let piece = 0; piece < pieces; piece++) {
    const here = load<i32>(leftCounts + (<usize>piece << 2))
    memory.copy(rows + (<usize>left << 2), rows + (<usize>(piece * size) << 2), <usize>here << 2)
    left += here
  }
  let to = left
  for (let piece = 0; piece < pieces; piece++) {
    const from = piece * size
    const here = min(size, count - from) - load<i32>(leftCounts + (<usize>piece << 2))
    memory.copy(rows + (<usize>to << 2), scratch + (<usize>from << 2), <usize>here << 2)
    to += here
  }
  return left
}

function partitionPiece(piece: i32, column: i32, start: i32, count: i32): void {
  const size = rowsOfPiece(count)
  const from = start + piece * size
  const rows = load<usize>(ROWS)
  const end = rows + (<usize>(from + min(size, count - piece * size)) << 2)
  const bins = binsOf(column)
  const goesLeft = load<usize>(GOES_LEFT)
  const first = rows + (<usize>from << 2)
  let left = first
  let right = load<usize>(SCRATCH) + (<usize>from << 2)
  // Both sides are written and one of the two counted: a branch here would be guessed wrong half of the time.
  for (let at = first; at < end; at += 4) {
    const row = load<u32>(at)
    const toLeft = <usize>load<u8>(goesLeft + <usize>load<u8>(bins + <usize>row)) << 2
    store<u32>(left, row)
    store<u32>(right, row)
    left += toLeft
    right += 4 - toLeft
  }
  store<i32>(load<usize>(LEFT_COUNTS) + (<usize>piece << 2), <i32>((left - first) >> 2))
}

export function countBins(column: i32, start: i32, count: i32): void {
  const bins = binsOf(column)
  const counts = load<usize>(BIN_COUNTS)
  memory.fill(counts, 0, 1024)
  let at = load<usize>(ROWS) + (<usize>start << 2)
  const end = at + (<usize>count << 2)
  for (; at < end; at += 4) {
    const bin = counts + (<usize>load<u8>(bins + <usize>load<u32>(at)) << 2)
    store<u32>(bin, load<u32>(bin) + 1)
  }
}

// Gradients

export function computeGradients(): void {
  const count = load<i32>(ROW_COUNT)
  share(COMPUTE_GRADIENTS, piecesOf(count), 0, 0, count)
}

/** Two rows at a time; the last of an odd number is done twice over, with itself. */
function gradientsOfPiece(piece: i32, count: i32): void {
  const size = rowsOfPiece(count)
  const end = min(piece * size + size, count)
  const labels = load<usize>(LABELS)
  const weights = load<usize>(WEIGHTS)
  const scores = load<usize>(SCORES)
  const gradients = load<usize>(GRADIENTS)
  const one = f64x2.splat(1)
  for (let i = piece * size; i < end; i += 2) {
    const first = <usize>i
    const second = <usize>min(i + 1, end - 1)
    const score = v128.load64_lane(scores + (second << 3), v128.load64_zero(scores + (first << 3)), 1)
    const label = f64x2(<f64>load<u8>(labels + first), <f64>load<u8>(labels + second))
    const p = f64x2.div(one, f64x2.add(one, exponential(f64x2.neg(score))))
    let gradient = f64x2.sub(p, label)
    let hessian = f64x2.pmax(f64x2.mul(p, f64x2.sub(one, p)), constant(LEAST_HESSIAN))
    if (weights != 0) {
      const weight = f64x2(load<f64>(weights + (first << 3)), load<f64>(weights + (second << 3)))
      gradient = f64x2.mul(weight, gradient)
      hessian = f64x2.mul(weight, hessian)
    }
    // The second before the first: alone, they are the same row.
    v128.store(gradients + (second << 4), v128.shuffle<f64>(gradient, hessian, 1, 3))
    v128.store(gradients + (first << 4), v128.shuffle<f64>(gradient, hessian, 0, 2))
  }
}

/** Constants stand in memory, where a register is loaded from in one step; in code they take three. */
const CONSTANTS: usize = 768
const LEAST_HESSIAN: usize = 0
const END: usize = 8
const MINUS_END: usize = 16
const LOG2_E: usize = 24
const ROUNDER: usize = 32
const LN2_FIRST: usize = 40
const LN2_REST: usize = 48
/** 1 / 12!, 1 / 11!, ... 1 / 0! */
const INVERSE_FACTORIALS: usize = 56

// @ts-ignore: decorator
@inline
function constant(offset: usize): v128 {
  return v128.load64_splat(CONSTANTS + offset)
}

// @ts-ignore: decorator
@inline
function nextTerm(sum: v128, r: v128, n: usize): v128 {
  return f64x2.add(f64x2.mul(sum, r), constant(INVERSE_FACTORIALS + 8 * n))
}

/** See training/boosting/exponential.ts: the same steps, two at a time. */
function exponential(x: v128): v128 {
  const clamped = f64x2.pmax(constant(MINUS_END), f64x2.pmin(constant(END), x))
  const shifted = f64x2.add(f64x2.mul(clamped, constant(LOG2_E)), constant(ROUNDER))
  const k = f64x2.sub(shifted, constant(ROUNDER))
  const high = f64x2.sub(clamped, f64x2.mul(k, constant(LN2_FIRST)))
  const r = f64x2.sub(high, f64x2.mul(k, constant(LN2_REST)))
  let sum = constant(INVERSE_FACTORIALS)
  sum = nextTerm(sum, r, 1)
  sum = nextTerm(sum, r, 2)
  sum = nextTerm(sum, r, 3)
  sum = nextTerm(sum, r, 4)
  sum = nextTerm(sum, r, 5)
  sum = nextTerm(sum, r, 6)
  sum = nextTerm(sum, r, 7)
  sum = nextTerm(sum, r, 8)
  sum = nextTerm(sum, r, 9)
  sum = nextTerm(sum, r, 10)
  sum = nextTerm(sum, r, 11)
  sum = nextTerm(sum, r, 12)
  // The low bits of `shifted` hold k: into the exponent of a double they go as they are.
  return f64x2.mul(sum, i64x2.shl(i64x2.add(shifted, i64x2.splat(1023)), 52))
}

// Scores

/** `value` is in word VALUE: arguments of a piece are integers. */
export function addToScores(start: i32, count: i32, value: f64): void {
  store<f64>(VALUE, value)
  share(ADD_TO_SCORES, piecesOf(count), 0, start, count)
}

function addToScoresOfPiece(piece: i32, start: i32, count: i32): void {
  const size = rowsOfPiece(count)
  const value = load<f64>(VALUE)
  const scores = load<usize>(SCORES)
  let at = load<usize>(ROWS) + (<usize>(start + piece * size) << 2)
  const end = at + (<usize>min(size, count - piece * size) << 2)
  for (; at < end; at += 4) {
    const score = scores + (<usize>load<u32>(at) << 3)
    store<f64>(score, load<f64>(score) + value)
  }
}
