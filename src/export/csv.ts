/** CSV as RFC 4180 has it: commas, CRLF, quotes doubled within quotes; UTF-8. https://www.rfc-editor.org/rfc/rfc4180 */
import { formatTime } from '../glossary.ts'
import {
  checkColumns,
  checkedRow,
  type ExportCell,
  type ExportColumn,
  type ExportTable,
  type TableBytes,
} from './table.ts'

const CHUNK_CHARACTERS = 64 * 1024

/**
 * Spreadsheets run a cell as a formula that begins with one of these. Whoever fills in a form could so run it on the machine of
 * whoever opens the file. OWASP, "CSV Injection", and ASVS 1.2.10 (NUL): https://owasp.org/www-community/attacks/CSV_Injection
 * The wide forms count where East Asian keyboards are in use; blanks and invisible characters before them are dropped by some.
 */
const FORMULA = /^(?:[\t\r\n\0]|[\s\p{Cf}]*[=+\-@＝＋－＠])/u
/**
 * Where the semicolon divides cells, as it does for Excel in most of Europe, quotes within a line of commas mean nothing, and a
 * cell begins after each semicolon, tab and line break.
 */
const INNER_FORMULA = /([;\t\r\n][^\S\t\r\n]*)(?=[=+\-@＝＋－＠])/g

const TO_QUOTE = /[",\r\n]|^\s|\s$/

/** Text that no spreadsheet runs: an apostrophe before what would be a formula. Reading it back means to take that off again. */
export function harmless(text: string): string {
  const inside = text.replace(INNER_FORMULA, "$1'")
  return FORMULA.test(text) ? `'${inside}` : inside
}

/**
 * Null is an empty cell, empty text is `""`, times are ISO 8601 in UTC, flags true and false. Text that looks like a formula gets
 * an apostrophe before it; numbers do not, as -3 in a column of numbers is no formula. `bom`: a byte order mark first, without
 * which Excel takes UTF-8 for the code page of the machine.
 */
export async function* csvBytes(table: ExportTable, options: { readonly bom?: boolean } = {}): TableBytes {
  const { columns } = table
  checkColumns(columns)
  let chunk = (options.bom ? '\uFEFF' : '') + csvLine(columns.map(({ name }) => quoted(harmless(name))))
  for await (const given of table.rows) {
    const row = checkedRow(columns, given)
    chunk += csvLine(columns.map((column, i) => csvCell(column, row[i]!)))
    if (chunk.length < CHUNK_CHARACTERS) continue
    yield Buffer.from(chunk)
    chunk = ''
  }
  if (chunk !== '') yield Buffer.from(chunk)
}

function csvLine(cells: readonly string[]): string {
  // A line with nothing on it would be passed over by many readers.
  return `${cells.length === 1 && cells[0] === '' ? '""' : cells.join(',')}\r\n`
}

function csvCell({ type }: ExportColumn, cell: ExportCell): string {
  if (cell === null) return ''
  if (typeof cell === 'string') return quoted(harmless(cell))
  return type === 'time' ? formatTime(Number(cell)) : String(cell)
}

function quoted(text: string): string {
  return text === '' || TO_QUOTE.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
