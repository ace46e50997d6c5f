/** Predictions of what was learned for a matrix, by the code that serves. */
import type { Calibration } from '../../src/model/artifact.ts'
import type { ModelParts } from '../learners/learner.ts'
import { predictorOf } from '../learners/predictor.ts'
import type { Matrix } from '../matrix.ts'
import { rawScoresOf } from '../predictions.ts'

export interface TablePredictions {
  /** Log-odds before calibration. */
  readonly rawScores: Float64Array
  /** Calibrated, within [1e-6, 1 - 1e-6]. */
  readonly probabilities: Float64Array
}

export function predictWith(parts: ModelParts, matrix: Matrix, calibration?: Calibration): TablePredictions {
  const predictor = predictorOf(parts, matrix.columns, calibration)
  const rawScores = rawScoresOf(predictor, matrix)
  return { rawScores, probabilities: rawScores.map((rawScore) => predictor.probability(rawScore)) }
}
