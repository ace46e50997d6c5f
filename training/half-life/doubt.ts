/**
 * How sure the half-lives are: the Laplace approximation at the end of the descent, in ln(half-life), with the sandwich
 * `A^-1 (B + P) A^-1 * G / (G - 1)` clustered by account (Liang & Zeger 1986): A the Fisher information of the penalised loss, B the
 * sum over accounts of the squares of their gradients, P the precision of the prior. The derivatives are worked out by
 * hand, in double precision: a test compares them with the automatic ones.
 */
import { CholeskyDecomposition, Matrix as DenseMatrix, inverse } from 'ml-matrix'
import { WonlostError } from '../../src/errors.ts'
import { sigmoid } from '../../src/statistics/log-odds.ts'
import { BUCKET_COUNT, BUCKET_DAYS } from './age-buckets.ts'
import type { EventCounts, Exposures } from './exposures.ts'
import type { PaceLayout, PacePrior } from './pace-model.ts'

export interface Doubt {
  /** Standard errors, one a parameter. */
  readonly errors: Float64Array
  /** Of the loss with the prior; near 0 at the end of a descent. */
  readonly gradient: Float64Array
}

/** Throws `numeric_failure` when the information is not positive definite. */
export function doubtOf(
  exposures: Exposures,
  background: Float64Array,
  mask: Uint8Array,
  layout: PaceLayout,
  prior: PacePrior,
  parameters: Float64Array,
): Doubt {
  const { length } = layout
  const { labels, groups, rowCount } = exposures.background
  const derivatives = derivativesOf(exposures, background, layout, parameters)
  const information = new Float64Array(length * length)
  const scores = new Float64Array(length * length)
  const gradient = new Float64Array(length)
  const score = new Float64Array(length)
  let accounts = 0
  const closeAccount = (): void => {
    accounts += 1
    addSquare(scores, score, 1)
    score.fill(0)
  }
  let open = false
  for (let row = 0; row < rowCount; row++) {
    if (open && groups[row] !== groups[row - 1]) {
      closeAccount()
      open = false
    }
    if (mask[row] === 0) continue
    open = true
    const { logOdds, slopes } = derivatives(row)
    const probability = sigmoid(logOdds)
    addSquare(information, slopes, probability * (1 - probability))
    for (let k = 0; k < length; k++) score[k]! += (probability - labels[row]!) * slopes[k]!
    for (let k = 0; k < length; k++) gradient[k]! += (probability - labels[row]!) * slopes[k]!
  }
  if (open) closeAccount()
  for (let k = 0; k < length; k++) {
    information[k * length + k]! += prior.precision[k]!
    scores[k * length + k]! += prior.precision[k]!
    gradient[k]! += prior.precision[k]! * (parameters[k]! - prior.mean[k]!)
  }
  const cholesky = new CholeskyDecomposition(toSymmetric(information, length))
  if (!cholesky.isPositiveDefinite())
    throw new WonlostError('numeric_failure', 'The information on half-lives is not positive definite.')
  const lower = inverse(cholesky.lowerTriangularMatrix)
  const bread = lower.transpose().mmul(lower)
  const covariance = bread.mmul(toSymmetric(scores, length)).mmul(bread)
  const spread = accounts > 1 ? accounts / (accounts - 1) : 1
  const errors = Float64Array.from({ length }, (_, k) => Math.sqrt(covariance.get(k, k) * spread))
  return { errors, gradient }
}

/** Log-odds of a row and its derivatives by each parameter; the array is used again for the next row. */
function derivativesOf(
  { own, colleagues, levels }: Exposures,
  background: Float64Array,
  layout: PaceLayout,
  parameters: Float64Array,
): (row: number) => { logOdds: number; slopes: Float64Array } {
  const slopes = new Float64Array(layout.length)
  const share = Math.exp(parameters[layout.share]!)
  const types = own.map((counts, event) => ({
    weight: Math.exp(parameters[layout.weights + event]!),
    decay: decayAt(parameters[layout.halfLives + event]!),
    sources: [cursorOf(counts, 1, false), cursorOf(colleagues[event]!, share, true)],
  }))
  return (row) => {
    slopes.fill(0)
    let added = 0
    for (const [event, { weight, decay, sources }] of types.entries()) {
      for (const { at, counts, factor, isColleagues } of sources) {
        const pair = at(row)
        if (pair < 0) continue
        let decayed = 0
        let byHalfLife = 0
        for (let bucket = 0; bucket < BUCKET_COUNT; bucket++) {
          const count = counts[pair * BUCKET_COUNT + bucket]!
          if (count === 0) continue
          decayed += count * decay.share[bucket]!
          byHalfLife += count * decay.slope[bucket]!
        }
        const scale = weight * factor
        added += scale * decayed
        slopes[layout.weights + event]! += scale * decayed
        slopes[layout.halfLives + event]! += scale * byHalfLife
        if (isColleagues) slopes[layout.share]! += scale * decayed
      }
    }
    for (let k = layout.weights; k < layout.length; k++) slopes[k]! /= 1 + added
    const level = levels[row]!
    slopes[level] = 1
    slopes[layout.slope] = background[row]!
    const logOdds = parameters[level]! + parameters[layout.slope]! * background[row]! + Math.log1p(added)
    return { logOdds, slopes }
  }
}

/** 2^(-age / halfLife) by bucket, and its derivative by ln(halfLife). */
function decayAt(logHalfLife: number): { share: Float64Array; slope: Float64Array } {
  const halfLife = Math.exp(logHalfLife)
  const share = BUCKET_DAYS.map((days) => 2 ** (-days / halfLife))
  return { share, slope: share.map((left, bucket) => (left * Math.LN2 * BUCKET_DAYS[bucket]!) / halfLife) }
}

/** Finds the pair of a row, asked for in rising order of rows; -1 where it has none. */
function cursorOf({ rows, counts }: EventCounts, factor: number, isColleagues: boolean) {
  let next = 0
  const at = (row: number): number => {
    while (next < rows.length && rows[next]! < row) next++
    return rows[next] === row ? next : -1
  }
  return { at, counts, factor, isColleagues }
}

/** square += scale * v v', upper triangle; zeros cost nothing. */
function addSquare(square: Float64Array, v: Float64Array, scale: number): void {
  for (let i = 0; i < v.length; i++) {
    if (v[i] === 0) continue
    const scaled = scale * v[i]!
    for (let j = i; j < v.length; j++) square[i * v.length + j]! += scaled * v[j]!
  }
}

function toSymmetric(upper: Float64Array, width: number): DenseMatrix {
  const full = new DenseMatrix(width, width)
  for (let i = 0; i < width; i++) {
    for (let j = i; j < width; j++) {
      full.set(i, j, upper[i * width + j]!)
      full.set(j, i, upper[i * width + j]!)
    }
  }
  return full
}
