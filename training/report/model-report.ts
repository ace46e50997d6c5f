/** What training found out about a model, as plain data: for the terminal, the database and the HTTP API. No file paths, no clock. */
import type { Calibration } from '../../src/model/artifact.ts'
import type { Sampled } from '../account-sample.ts'
import type { BaselineName } from '../baselines.ts'
import type { AucDifference, Metrics } from '../evaluate/metrics.ts'
import type { EvaluationSetName } from '../evaluation-sets.ts'
import type { LandmarkStatus } from '../landmarks.ts'
import type { PartName } from '../split.ts'
import type { AuditReport } from './audit-report.ts'
import type { CalibrationReport } from './calibration-report.ts'
import type { CurvesReport } from './curves-report.ts'
import type { EffectsReport } from './effects-report.ts'
import type { GateReport } from './gate-report.ts'
import type { HalfLifeReport } from './half-life-report.ts'
import type { BoostingReport, LearnerChoiceReport, LogisticReport } from './learned-report.ts'
import type { ReferenceReport } from './reference-report.ts'
import type { SearchReport } from './search-report.ts'
import type { StageReport } from './stages-report.ts'

export interface PartReport {
  readonly name: PartName
  /** ISO 8601. Landmarks lie from here on; labels were known by `until`. */
  readonly from: string
  readonly until: string
  readonly rows: number
  readonly positives: number
  /** Leads, or deals: whoever the definition asks about. */
  readonly subjects: number
  readonly accounts: number
}

export interface ReliabilityReport {
  readonly rows: number
  readonly mean_probability: number
  /** The share that reached the target. */
  readonly rate: number
  /** 95 %, rows of one account taken for what they are; absent in reports of before there was one. */
  readonly rate_interval?: readonly [number, number] | null
}

export interface BandReport {
  readonly band: string
  readonly from: number
  readonly to: number
  readonly rows: number
  readonly positives: number
  /** null for a band without rows. */
  readonly rate: number | null
  /** 95 %, as of reliability; null for a band without rows. */
  readonly rate_interval?: readonly [number, number] | null
}

interface BaselineReport {
  readonly name: BaselineName
  readonly metrics: Metrics
  /** AUC of the model minus that of the baseline. */
  readonly auc_lead: AucDifference
}

export interface EvaluationReport {
  readonly set: EvaluationSetName
  readonly accounts: number
  readonly metrics: Metrics
  readonly baselines: readonly BaselineReport[]
  readonly reliability: readonly ReliabilityReport[]
  readonly bands: readonly BandReport[]
}

/** With the section of its learner: `kind` says which. */
export type TrainingReport = CommonReport & (LogisticReport | BoostingReport)

interface CommonReport {
  readonly format: 'wonlost.training_report'
  readonly format_version: 1
  readonly model: string
  /** Whom it is about, where not everyone: the segment, and its conditions in words. */
  readonly segment?: { readonly name: string; readonly who: string }
  readonly description: string
  readonly population: string
  readonly pipeline: string
  readonly target: string
  readonly horizon_days: number | null
  /** ISO 8601: what training could know. */
  readonly cutoff: string
  readonly seed: number
  /** Scheduled landmarks by what became of them. */
  readonly landmarks: Readonly<Record<LandmarkStatus, number>>
  /** Usable rows that stand in no part. */
  readonly left_out: { readonly label_crosses_boundary: number; readonly account_on_other_side: number }
  readonly parts: readonly PartReport[]
  /** Usable rows of the accounts of the first three parts, known when the test part begins: what the model is fitted on. */
  readonly learned_from: {
    readonly rows: number
    readonly positives: number
    readonly subjects: number
    readonly accounts: number
  }
  /** Subjects that it learned from, was calibrated or judged on, that reached the target, and that did not. */
  readonly subjects: { readonly reached: number; readonly not_reached: number }
  readonly columns: number
  readonly calibration: Calibration
  /** Why there is no calibration; null when there is. */
  readonly not_calibrated_because: string | null
  /** How the calibration was chosen, and what intervals stand on; absent in reports of before there was a choice. */
  readonly calibration_choice?: CalibrationReport
  /** true: the artifact was fitted once more on all usable rows; the figures are those of the fit before it. */
  readonly refit: boolean
  readonly evaluation: readonly EvaluationReport[]
  /** What the model of these figures goes by, and how; absent in reports of before there was this section. */
  readonly effects?: EffectsReport
  /** How long each kind of event counts; absent in reports of before half-lives were learned. */
  readonly half_lives?: HalfLifeReport
  /** How it ranks, how its scores lie, and rows worth a look; absent in reports of before there was this section. */
  readonly curves?: CurvesReport
  /** Absent where only logistic regression was asked for, and in reports of before there was a choice. */
  readonly learner_choice?: LearnerChoiceReport
  /** Absent where no settings were searched for. */
  readonly search?: SearchReport
  /** Whether it uses only what was known; absent in reports of before there was an audit. */
  readonly audit?: AuditReport
  /** Whether it may take the place of what serves; absent in reports of before there was a gate. */
  readonly gate?: GateReport
  /** What later leads are compared with by the monitor; absent in reports of before there was one. */
  readonly reference?: ReferenceReport
  /** What was looked at, where there was more than should be held in memory: a sample of the accounts. */
  readonly sampled?: Sampled
  /** Where the time went; absent where no clock was given. */
  readonly stages?: readonly StageReport[]
}

/** Whether a report out of the database is one of these. */
export function isTrainingReport(report: unknown): report is TrainingReport {
  return (
    typeof report === 'object' &&
    report !== null &&
    'format' in report &&
    report.format === 'wonlost.training_report' &&
    'format_version' in report &&
    report.format_version === 1
  )
}
