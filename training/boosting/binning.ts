/**
 * From values to bin numbers: 0 .. valueBins - 1 for values, valueBins for missing. Bins are fitted once, on all rows or on a
 * seeded sample of them; a value then goes where `x <= threshold` sends it, so that training and prediction agree on every
 * row, sampled or not.
 */
import type { Matrix } from '../matrix.ts'
import { randomIntegers } from '../random.ts'
import { binOf, binSearch } from './bin-search.ts'
import { quantileThresholds } from './quantiles.ts'
import { sampleRows } from './sample.ts'

interface NumberBins {
  readonly kind: 'number'
  /** valueBins - 1 of them (none when there are no values), ascending. */
  readonly thresholds: Float64Array
}

interface CategoryBins {
  readonly kind: 'category'
  /** The bin of each code of the vocabulary. Codes without a bin of their own share that of missing values. */
  readonly binOfCode: Uint8Array
}

export type ColumnBins = (NumberBins | CategoryBins) & {
  readonly valueBins: number
}

/** Quantiles of this many rows are good enough: of 255 bins, each then has 200 of them, and is some 7 % too large or small. */
const SAMPLED_ROWS = 50_000

/** @param maxBins 2 .. 255 bins of values a column. */
export function fitBins(matrix: Matrix, maxBins: number, seed: number): ColumnBins[] {
  const { rowCount, columns } = matrix
  const rows = sampleRows(rowCount, Math.min(rowCount, SAMPLED_ROWS), randomIntegers(seed))
  return columns.map((column, c) =>
    column.kind === 'category'
      ? categoryBins(matrix, rows, c, column.categories.length, maxBins)
      : numberBins(matrix, rows, c, maxBins),
  )
}

function numberBins(
  { columns, data, weights }: Matrix,
  rows: Int32Array,
  c: number,
  maxBins: number,
): ColumnBins {
  const values = new Float64Array(rows.length)
  const known = weights ? new Float64Array(rows.length) : undefined
  let count = 0
  for (const row of rows) {
    const value = data[row * columns.length + c]!
    if (Number.isNaN(value)) continue
    values[count] = value
    if (known) known[count] = weights![row]!
    count++
  }
  const thresholds = quantileThresholds(values.subarray(0, count), maxBins, known?.subarray(0, count))
  return { kind: 'number', thresholds, valueBins: count === 0 ? 0 : thresholds.length + 1 }
}

/** The heaviest codes; equal weights in order of code. */
function categoryBins(
  { columns, data, weights }: Matrix,
  rows: Int32Array,
  c: number,
  codeCount: number,
  maxBins: number,
): ColumnBins {
  const weightOf = new Float64Array(codeCount)
  for (const row of rows) {
    const code = data[row * columns.length + c]!
    if (!Number.isNaN(code)) weightOf[code]! += weights?.[row] ?? 1
  }
  const codes = Int32Array.from(weightOf.keys())
    .filter((code) => weightOf[code]! > 0)
    .sort((a, b) => weightOf[b]! - weightOf[a]! || a - b)
    .slice(0, maxBins)
  const binOfCode = new Uint8Array(codeCount).fill(codes.length)
  for (const [bin, code] of codes.entries()) binOfCode[code] = bin
  return { kind: 'category', binOfCode, valueBins: codes.length }
}

/** Rows in a block: a block of a wide table still fits a core's cache while it is read column by column. */
const BLOCK_ROWS = 1024

/** Writes the bin numbers of all rows, column-major. */
export function fillBins(
  { rowCount, columns, data }: Pick<Matrix, 'rowCount' | 'columns' | 'data'>,
  bins: readonly ColumnBins[],
  into: Uint8Array,
): void {
  const width = columns.length
  const fillers = bins.map((column, c) => {
    const target = into.subarray(c * rowCount, (c + 1) * rowCount)
    const source = { data, width, column: c, missing: column.valueBins }
    return column.kind === 'category'
      ? categoryFiller(source, column.binOfCode, target)
      : numberFiller(source, column.thresholds, target)
  })
  for (let start = 0; start < rowCount; start += BLOCK_ROWS)
    for (const fill of fillers) fill(start, Math.min(rowCount, start + BLOCK_ROWS))
}

/** Where the values of a column stand, and the bin of missing ones. */
interface ColumnSource {
  readonly data: Float64Array
  readonly width: number
  readonly column: number
  readonly missing: number
}

type Fill = (start: number, end: number) => void

function categoryFiller(
  { data, width, column, missing }: ColumnSource,
  binOfCode: Uint8Array,
  into: Uint8Array,
): Fill {
  return (start, end) => {
    for (let row = start; row < end; row++) {
      const code = data[row * width + column]!
      into[row] = Number.isNaN(code) ? missing : binOfCode[code]!
    }
  }
}

function numberFiller(
  { data, width, column, missing }: ColumnSource,
  thresholds: Float64Array,
  into: Uint8Array,
): Fill {
  const search = binSearch(thresholds)
  return (start, end) => {
    for (let row = start; row < end; row++) {
      const value = data[row * width + column]!
      into[row] = Number.isNaN(value) ? missing : binOf(search, value)
    }
  }
}
