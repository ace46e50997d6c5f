/** The sections of reports that differ by learner. In snake_case: what goes into a report as it is. */
import type { NumberEncoding } from '../encoding.ts'
import type { CoefficientReport } from '../logistic/coefficients.ts'

export interface LogisticReport {
  readonly kind: 'logistic'
  /** How numbers enter: chosen on the validation part, with the strength of the penalty. */
  readonly numbers: NumberEncoding
  readonly strength: number
  /** The columns tell the fit rows apart without one mistake: suspicious. */
  readonly separated: boolean
  /** Odds ratios: all of them, or where a report lists fewer, the largest effects that are sure. */
  readonly odds_ratios: readonly CoefficientReport[]
}

export interface BoostingReport {
  readonly kind: 'boosting'
  /** As many as had the least log loss on the validation part. */
  readonly trees: number
  /** Leaves of all trees. */
  readonly leaves: number
  /** Splits from the root to the deepest leaf. */
  readonly depth: number
  readonly settings: {
    readonly rate: number
    readonly leaves: number
    readonly depth: number
    readonly min_rows: number
    readonly l2: number
    /** Share of the columns that each tree may ask. */
    readonly column_share: number
    /** Share of the rows that each tree is grown from. */
    readonly row_share: number
    /** At most. */
    readonly trees: number
    readonly monotone: Readonly<Record<string, 'increasing' | 'decreasing'>>
  }
  /** Of the fit that the number of trees was chosen by; not every tree is listed. */
  readonly path: readonly {
    readonly trees: number
    readonly fit_log_loss: number
    readonly validation_log_loss: number
  }[]
}

/** Two learners on rows that neither was fitted to. */
export interface LearnerComparison {
  readonly rows: number
  readonly accounts: number
  readonly logistic_log_loss: number
  readonly boosting_log_loss: number
  /** Logistic minus boosting: above 0 boosting is better. */
  readonly difference: number
  /** Of the difference, clustered by account; null with a single account. */
  readonly standard_error: number | null
}

/** Why the learner is what it is, where there was a choice. */
export interface LearnerChoiceReport {
  readonly asked: 'auto' | 'boosting'
  readonly chosen: 'logistic' | 'boosting'
  /** In words. */
  readonly because: string
  readonly compared: LearnerComparison
}
