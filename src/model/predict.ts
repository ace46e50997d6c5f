/**
 * An artifact made ready to predict. Nothing of a trainer is here; a row is a Float64Array with one number a
 * column.
 */
import type { Artifact } from './artifact.ts'
import { createBoostingPredictor } from './boosting.ts'
import type { IntervalOf } from './interval.ts'
import { createLogisticPredictor } from './logistic.ts'
import { createRubricPredictor } from './rubric.ts'

export interface Predictor {
  readonly artifact: Artifact
  /** Calibrated log-odds of the average training row. NaN for a rubric, which has no probability. */
  readonly base: number
  /** Log-odds before calibration. A rubric: its points. Reads one row from `offset` on. */
  rawScore(row: Float64Array, offset?: number): number
  /** The raw scores of many rows, row-major, bit for bit those of `rawScore`; one into each place of `out`. */
  rawScores(rows: Float64Array, out: Float64Array): void
  /**
   * What each column adds, in calibrated log-odds against the average training row (a rubric: points against its
   * base points), into `out`, one number a column. `base + sum(out)` is the calibrated raw score to rounding, but for what of the
   * calibration is not affine (calibration.ts).
   */
  contributions(row: Float64Array, offset: number, out: Float64Array): void
  /** Calibrated, within [1e-6, 1 - 1e-6]. NaN for a rubric. */
  probability(rawScore: number): number
  /** Around the probability of this raw score. null for a rubric, and where the artifact has no intervals. */
  readonly interval: IntervalOf
}

/** The artifact must have passed `parseArtifact`, or come from training. */
export function createPredictor(artifact: Artifact): Predictor {
  switch (artifact.kind) {
    case 'logistic':
      return createLogisticPredictor(artifact)
    case 'rubric':
      return createRubricPredictor(artifact)
    case 'boosting':
    case 'imported':
      return createBoostingPredictor(artifact)
  }
}
