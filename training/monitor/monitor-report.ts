/** What the monitor found about a model, as plain data: for the terminal, the database and the HTTP API. In snake_case. */
import type { ModelKind } from '../../src/glossary.ts'
import type { Metrics } from '../evaluate/metrics.ts'
import type { BandOutcome, ReferenceSetName } from '../report/reference-report.ts'

/** What can be crossed; limits.ts has the numbers. */
type LimitName = 'drift_of_score' | 'drift_of_feature' | 'missing' | 'volume' | 'calibration' | 'band' | 'auc'

export interface Crossing {
  readonly limit: LimitName
  /** A column, a band, or null where it is about all. */
  readonly subject: string | null
  readonly set: ReferenceSetName | null
  readonly value: number
  readonly allowed: string
  /** In words, with the figures. */
  readonly text: string
}

export interface DriftFigure {
  readonly column: string
  readonly kind: 'numbers' | 'categories'
  /** Columns that tell of one thing; null for the score. */
  readonly group: string | null
  readonly psi: number
  /** What PSI is on average without drift, with so few rows. */
  readonly psi_by_chance: number
  /** psi - psi_by_chance, at least 0: what the limit is about. */
  readonly psi_above_chance: number
  /** Of no drift, over all columns and sets of this run (Benjamini & Hochberg). */
  readonly q_value: number
  /** Shares; null for what a lead did, where missing says no more than that it did not. */
  readonly missing: { readonly now: number; readonly reference: number; readonly q_value: number } | null
  /** Of the score, and of columns that crossed a limit. Shares; the reference at the ages that the leads of now have. */
  readonly bins?: readonly { readonly bin: string; readonly now: number; readonly reference: number }[]
}

export interface DriftReport {
  readonly set: ReferenceSetName
  readonly rows: number
  readonly accounts: number
  readonly reference_rows: number
  readonly score: DriftFigure
  /** Farthest above chance first. */
  readonly columns: readonly DriftFigure[]
}

export interface BandComparison extends Omit<BandOutcome, 'expected' | 'standard_error'> {
  /** Sum of the probabilities; null for a rubric, which has none. */
  readonly expected: number | null
  /** positives / rows; null without rows. */
  readonly rate: number | null
  /** positives / expected, then and now; null where nothing was expected. */
  readonly ratio: number | null
  readonly reference_ratio: number | null
  readonly q_value: number | null
}

export interface OutcomesReport {
  /** Labels became known in (from, until]. ISO 8601. */
  readonly from: string
  readonly until: string
  readonly rows: number
  readonly positives: number
  readonly accounts: number
  /** null where there are no probabilities, or too few outcomes. */
  readonly metrics: Metrics | null
  readonly reference_auc: number | null
  readonly all: BandComparison
  readonly bands: readonly BandComparison[]
}

export interface VolumeReport {
  /** New leads in each whole week of the window. */
  readonly weeks: readonly number[]
  readonly per_week: number
  readonly reference_per_week: number
  readonly ratio: number
}

type MonitorVerdict = 'steady' | 'crossed' | 'too_little'

export interface MonitorReport {
  readonly format: 'wonlost.monitor_report'
  readonly format_version: 1
  readonly model: string
  readonly segment: string
  readonly version: number
  readonly kind: ModelKind
  readonly sha256: string
  /** ISO 8601. */
  readonly as_of: string
  readonly window_days: number
  readonly cutoff: string | null
  readonly verdict: MonitorVerdict
  /** In words. */
  readonly because: string
  readonly crossed: readonly Crossing[]
  readonly retrain: { readonly advice: 'yes' | 'look' | 'no'; readonly text: string }
  /** What could not be watched, and why. */
  readonly not_watched: readonly string[]
  readonly reference: { readonly from: string; readonly until: string } | null
  readonly volume: VolumeReport | null
  readonly drift: readonly DriftReport[]
  readonly outcomes: OutcomesReport | null
}
