/**
 * From the raw score to calibrated log-odds.
 *
 *   identity   x
 *   affine     slope x + intercept                                                            (Platt 1999)
 *   beta       a log p - b log(1 - p) + c = c - a softplus(-x) + b softplus(x),  p = sigmoid(x)   (Kull, Silva Filho & Flach 2017)
 *   isotonic   straight lines between knots, level outside                                       (Zadrozny & Elkan 2002)
 *
 * An explanation must add up, and only a line keeps sums. So each kind has an affine share: a line with its slope through the
 * average row. Base and contributions are scaled by it; what is left, 0 for identity and affine, is the `calibration` term.
 */
import type { Calibration } from './artifact.ts'
import { curveAt } from './curve.ts'

export interface Calibrator {
  /** Of the affine share, above 0. */
  readonly slope: number
  /** Calibrated log-odds; never falls. */
  logOdds(rawScore: number): number
}

export function createCalibrator(calibration: Calibration): Calibrator {
  switch (calibration.kind) {
    case 'identity':
      return { slope: 1, logOdds: (rawScore) => rawScore }
    case 'affine': {
      const { slope, intercept } = calibration
      return { slope, logOdds: (rawScore) => slope * rawScore + intercept }
    }
    case 'beta': {
      const { a, b, c, slope } = calibration
      return { slope, logOdds: (rawScore) => c - a * softplus(-rawScore) + b * softplus(rawScore) }
    }
    case 'isotonic': {
      const knots = Float64Array.from(calibration.knots)
      const values = Float64Array.from(calibration.values)
      return { slope: calibration.slope, logOdds: (rawScore) => curveAt(knots, values, rawScore) }
    }
  }
}

/** The same calibration with all log-odds moved by `difference`. */
export function shiftCalibration(calibration: Calibration, difference: number): Calibration {
  switch (calibration.kind) {
    case 'identity':
      return { kind: 'affine', slope: 1, intercept: difference }
    case 'affine':
      return { ...calibration, intercept: calibration.intercept + difference }
    case 'beta':
      return { ...calibration, c: calibration.c + difference }
    case 'isotonic':
      return { ...calibration, values: calibration.values.map((value) => value + difference) }
  }
}

/** ln(1 + e^x) without overflow: -ln(1 - sigmoid(x)). */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
}
