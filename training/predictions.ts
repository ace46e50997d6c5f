/** Predictions for the rows of a matrix, from any predictor: a loop over the same functions that serve. */
import type { Predictor } from '../src/model/predict.ts'
import type { Matrix } from './matrix.ts'

/** Raw scores, one a row: log-odds before calibration, or the points of a rubric. */
export function rawScoresOf(predictor: Predictor, matrix: Matrix): Float64Array {
  const width = matrix.columns.length
  return Float64Array.from({ length: matrix.rowCount }, (_, row) =>
    predictor.rawScore(matrix.data, row * width),
  )
}

/** Calibrated probabilities, one a row. */
export function probabilitiesOf(predictor: Predictor, matrix: Matrix): Float64Array {
  return rawScoresOf(predictor, matrix).map((rawScore) => predictor.probability(rawScore))
}
