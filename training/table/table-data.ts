/**
 * A table made ready to learn from. Rows are by index in the file; labels and groups have an entry for every row
 * of the file.
 */
import type { Calibration } from '../../src/model/artifact.ts'
import type { Metrics } from '../evaluate/metrics.ts'
import type { AskedLearner, LearnerName, LearnOptions } from '../learners/learner.ts'
import type { CalibrationReport } from '../report/calibration-report.ts'
import type { EffectsReport } from '../report/effects-report.ts'
import type { BoostingReport, LearnerChoiceReport, LogisticReport } from '../report/learned-report.ts'
import type { SearchReport } from '../report/search-report.ts'
import type { SearchRequest } from '../search/stop.ts'
import type { TypedColumn } from './infer-columns.ts'

export interface TableData {
  readonly columns: readonly TypedColumn[]
  /** With a known outcome. */
  readonly rows: Int32Array
  readonly labels: Uint8Array
  readonly groups: Int32Array
  readonly learner: AskedLearner
  readonly seed: number
}

/** Who is told how far it is, who may end it, by how many threads, and whether settings are searched for. */
export type Running = Required<Pick<LearnOptions, 'report'>> &
  Pick<LearnOptions, 'signal' | 'threads'> & { readonly search?: SearchRequest }

/** What an evaluation by folds or in order gives. In snake_case: what goes into the report as it is. */
export interface TableEvaluation {
  readonly method: EvaluationMethod
  /** Predictions of rows the model has not seen. */
  readonly predictions: {
    readonly probabilities: Float64Array
    readonly labels: Uint8Array
    readonly groups: Int32Array
  }
  /** Log loss of the base rate of the rows learned from, and of naive Bayes, on the same rows. */
  readonly baseline: {
    readonly log_loss: number
    readonly naive_bayes: Pick<Metrics, 'auc' | 'log_loss'>
  }
  /** Whose odds ratios, or trees, are shown. */
  readonly model: LogisticReport | BoostingReport
  /** What that model goes by, and how. */
  readonly effects: EffectsReport
  /** Of that model; null where there was no choice. */
  readonly choice: LearnerChoiceReport | null
  /** Whose result that model has; null where no search was asked for. */
  readonly searched: SearchReport | null
  readonly notices: readonly string[]
}

export type EvaluationMethod =
  | {
      readonly method: 'folds'
      readonly folds: number
      readonly seed: number
      readonly figures: string
      /** AUC of each fold by itself. */
      readonly auc_by_fold: readonly number[]
      /** Each fold chooses by what it learns from. */
      readonly learner_by_fold: readonly LearnerName[]
      /** Each fold searches in what it learns from; absent where no search was asked for. */
      readonly search_by_fold?: readonly SearchReport[]
    }
  | {
      readonly method: 'order'
      readonly by: 'time' | 'file'
      readonly figures: string
      readonly parts: Readonly<
        Record<'fit' | 'validate' | 'calibrate' | 'test', { rows: number; positives: number }>
      >
      readonly calibration: Calibration & {
        readonly identity_because: string | null
        readonly choice: CalibrationReport
      }
    }
