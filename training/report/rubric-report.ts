/** What outcomes said of the points of a rubric when they were put on the probability scale, as plain data and in words. */
import { numberText as count } from '../../src/features/wording.ts'

export interface RubricReport {
  readonly format: 'wonlost.rubric_report'
  readonly format_version: 1
  readonly model: string
  /** ISO 8601. Outcomes known by then; of a card whose points were derived from outcomes, of rows since `learned_until`. */
  readonly cutoff: string
  readonly learned_until: string | null
  readonly rows: number
  readonly positives: number
  readonly accounts: number
  /** Leads, or deals. */
  readonly subjects: { readonly reached: number; readonly not_reached: number }
  /** So many points more double the odds: ln 2 / slope of Platt's line. */
  readonly points_for_double_odds: number
  /** Of the points, on these rows. */
  readonly auc: number
  /** On these rows, that the line was put through: two numbers from so many rows flatter little. */
  readonly log_loss: {
    readonly rubric: number
    readonly base_rate: number
    /** rubric - base_rate, and its 95 % interval (accounts resampled). */
    readonly difference: number
    readonly interval: readonly [number, number] | null
  }
}

export function isRubricReport(report: unknown): report is RubricReport {
  return (
    typeof report === 'object' &&
    report !== null &&
    'format' in report &&
    report.format === 'wonlost.rubric_report'
  )
}

export function rubricReportLines(report: RubricReport): string[] {
  const { subjects, log_loss: loss, learned_until: until } = report
  const since =
    until === null ? '' : `, since ${until} (its points were derived from outcomes known until then)`
  return [
    `${report.model}: the points of the rubric as probabilities, by outcomes known by ${report.cutoff}${since}`,
    `  ${count(report.rows)} rows of ${count(report.accounts)} accounts; ${count(subjects.reached)} subjects reached the target, ${count(subjects.not_reached)} did not`,
    `  ${report.points_for_double_odds.toFixed(1)} points more double the odds; AUC of the points ${report.auc.toFixed(3)}`,
    `  log loss ${loss.rubric.toFixed(4)}, of the base rate ${loss.base_rate.toFixed(4)}`,
  ]
}
