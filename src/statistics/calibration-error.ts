/**
 * How sure the figures of calibration are. Rows of one account stand or fall together, so accounts are resampled.
 */
import { type BootstrapOptions, quantile, resampleGroups, type WeightedStatistic } from './bootstrap.ts'
import type { CalibrationLine } from './calibration-line.ts'
import { sigmoid } from './log-odds.ts'
import { binsOfEqualCount } from './reliability.ts'

/**
 * The slope of the calibration line under weights, by one step of Newton's method from the line through all rows (the one-step
 * bootstrap, Davison & Hinkley 1997, 7.2.2): a replicate then costs five sums instead of a fit.
 * @param line Through these rows, of weight 1. NaN gives NaN.
 */
export function prepareSlope(
  logOdds: Float64Array,
  labels: Uint8Array,
  { slope, intercept }: CalibrationLine,
): WeightedStatistic {
  const residuals = new Float64Array(labels.length)
  const curvatures = new Float64Array(labels.length)
  for (let i = 0; i < labels.length; i++) {
    const p = sigmoid(slope * logOdds[i]! + intercept)
    residuals[i] = p - labels[i]!
    curvatures[i] = p * (1 - p)
  }
  return (weights) => {
    let [gs, gi, hss, hsi, hii] = [0, 0, 0, 0, 0]
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i]!
      if (weight === 0) continue
      const x = logOdds[i]!
      const residual = weight * residuals[i]!
      const curvature = weight * curvatures[i]!
      gs += residual * x
      gi += residual
      hss += curvature * x * x
      hsi += curvature * x
      hii += curvature
    }
    const determinant = hss * hii - hsi * hsi
    return determinant > 0 ? slope - (hii * gs - hsi * gi) / determinant : Number.NaN
  }
}

/** The expected calibration error under weights, on the bins of equal count that all rows make. */
export function prepareCalibrationError(
  probabilities: Float64Array,
  labels: Uint8Array,
  binCount = 10,
): WeightedStatistic {
  const { binOf, bins } = binnedRows(probabilities, labels, binCount)
  const gaps = new Float64Array(bins)
  return (weights) => {
    const total = sumGaps(probabilities, labels, binOf, weights, gaps)
    return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / total
  }
}

/**
 * 95 % interval of the calibration error from the percentiles of its bootstrap: mirrored at the figure. Even true probabilities
 * have an error on finite data, chance; a replicate has that of the data and its own on top. Mirroring takes off what is
 * chance (the basic bootstrap, Davison & Hinkley 1997, 5.2), so the interval may lie below the figure; never below 0.
 */
export function errorInterval(
  error: number,
  percentiles: readonly [number, number] | null,
): [number, number] | null {
  if (percentiles === null || Number.isNaN(error)) return null
  return [Math.max(0, 2 * error - percentiles[1]), Math.max(0, 2 * error - percentiles[0])]
}

/**
 * The calibration error that chance alone gives true probabilities on these rows: its `share` quantile (0.95: exceeded once in
 * twenty). The outcomes are drawn by account from those that came. What a bin of the truth lacks or has too much in the data is
 * chance as well, so the gap of each replicate is counted from there:
 *
 *     sum over bins of |gap*(b) - gap(b)| / rows*,     gap(b) = sum over rows of b of (truth - outcome)
 *
 * Simulating outcomes from the truth instead would lose that an account decides once for all of its rows.
 *
 * @param truth The true probability of each row. NaN with fewer than two groups.
 */
export function errorOfTruth(
  truth: Float64Array,
  labels: Uint8Array,
  groups: Int32Array,
  options: BootstrapOptions & { readonly share?: number; readonly binCount?: number },
): number {
  const { binOf, bins } = binnedRows(truth, labels, options.binCount ?? 10)
  const found = new Float64Array(bins)
  const rows = sumGaps(truth, labels, binOf, new Float64Array(labels.length).fill(1), found)
  const gaps = new Float64Array(bins)
  const errors: number[] = []
  resampleGroups(groups, options, (weights) => {
    const total = sumGaps(truth, labels, binOf, weights, gaps)
    errors.push(gaps.reduce((sum, gap, bin) => sum + Math.abs(gap / total - found[bin]! / rows), 0))
  })
  errors.sort((a, b) => a - b)
  return errors.length === 0 ? Number.NaN : quantile(errors, options.share ?? 0.95)
}

function binnedRows(probabilities: Float64Array, labels: Uint8Array, binCount: number) {
  const rowsOfBins = binsOfEqualCount(probabilities, labels, binCount)
  const binOf = new Int32Array(labels.length)
  for (const [bin, rows] of rowsOfBins.entries()) for (const row of rows) binOf[row] = bin
  return { binOf, bins: rowsOfBins.length }
}

/** Into `gaps`: the sum of probability minus outcome of each bin. Returns the sum of the weights. */
function sumGaps(
  probabilities: Float64Array,
  labels: Uint8Array,
  binOf: Int32Array,
  weights: Float64Array,
  gaps: Float64Array,
): number {
  gaps.fill(0)
  let total = 0
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!
    total += weight
    gaps[binOf[i]!]! += weight * (probabilities[i]! - labels[i]!)
  }
  return total
}
