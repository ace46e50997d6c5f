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
  const lowest = artifact.terms.map((term, i) => compileLowest(term, artifact.columns[i]!))
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
    lowestRawScore(from, to) {
      let sum = artifact.base
      for (let c = 0; c < lowest.length; c++) sum += lowest[c]!(from[c]!, to[c]!)
      return sum
    },
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

/** The least that a term can be between two values of its column, either of which may be the larger. */
function compileLowest(term: Term, column: ArtifactColumn): (from: number, to: number) => number {
  const termAt = compileTerm(term, column)
  const transform = column.kind === 'number' ? column.transform : 'identity'
  // A straight line has its least at an end, a curve at an end or a knot.
  const { knots, values } = term.kind === 'curve' ? term : { knots: [], values: [] }
  const least = leastOf(term)
  return (from, to) => {
    if (from === to || (Number.isNaN(from) && Number.isNaN(to))) return termAt(from)
    if (term.kind === 'category' || Number.isNaN(from) || Number.isNaN(to)) return least
    let lowest = Math.min(termAt(from), termAt(to))
    const low = transformNumber(transform, Math.min(from, to))
    const high = transformNumber(transform, Math.max(from, to))
    for (let k = 0; k < knots.length; k++) {
      if (knots[k]! > low && knots[k]! < high) lowest = Math.min(lowest, values[k]!)
    }
    return lowest
  }
}

/** Over all values of the column, and none. */
function leastOf(term: Term): number {
  switch (term.kind) {
    case 'linear':
      return term.weight === 0 ? Math.min(term.missing, term.offset) : Number.NEGATIVE_INFINITY
    case 'curve':
      return Math.min(term.missing, ...term.values)
    case 'category':
      return Math.min(term.missing, ...term.contributions)
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
