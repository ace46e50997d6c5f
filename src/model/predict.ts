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
  /** Calibrated log-odds of the average training row. NaN for a rubric, whose points are not counted from it. */
  readonly base: number
  /** Log-odds before calibration. A rubric: its points. Reads one row from `offset` on. */
  rawScore(row: Float64Array, offset?: number): number
  /**
   * No row between these two has a raw score below this one. Between: each column holds a number from one row's to the other's, both
   * included, or anything at all where it is missing in one of them only. Of equal rows, their raw score.
   */
  lowestRawScore(from: Float64Array, to: Float64Array): number
  /** The raw scores of many rows, row-major, bit for bit those of `rawScore`; one into each place of `out`. */
  rawScores(rows: Float64Array, out: Float64Array): void
  /**
   * What each column adds, in calibrated log-odds against the average training row (a rubric: points against its
   * base points), into `out`, one number a column. `base + sum(out)` is the calibrated raw score to rounding, but for what of the
   * calibration is not affine (calibration.ts).
   */
  contributions(row: Float64Array, offset: number, out: Float64Array): void
  /** Calibrated, within [1e-6, 1 - 1e-6]. NaN for a rubric that no outcomes have calibrated. */
  probability(rawScore: number): number
  /** Around the probability of this raw score. null where the artifact has no intervals. */
  readonly interval: IntervalOf
  /** Of a rubric: the reasons that its rules give for a row, by column, as people wrote them. */
  readonly reasons?: (row: Float64Array, offset: number) => ReadonlyMap<number, readonly string[]>
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
