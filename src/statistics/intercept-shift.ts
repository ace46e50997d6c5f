/** By how much probabilities are too low or too high altogether. */
import { checkOutcomes } from './contract.ts'
import { sigmoid } from './log-odds.ts'

export interface InterceptShift {
  /** Log-odds to add. */
  readonly shift: number
  /** Clustered by group; null with a single group. */
  readonly standardError: number | null
}

/** Beyond this no outcomes move log-odds; halving it often enough ends at the last bit. */
const WIDEST = 60
const HALVINGS = 80

/**
 * The shift of the largest likelihood: `sum of (sigmoid(x + shift) - y) = 0`, so that as many are said to reach the target as do. The left
 * side rises with the shift, so halving finds it. The standard error is the sandwich of Liang & Zeger (1986):
 *
 *     variance = G / (G - 1) * sum over groups of (sum of (p - y))^2 / (sum of p (1 - p))^2
 *
 * @returns NaN with one class: no shift is large enough.
 */
export function interceptShift(
  logOdds: Float64Array,
  labels: Uint8Array,
  groups: Int32Array,
): InterceptShift {
  checkOutcomes(logOdds, labels)
  const reached = labels.reduce((sum, label) => sum + label, 0)
  if (reached === 0 || reached === labels.length) return { shift: Number.NaN, standardError: null }
  const said = (shift: number): number => logOdds.reduce((sum, x) => sum + sigmoid(x + shift), 0)
  let [low, high] = [-WIDEST, WIDEST]
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2
    if (said(middle) < reached) low = middle
    else high = middle
  }
  const shift = (low + high) / 2
  const residuals = new Map<number, number>()
  let information = 0
  for (const [i, group] of groups.entries()) {
    const p = sigmoid(logOdds[i]! + shift)
    residuals.set(group, (residuals.get(group) ?? 0) + p - labels[i]!)
    information += p * (1 - p)
  }
  const squares = [...residuals.values()].reduce((sum, residual) => sum + residual ** 2, 0)
  const count = residuals.size
  const standardError = count < 2 ? null : Math.sqrt((squares * count) / (count - 1)) / information
  return { shift, standardError }
}
