/**
 * What the monitor compares later leads with: how the columns and the score were spread over the latest leads that training knew,
 * how many came a week, and how the outcomes of the test part stood to what was said. Plain data, in snake_case.
 */

/** Leads at entry, and at one later landmark each. They are compared apart: a new campaign shows at entry first. */
export const REFERENCE_SETS = ['at_entry', 'later'] as const
export type ReferenceSetName = (typeof REFERENCE_SETS)[number]

/**
 * Where the bins of a column begin and end; after these comes one more bin, of what is missing.
 * numbers: [-inf, edge), [edge, edge), ... [edge, inf). categories: each of `values`, then all others.
 */
export type ColumnBins =
  | { readonly kind: 'numbers'; readonly edges: readonly number[] }
  | { readonly kind: 'categories'; readonly values: readonly string[] }

export interface ReferenceColumn {
  /** Name of the column; `score` for the model's answer. */
  readonly column: string
  readonly bins: ColumnBins
  /** Rows by landmark day (as `ReferenceSet.days`), then by bin. */
  readonly counts: readonly (readonly number[])[]
  /** By how much rows of one account widen the noise of these counts: at least 1. */
  readonly design_effect: number
}

export interface ReferenceSet {
  readonly set: ReferenceSetName
  /** Days after entry, ascending. */
  readonly days: readonly number[]
  /** One row a lead. */
  readonly rows: number
  readonly accounts: number
  readonly columns: readonly ReferenceColumn[]
  readonly score: ReferenceColumn
}

/** What was said and what came, in a range of the score. */
export interface BandOutcome {
  readonly band: string
  /** Of the score, both included. */
  readonly from: number
  readonly to: number
  readonly rows: number
  readonly positives: number
  /** Sum of the probabilities. */
  readonly expected: number
  /** Of positives - expected, by account. */
  readonly standard_error: number
}

export interface ReferenceReport {
  /** ISO 8601. The landmarks of the sets, and the new leads of the weeks, lie in [from, until); `until` is the cut-off. */
  readonly from: string
  readonly until: string
  readonly sets: readonly ReferenceSet[]
  /** New leads in each whole week; the last week ends at `until`. */
  readonly weekly_leads: readonly number[]
  /** Of the test part, every landmark, by the model that was judged there: all of it, and by band. */
  readonly all: BandOutcome
  readonly bands: readonly BandOutcome[]
}
