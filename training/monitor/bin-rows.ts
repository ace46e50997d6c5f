/** Rows of a set, counted by column, landmark day and bin. */
import type { Column } from '../../src/features/column.ts'
import type { BinnedSample } from '../../src/statistics/compare-shares.ts'
import { designEffectOfShares } from '../../src/statistics/compare-shares.ts'
import type { ColumnBins } from '../report/reference-report.ts'
import { binCount, binner } from './column-bins.ts'

export interface WatchedRows {
  readonly columns: readonly Column[]
  readonly rowCount: number
  /** Row-major, rowCount * columns.length. */
  readonly data: Float64Array
  readonly groups: Int32Array
  /** Place of the landmark day among the days of the set, one a row. */
  readonly strata: Uint8Array
  /** The model's answer, one a row: the probability. */
  readonly scores: Float64Array
}

/** The values of a column; those of the score for null. */
export function valuesOf(rows: WatchedRows, column: number | null): Float64Array {
  if (column === null) return rows.scores
  const width = rows.columns.length
  return Float64Array.from({ length: rows.rowCount }, (_, row) => rows.data[row * width + column]!)
}

/** `days`: how many landmark days the set has. */
export function binRows(
  rows: WatchedRows,
  column: number | null,
  bins: ColumnBins,
  days: number,
): BinnedSample {
  const binOf = binner(bins, column === null ? null : rows.columns[column]!)
  const places = Int32Array.from(valuesOf(rows, column), binOf)
  const counts = Array.from({ length: days }, () => new Array<number>(binCount(bins)).fill(0))
  for (let row = 0; row < rows.rowCount; row++) counts[rows.strata[row]!]![places[row]!]! += 1
  const designEffect = designEffectOfShares(counts, {
    strata: rows.strata,
    bins: places,
    groups: rows.groups,
  })
  return { counts, designEffect }
}
