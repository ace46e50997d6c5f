/**
 * What every model is measured against, on the same rows: the base rate, a naive Bayes as Odoo uses, the rubric, and the learner
 * that was not chosen. Each is put on
 * the probability scale on the calibration part, as the model is, so that a baseline never loses for want of calibration.
 */
import { clampProbability, logit, sigmoid } from '../src/model/link.ts'
import type { Predictor } from '../src/model/predict.ts'
import { fitPlatt } from './calibration/platt.ts'
import { trainNaiveBayes } from './evaluate/naive-bayes.ts'
import { type EvaluationSetName, mapSets } from './evaluation-sets.ts'
import { scoresOf } from './learners/choose.ts'
import type { LearnerName, ModelParts } from './learners/learner.ts'
import { countPositives, type Matrix } from './matrix.ts'
import { rawScoresOf } from './predictions.ts'

export type BaselineName = 'base_rate' | 'naive_bayes' | 'rubric' | LearnerName

/** Probabilities of the rows of each evaluation set. */
export type SetPredictions = Readonly<Record<EvaluationSetName, Float64Array>>

export interface Baseline {
  readonly name: BaselineName
  readonly probabilities: SetPredictions
}

/** Matrices of the same rows: a rubric may look at other columns than the model, so it has its own. */
export type JudgedRows = Readonly<Record<'calibrate' | EvaluationSetName, Matrix>>

/** The learner that was not chosen. */
export interface LearnedBeside {
  /** Has not seen the calibration part: what puts the other on the probability scale. */
  readonly rehearsed: ModelParts
  readonly parts: ModelParts
}

export function predictBaselines(
  rows: JudgedRows & { readonly learning: Matrix },
  rubric: { readonly predictor: Predictor; readonly rows: JudgedRows } | null,
  beside: LearnedBeside | null,
): Baseline[] {
  const bayes = trainNaiveBayes(rows.learning)
  const bayesScores = (matrix: Matrix): Float64Array => {
    const width = matrix.columns.length
    return Float64Array.from({ length: matrix.rowCount }, (_, row) =>
      logit(bayes.probability(matrix.data, row * width)),
    )
  }
  const baselines: Baseline[] = [
    { name: 'base_rate', probabilities: calibrated(rows, (matrix) => new Float64Array(matrix.rowCount)) },
    { name: 'naive_bayes', probabilities: calibrated(rows, bayesScores) },
  ]
  if (rubric) {
    const points = (matrix: Matrix): Float64Array => rawScoresOf(rubric.predictor, matrix)
    baselines.push({ name: 'rubric', probabilities: calibrated(rubric.rows, points) })
  }
  if (beside) {
    const { rehearsed, parts } = beside
    const probability = onProbabilityScale(scoresOf(rehearsed, rows.calibrate), rows.calibrate.labels)
    const probabilities = mapSets((name) => scoresOf(parts, rows[name]).map(probability))
    baselines.push({ name: parts.kind, probabilities })
  }
  return baselines
}

function calibrated(rows: JudgedRows, score: (matrix: Matrix) => Float64Array): SetPredictions {
  const probability = onProbabilityScale(score(rows.calibrate), rows.calibrate.labels)
  return mapSets((name) => score(rows[name]).map(probability))
}

/** Scores of any unit as probabilities: Platt's line through the calibration part, or its base rate where there is no line. */
export function onProbabilityScale(scores: Float64Array, labels: Uint8Array): (score: number) => number {
  const { calibration } = fitPlatt(scores, labels)
  const rate = clampProbability(countPositives(labels) / labels.length)
  return (score) =>
    calibration.kind === 'affine'
      ? clampProbability(sigmoid(calibration.slope * score + calibration.intercept))
      : rate
}
