/** What one seed shows: a world is simulated, models are trained on it, and the truth that training never sees judges them. */
export interface SeedResult {
  readonly seed: number
  readonly leads: number
  /** Which learner was chosen. */
  readonly learner: string
  /** AUC on every landmark of the test part. */
  readonly auc: { readonly model: number; readonly truth: number; readonly rows: number }
  readonly half_lives: {
    /** Learned, not sent back to the prior. */
    readonly learned: number
    /** Of these, those whose 90 % interval holds the true half-life. */
    readonly covered: number
    readonly prior: number
    /** Relative errors of the three types that count most. */
    readonly strongest_errors: readonly number[]
  }
  /** Log loss on the test part, with learned half-lives and with 30 days for every type. */
  readonly log_loss: { readonly learned: number; readonly fixed: number }
  /** Expected calibration error, and the 95th percentile of what the true probabilities would show on the same rows. */
  readonly ece: { readonly model: number; readonly truth_p95: number }
  /** Bins of scores, and those in which the true mean probability lies within the interval. */
  readonly intervals: { readonly bins: number; readonly covering: number }
  /** Whether the monitor raised drift: in a world that stands still, and in one whose campaigns changed. */
  readonly monitor: { readonly still: boolean; readonly changed: boolean }
  readonly seconds: number
}
