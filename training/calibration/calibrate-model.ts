/** A model as it was learned, calibrated on rows that it has not seen. */
import type { ModelParts } from '../learners/learner.ts'
import { predictorOf } from '../learners/predictor.ts'
import type { Matrix } from '../matrix.ts'
import { rawScoresOf } from '../predictions.ts'
import { type CalibrationFit, chooseCalibration } from './choose.ts'

/** @param rows At least one. */
export function calibrateModel(parts: ModelParts, rows: Matrix, seed: number): CalibrationFit {
  const predictor = predictorOf(parts, rows.columns)
  const { labels, groups } = rows
  return chooseCalibration({
    rawScores: rawScoresOf(predictor, rows),
    labels,
    groups,
    average: predictor.base,
    seed,
  })
}
