/**
 * Beta calibration (Kull, Silva Filho & Flach 2017, "Beyond sigmoids"): with p = sigmoid(raw score),
 *
 *     logit q = a log p - b log(1 - p) + c,   a, b >= 0
 *
 * by maximum likelihood: logistic regression on log p and -log(1 - p). A coefficient below 0 is set to 0 and the other fitted by
 * itself, as the authors do. It bends where the low and the high end of the scores are wrong in different ways; a = b is Platt's.
 */
import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import type { Calibration } from '../../src/model/artifact.ts'
import { createCalibrator, softplus } from '../../src/model/calibration.ts'
import { type CalibrationLine, calibrationLine } from '../../src/statistics/calibration-line.ts'
import { logisticLoss, sigmoid } from '../../src/statistics/log-odds.ts'
import { affineShare } from './affine-share.ts'

const MAXIMUM_ITERATIONS = 100
const MAXIMUM_HALVINGS = 40

/**
 * @param average Raw score of the average row.
 * @returns null where there is no maximum, or the curve would not rise.
 */
export function fitBeta(rawScores: Float64Array, labels: Uint8Array, average: number): Calibration | null {
  const line = calibrationLine(rawScores, labels)
  if (!(line.slope > 0)) return null
  const low = rawScores.map((rawScore) => -softplus(-rawScore))
  const high = rawScores.map(softplus)
  const found = maximum(low, high, labels, line)
  if (!found) return null
  const [a, b, c] = constrained(found, low, high, labels)
  if (!(a >= 0 && b >= 0 && a + b > 0)) return null
  const fitted = { kind: 'beta', a, b, c, slope: 1 } as const
  const slope = affineShare(createCalibrator(fitted).logOdds, rawScores, average)
  return slope > 0 ? { ...fitted, slope } : null
}

type Coefficients = readonly [a: number, b: number, c: number]

function constrained(
  found: Coefficients,
  low: Float64Array,
  high: Float64Array,
  labels: Uint8Array,
): Coefficients {
  if (found[0] < 0) {
    const { slope, intercept } = calibrationLine(high, labels)
    return [0, slope, intercept]
  }
  if (found[1] < 0) {
    const { slope, intercept } = calibrationLine(low, labels)
    return [slope, 0, intercept]
  }
  return found
}

/** Newton's method with step halving, from Platt's line. null where the data do not tell the two columns apart. */
function maximum(
  low: Float64Array,
  high: Float64Array,
  labels: Uint8Array,
  { slope, intercept }: CalibrationLine,
): Coefficients | null {
  const lossAt = (c: Coefficients): number => {
    let sum = 0
    for (let i = 0; i < labels.length; i++)
      sum += logisticLoss(c[0] * low[i]! + c[1] * high[i]! + c[2], labels[i]!)
    return sum
  }
  let current: Coefficients = [slope, slope, intercept]
  let loss = lossAt(current)
  for (let iteration = 0; iteration < MAXIMUM_ITERATIONS; iteration++) {
    const step = newtonStep(current, low, high, labels)
    if (!step) return null
    let length = 1
    let next = moved(current, step, length)
    let nextLoss = lossAt(next)
    for (let halvings = 0; nextLoss > loss * (1 + 1e-14) && halvings < MAXIMUM_HALVINGS; halvings++) {
      length /= 2
      next = moved(current, step, length)
      nextLoss = lossAt(next)
    }
    current = next
    loss = nextLoss
    if (step.every((part, k) => Math.abs(part) < 1e-10 * (1 + Math.abs(current[k]!)))) return current
  }
  return null
}

function newtonStep(
  [a, b, c]: Coefficients,
  low: Float64Array,
  high: Float64Array,
  labels: Uint8Array,
): Coefficients | null {
  // Gradient (ga, gb, gc) and the upper half of the Hessian of the loss.
  let [ga, gb, gc, haa, hab, hac, hbb, hbc, hcc] = [0, 0, 0, 0, 0, 0, 0, 0, 0]
  for (let i = 0; i < labels.length; i++) {
    const [x, y] = [low[i]!, high[i]!]
    const p = sigmoid(a * x + b * y + c)
    const residual = p - labels[i]!
    const curvature = p * (1 - p)
    ga += residual * x
    gb += residual * y
    gc += residual
    haa += curvature * x * x
    hab += curvature * x * y
    hac += curvature * x
    hbb += curvature * y * y
    hbc += curvature * y
    hcc += curvature
  }
  const hessian = new Matrix([
    [haa, hab, hac],
    [hab, hbb, hbc],
    [hac, hbc, hcc],
  ])
  const cholesky = new CholeskyDecomposition(hessian)
  if (!cholesky.isPositiveDefinite()) return null
  const [stepA = 0, stepB = 0, stepC = 0] = cholesky.solve(Matrix.columnVector([ga, gb, gc])).to1DArray()
  return [stepA, stepB, stepC]
}

function moved(from: Coefficients, step: Coefficients, length: number): Coefficients {
  return [from[0] - length * step[0], from[1] - length * step[1], from[2] - length * step[2]]
}
