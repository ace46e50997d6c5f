/** Rows of CSV as CRMs export them (RFC 4180). Cells are left as they are: +1 555 is a telephone number here, no formula. */

/** null is an empty cell; of a list the items are divided by `;`. */
export type Cell = string | number | boolean | readonly string[] | null

export function csvRow(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: Cell): string {
  const text = cell === null ? '' : typeof cell === 'object' ? cell.join(';') : String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
