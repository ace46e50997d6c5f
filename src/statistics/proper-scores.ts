/**
 * Proper scores: lower is better, and only the true probabilities have the lowest expectation (Gneiting & Raftery
 * 2007).
 */
import { checkOutcomes } from './contract.ts'
import { clampProbability } from './log-odds.ts'

/** `-mean(y ln p + (1 - y) ln(1 - p))`, natural logarithm, p clamped to [1e-6, 1 - 1e-6]. NaN for no rows. */
export function logLoss(probabilities: Float64Array, labels: Uint8Array): number {
  checkOutcomes(probabilities, labels)
  let sum = 0
  for (let i = 0; i < labels.length; i++) {
    const p = clampProbability(probabilities[i]!)
    sum -= labels[i] === 1 ? Math.log(p) : Math.log1p(-p)
  }
  return sum / labels.length
}

/** Log loss of telling everybody the base rate: the entropy of the outcomes. 0 with one class, NaN for no rows. */
export function baseRateLogLoss(labels: Uint8Array): number {
  const rate = baseRate(labels)
  if (rate === 0 || rate === 1) return 0
  return -(rate * Math.log(rate) + (1 - rate) * Math.log1p(-rate))
}

/** `mean((p - y)^2)` (Brier 1950). NaN for no rows. */
export function brierScore(probabilities: Float64Array, labels: Uint8Array): number {
  checkOutcomes(probabilities, labels)
  let sum = 0
  for (let i = 0; i < labels.length; i++) sum += (probabilities[i]! - labels[i]!) ** 2
  return sum / labels.length
}

/**
 * Skill against the base rate of the same rows: `1 - logLoss / baseRateLogLoss`. 1 is perfect, 0 no better than
 * the base rate, below 0 worse. NaN with one class.
 */
export function logLossSkill(probabilities: Float64Array, labels: Uint8Array): number {
  const base = baseRateLogLoss(labels)
  return base === 0 ? Number.NaN : 1 - logLoss(probabilities, labels) / base
}

/** Share of rows that reached the target. NaN for no rows. */
export function baseRate(labels: Uint8Array): number {
  let positives = 0
  for (const label of labels) positives += label
  return positives / labels.length
}
