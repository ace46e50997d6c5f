import { describe, expect, it } from 'vitest'
import { fitEncoding } from '../../../training/encoding.ts'
import { encodeMatrix } from '../../../training/logistic/design-matrix.ts'
import { minimise } from '../../../training/logistic/newton.ts'
import { dataHessian, valueAndGradient } from '../../../training/logistic/objective.ts'
import { applyPenalty, penaltyOf } from '../../../training/logistic/penalty.ts'
import { atOnce } from '../../../training/steps.ts'
import { categoryColumn, flagColumn, matrixOf, numberColumn } from './matrix.ts'
import reference from './reference.json' with { type: 'json' }

const matrix = matrixOf(
  [
    numberColumn('size', 'log1p'),
    numberColumn('visits'),
    flagColumn('free_mail'),
    categoryColumn('source', 'a', 'b', 'c'),
  ],
  reference.rows,
  reference.labels,
  { weights: reference.weights },
)
const encoding = fitEncoding(matrix, 'curve')
const design = encodeMatrix(encoding, matrix)
const penalty = penaltyOf(encoding)
const { width } = design
const strength = 2.5
const point = Float64Array.from({ length: width }, (_, k) => Math.sin(k + 1) / 2)

function at(coefficients: Float64Array): { value: number; gradient: Float64Array } {
  const gradient = new Float64Array(width)
  return { value: valueAndGradient(design, penalty, strength, coefficients, gradient), gradient }
}

const moved = (k: number, by: number) => point.with(k, point[k]! + by)

// Central differences: the error is of order h^2 = 1e-8, against gradients of order 1 to 100.
const H = 1e-4

describe('the objective', () => {
  it('has the gradient that finite differences find', () => {
    const { gradient } = at(point)
    for (let k = 0; k < width; k++) {
      const difference = (at(moved(k, H)).value - at(moved(k, -H)).value) / (2 * H)
      expect(gradient[k]).toBeCloseTo(difference, 5)
    }
  })

  it('has the Hessian that finite differences of the gradient find', () => {
    const hessian = new Float64Array(width * width)
    dataHessian(design, point, hessian)
    for (let i = 0; i < width; i++) {
      const above = at(moved(i, H)).gradient
      const below = at(moved(i, -H)).gradient
      // The penalty's part is its form at the unit vector, by the same function that the objective uses.
      const pull = new Float64Array(width)
      applyPenalty(penalty, new Float64Array(width).with(i, 1), strength, pull)
      for (let j = i; j < width; j++)
        expect(hessian[i * width + j]! + pull[j]!).toBeCloseTo((above[j]! - below[j]!) / (2 * H), 4)
    }
  })

  it('does not pull at the intercept, and pulls at everything else', () => {
    const form = (k: number) =>
      applyPenalty(penalty, new Float64Array(width).with(k, 1), 0, new Float64Array(width))
    expect(form(width - 1)).toBe(0)
    for (let k = 0; k < width - 1; k++) expect(form(k)).toBeGreaterThan(0)
  })

  it('is minimised from anywhere, with a stale Hessian or without', () => {
    const start = new Float64Array(width)
    const fresh = atOnce(minimise({ design, penalty }, strength, start, { hessian: null }, 1e-22))
    const stale = new Float64Array(width * width)
    dataHessian(
      design,
      point.map((x) => 4 * x),
      stale,
    )
    const far = point.map((x) => 20 * x)
    const other = atOnce(minimise({ design, penalty }, strength, far, { hessian: stale }, 1e-22))
    for (let k = 0; k < width; k++) expect(other.coefficients[k]).toBeCloseTo(fresh.coefficients[k]!, 9)
    expect(Math.hypot(...at(fresh.coefficients).gradient)).toBeLessThan(1e-7)
  })
})
