/**
 * How strong the penalty is: chosen on the validation rows by log loss, from a grid, strongest first with warm
 * starts.
 */
import { WonlostError } from '../../src/errors.ts'
import type { ReportProgress } from '../../src/glossary.ts'
import type { Steps } from '../steps.ts'
import type { DesignMatrix } from './design-matrix.ts'
import { type HessianCache, minimise, type Problem } from './newton.ts'
import { meanLogLoss } from './objective.ts'

/**
 * A strength is 1 / variance of the coefficients' prior: 1000 holds odds ratios within a few per cent of 1, 0.1
 * hardly holds them at all. Half decades: finer differences are below the noise of a validation part.
 */
export const STRENGTHS: readonly number[] = [1000, 300, 100, 30, 10, 3, 1, 0.3, 0.1]

/** Where there is nothing to choose by. */
export const DEFAULT_STRENGTH = 10

/** Path points need their log loss right to 7 digits; the final fit goes to the last digit. */
const PATH_TOLERANCE = 1e-8

/** The path ends when this many strengths in a row were no better: weaker ones only overfit more. */
const PATIENCE = 3

export interface StrengthPoint {
  readonly strength: number
  readonly validationLogLoss: number
}

export interface StrengthChoice {
  readonly strength: number
  /** Strongest first; ends early when weaker ones got worse. Empty when there was nothing to choose by. */
  readonly path: readonly StrengthPoint[]
  /** Where the best strength's path point ended: a start for the final fit. */
  readonly coefficients: Float64Array
  readonly cache: HessianCache
}

/** Throws `usage` for a grid that is empty or not positive. Equal log losses: the stronger wins. */
export function* chooseStrength(
  problem: Problem,
  validate: DesignMatrix,
  strengths: readonly number[],
  start: Float64Array,
  report?: ReportProgress,
): Steps<StrengthChoice> {
  if (strengths.length === 0 || strengths.some((strength) => !(strength > 0 && Number.isFinite(strength))))
    throw new WonlostError(
      'usage',
      `Strengths are positive numbers, at least one. Given: [${strengths.join(', ')}].`,
    )
  const cache: HessianCache = { hessian: null }
  if (validate.rowCount === 0 || strengths.length === 1)
    return { strength: strengths[0]!, path: [], coefficients: start, cache }
  const grid = [...strengths].sort((a, b) => b - a)
  const path: StrengthPoint[] = []
  let coefficients = start
  let best = { strength: Number.NaN, validationLogLoss: Number.POSITIVE_INFINITY, coefficients }
  let worse = 0
  for (const [i, strength] of grid.entries()) {
    report?.('choosing the penalty', i, grid.length)
    const minimum = yield* minimise(problem, strength, coefficients, cache, PATH_TOLERANCE)
    coefficients = minimum.coefficients
    const validationLogLoss = meanLogLoss(validate, coefficients)
    path.push({ strength, validationLogLoss })
    worse = validationLogLoss < best.validationLogLoss ? 0 : worse + 1
    if (worse === 0) best = { strength, validationLogLoss, coefficients }
    if (worse >= PATIENCE) break
  }
  report?.('choosing the penalty', grid.length, grid.length)
  return { strength: best.strength, path, coefficients: best.coefficients, cache }
}
