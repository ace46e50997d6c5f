/** Bin numbers found in WebAssembly (kernels/bins.ts), chunk after chunk of the rows: the same as `fillBins`. */
import { newRoom, type Room } from '../../src/model/wasm.ts'
import type { Matrix } from '../matrix.ts'
import { binSearch } from './bin-search.ts'
import { type ColumnBins, fillBins } from './binning.ts'

/** Addresses of words in kernels/words.ts: where values stand, and what they are looked up in. */
const VALUES = 656
const BIN_TABLES = 660
/** 32-bit words of a column's table: low and scale (f64), bin of missing values, addresses of thresholds and guide. */
const TABLE_WORDS = 8

/** Room that nothing else stands in yet. */
interface FreeRoom {
  readonly buffer: ArrayBufferLike
  readonly at: number
  readonly bytes: number
}

/**
 * @param into The kernel's column-major bins.
 * @param searchBins The kernel's: fills them for so many rows, from the first given on.
 */
export function fillBinsIn(
  { buffer, at, bytes }: FreeRoom,
  { columns, rowCount, data }: Matrix,
  bins: readonly ColumnBins[],
  into: Uint8Array,
  searchBins: (first: number, count: number) => void,
): void {
  const width = columns.length
  const room = newRoom(at)
  const tablesAt = room.take(4 * TABLE_WORDS * width)
  const tables = bins.map((column) => placeTable(column, room))
  const valuesAt = room.take(0)
  const chunk = Math.floor((at + bytes - valuesAt) / (8 * width))
  // Vocabularies may be of any size, and leave no room for rows.
  if (chunk < 1) {
    fillBins({ columns, rowCount, data }, bins, into)
    return
  }
  const words = new Int32Array(buffer)
  words[VALUES / 4] = valuesAt
  words[BIN_TABLES / 4] = tablesAt
  for (const [c, write] of tables.entries()) write(buffer, tablesAt + 4 * TABLE_WORDS * c)
  const values = new Float64Array(buffer, valuesAt, chunk * width)
  for (let first = 0; first < rowCount; first += chunk) {
    const end = Math.min(rowCount, first + chunk)
    values.set(data.subarray(first * width, end * width))
    searchBins(first, end - first)
  }
}

type WriteTable = (buffer: ArrayBufferLike, at: number) => void

/** Takes the room of what a column is looked up in. */
function placeTable(column: ColumnBins, room: Room): WriteTable {
  if (column.kind === 'category') {
    const codesAt = room.take(column.binOfCode.length)
    return (buffer, at) => {
      new Uint8Array(buffer, codesAt).set(column.binOfCode)
      new Int32Array(buffer, at, TABLE_WORDS).set([column.valueBins, 0, codesAt], 4)
    }
  }
  const { thresholds, low, scale, guide } = binSearch(column.thresholds)
  const guideAt = room.take(guide.length)
  const thresholdsAt = room.take(thresholds.byteLength)
  return (buffer, at) => {
    // At most 254 thresholds: counts of them fit bytes.
    new Uint8Array(buffer, guideAt).set(guide)
    new Float64Array(buffer, thresholdsAt, thresholds.length).set(thresholds)
    new Float64Array(buffer, at, 2).set([low, scale])
    new Int32Array(buffer, at, TABLE_WORDS).set([column.valueBins, thresholdsAt, guideAt], 4)
  }
}
