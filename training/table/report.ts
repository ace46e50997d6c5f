/** What `fit-table` reports. In snake_case: this is what --json prints. */
import type { ReliabilityBin } from '../../src/statistics/reliability.ts'
import type { Metrics } from '../evaluate/metrics.ts'
import type { LearnerName } from '../learners/learner.ts'
import type { AuditReport } from '../report/audit-report.ts'
import type { EffectsReport } from '../report/effects-report.ts'
import type { BoostingReport, LearnerChoiceReport, LogisticReport } from '../report/learned-report.ts'
import type { SearchReport } from '../report/search-report.ts'
import type { EvaluationMethod, TableEvaluation } from './table-data.ts'

export interface TableReport {
  readonly file: string
  readonly target: string
  readonly positive: string
  /** With a known outcome. */
  readonly rows: number
  readonly positives: number
  /** Of the model of all rows (in order: of the fit part). */
  readonly learner: LearnerName
  /** Why; null where it was asked for. */
  readonly learner_choice: LearnerChoiceReport | null
  readonly evaluation: EvaluationMethod
  /** Of the rows the evaluation names. */
  readonly metrics: Metrics
  readonly baseline: TableEvaluation['baseline']
  /** Which columns look like leaks. */
  readonly audit: AuditReport
  /** Lowest probabilities first. */
  readonly reliability: readonly ReliabilityReport[]
  /** Of logistic regression: the strength of the penalty of the model whose odds ratios are shown. */
  readonly strength?: number
  /** Of logistic regression: strongest first. */
  readonly odds_ratios?: LogisticReport['odds_ratios']
  readonly boosting?: Omit<BoostingReport, 'kind'>
  /** Of that model; absent where no settings were searched for. */
  readonly search?: SearchReport
  /** What that model goes by, and how. */
  readonly effects: EffectsReport
  readonly columns_used: readonly string[]
  readonly columns_left_out: readonly { readonly column: string; readonly because: string }[]
  readonly notices: readonly string[]
}

export interface ReliabilityReport {
  readonly rows: number
  readonly positives: number
  readonly low: number
  readonly high: number
  readonly mean_probability: number
  readonly rate: number
}

export function reliabilityReport({ meanProbability, ...bin }: ReliabilityBin): ReliabilityReport {
  return { ...bin, mean_probability: meanProbability }
}
