/** Rows to learn from, with their outcomes. Plain data between whoever makes rows and whoever learns. */
import { WonlostError } from '../src/errors.ts'
import type { Column } from '../src/features/column.ts'

export interface Matrix {
  readonly columns: readonly Column[]
  readonly rowCount: number
  /** Row-major, rowCount * columns.length. Missing is NaN. */
  readonly data: Float64Array
  /** 0 or 1, one a row. */
  readonly labels: Uint8Array
  /** Rows of one group (account) are not independent: standard errors and bootstraps keep them together. */
  readonly groups: Int32Array
  /** Positive, one a row; absent means all 1. A weight of two is the row twice. */
  readonly weights?: Float64Array
}

/** The rows at these indices, in this order (an index may stand twice). Copies. */
export function selectRows(matrix: Matrix, rows: ArrayLike<number>): Matrix {
  const width = matrix.columns.length
  const count = rows.length
  const data = new Float64Array(count * width)
  const labels = new Uint8Array(count)
  const groups = new Int32Array(count)
  const weights = matrix.weights ? new Float64Array(count) : undefined
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    data.set(matrix.data.subarray(row * width, (row + 1) * width), i * width)
    labels[i] = matrix.labels[row]!
    groups[i] = matrix.groups[row]!
    if (weights && matrix.weights) weights[i] = matrix.weights[row]!
  }
  return { columns: matrix.columns, rowCount: count, data, labels, groups, ...(weights ? { weights } : {}) }
}

/** The rows [from, to), not copied. */
export function rowsBetween(matrix: Matrix, from: number, to: number): Matrix {
  const width = matrix.columns.length
  const weights = matrix.weights?.subarray(from, to)
  return {
    columns: matrix.columns,
    rowCount: to - from,
    data: matrix.data.subarray(from * width, to * width),
    labels: matrix.labels.subarray(from, to),
    groups: matrix.groups.subarray(from, to),
    ...(weights ? { weights } : {}),
  }
}

/** How many rows have reached the target. */
export function countPositives(labels: Uint8Array): number {
  let count = 0
  for (const label of labels) count += label
  return count
}

/**
 * Refuses what no learner can mean: lengths that differ, labels other than 0 and 1, weights that are not positive,
 * infinite values, category codes outside the vocabulary. Throws `numeric_failure` naming the row and the column.
 */
export function checkMatrix(matrix: Matrix): void {
  const { columns, rowCount, data, labels, groups, weights } = matrix
  const width = columns.length
  const lengths = [
    data.length / Math.max(1, width),
    labels.length,
    groups.length,
    weights?.length ?? rowCount,
  ]
  if ((width > 0 && lengths[0] !== rowCount) || lengths.slice(1).some((length) => length !== rowCount))
    throw refused(
      `parts of a matrix of ${rowCount} rows have other lengths: data, labels, groups, weights = ${lengths}`,
    )
  for (let i = 0; i < rowCount; i++) {
    if (labels[i] !== 0 && labels[i] !== 1) throw refused(`row ${i}: a label is 0 or 1, given ${labels[i]}`)
    const weight = weights?.[i] ?? 1
    if (!(weight > 0 && weight < Number.POSITIVE_INFINITY))
      throw refused(`row ${i}: a weight is positive and finite, given ${weight}`)
    for (let c = 0; c < width; c++) {
      const value = data[i * width + c]!
      if (Number.isNaN(value)) continue
      const column = columns[c]!
      if (!Number.isFinite(value))
        throw refused(`row ${i}, column "${column.name}": ${value} is not a finite number`)
      if (
        column.kind === 'category' &&
        !(Number.isInteger(value) && value >= 0 && value < column.categories.length)
      )
        throw refused(
          `row ${i}, column "${column.name}": a code is 0..${column.categories.length - 1}, given ${value}`,
        )
      if (column.kind === 'flag' && value !== 0 && value !== 1)
        throw refused(`row ${i}, column "${column.name}": a flag is 0 or 1, given ${value}`)
    }
  }
}

function refused(message: string): WonlostError {
  return new WonlostError('numeric_failure', `The rows cannot be learned from: ${message}.`)
}
