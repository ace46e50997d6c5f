/** The formats in which rows go out. To add one: its bytes in a file beside this one, and an entry here. */
import { csvBytes } from './csv.ts'
import { jsonLinesBytes } from './json-lines.ts'
import { parquetBytes } from './parquet.ts'
import type { ExportTable, TableBytes } from './table.ts'

export interface ExportFormat {
  readonly name: 'csv' | 'parquet' | 'jsonl'
  /** Endings of files that are of this format when nobody says otherwise. */
  readonly endings: readonly string[]
  /** false: not to be read before it has ended, nor by people. */
  readonly isText: boolean
  readonly bytes: (table: ExportTable, options: { readonly bom: boolean }) => TableBytes
}

export const EXPORT_FORMATS: readonly ExportFormat[] = [
  { name: 'csv', endings: ['.csv'], isText: true, bytes: csvBytes },
  { name: 'parquet', endings: ['.parquet'], isText: false, bytes: (table) => parquetBytes(table) },
  { name: 'jsonl', endings: ['.jsonl', '.ndjson'], isText: true, bytes: (table) => jsonLinesBytes(table) },
]
