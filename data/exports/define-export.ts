/** How a CRM exports the simulated history is data: an object through `defineExport`, in the list of index.ts. */
import type { AccountView } from './account-view.ts'
import { type Cell, csvRow } from './csv-row.ts'

export interface ExportFile {
  readonly name: string
  readonly header: readonly string[]
  /** The lines of an account, each a row of CSV, and how many they are. */
  lines(view: AccountView): { readonly text: string; readonly rows: number }
}

/** How to import a file again. */
interface ImportStep {
  readonly kind: 'accounts' | 'leads' | 'deals' | 'deal_contacts' | 'deal_stages' | 'events'
  readonly file: string
  /** false: the columns have our names already. */
  readonly mapped: boolean
}

export interface CrmExport {
  /** Also the name of the map that reads it. */
  readonly crm: 'hubspot' | 'salesforce'
  readonly files: readonly ExportFile[]
  /** In the order in which the files have to be imported. */
  readonly imports: readonly ImportStep[]
}

export function defineExport(crm: CrmExport): CrmExport {
  return Object.freeze(crm)
}

/** `columns`: name in the header, and what a row has there. */
export function exportFile<Row>(
  name: string,
  rowsOf: (view: AccountView) => readonly Row[],
  columns: Readonly<Record<string, (row: Row) => Cell>>,
): ExportFile {
  const cells = Object.values(columns)
  return {
    name,
    header: Object.keys(columns),
    lines(view) {
      const rows = rowsOf(view)
      const text = rows.map((row) => csvRow(cells.map((cellOf) => cellOf(row)))).join('')
      return { text, rows: rows.length }
    },
  }
}
