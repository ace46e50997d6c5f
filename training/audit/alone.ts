/**
 * What a column tells by itself: each row is scored by the outcome rate of its value among the rows of other folds, so that a
 * column of many values does not look wise by knowing its own rows. Values are the categories, the twentieths of numbers, and
 * missing.
 */
import type { Column } from '../../src/features/column.ts'
import { quantile } from '../../src/statistics/bootstrap.ts'
import { wilsonInterval } from '../../src/statistics/wilson.ts'
import type { Matrix } from '../matrix.ts'
import { aucOfCells, type Cell, skillOfCells } from './cells.ts'
import { type CertainValue, isCertain } from './certain-value.ts'

/** Rows to look at: a sample, whole groups in one fold. */
export interface AuditedRows {
  readonly matrix: Matrix
  /** 0 .. FOLDS - 1, one a row. */
  readonly folds: Int32Array
}

export interface AloneFigures {
  /** Out of fold. NaN with one outcome. */
  readonly auc: number
  /** Of "is missing"; null where nothing is, or everything. */
  readonly missingAuc: number | null
  /** Out of fold: the share of the base rate's log loss that it explains. NaN with one outcome. */
  readonly skill: number
  /** The surest of the values that all but decide the outcome; null where there is none. */
  readonly certain: CertainValue | null
}

export const FOLDS = 5
const NUMBER_BUCKETS = 20
/** Rows of the base rate that each value's outcome rate starts with. */
const PRIOR_ROWS = 10

/** @param labels Outcomes, one a row; those of the matrix, or others of the same rows. */
export function auditAlone({ matrix, folds }: AuditedRows, column: number, labels: Uint8Array): AloneFigures {
  const { columns, rowCount, data } = matrix
  const values = Float64Array.from({ length: rowCount }, (_, row) => data[row * columns.length + column]!)
  const buckets = bucketsOf(columns[column]!, values)
  const counts = countBuckets(buckets, labels, folds)
  const cells = outOfFold(counts)
  const missing = counts.total[MISSING]!
  const isMissing = counts.total.map(({ rows, reached }, bucket) => ({
    score: bucket === MISSING ? 1 : 0,
    rows,
    reached,
  }))
  return {
    auc: aucOfCells(cells),
    missingAuc: missing.rows === 0 || missing.rows === rowCount ? null : aucOfCells(isMissing),
    skill: skillOfCells(cells),
    certain: surestValue(columns[column]!, buckets, counts, matrix.groups),
  }
}

const MISSING = 0

/** The bucket of each row: 0 is missing, then the category or the twentieth of the numbers. */
function bucketsOf(column: Column, values: Float64Array): Int32Array {
  if (column.kind !== 'number')
    return Int32Array.from(values, (value) => (Number.isNaN(value) ? MISSING : value + 1))
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  const edges = Array.from({ length: NUMBER_BUCKETS - 1 }, (_, k) =>
    quantile(sorted, (k + 1) / NUMBER_BUCKETS),
  )
  return Int32Array.from(values, (value) => {
    if (Number.isNaN(value)) return MISSING
    let bucket = 1
    for (const edge of edges) if (value > edge) bucket += 1
    return bucket
  })
}

interface Count {
  rows: number
  reached: number
}

interface BucketCounts {
  /** By bucket. */
  readonly total: readonly Count[]
  /** By fold, then by bucket. */
  readonly ofFold: readonly (readonly Count[])[]
  readonly rate: number
}

function countBuckets(buckets: Int32Array, labels: Uint8Array, folds: Int32Array): BucketCounts {
  const size = buckets.reduce((most, bucket) => Math.max(most, bucket), 0) + 1
  const empty = (): Count[] => Array.from({ length: size }, () => ({ rows: 0, reached: 0 }))
  const total = empty()
  const ofFold = Array.from({ length: FOLDS }, empty)
  let positives = 0
  for (let row = 0; row < buckets.length; row++) {
    const bucket = buckets[row]!
    for (const counts of [total, ofFold[folds[row]!]!]) {
      counts[bucket]!.rows += 1
      counts[bucket]!.reached += labels[row]!
    }
    positives += labels[row]!
  }
  return { total, ofFold, rate: positives / buckets.length }
}

/** Scored by the outcome rate of the bucket in the other folds, drawn to the base rate by PRIOR_ROWS rows of it. */
function outOfFold({ total, ofFold, rate }: BucketCounts): Cell[] {
  return ofFold.flatMap((counts) =>
    counts.flatMap((own, bucket) => {
      if (own.rows === 0) return []
      const rows = total[bucket]!.rows - own.rows
      const reached = total[bucket]!.reached - own.reached
      return [{ ...own, score: (reached + PRIOR_ROWS * rate) / (rows + PRIOR_ROWS) }]
    }),
  )
}

function surestValue(
  column: Column,
  buckets: Int32Array,
  { total, rate }: BucketCounts,
  groups: Int32Array,
): CertainValue | null {
  let surest: CertainValue | null = null
  for (const [bucket, { rows, reached }] of total.entries()) {
    // Rows of one group tell one thing: as many as there are groups count.
    const least = (count: number): number => wilsonInterval(reached, rows, rows / count)[0]
    if (!isCertain(rows, least(rows), rate)) continue
    const accounts = new Set(groups.filter((_, row) => buckets[row] === bucket)).size
    const low = least(accounts)
    if (!isCertain(accounts, low, rate) || (surest && surest.low >= low)) continue
    surest = { value: nameOf(column, bucket), rows, rate: reached / rows, low }
  }
  return surest
}

/** null: one of several ranges of a number, which has no name. */
function nameOf(column: Column, bucket: number): string | null {
  if (bucket === MISSING) return 'not known'
  if (column.kind === 'category') return column.categories[bucket - 1] ?? null
  return column.kind === 'flag' ? ['no', 'yes'][bucket - 1]! : null
}
