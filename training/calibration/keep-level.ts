/**
 * A calibration that was fitted for one model, for another that learned in the same way from more rows, those of the calibration
 * part among them. The shape stays: on rows that a model has learned from, its own would be found too steep. The level does not: what
 * the calibration set right of the times since the first model's rows, the other has learned by itself, and it would count twice.
 */
import { createCalibrator, shiftCalibration } from '../../src/model/calibration.ts'
import { shiftIntervals } from '../../src/model/interval.ts'
import { interceptShift } from '../../src/statistics/intercept-shift.ts'
import type { ModelParts } from '../learners/learner.ts'
import { predictorOf } from '../learners/predictor.ts'
import type { Matrix } from '../matrix.ts'
import { rawScoresOf } from '../predictions.ts'
import type { CalibrationFit } from './choose.ts'

/**
 * Moved in log-odds so that of the rows as many are said to reach the target as do. An identity stays: it set nothing right.
 * @param parts Of the model that learned from more.
 * @param rows Of the calibration part.
 */
export function keepLevel(calibrated: CalibrationFit, parts: ModelParts, rows: Matrix): CalibrationFit {
  const { calibration, intervals } = calibrated
  if (calibration.kind === 'identity') return calibrated
  const { logOdds } = createCalibrator(calibration)
  const said = rawScoresOf(predictorOf(parts, rows.columns), rows).map(logOdds)
  const { shift } = interceptShift(said, rows.labels, rows.groups)
  return {
    ...calibrated,
    calibration: shiftCalibration(calibration, shift),
    intervals: shiftIntervals(intervals, shift),
  }
}
