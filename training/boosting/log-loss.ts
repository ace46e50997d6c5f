/**
 * Log loss of a row with weight w, label y and raw score s, and its first two derivatives in s:
 *
 *     L = w * (ln(1 + e^s) - y * s)        g = w * (p - y)        h = w * p * (1 - p)        p = 1 / (1 + e^-s)
 */
import { logisticLoss } from '../../src/statistics/log-odds.ts'
import { exponential } from './exponential.ts'
import type { KernelMemory } from './kernel-memory.ts'

/** A row that is told with certainty still has a hessian, so that no leaf divides by 0. */
export const LEAST_HESSIAN = 1e-16

/** The hessian of a row of weight 1 is at most this: at p = 1/2. */
export const MOST_HESSIAN = 0.25

/** Fills the gradient pairs of rows start .. end - 1. */
export function computeGradients(
  { scores, labels, weights, gradients }: Pick<KernelMemory, 'scores' | 'labels' | 'weights' | 'gradients'>,
  start: number,
  end: number,
): void {
  const weighted = weights.length > 0
  for (let i = start; i < end; i++) {
    const p = 1 / (1 + exponential(-scores[i]!))
    const weight = weighted ? weights[i]! : 1
    gradients[2 * i] = weight * (p - labels[i]!)
    gradients[2 * i + 1] = weight * Math.max(p * (1 - p), LEAST_HESSIAN)
  }
}

/** Weighted mean of L / w. `weights` of length 0 means all 1. */
export function meanLogLoss(scores: Float64Array, labels: Uint8Array, weights: Float64Array): number {
  let loss = 0
  let total = 0
  for (let i = 0; i < labels.length; i++) {
    const weight = weights.length > 0 ? weights[i]! : 1
    loss += weight * logisticLoss(scores[i]!, labels[i]!)
    total += weight
  }
  return loss / total
}

/**
 * The raw score that does best for all rows alike: the log-odds of the weighted base rate. Needs both classes. Finite also where
 * one of them weighs next to nothing: a share of it would round to 0 or 1.
 */
export function bestConstant(labels: Uint8Array, weights: Float64Array): number {
  let reached = 0
  let missed = 0
  for (let i = 0; i < labels.length; i++) {
    const weight = weights.length > 0 ? weights[i]! : 1
    if (labels[i] === 1) reached += weight
    else missed += weight
  }
  return Math.log(reached) - Math.log(missed)
}
