/**
 * Platt's calibration: probabilities as a logistic function of the raw score, `sigmoid(slope * rawScore +
 * intercept)`, fitted by maximum likelihood on rows the model has not seen. Platt (1999) also pulls the targets
 * in, to (N+ + 1) / (N+ + 2) and 1 / (N- + 2), against overconfidence on the few training points of a support
 * vector machine. Here raw scores are log-odds, and the calibration rows were not learned from: the pull would
 * flatten the line of a model that is right, so it is left out. An affine map keeps contributions exact.
 */
import type { Calibration } from '../../src/model/artifact.ts'
import { calibrationLine } from '../../src/statistics/calibration-line.ts'

export interface PlattFit {
  readonly calibration: Calibration
  /** Why the raw score was left as it is; null when it was calibrated. */
  readonly identity_because: string | null
}

/**
 * @param rawScores Log-odds, finite.
 * @returns identity where no line exists (one class, equal scores, perfect separation), or where it does not rise:
 *   a calibrator must not turn the order around.
 */
export function fitPlatt(rawScores: Float64Array, labels: Uint8Array, weights?: Float64Array): PlattFit {
  const { slope, intercept } = calibrationLine(rawScores, labels, weights)
  if (Number.isNaN(slope))
    return identity(
      `${labels.length} calibration rows do not determine a line: both outcomes must occur, at scores that overlap`,
    )
  if (!(slope > 0)) return identity(`the scores do not rise with the outcome (slope ${slope.toFixed(3)})`)
  return { calibration: { kind: 'affine', slope, intercept }, identity_because: null }
}

function identity(because: string): PlattFit {
  return { calibration: { kind: 'identity' }, identity_because: because }
}
