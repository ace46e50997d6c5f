/**
 * The penalty `strength / 2 * b' P b`. P is the identity on what is one-hot or standardised (ridge). On a curve it
 * is the sum of squared steps between neighbouring knots (a P-spline of first order, Eilers & Marx 1996), where
 * the reference knot stands at 0. The intercept is free.
 */
import { type Encoding, knotColumn } from '../encoding.ts'

/** P as entries of its upper triangle: row <= column. */
export interface Penalty {
  readonly rows: Int32Array
  readonly columns: Int32Array
  readonly values: Float64Array
}

export function penaltyOf(encoding: Encoding): Penalty {
  const rows: number[] = []
  const columns: number[] = []
  const values: number[] = []
  const add = (row: number, column: number, value: number): void => {
    rows.push(row)
    columns.push(column)
    values.push(value)
  }
  for (const block of encoding.blocks) {
    if (block.kind === 'curve') {
      const last = block.knots.length - 1
      for (let knot = 0; knot <= last; knot++) {
        if (knot === block.reference) continue
        const at = knotColumn(block, knot)
        add(at, at, knot > 0 && knot < last ? 2 : 1)
        if (knot < last && knot + 1 !== block.reference) add(at, knotColumn(block, knot + 1), -1)
      }
    } else {
      for (let k = block.start; k < block.start + block.size; k++) add(k, k, 1)
    }
    if (block.missingAt >= 0) add(block.missingAt, block.missingAt, 1)
  }
  return {
    rows: Int32Array.from(rows),
    columns: Int32Array.from(columns),
    values: Float64Array.from(values),
  }
}

/** b' P b; adds `factor * P b` to `gradient` when given. */
export function applyPenalty(
  { rows, columns, values }: Penalty,
  coefficients: Float64Array,
  factor: number,
  gradient: Float64Array,
): number {
  let form = 0
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!
    const column = columns[k]!
    const value = values[k]!
    const product = value * coefficients[row]! * coefficients[column]!
    gradient[row]! += factor * value * coefficients[column]!
    form += product
    if (row !== column) {
      gradient[column]! += factor * value * coefficients[row]!
      form += product
    }
  }
  return form
}
