/**
 * What every learner does: it chooses how to learn by a part that it was not fitted to, and then learns so, as often as asked.
 * What it made is plain data: the part of an artifact that predicts, and its section of the report.
 */
import type { ReportProgress } from '../../src/glossary.ts'
import type { BoostingArtifact, LogisticArtifact } from '../../src/model/artifact.ts'
import type { Matrix } from '../matrix.ts'
import type { BoostingReport, LogisticReport } from '../report/learned-report.ts'

export type LearnerName = 'logistic' | 'boosting'

/** What a definition or a command asks for. auto: boosting where it wins by more than the noise, else logistic. */
export type AskedLearner = LearnerName | 'auto'

/** What predicts: the parts of an artifact that a learner makes. */
export type ModelParts =
  | Pick<LogisticArtifact, 'kind' | 'base' | 'terms'>
  | Pick<BoostingArtifact, 'kind' | 'base_score' | 'trees' | 'rounding'>

export interface Learned {
  readonly parts: ModelParts
  readonly report: LogisticReport | BoostingReport
  /** What the splits of each column took off the loss, one a column; null where nothing is split. */
  readonly gain: Float64Array | null
}

export interface LearnOptions {
  /** With standard errors and whatever else only a report needs; default true. */
  readonly describe?: boolean
  /** Default 1. What is learned is the same whatever the number. */
  readonly threads?: number
  readonly report?: ReportProgress
  readonly signal?: AbortSignal
}

/** A way to learn, chosen. */
export interface Chosen {
  readonly learner: LearnerName
  /** Of the rows that the choice learned from. */
  readonly parts: ModelParts
  /** Learns in the chosen way from these rows. */
  learn(rows: Matrix, options: LearnOptions): Promise<Learned>
}
