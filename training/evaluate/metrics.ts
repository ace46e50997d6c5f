/** Every figure of quality of one set of predictions, as it stands in reports. */
import { prepareAuc } from '../../src/statistics/auc.ts'
import { averagePrecision } from '../../src/statistics/average-precision.ts'
import { bootstrapInterval, bootstrapIntervals } from '../../src/statistics/bootstrap.ts'
import {
  errorInterval,
  prepareCalibrationError,
  prepareSlope,
} from '../../src/statistics/calibration-error.ts'
import { calibrationLine } from '../../src/statistics/calibration-line.ts'
import { liftAtTop } from '../../src/statistics/lift.ts'
import { clampProbability, logit } from '../../src/statistics/log-odds.ts'
import { baseRate, brierScore, logLoss, logLossSkill } from '../../src/statistics/proper-scores.ts'
import { expectedCalibrationError, reliabilityBins } from '../../src/statistics/reliability.ts'
import { countPositives } from '../matrix.ts'
import { randomIntegers } from '../random.ts'

/** null where a figure is not defined: with one class, or no rows. */
export interface Metrics {
  readonly rows: number
  readonly positives: number
  readonly base_rate: number | null
  readonly auc: number | null
  /** 95 %, bootstrap of groups. */
  readonly auc_interval: readonly [number, number] | null
  readonly average_precision: number | null
  readonly log_loss: number | null
  readonly brier: number | null
  /** 1 - log loss / log loss of the base rate. */
  readonly skill: number | null
  /** Of outcome on logit(probability): 1 and 0 are calibrated. */
  readonly calibration_slope: number | null
  readonly calibration_intercept: number | null
  /** 95 %, of the slope: bootstrap of groups. Absent in reports of before there was one, as the next. */
  readonly calibration_slope_interval?: readonly [number, number] | null
  /** Expected calibration error on ten bins of equal count. */
  readonly ece: number | null
  /** 95 %, bootstrap of groups; see calibration-error.ts for why it may lie below `ece`. */
  readonly ece_interval?: readonly [number, number] | null
  readonly lift_top_tenth: number | null
}

export interface Predictions {
  readonly probabilities: Float64Array
  readonly labels: Uint8Array
  /** Rows of one group are drawn together by the bootstrap. */
  readonly groups: Int32Array
  readonly seed: number
}

export function evaluate({ probabilities, labels, groups, seed }: Predictions): Metrics {
  const logOdds = probabilities.map((probability) => logit(clampProbability(probability)))
  const auc = prepareAuc(probabilities, labels)
  const line = calibrationLine(logOdds, labels)
  const ece = expectedCalibrationError(reliabilityBins(probabilities, labels))
  const intervals = bootstrapIntervals(
    {
      auc,
      slope: prepareSlope(logOdds, labels, line),
      error: prepareCalibrationError(probabilities, labels),
    },
    groups,
    { nextInteger: randomIntegers(seed) },
  )
  return {
    rows: labels.length,
    positives: countPositives(labels),
    base_rate: defined(baseRate(labels)),
    auc: defined(auc()),
    auc_interval: intervals.auc,
    average_precision: defined(averagePrecision(probabilities, labels)),
    log_loss: defined(logLoss(probabilities, labels)),
    brier: defined(brierScore(probabilities, labels)),
    skill: defined(logLossSkill(probabilities, labels)),
    calibration_slope: defined(line.slope),
    calibration_intercept: defined(line.intercept),
    calibration_slope_interval: intervals.slope,
    ece: defined(ece),
    ece_interval: errorInterval(ece, intervals.error),
    lift_top_tenth: defined(liftAtTop(probabilities, labels, 0.1)),
  }
}

export interface AucDifference {
  readonly difference: number | null
  /** 95 %, bootstrap of groups; both models see the same draw. */
  readonly interval: readonly [number, number] | null
}

/** AUC of one set of predictions minus that of another on the same rows. Scores on any scale. */
export function aucDifference(
  scores: Float64Array,
  otherScores: Float64Array,
  { labels, groups, seed }: Omit<Predictions, 'probabilities'>,
): AucDifference {
  const auc = prepareAuc(scores, labels)
  const otherAuc = prepareAuc(otherScores, labels)
  const difference = (weights?: Float64Array): number => auc(weights) - otherAuc(weights)
  return {
    difference: defined(difference()),
    interval: bootstrapInterval(difference, groups, { nextInteger: randomIntegers(seed) }),
  }
}

function defined(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
