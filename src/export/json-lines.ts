/** JSON lines: one object a line, UTF-8, LF. https://jsonlines.org */
import { formatTime } from '../glossary.ts'
import { checkColumns, checkedRow, type ExportTable, type TableBytes } from './table.ts'

const CHUNK_CHARACTERS = 64 * 1024

/** Every object has every column, in their order; null is null, times are ISO 8601 in UTC. */
export async function* jsonLinesBytes(table: ExportTable): TableBytes {
  const { columns } = table
  checkColumns(columns)
  // Written by hand: an object would put names that look like integers first.
  const names = columns.map(({ name }) => `${JSON.stringify(name)}:`)
  let chunk = ''
  for await (const given of table.rows) {
    const cells = checkedRow(columns, given).map((cell, i) =>
      columns[i]!.type === 'time' && cell !== null ? formatTime(Number(cell)) : cell,
    )
    chunk += `{${cells.map((cell, i) => names[i] + JSON.stringify(cell)).join(',')}}\n`
    if (chunk.length < CHUNK_CHARACTERS) continue
    yield Buffer.from(chunk)
    chunk = ''
  }
  if (chunk !== '') yield Buffer.from(chunk)
}
