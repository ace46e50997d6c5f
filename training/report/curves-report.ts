/**
 * How the model ranks the rows of the test part, how its scores lie, and rows worth a look. In snake_case: what goes into a report
 * as it is. No personal data: ids, and values of columns.
 */
import type { BaselineName } from '../baselines.ts'

export interface CurvesReport {
  /** Every landmark of the test part. */
  readonly rows: number
  readonly positives: number
  /** The model first, then its baselines. Empty where all rows have one outcome. */
  readonly rankings: readonly RankingReport[]
  /** Of the model, from 0 to 100 points. */
  readonly scores: readonly ScoreRangeReport[]
  readonly notable: readonly NotableRowReport[]
}

/** A point of a curve: x, then y, to five decimals. */
export type CurvePoint = readonly [number, number]

/** At most 200 points each, the first and the last among them. */
export interface RankingReport {
  readonly name: 'model' | BaselineName
  /** Share of the rows that did not reach the target, then of those that did, at or above each threshold. */
  readonly roc: readonly CurvePoint[]
  /** Recall, then precision, at or above each threshold. */
  readonly precision_recall: readonly CurvePoint[]
  /** Share of all rows, highest score first, then the share of the rows that reached the target found among them. */
  readonly gain: readonly CurvePoint[]
}

/** Scores from `from` to `to`, both included. */
export interface ScoreRangeReport {
  readonly from: number
  readonly to: number
  readonly reached: number
  readonly not_reached: number
}

/**
 * - best: the highest probability that came true. worst: the lowest that was right to be low.
 * - missed: the lowest of those that reached the target. false_hope: the highest of those that did not. Of their side, both have
 *   the highest loss.
 */
export type NotableKind = 'best' | 'worst' | 'missed' | 'false_hope'

/** `base + sum(log_odds) + other.log_odds + calibration = logit(probability)`. */
export interface NotableRowReport {
  readonly kind: NotableKind
  /** null where the id is a mail address. */
  readonly lead_id: string | null
  readonly as_of: string
  /** Since entry. */
  readonly day: number
  readonly reached: boolean
  readonly probability: number
  readonly raw_points: number
  /** -ln of the probability of what happened. */
  readonly loss: number
  readonly base: number
  readonly calibration: number
  /** One a group of columns, largest effect first. */
  readonly contributions: readonly NotableContribution[]
  /** The groups that are not listed, together. */
  readonly other: { readonly groups: number; readonly log_odds: number }
}

export interface NotableContribution {
  readonly group: string
  /** Columns of the group that add anything. */
  readonly columns: number
  /** The one that speaks loudest for what the group adds up to. */
  readonly column: string
  readonly kind: 'number' | 'flag' | 'category'
  /** Of that column; null: missing. Of a category that holds a mail address, only that. */
  readonly value: number | string | null
  /** Of the group. */
  readonly log_odds: number
}
