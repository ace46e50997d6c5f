/**
 * L2 logistic regression from end to end: encode, choose the strength, minimise, say how sure it is.
 * Deterministic: no randomness in it.
 */
import { WonlostError } from '../../src/errors.ts'
import type { ReportProgress } from '../../src/glossary.ts'
import type { Term } from '../../src/model/artifact.ts'
import { logit } from '../../src/statistics/log-odds.ts'
import { fitEncoding, type NumberEncoding } from '../encoding.ts'
import { checkMatrix, countPositives, type Matrix } from '../matrix.ts'
import { atOnce, type Steps } from '../steps.ts'
import { type CoefficientReport, describeCoefficients } from './coefficients.ts'
import { sandwichCovariance } from './covariance.ts'
import { columnMeans, type DesignMatrix, encodeMatrix, marginOf } from './design-matrix.ts'
import { minimise, type Problem } from './newton.ts'
import { penaltyOf } from './penalty.ts'
import { chooseStrength, DEFAULT_STRENGTH, STRENGTHS, type StrengthPoint } from './strength.ts'
import { toTerms } from './terms.ts'

export interface LogisticFit {
  /** Raw log-odds of the average fit row. */
  readonly base: number
  /** One a column, in the artifact's form: the mean of each over the fit rows is 0. */
  readonly terms: Term[]
  readonly strength: number
  /**
   * Validation log loss by strength, strongest first. Empty when the strength was given, or there were no
   * validation rows.
   */
  readonly path: readonly StrengthPoint[]
  readonly coefficients: readonly CoefficientReport[]
  /** Encoded columns, without the intercept. */
  readonly encodedColumns: number
  readonly rows: number
  readonly positives: number
  /** Some combination of columns tells the fit rows apart without one mistake: a leak, or too few rows. */
  readonly separated: boolean
}

export interface LogisticOptions {
  /**
   * The grid. One strength: it is taken without choosing. Default: STRENGTHS, or DEFAULT_STRENGTH without
   * validation rows.
   */
  readonly strengths?: readonly number[]
  /** How numbers enter: piecewise linear curves (default), or straight lines. */
  readonly numbers?: NumberEncoding
  /**
   * Standard errors and odds ratios; default true. Without them `coefficients` is empty, and a model of a fold is
   * quicker.
   */
  readonly describe?: boolean
  readonly report?: ReportProgress
}

/**
 * Coefficients to about 11 digits (the decrement is a square of their error): fits are compared with references,
 * and hashed.
 */
const FINAL_TOLERANCE = 1e-22

/**
 * @param fit Rows to learn from: both classes.
 * @param validate Rows that choose the strength, with the same columns. May be empty.
 * @throws `too_little_data` when the fit rows have one class only; `numeric_failure` for values no learner can
 *   mean.
 */
export function trainLogistic(fit: Matrix, validate: Matrix, options: LogisticOptions = {}): LogisticFit {
  return atOnce(logisticSteps(fit, validate, options))
}

/** The same, with a moment to breathe after each step of Newton's method. */
export function* logisticSteps(
  fit: Matrix,
  validate: Matrix,
  options: LogisticOptions = {},
): Steps<LogisticFit> {
  checkMatrix(fit)
  checkMatrix(validate)
  const positives = countPositives(fit.labels)
  if (positives === 0 || positives === fit.rowCount)
    throw new WonlostError(
      'too_little_data',
      `Learning needs rows of both outcomes. Given: ${positives} of ${fit.rowCount} rows reached the target.`,
    )
  const encoding = fitEncoding(fit, options.numbers ?? 'curve')
  const design = encodeMatrix(encoding, fit)
  const problem: Problem = { design, penalty: penaltyOf(encoding) }
  const strengths = options.strengths ?? (validate.rowCount > 0 ? STRENGTHS : [DEFAULT_STRENGTH])
  const start = averageRow(design)
  const judged = encodeMatrix(encoding, validate)
  const choice = yield* chooseStrength(problem, judged, strengths, start, options.report)
  const { strength, path } = choice
  options.report?.('fitting')
  const { coefficients } = yield* minimise(
    problem,
    strength,
    choice.coefficients,
    choice.cache,
    FINAL_TOLERANCE,
  )
  const means = columnMeans(design)
  const described =
    options.describe === false
      ? []
      : describeCoefficients(
          fit,
          encoding,
          coefficients,
          sandwichCovariance(problem, strength, coefficients),
          means,
        )
  return {
    ...toTerms(fit.columns, encoding, coefficients, means),
    strength,
    path,
    coefficients: described,
    encodedColumns: encoding.width,
    rows: fit.rowCount,
    positives,
    separated: isSeparated(design, coefficients),
  }
}

/** Where every path starts: the base rate, and nothing else. */
function averageRow({ width, rowCount, weights, labels, totalWeight }: DesignMatrix): Float64Array {
  let positive = 0
  for (let i = 0; i < rowCount; i++) positive += weights[i]! * labels[i]!
  const start = new Float64Array(width)
  start[width - 1] = logit(positive / totalWeight)
  return start
}

/** Every row that reached the target lies above every row that did not. */
function isSeparated(design: DesignMatrix, coefficients: Float64Array): boolean {
  let lowestReached = Number.POSITIVE_INFINITY
  let highestNot = Number.NEGATIVE_INFINITY
  for (let i = 0; i < design.rowCount; i++) {
    const margin = marginOf(design, coefficients, i)
    if (design.labels[i] === 1) lowestReached = Math.min(lowestReached, margin)
    else highestNot = Math.max(highestNot, margin)
  }
  return lowestReached > highestNot
}
