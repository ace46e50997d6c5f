/** What the gate decided about a trained version, and by which checks. In snake_case: what goes into a report as it is. */

/**
 * - log_loss: against what serves now, on rows that neither has learned from. Of the first of a segment, `segment` asks for more.
 * - segment: of a model of a segment, that it is better there than what scores its leads without it.
 * - skill: against the base rate.
 * - calibration_slope, bands, audit: what the report says of the version itself.
 * - data: enough subjects that reached the target.
 */
export type GateCheckId = 'log_loss' | 'segment' | 'skill' | 'calibration_slope' | 'bands' | 'audit' | 'data'

export interface GateCheck {
  readonly id: GateCheckId
  /** null: it could not be asked; `text` says why. */
  readonly passed: boolean | null
  /** What was measured; null where nothing was. */
  readonly figure: number | null
  /** 95 %, accounts resampled; null where there is none. */
  readonly interval: readonly [number, number] | null
  /** What it had to be, in words. */
  readonly limit: string
  /** The finding in one sentence. */
  readonly text: string
}

export interface GateReport {
  /** by_hand: nothing speaks against it, and not enough for it. Both others than pass need `--force` and a reason. */
  readonly verdict: 'pass' | 'by_hand' | 'refuse'
  /** The decision in a sentence. */
  readonly because: string
  /** What log_loss was compared with, and on how many rows. */
  readonly against: {
    readonly basis: 'champion' | 'rubric' | 'base_rate'
    /** Of the champion. */
    readonly version: number | null
    /** Of a segment: the champions of other segments (null: for everyone) that score its leads without it, when it was judged. */
    readonly without?: readonly { readonly segment: string | null; readonly version: number }[]
    readonly rows: number
    readonly accounts: number
  }
  readonly checks: readonly GateCheck[]
}
