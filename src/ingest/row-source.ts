/** One interface for every kind of input of an import: rows of text cells under a header, read in flat memory. */

export type SourceFormat = 'csv' | 'jsonl' | 'parquet' | 'sql'

export interface SourceRecord {
  /** Where it begins: the physical line of CSV and JSON lines, the number of the row elsewhere; counted from 1. */
  readonly line: number
  /** One for each column of the header (CSV: as many as the row has); empty when there is a fault. What is missing is ''. */
  readonly cells: readonly string[]
  /** How many cells it has; null when that cannot be told. */
  readonly cellCount: number | null
  /** Its bytes in UTF-8 as they stand in the source; a range of it when they are too many to hold; null where rows are no text. */
  readonly raw: Buffer | { readonly start: number; readonly end: number } | null
  /** Why it cannot be used. `column` is an index of the header. */
  readonly fault: { readonly column: number | null; readonly reason: string } | null
}

export interface RecordBlock {
  readonly records: readonly SourceRecord[]
  /** How much of the source has been read by then, in its unit, and of how much; null when nobody knows. */
  readonly done: number
  readonly total: number | null
}

export interface RowSource {
  readonly format: SourceFormat
  /** The file, or the one with the SELECT. */
  readonly path: string
  /** Names of the columns as the source writes them. */
  readonly header: readonly string[]
  /** What `line` of a record counts. */
  readonly place: 'line' | 'row'
  /** What `done` and `total` of a block count. */
  readonly unit: 'bytes' | 'rows'
  /** May be called again, but for SQL; not while an earlier reading goes on. */
  records(): AsyncIterable<RecordBlock>
  /** Nothing is created before the first row is turned down. */
  createRejected(): RejectedRows
  close(): Promise<void>
}

export interface Rejection {
  readonly record: SourceRecord
  /** Name of the column as the source writes it; empty when it is the row as a whole. */
  readonly column: string
  readonly reason: string
}

/** Rows that an import turned down, in a file beside the source that can be corrected and imported. */
export interface RejectedRows {
  readonly path: string
  write(rejections: readonly Rejection[]): Promise<void>
  /** Puts the file in the place of the one of an earlier run; with no row written, only removes that one. */
  finish(): Promise<void>
  /** Leaves no trace; the file of an earlier run stays. */
  discard(): Promise<void>
}

/** What stands before the cells of a rejected row. */
export const REJECTION_COLUMNS = ['line', 'column', 'reason'] as const
