/** Bin numbers: found in columns of values, kept column-major and row-major, counted. */
import { rowsOfPiece } from './pieces'
import {
  ALL_COLUMN_COUNT,
  BINS,
  BIN_COUNTS,
  BIN_TABLES,
  END,
  FROM,
  ROWS,
  ROW_BYTES,
  ROW_COUNT,
  ROW_MAJOR_BINS,
  VALUES,
} from './words'

/** Where the bin of row 0 stands. */
export function binsOf(column: i32): usize {
  return load<usize>(BINS) + <usize>column * <usize>load<i32>(ROW_COUNT)
}

// What values of a column are looked up in: BIN_TABLES has so many bytes a column, written by training/boosting/wasm-binning.ts.
const TABLE_BYTES: usize = 32
/** f64: the lowest threshold, and cells per unit (training/boosting/bin-search.ts). */
const LOW: usize = 0
const SCALE: usize = 8
/** i32: the bin of missing values. */
const MISSING: usize = 16
/** Thresholds (f64); 0 for categories. */
const THRESHOLDS: usize = 20
/** For each cell, how many thresholds are in those before it (u8). Of categories: the bin of each code (u8). */
const GUIDE: usize = 24

const CELLS: f64 = 2048

/** Rows of a piece: those of a wide table still fit a core's cache while they are read column by column. */
export const SEARCHED_ROWS: i32 = 512

/** Piece after piece of the rows from FROM to END, whose values stand at VALUES. */
export function searchBins(piece: i32): void {
  const columns = load<i32>(ALL_COLUMN_COUNT)
  const stride = <usize>columns << 3
  const first = piece * SEARCHED_ROWS
  const count = <usize>min(SEARCHED_ROWS, load<i32>(END) - load<i32>(FROM) - first)
  const values = load<usize>(VALUES) + <usize>first * stride
  for (let column = 0; column < columns; column++) {
    const table = load<usize>(BIN_TABLES) + <usize>column * TABLE_BYTES
    const bins = binsOf(column) + <usize>(load<i32>(FROM) + first)
    const at = values + (<usize>column << 3)
    if (load<usize>(table, THRESHOLDS)) searchNumbers(table, at, stride, bins, bins + count)
    else searchCodes(table, at, stride, bins, bins + count)
  }
}

/** See training/boosting/bin-search.ts: the same steps. */
function searchNumbers(table: usize, at: usize, stride: usize, bins: usize, end: usize): void {
  const low = load<f64>(table, LOW)
  const scale = load<f64>(table, SCALE)
  const missing = load<i32>(table, MISSING)
  const thresholds = load<usize>(table, THRESHOLDS)
  const guide = load<usize>(table, GUIDE)
  for (; bins < end; bins++, at += stride) {
    const value = load<f64>(at)
    if (value != value) {
      store<u8>(bins, <u8>missing)
      continue
    }
    const cell = guide + cellOf(value, low, scale)
    let bin = <usize>load<u8>(cell)
    let last = <usize>load<u8>(cell, 1)
    while (bin < last) {
      const middle = (bin + last) >> 1
      if (value > load<f64>(thresholds + (middle << 3))) bin = middle + 1
      else last = middle
    }
    store<u8>(bins, <u8>bin)
  }
}

// @ts-ignore: decorator
@inline
function cellOf(value: f64, low: f64, scale: f64): usize {
  const at = (value - low) * scale
  if (at >= CELLS) return <usize>CELLS - 1
  return at > 0 ? <usize>at : 0
}

function searchCodes(table: usize, at: usize, stride: usize, bins: usize, end: usize): void {
  const missing = load<i32>(table, MISSING)
  const binOfCode = load<usize>(table, GUIDE)
  for (; bins < end; bins++, at += stride) {
    const code = load<f64>(at)
    store<u8>(bins, code != code ? <u8>missing : load<u8>(binOfCode + <usize>code))
  }
}

/** Rows that are copied column by column. */
const ROWS_OF_BLOCK: i32 = 512

/** Copies the bins of the rows of a piece of all. */
export function fillRowMajor(piece: i32): void {
  const count = load<i32>(ROW_COUNT)
  const size = rowsOfPiece(count)
  const end = min(piece * size + size, count)
  const columns = load<i32>(ALL_COLUMN_COUNT)
  const rowBytes = load<usize>(ROW_BYTES)
  for (let from = piece * size; from < end; from += ROWS_OF_BLOCK) {
    const to = <usize>min(from + ROWS_OF_BLOCK, end)
    for (let column = 0; column < columns; column++) {
      const bins = binsOf(column)
      let at = load<usize>(ROW_MAJOR_BINS) + <usize>column + <usize>from * rowBytes
      for (let row = <usize>from; row < to; row++, at += rowBytes) store<u8>(at, load<u8>(bins + row))
    }
  }
}

/** How many of rows[start .. start + count) are in each bin of a column. */
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
