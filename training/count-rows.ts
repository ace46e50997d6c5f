import type { Row } from './rows.ts'

export interface RowCounts {
  readonly rows: number
  /** Rows that reached the target. */
  readonly positives: number
  /** Deals, or leads where a row is of no deal. */
  readonly subjects: number
  readonly accounts: number
}

export function countRows(rows: readonly Row[]): RowCounts {
  return {
    rows: rows.length,
    positives: rows.reduce((count, { label }) => count + label, 0),
    subjects: new Set(rows.map(({ dealId, leadId }) => dealId ?? leadId)).size,
    accounts: new Set(rows.map(({ group }) => group)).size,
  }
}
