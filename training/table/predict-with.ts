/**
 * Predictions of a fitted model for a matrix, by the code that serves: terms and calibration, as an artifact holds
 * them.
 */
import type { Calibration, Term } from '../../src/model/artifact.ts'
import { clampProbability, sigmoid } from '../../src/model/link.ts'
import { affine, compileTerm } from '../../src/model/logistic.ts'
import type { Matrix } from '../matrix.ts'

export interface TablePredictions {
  /** Log-odds before calibration. */
  readonly rawScores: Float64Array
  /** Calibrated, within [1e-6, 1 - 1e-6]. */
  readonly probabilities: Float64Array
}

export function predictWith(
  model: { readonly base: number; readonly terms: readonly Term[] },
  matrix: Matrix,
  calibration: Calibration = { kind: 'identity' },
): TablePredictions {
  const width = matrix.columns.length
  const terms = model.terms.map((term, c) => compileTerm(term, matrix.columns[c]!))
  const { slope, intercept } = affine(calibration)
  const rawScores = Float64Array.from({ length: matrix.rowCount }, (_, i) => {
    let sum = model.base
    for (let c = 0; c < width; c++) sum += terms[c]!(matrix.data[i * width + c]!)
    return sum
  })
  const probabilities = rawScores.map((rawScore) => clampProbability(sigmoid(slope * rawScore + intercept)))
  return { rawScores, probabilities }
}
