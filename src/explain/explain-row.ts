/**
 * Why a model gave one row its probability: what each column adds against the average training row, exactly.
 *
 *   logistic:  base + sum(logOdds) + calibration = logit(probability)
 *              50 + sum(points) + pointsOf(calibration) = rawPoints,    points = logOdds * 10 / ln 2
 *   rubric:    basePoints + sum(points) = rawPoints
 *
 * The affine share of a calibration is part of base and contributions already (see Predictor); `calibration` holds only what is
 * not affine: what beta or isotonic calibration bend at this row, and the clamping of probabilities to [1e-6, 1 - 1e-6].
 */
import { AVERAGE_POINTS, logit, pointsOf } from '../model/link.ts'
import type { Predictor } from '../model/predict.ts'

interface ColumnContribution {
  /** Index of the column in the artifact. */
  readonly column: number
  /** The number in the row; NaN when missing. */
  readonly value: number
  /** null for a rubric. */
  readonly logOdds: number | null
  readonly points: number
}

export interface RowExplanation {
  /** null for a rubric, as are the next two. */
  readonly base: number | null
  readonly calibration: number | null
  /** logit(probability). */
  readonly logOdds: number | null
  /** Points of a row to which no column adds anything. */
  readonly basePoints: number
  /** Every column that adds anything, largest effect first; ties in the order of the columns. */
  readonly contributions: readonly ColumnContribution[]
}

/**
 * What floating-point arithmetic leaves of a calibration that is really 0: the sum of a hundred terms, and a logit. Smaller
 * differences are reported as 0; both laws above still hold to 1e-9.
 */
export const ROUNDING = 1e-11

/** Explains one row, from `offset` on. `probability` is what the predictor gave for it; NaN for a rubric. */
export function explainRow(
  predictor: Predictor,
  row: Float64Array,
  offset: number,
  probability: number,
): RowExplanation {
  const { artifact, base } = predictor
  const effects = new Float64Array(artifact.columns.length)
  predictor.contributions(row, offset, effects)
  const isRubric = artifact.kind === 'rubric'
  let sum = 0
  const contributions: ColumnContribution[] = []
  effects.forEach((effect, column) => {
    sum += effect
    if (effect === 0) return
    const value = row[offset + column] ?? Number.NaN
    const points = isRubric ? effect : pointsOf(effect)
    contributions.push({ column, value, logOdds: isRubric ? null : effect, points })
  })
  contributions.sort((a, b) => Math.abs(b.points) - Math.abs(a.points) || a.column - b.column)
  if (isRubric) {
    return { base: null, calibration: null, logOdds: null, basePoints: artifact.base_points, contributions }
  }
  const logOdds = logit(probability)
  const rest = logOdds - (base + sum)
  return {
    base,
    calibration: Math.abs(rest) < ROUNDING ? 0 : rest,
    logOdds,
    basePoints: AVERAGE_POINTS,
    contributions,
  }
}
