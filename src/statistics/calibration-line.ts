/**
 * The calibration line: logistic regression of the outcome on the log-odds, `logit P(y = 1) = slope * x +
 * intercept` (Cox 1958). Calibrated means slope 1 and intercept 0; a slope below 1 says that the probabilities are
 * too extreme. Maximum likelihood by Newton's method with step halving; the likelihood is concave, so there is one
 * maximum or none.
 */
import { checkOutcomes } from './contract.ts'
import { logisticLoss, logit, sigmoid } from './log-odds.ts'

export interface CalibrationLine {
  readonly slope: number
  readonly intercept: number
}

const MAXIMUM_ITERATIONS = 100
const UNDEFINED: CalibrationLine = { slope: Number.NaN, intercept: Number.NaN }

/**
 * @param logOdds Finite.
 * @returns NaN for both where no maximum exists: one class, all log-odds equal, or classes told apart without a
 *   mistake.
 */
export function calibrationLine(
  logOdds: Float64Array,
  labels: Uint8Array,
  weights?: Float64Array,
): CalibrationLine {
  checkOutcomes(logOdds, labels)
  if (!hasMaximum(logOdds, labels)) return UNDEFINED
  const weightOf = (i: number): number => weights?.[i] ?? 1
  const lossAt = (slope: number, intercept: number): number => {
    let sum = 0
    for (let i = 0; i < labels.length; i++)
      sum += weightOf(i) * logisticLoss(slope * logOdds[i]! + intercept, labels[i]!)
    return sum
  }
  // From no slope at all, where the curvature is largest: at slope 1 scores far apart leave none to go by.
  let slope = 0
  let intercept = logit(weightedRate(labels, weights))
  let loss = lossAt(slope, intercept)
  // What rounding may do to a sum of so many: at the maximum a good step must not be halved for it, a hundred times over.
  const rounding = 1 + Math.max(1e-14, labels.length * Number.EPSILON)
  for (let iteration = 0; iteration < MAXIMUM_ITERATIONS; iteration++) {
    // Gradient (gs, gi) and Hessian ((hss, hsi), (hsi, hii)) of the loss.
    let [gs, gi, hss, hsi, hii] = [0, 0, 0, 0, 0]
    for (let i = 0; i < labels.length; i++) {
      const x = logOdds[i]!
      const p = sigmoid(slope * x + intercept)
      const residual = weightOf(i) * (p - labels[i]!)
      const curvature = weightOf(i) * p * (1 - p)
      gs += residual * x
      gi += residual
      hss += curvature * x * x
      hsi += curvature * x
      hii += curvature
    }
    const determinant = hss * hii - hsi * hsi
    if (!(determinant > 0)) return UNDEFINED
    const slopeStep = (hii * gs - hsi * gi) / determinant
    const interceptStep = (hss * gi - hsi * gs) / determinant
    let length = 1
    let next = lossAt(slope - slopeStep, intercept - interceptStep)
    while (next > loss * rounding && length > 1e-9) {
      length /= 2
      next = lossAt(slope - length * slopeStep, intercept - length * interceptStep)
    }
    slope -= length * slopeStep
    intercept -= length * interceptStep
    loss = next
    if (
      Math.abs(slopeStep) < 1e-12 * (1 + Math.abs(slope)) &&
      Math.abs(interceptStep) < 1e-12 * (1 + Math.abs(intercept))
    )
      break
  }
  return { slope, intercept }
}

function weightedRate(labels: Uint8Array, weights?: Float64Array): number {
  let reached = 0
  let total = 0
  for (let i = 0; i < labels.length; i++) {
    reached += (weights?.[i] ?? 1) * labels[i]!
    total += weights?.[i] ?? 1
  }
  return reached / total
}

/**
 * Albert & Anderson 1984: with one column, a maximum exists when the ranges of the two classes overlap in more
 * than a point.
 */
function hasMaximum(x: Float64Array, labels: Uint8Array): boolean {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!
    low[label] = Math.min(low[label]!, x[i]!)
    high[label] = Math.max(high[label]!, x[i]!)
  }
  return high[0]! > low[1]! && high[1]! > low[0]!
}
