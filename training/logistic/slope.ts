/**
 * One number for a curve: the slope of the straight line closest to it (weighted least squares over the fit rows
 * that have a value), `cov(f(t), t) / var(t)`. It is linear in the coefficients, and exactly the weight where f is
 * a straight line.
 */
import { curvePosition } from '../../src/model/curve.ts'
import { transformNumber } from '../../src/model/transform.ts'
import { type Block, knotColumn } from '../encoding.ts'
import type { Matrix } from '../matrix.ts'

export interface StandardSlope {
  /** Multiply each coefficient of the block by its number here and sum: log-odds for one standard deviation more. */
  readonly contrast: Float64Array
  /** Standard deviation of the transformed value. */
  readonly deviation: number
}

/** `block` is the one of column c, linear or a curve. */
export function standardSlope(fit: Matrix, c: number, block: Block): StandardSlope {
  if (block.kind !== 'linear' && block.kind !== 'curve')
    throw new TypeError(`No slope in a block of kind ${block.kind}.`)
  const width = fit.columns.length
  const hats = new Float64Array(block.size)
  const products = new Float64Array(block.size)
  let total = 0
  let sum = 0
  let squares = 0
  // Around some value of the column, so that large numbers (years, amounts) do not eat the digits.
  let shift = Number.NaN
  for (let i = 0; i < fit.rowCount; i++) {
    const value = transformNumber(block.transform, fit.data[i * width + c]!)
    if (Number.isNaN(value)) continue
    if (Number.isNaN(shift)) shift = value
    const weight = fit.weights?.[i] ?? 1
    const t = value - shift
    total += weight
    sum += weight * t
    squares += weight * t * t
    const add = (k: number, x: number): void => {
      hats[k]! += weight * x
      products[k]! += weight * x * t
    }
    if (block.kind === 'linear') add(0, (value - block.origin) / block.scale)
    else {
      const { first, share } = curvePosition(block.knots, value)
      if (first !== block.reference) add(knotColumn(block, first) - block.start, 1 - share)
      if (first + 1 !== block.reference) add(knotColumn(block, first + 1) - block.start, share)
    }
  }
  const mean = sum / total
  const deviation = Math.sqrt(squares / total - mean * mean)
  const contrast = products.map((product, k) => (product / total - (hats[k]! / total) * mean) / deviation)
  return { contrast, deviation }
}
