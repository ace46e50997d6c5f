/**
 * How sure the half-lives are: the Laplace approximation at the least loss, in ln(half-life), with the sandwich
 * `A^-1 B A^-1 * G / (G - 1)` clustered by account (Liang & Zeger 1986): A the information, B the sum over accounts of the squares of their
 * gradients, both with the prior.
 */
import { type Matrix as DenseMatrix, inverse } from 'ml-matrix'
import { toSymmetric } from '../symmetric.ts'
import { choleskyOf } from './cholesky.ts'
import type { Information } from './information.ts'

/** Standard errors, one a parameter. Throws `numeric_failure` when the information is not positive definite. */
export function errorsOf({ information, scores, accounts, gradient }: Information): Float64Array {
  const { length } = gradient
  const lower: DenseMatrix = inverse(choleskyOf(toSymmetric(information, length)).lowerTriangularMatrix)
  const bread = lower.transpose().mmul(lower)
  const covariance = bread.mmul(toSymmetric(scores, length)).mmul(bread)
  const spread = accounts > 1 ? accounts / (accounts - 1) : 1
  return Float64Array.from({ length }, (_, k) => Math.sqrt(covariance.get(k, k) * spread))
}
