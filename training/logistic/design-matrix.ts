/** The encoded rows, sparse (compressed rows), with the intercept as the last column. */
import { type Encoding, encodeRow } from '../encoding.ts'
import type { Matrix } from '../matrix.ts'

export interface DesignMatrix {
  readonly rowCount: number
  /** Encoded columns and the intercept, which is column `width - 1` and 1 in every row. */
  readonly width: number
  /** Row i holds entries starts[i] .. starts[i + 1] - 1, in rising order of column. */
  readonly starts: Int32Array
  readonly indices: Int32Array
  readonly values: Float64Array
  readonly labels: Uint8Array
  readonly groups: Int32Array
  /** All 1 where the matrix has none. */
  readonly weights: Float64Array
  readonly totalWeight: number
}

export function encodeMatrix(encoding: Encoding, matrix: Matrix): DesignMatrix {
  const { rowCount } = matrix
  const columnCount = matrix.columns.length
  const intercept = encoding.width
  const starts = new Int32Array(rowCount + 1)
  let count = 0
  for (let i = 0; i < rowCount; i++) {
    encodeRow(encoding, matrix.data, i * columnCount, () => count++)
    starts[i + 1] = ++count
  }
  const indices = new Int32Array(count)
  const values = new Float64Array(count)
  let at = 0
  const add = (column: number, x: number): void => {
    indices[at] = column
    values[at++] = x
  }
  for (let i = 0; i < rowCount; i++) {
    encodeRow(encoding, matrix.data, i * columnCount, add)
    add(intercept, 1)
  }
  const weights = matrix.weights ?? new Float64Array(rowCount).fill(1)
  let totalWeight = 0
  for (const weight of weights) totalWeight += weight
  const { labels, groups } = matrix
  return { rowCount, width: intercept + 1, starts, indices, values, labels, groups, weights, totalWeight }
}

/** Log-odds of row i under these coefficients. */
export function marginOf(design: DesignMatrix, coefficients: Float64Array, row: number): number {
  const { starts, indices, values } = design
  let sum = 0
  for (let k = starts[row]!, end = starts[row + 1]!; k < end; k++)
    sum += values[k]! * coefficients[indices[k]!]!
  return sum
}

/** Weighted mean of each encoded column: 1 for the intercept. */
export function columnMeans(design: DesignMatrix): Float64Array {
  const means = new Float64Array(design.width)
  for (let i = 0; i < design.rowCount; i++) {
    const weight = design.weights[i]! / design.totalWeight
    for (let k = design.starts[i]!; k < design.starts[i + 1]!; k++)
      means[design.indices[k]!]! += weight * design.values[k]!
  }
  return means
}
