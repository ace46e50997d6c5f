/** How raw scores became probabilities, and why so. In snake_case: what goes into a report as it is. */

export type CalibratorName = 'identity' | 'platt' | 'beta' | 'isotonic'

export interface CalibrationReport {
  readonly chosen: CalibratorName
  /** In words. */
  readonly because: string
  /** Those that were tried, the simplest first; log loss of rows whose account the calibrator was not fitted to. */
  readonly candidates: readonly { readonly name: CalibratorName; readonly log_loss: number }[]
  /** Of the calibration part. */
  readonly rows: number
  readonly accounts: number
  /** What the intervals stand on: one row an account. null where the artifact gives none. */
  readonly interval: { readonly accounts: number } | null
}
