/**
 * Why a model's raw points are other for one row than for another, column by column, exactly:
 *
 *   sum(points) + calibration = rawPoints(after) - rawPoints(before)
 *
 * The base is the same on both sides and falls out; `calibration` is the change of what of a calibration is not affine.
 */
import { logit, pointsOf } from '../model/link.ts'
import type { Predictor } from '../model/predict.ts'
import { ROUNDING } from './explain-row.ts'

interface RowChange {
  /** By column, in points. */
  readonly before: Float64Array
  readonly after: Float64Array
  /** In points; 0 for a rubric. */
  readonly calibration: number
}

export function changeBetween(predictor: Predictor, before: Float64Array, after: Float64Array): RowChange {
  const isRubric = predictor.artifact.kind === 'rubric'
  const [first, last] = [before, after].map((row) => {
    const effects = new Float64Array(row.length)
    predictor.contributions(row, 0, effects)
    return effects
  }) as [Float64Array, Float64Array]
  if (isRubric) return { before: first, after: last, calibration: 0 }
  const logOdds = (row: Float64Array): number => logit(predictor.probability(predictor.rawScore(row)))
  const told = last.reduce((sum, effect, column) => sum + (effect - first[column]!), 0)
  const rest = logOdds(after) - logOdds(before) - told
  return {
    before: first.map(pointsOf),
    after: last.map(pointsOf),
    calibration: Math.abs(rest) < ROUNDING ? 0 : pointsOf(rest),
  }
}
