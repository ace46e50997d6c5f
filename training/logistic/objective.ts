/**
 * What is minimised: `f(b) = sum of weight * logisticLoss(x'b, label) + strength / 2 * b' P b`, with its gradient
 * `X'(w (p - y)) + strength * P b` and the Hessian of its data part `X' diag(w p (1 - p)) X`.
 */
import { logisticLoss, sigmoid } from '../../src/statistics/log-odds.ts'
import { type DesignMatrix, marginOf } from './design-matrix.ts'
import { applyPenalty, type Penalty } from './penalty.ts'

/** f(b); writes the gradient. One pass over the entries. */
export function valueAndGradient(
  design: DesignMatrix,
  penalty: Penalty,
  strength: number,
  coefficients: Float64Array,
  gradient: Float64Array,
): number {
  const { rowCount, starts, indices, values, labels, weights } = design
  gradient.fill(0)
  let loss = 0
  for (let i = 0; i < rowCount; i++) {
    const margin = marginOf(design, coefficients, i)
    const weight = weights[i]!
    const label = labels[i]!
    loss += weight * logisticLoss(margin, label)
    const residual = weight * (sigmoid(margin) - label)
    for (let k = starts[i]!, end = starts[i + 1]!; k < end; k++)
      gradient[indices[k]!]! += residual * values[k]!
  }
  return loss + (strength / 2) * applyPenalty(penalty, coefficients, strength, gradient)
}

/**
 * The upper triangle of the Hessian of the data part, row-major in `hessian` (width * width). The rest is not
 * touched.
 */
export function dataHessian(design: DesignMatrix, coefficients: Float64Array, hessian: Float64Array): void {
  const { rowCount, width, weights } = design
  hessian.fill(0)
  for (let i = 0; i < rowCount; i++) {
    const p = sigmoid(marginOf(design, coefficients, i))
    addOuterProduct(design, i, weights[i]! * p * (1 - p), hessian, width)
  }
}

/**
 * hessian += curvature * x x', upper triangle. Only entries that are there are touched: one-hot blocks cost one
 * each.
 */
function addOuterProduct(
  { starts, indices, values }: DesignMatrix,
  row: number,
  curvature: number,
  hessian: Float64Array,
  width: number,
): void {
  const end = starts[row + 1]!
  for (let k = starts[row]!; k < end; k++) {
    const scaled = curvature * values[k]!
    const base = indices[k]! * width
    for (let l = k; l < end; l++) hessian[base + indices[l]!]! += scaled * values[l]!
  }
}

/** Mean log loss of these coefficients on other rows. */
export function meanLogLoss(design: DesignMatrix, coefficients: Float64Array): number {
  let loss = 0
  for (let i = 0; i < design.rowCount; i++)
    loss += design.weights[i]! * logisticLoss(marginOf(design, coefficients, i), design.labels[i]!)
  return loss / design.totalWeight
}
