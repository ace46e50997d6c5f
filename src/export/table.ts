/** Rows on their way out of Wonlost: a header with typed columns, and rows as they come. Every format takes the same. */
import { WonlostError } from '../errors.ts'

/** `integer` has 32 bits; `time` is in Milliseconds. */
export type ColumnType = 'text' | 'integer' | 'number' | 'flag' | 'time'

export interface ExportColumn {
  readonly name: string
  readonly type: ColumnType
}

/** null: not known. NaN and infinities are no values either, and are written as null. */
export type ExportCell = string | number | boolean | null

/** In the order of the columns. */
export type ExportRow = readonly ExportCell[]

export interface ExportTable {
  readonly columns: readonly ExportColumn[]
  readonly rows: AsyncIterable<ExportRow> | Iterable<ExportRow>
}

/** The bytes of a file, piece by piece, while rows come. The pieces are not used again by whoever made them. */
export type TableBytes = AsyncGenerator<Uint8Array, void, undefined>

/** Throws `internal` for columns that a file could not tell apart. */
export function checkColumns(columns: readonly ExportColumn[]): void {
  const names = columns.map(({ name }) => name)
  const repeated = names.find((name, i) => names.indexOf(name) < i)
  if (columns.length > 0 && repeated === undefined && !names.includes('')) return
  const given = repeated ?? JSON.stringify(names)
  throw new WonlostError(
    'internal',
    `A table needs columns, each with a name of its own. Given twice: ${given}.`,
  )
}

const INT32 = 2 ** 31

/** The cells as every format writes them: what is no value is null. Throws `internal` for a cell that is not of its column's type. */
export function checkedRow(columns: readonly ExportColumn[], row: ExportRow): ExportRow {
  if (row.length !== columns.length)
    throw new WonlostError('internal', `A row has ${row.length} cells, the table ${columns.length} columns.`)
  return row.map((cell, i) => {
    const { name, type } = columns[i]!
    if (cell === null || (typeof cell === 'number' && !Number.isFinite(cell))) return null
    if (isOf(type, cell)) return cell
    throw new WonlostError(
      'internal',
      `The column ${name} holds ${type}. Given: ${String(JSON.stringify(cell)).slice(0, 60)}.`,
    )
  })
}

function isOf(type: ColumnType, cell: string | number | boolean): boolean {
  switch (type) {
    case 'text':
      return typeof cell === 'string'
    case 'flag':
      return typeof cell === 'boolean'
    case 'number':
      return typeof cell === 'number'
    case 'integer':
      return typeof cell === 'number' && Number.isInteger(cell) && cell >= -INT32 && cell < INT32
    case 'time':
      // What a Date can hold.
      return typeof cell === 'number' && Number.isInteger(cell) && Math.abs(cell) <= 8.64e15
  }
}
