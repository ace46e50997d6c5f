/**
 * What a row is made of. A row is a Float64Array with one number a column; missing is NaN, never 0.
 * Models know only columns and rows; the same holds for a lead and for a line of somebody's CSV.
 */

/** fit: who the subject is, never decays. behaviour: what it did, and does. */
type Side = 'fit' | 'behaviour'

interface ColumnBase {
  /** Unique in its row: `employees`, `pricing_page_viewed.decayed`, `technologies.kubernetes`. */
  readonly name: string
  /** Columns that one reason speaks for: `pricing page`. */
  readonly group: string
  readonly side: Side
}

/** A quantity. */
interface NumberColumn extends ColumnBase {
  readonly kind: 'number'
  /** How a linear model should see it. log1p is ln(1 + x) for x >= 0 and -ln(1 - x) below. */
  readonly transform: 'identity' | 'log1p'
}

/** 0 or 1. */
interface FlagColumn extends ColumnBase {
  readonly kind: 'flag'
}

/** A code: the index of the value in `categories`, the fitted vocabulary. An unseen value is missing (NaN). */
interface CategoryColumn extends ColumnBase {
  readonly kind: 'category'
  readonly categories: readonly string[]
}

export type Column = NumberColumn | FlagColumn | CategoryColumn
