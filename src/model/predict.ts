/**
 * An artifact made ready to predict. Nothing of a trainer is here; a row is a Float64Array with one number a
 * column.
 */
import type { Artifact } from './artifact.ts'
import { createLogisticPredictor } from './logistic.ts'
import { createRubricPredictor } from './rubric.ts'

export interface Predictor {
  readonly artifact: Artifact
  /** Calibrated log-odds of the average training row. NaN for a rubric, which has no probability. */
  readonly base: number
  /** Log-odds before calibration. A rubric: its points. Reads one row from `offset` on. */
  rawScore(row: Float64Array, offset?: number): number
  /**
   * What each column adds, in calibrated log-odds against the average training row (a rubric: points against its
   * base points), into `out`, one number a column. `base + sum(out)` is the calibrated raw score to rounding.
   */
  contributions(row: Float64Array, offset: number, out: Float64Array): void
  /** Calibrated, within [1e-6, 1 - 1e-6]. NaN for a rubric. */
  probability(rawScore: number): number
}

/** The artifact must have passed `parseArtifact`, or come from training. */
export function createPredictor(artifact: Artifact): Predictor {
  return artifact.kind === 'logistic' ? createLogisticPredictor(artifact) : createRubricPredictor(artifact)
}
