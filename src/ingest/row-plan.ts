/** What is made of the header of a file: which of its columns feeds which of ours, and how its text is read. */
import { fieldKey } from '../field-names.ts'
import type { CellConversion } from './cell-conversion.ts'
import { CellFault } from './cell-fault.ts'
import type { CellFormat } from './cell-types.ts'
import type { OutcomePlan } from './deal-outcome.ts'
import type { ImportColumn, ImportKind, RowFault } from './define-import.ts'

export interface PlannedColumn {
  /** Of the type as which the text is read. */
  readonly column: ImportColumn
  /** Index of the cell; -1 where `constant` stands in every row. */
  readonly position: number
  readonly constant: string
  /** The name in the file; that of the column where the file has none. */
  readonly source: string
  readonly format: CellFormat
  readonly convert: CellConversion | null
  /** Read when the others have been: how and whether depends on them. */
  readonly deferred: boolean
}

/** Something about a column of the file that the user should know. */
export interface PlanNote {
  /**
   * `outcome_field`: left out because it gives the outcome away. `lifted`: taken all the same. `not_read`: nobody names it, or
   * something else stands in its place. (Columns under `ignore` have no note.)
   */
  readonly code: 'outcome_field' | 'lifted' | 'not_read'
  /** As the file writes it. */
  readonly column: string
  /** Follows the name: "says how far...". */
  readonly reason: string
}

export interface RowPlan {
  readonly kind: ImportKind
  /** The object of the map; null without a map. */
  readonly object: string | null
  readonly columns: readonly PlannedColumn[]
  readonly outcome: OutcomePlan | null
  /** Texts that mean "not known". */
  readonly missing: ReadonlySet<string>
  readonly notes: readonly PlanNote[]
}

/** The fault of a column of the kind, told of the column of the file: "Close Date (closed_at) is empty". */
export function faultInFile(plan: RowPlan, { column, fault }: RowFault): RowFault {
  const planned = plan.columns.find((other) => other.column.name === column)
  if (!planned || fieldKey(planned.source) === column) return { column: planned?.source ?? column, fault }
  return { column: planned.source, fault: new CellFault(`(${column}) ${fault.reason}`) }
}
