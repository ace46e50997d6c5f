/** Which learner: as asked, or by what it does on the validation part. The test part has no say in it. */
import type { BoostingSettings } from '../../src/features/boosting-settings.ts'
import type { NumberEncoding } from '../encoding.ts'
import type { Matrix } from '../matrix.ts'
import { rawScoresOf } from '../predictions.ts'
import type { LearnerChoiceReport, LearnerComparison } from '../report/learned-report.ts'
import { chooseBoosting } from './boosting.ts'
import { compareLearners, secondWins } from './compare.ts'
import type { AskedLearner, Chosen, LearnOptions, ModelParts } from './learner.ts'
import { chooseLogistic } from './logistic.ts'
import { predictorOf } from './predictor.ts'

export interface LearnerChoice {
  readonly chosen: Chosen
  /** The other one, which is measured beside it; null where only logistic regression was asked for. */
  readonly beside: Chosen | null
  readonly report: LearnerChoiceReport | null
}

export interface Asked {
  readonly learner: AskedLearner
  readonly boosting: BoostingSettings
  readonly seed: number
  /** How numbers may enter logistic regression; absent: all ways are tried. */
  readonly encodings?: readonly NumberEncoding[]
}

export async function chooseLearner(
  { learner, boosting: settings, seed, encodings }: Asked,
  fit: Matrix,
  validate: Matrix,
  options: LearnOptions,
): Promise<LearnerChoice> {
  const logistic = await chooseLogistic(fit, validate, options, encodings)
  if (learner === 'logistic') return { chosen: logistic, beside: null, report: null }
  const boosting = await chooseBoosting(fit, validate, settings, seed, options)
  const { labels, groups } = validate
  const compared = compareLearners({
    logistic: scoresOf(logistic.parts, validate),
    boosting: scoresOf(boosting.parts, validate),
    labels,
    groups,
  })
  const report = decide(learner, compared, 'the validation part')
  return report.chosen === 'boosting'
    ? { chosen: boosting, beside: logistic, report }
    : { chosen: logistic, beside: boosting, report }
}

/** Raw scores by a model of the same columns. */
export function scoresOf(parts: ModelParts, rows: Matrix): Float64Array {
  return rawScoresOf(predictorOf(parts, rows.columns), rows)
}

/** @param where The rows that were compared, in words. */
export function decide(
  asked: LearnerChoiceReport['asked'],
  compared: LearnerComparison,
  where: string,
): LearnerChoiceReport {
  const wins = secondWins(compared)
  const {
    logistic_log_loss: logistic,
    boosting_log_loss: boosting,
    difference,
    standard_error: error,
  } = compared
  const noise =
    error === null ? 'a single account does not say how sure that is' : `standard error ${error.toFixed(4)}`
  const figures = `log loss on ${where} ${boosting.toFixed(4)}, of logistic regression ${logistic.toFixed(4)}: ${difference < 0 ? 'higher' : 'lower'} by ${Math.abs(difference).toFixed(4)} (${noise})`
  const verdict = wins ? 'wins by more than the noise' : 'does not win by more than the noise'
  const because =
    asked === 'boosting'
      ? `boosting was asked for. It ${verdict}: ${figures}`
      : `boosting ${verdict}: ${figures}`
  return { asked, chosen: asked === 'boosting' || wins ? 'boosting' : 'logistic', because, compared }
}
