/** Parquet, a row group at a time, so that memory holds one, however many rows there are. https://parquet.apache.org/docs/ */
import { ByteWriter, type ColumnSource, ParquetWriter, type SchemaElement } from 'hyparquet-writer'
import {
  type ColumnType,
  checkColumns,
  checkedRow,
  type ExportCell,
  type ExportColumn,
  type ExportTable,
  type TableBytes,
} from './table.ts'

/** A row group ends with whichever comes first. */
const GROUP_ROWS = 20_000
const GROUP_CHARACTERS = 16 * 1024 * 1024

const TYPES: Readonly<Record<ColumnType, Pick<SchemaElement, 'type' | 'converted_type'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT32' },
  number: { type: 'DOUBLE' },
  flag: { type: 'BOOLEAN' },
  time: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
}

/** Every column may hold nulls. Times are timestamps in UTC, in milliseconds. Compressed with Snappy. */
export async function* parquetBytes(table: ExportTable): TableBytes {
  const { columns } = table
  checkColumns(columns)
  const writer = new ByteWriter()
  const parquet = new ParquetWriter({ writer, schema: schemaOf(columns), createdBy: 'wonlost' })
  /** What was written since the last time. The writer goes on at the same offset of the file. */
  const take = (): Uint8Array => {
    const bytes = writer.getBytes().slice()
    writer.index = 0
    return bytes
  }
  let group: ExportCell[][] = columns.map(() => [])
  let characters = 0
  const endGroup = (): Uint8Array => {
    const columnData = columns.map(
      ({ name, type }, i): ColumnSource => ({ name, data: group[i]!.map((cell) => parquetCell(type, cell)) }),
    )
    parquet.write({ columnData, rowGroupSize: GROUP_ROWS })
    group = columns.map(() => [])
    characters = 0
    return take()
  }
  for await (const given of table.rows) {
    for (const [i, cell] of checkedRow(columns, given).entries()) {
      group[i]!.push(cell)
      characters += typeof cell === 'string' ? cell.length : 8
    }
    if (group[0]!.length >= GROUP_ROWS || characters >= GROUP_CHARACTERS) yield endGroup()
  }
  if (group[0]!.length > 0) yield endGroup()
  parquet.finish()
  yield take()
}

function schemaOf(columns: readonly ExportColumn[]): SchemaElement[] {
  return [
    { name: 'root', num_children: columns.length },
    ...columns.map(
      ({ name, type }): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...TYPES[type] }),
    ),
  ]
}

function parquetCell(type: ColumnType, cell: ExportCell): ExportCell | Date {
  return type === 'time' && cell !== null ? new Date(Number(cell)) : cell
}
