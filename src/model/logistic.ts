/** Prediction of a logistic artifact: `rawScore = base + sum of terms`, then the calibration, its affine share on every part. */
import type { ArtifactColumn, LogisticArtifact, Term } from './artifact.ts'
import { createCalibrator } from './calibration.ts'
import { curveAt } from './curve.ts'
import { createIntervalOf } from './interval.ts'
import { clampProbability, sigmoid } from './link.ts'
import type { Predictor } from './predict.ts'
import { transformNumber } from './transform.ts'

export function createLogisticPredictor(artifact: LogisticArtifact): Predictor {
  const terms = artifact.terms.map((term, i) => compileTerm(term, artifact.columns[i]!))
  const { slope, logOdds } = createCalibrator(artifact.calibration)
  const rawScore = (row: Float64Array, offset = 0): number => {
    let sum = artifact.base
    for (let c = 0; c < terms.length; c++) sum += terms[c]!(row[offset + c]!)
    return sum
  }
  return {
    artifact,
    base: logOdds(artifact.base),
    rawScore,
    rawScores(rows, out) {
      for (let i = 0; i < out.length; i++) out[i] = rawScore(rows, i * terms.length)
    },
    contributions(row, offset, out) {
      for (let c = 0; c < terms.length; c++) out[c] = slope * terms[c]!(row[offset + c]!)
    },
    probability: (rawScore) => clampProbability(sigmoid(logOdds(rawScore))),
    interval: createIntervalOf(artifact.intervals),
  }
}

/** What a term needs to know of its column. */
interface TermColumn {
  readonly kind: ArtifactColumn['kind']
  readonly transform?: 'identity' | 'log1p'
}

/** The term of one column as a function of its value, in raw log-odds. */
export function compileTerm(term: Term, column: TermColumn): (value: number) => number {
  const { missing } = term
  const transform = column.transform ?? 'identity'
  switch (term.kind) {
    case 'linear': {
      const { weight, mean, scale, offset } = term
      return (value) =>
        Number.isNaN(value) ? missing : (weight * (transformNumber(transform, value) - mean)) / scale + offset
    }
    case 'curve': {
      const knots = Float64Array.from(term.knots)
      const values = Float64Array.from(term.values)
      return (value) =>
        Number.isNaN(value) ? missing : curveAt(knots, values, transformNumber(transform, value))
    }
    case 'category': {
      const contributions = Float64Array.from(term.contributions)
      // NaN, and any code outside the vocabulary, finds nothing.
      return (value) => contributions[value] ?? missing
    }
  }
}
