/**
 * Newton's method with a Hessian that is renewed only when it has gone stale. The Hessian of the data costs far
 * more than the gradient and changes little between neighbouring strengths, so one Hessian serves many steps (the
 * chord, or Shamanskii, method: Kelley 1995, Iterative Methods for Linear and Nonlinear Equations, 5.4). Steps are
 * halved until the objective falls enough (Armijo), so every run ends at the one minimum of this strictly convex
 * function.
 */
import { WonlostError } from '../../src/errors.ts'
import type { Steps } from '../steps.ts'
import { choleskyFactor, solveCholesky } from './cholesky.ts'
import type { DesignMatrix } from './design-matrix.ts'
import { dataHessian, valueAndGradient } from './objective.ts'
import type { Penalty } from './penalty.ts'

export interface Problem {
  readonly design: DesignMatrix
  readonly penalty: Penalty
}

export interface Minimum {
  readonly coefficients: Float64Array
  /** f at the minimum. */
  readonly value: number
  readonly iterations: number
}

/** The data Hessian (upper triangle) at some earlier coefficients, kept from one strength to the next. */
export interface HessianCache {
  hessian: Float64Array | null
}

const MAXIMUM_ITERATIONS = 100
const MAXIMUM_HALVINGS = 40
/** Demanded share of the decrease that the quadratic model promises. */
const ARMIJO = 1e-4
/**
 * f is a sum of many parts: near the minimum it is known to about this share, and steps must not be judged by its
 * noise.
 */
const ROUNDING = 1e-13
/** Below this share of the total weight a decrement may be rounding. */
const NOISE = 1e-16
/** A step that leaves more than this share of the Newton decrement shows that the Hessian is stale. */
const STALE_RATIO = 0.3

/**
 * A step is one of Newton's.
 * @param tolerance Ends when half the Newton decrement, an estimate of f - min f, is at most tolerance * total
 *   weight: 1e-8 is below what a mean log loss can tell apart. Errors of coefficients go with its root.
 * @throws `numeric_failure` when the Hessian is not positive definite, or it does not end.
 */
export function* minimise(
  { design, penalty }: Problem,
  strength: number,
  start: Float64Array,
  cache: HessianCache,
  tolerance: number,
): Steps<Minimum> {
  const { width } = design
  const coefficients = start.slice()
  let gradient = new Float64Array(width)
  let trialGradient = new Float64Array(width)
  const trial = new Float64Array(width)
  let value = valueAndGradient(design, penalty, strength, coefficients, gradient)
  /** The Hessian is the one at the coefficients; the last step was taken with such a one. */
  let fresh = false
  let freshStep = false
  const renew = (): Float64Array => {
    const hessian = new Float64Array(width * width)
    dataHessian(design, coefficients, hessian)
    cache.hessian = hessian
    fresh = true
    return factor(hessian, penalty, strength, width)
  }
  let lower = cache.hessian ? factor(cache.hessian, penalty, strength, width) : renew()
  let previousDecrement = Number.POSITIVE_INFINITY
  for (let iteration = 1; iteration <= MAXIMUM_ITERATIONS; iteration++) {
    let step = solveCholesky(lower, gradient)
    let decrement = dot(gradient, step)
    if (decrement > STALE_RATIO * previousDecrement) {
      // A step by the right Hessian squares the error. Where it does not, and next to nothing is left, that is
      // rounding.
      if (freshStep && decrement / 2 <= NOISE * design.totalWeight)
        return { coefficients, value, iterations: iteration }
      lower = renew()
      step = solveCholesky(lower, gradient)
      decrement = dot(gradient, step)
    }
    if (decrement / 2 <= tolerance * design.totalWeight) return { coefficients, value, iterations: iteration }
    previousDecrement = decrement
    let length = 1
    let next = value
    for (let halvings = 0; halvings < MAXIMUM_HALVINGS; halvings++, length /= 2) {
      for (let k = 0; k < width; k++) trial[k] = coefficients[k]! - length * step[k]!
      next = valueAndGradient(design, penalty, strength, trial, trialGradient)
      if (next <= value - ARMIJO * length * decrement + ROUNDING * value) break
    }
    coefficients.set(trial)
    ;[gradient, trialGradient] = [trialGradient, gradient]
    value = next
    freshStep = fresh
    fresh = false
    yield
  }
  throw new WonlostError(
    'numeric_failure',
    `Newton's method did not end in ${MAXIMUM_ITERATIONS} steps at strength ${strength}, ${design.rowCount} rows, ${width} coefficients.`,
  )
}

/** The lower Cholesky factor, row-major, of the data Hessian (upper triangle) plus strength * P. */
export function factor(
  hessian: Float64Array,
  penalty: Penalty,
  strength: number,
  width: number,
): Float64Array {
  const full = new Float64Array(width * width)
  for (let i = 0; i < width; i++) {
    for (let j = i; j < width; j++) {
      const value = hessian[i * width + j]!
      full[i * width + j] = value
      full[j * width + i] = value
    }
  }
  for (let k = 0; k < penalty.rows.length; k++) {
    const row = penalty.rows[k]!
    const column = penalty.columns[k]!
    const value = full[row * width + column]! + strength * penalty.values[k]!
    full[row * width + column] = value
    full[column * width + row] = value
  }
  const lower = choleskyFactor(full, width)
  if (!lower)
    throw new WonlostError(
      'numeric_failure',
      `The Hessian is not positive definite at strength ${strength}, ${width} coefficients; a larger strength helps.`,
    )
  return lower
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!
  return sum
}
