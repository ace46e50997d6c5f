/** What a recalibration found and did, as plain data and in words. */
import { numberText as count } from '../../src/features/wording.ts'
import { percent } from './figures.ts'
import type { GateReport } from './gate-report.ts'
import { gateLines } from './gate-text.ts'

export interface RecalibrationReport {
  readonly format: 'wonlost.recalibration_report'
  readonly format_version: 1
  readonly model: string
  readonly from_version: number
  /** ISO 8601. Outcomes that became known after `since`, and by `cutoff`. */
  readonly since: string
  readonly cutoff: string
  readonly rows: number
  readonly positives: number
  readonly accounts: number
  /** Leads, or deals. */
  readonly subjects: { readonly reached: number; readonly not_reached: number }
  /** Log-odds added to every probability; the 95 % interval is clustered by account. */
  readonly shift: { readonly log_odds: number; readonly interval: readonly [number, number] | null }
  readonly mean_probability: { readonly before: number; readonly after: number }
  readonly log_loss: { readonly before: number; readonly after: number }
  /** On the rows that it was moved by, crosswise. */
  readonly gate: GateReport
}

export function recalibrationLines(report: RecalibrationReport): string[] {
  const { shift, mean_probability: mean, log_loss: loss, subjects } = report
  const [low, high] = shift.interval ?? [null, null]
  const sure = low === null || high === null ? '' : ` (95 % interval ${signed(low)} to ${signed(high)})`
  const byChance = low !== null && high !== null && low <= 0 && high >= 0
  return [
    `${report.model} version ${report.from_version}, moved by outcomes that became known from ${report.since} to ${report.cutoff}:`,
    `  ${count(report.rows)} rows of ${count(report.accounts)} accounts; ${count(subjects.reached)} subjects reached the target, ${count(subjects.not_reached)} did not`,
    `  said ${percent(mean.before)}, came ${percent(report.positives / report.rows)}, says now ${percent(mean.after)}`,
    `  log-odds ${signed(shift.log_odds)}${sure}; log loss of these rows ${loss.before.toFixed(4)}, now ${loss.after.toFixed(4)}`,
    ...(byChance ? ['  Chance alone may have done this: the interval holds 0.'] : []),
    '  Points and bands stay as they are: the average lead moves along.',
    ...gateLines(report.gate),
  ]
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`
}
