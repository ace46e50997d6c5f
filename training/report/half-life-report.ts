/**
 * What training found out about how long each kind of event counts, and how sure that is. In snake_case: what goes into a report
 * as it is.
 */

export interface EventHalfLife {
  /** The type of the event. */
  readonly event: string
  /** The feature of the definition that it is of. */
  readonly feature: string
  /** What the model uses. */
  readonly half_life_days: number
  /** 90 %, of what the data say, also where the prior is kept; null where nothing was learned, or nothing could be. */
  readonly interval_days: readonly [number, number] | null
  readonly from: 'learned' | 'pinned' | 'prior'
  /** Why the prior was kept; null where it was not. */
  readonly because: string | null
  /**
   * What one event of right now adds to the pace at which the target is reached: 1 doubles the pace of a lead without events. null where
   * nobody did this, or nothing was learned; then it is 0 in `interest`.
   */
  readonly weight: number | null
}

export interface HalfLifeReport {
  readonly prior_days: number
  /** Half of what it is: the median time from entry to the target, the horizon where nobody reached it, or 60 days without a horizon. */
  readonly prior_basis?: 'median_cycle' | 'horizon' | 'default'
  /** How much an event of another counts beside one of the first contact; null where nobody else did anything. */
  readonly share?: number | null
  /** Moments that the half-lives were learned from, and how many of them are those at which the target was reached. */
  readonly rows: number
  readonly cases: number
  /** ...and those at which a deal was lost; absent from reports of models that did not look at these. */
  readonly lost?: number
  /** In the order of the definition. */
  readonly events: readonly EventHalfLife[]
}
