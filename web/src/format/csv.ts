/** A table as CSV (RFC 4180) that spreadsheets open without taking a text of others for a formula (OWASP, CSV Injection). */

type Cell = string | number | null

/** With the mark by which Excel knows UTF-8. */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`
}

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const isFormula = /^\s*[=+\-@|%\uFF0B\uFF0D\uFF1D\uFF20]/.test(cell) || /^[\t\r\n]/.test(cell)
  const text = isFormula ? `'${cell}` : cell
  return /[",;\r\n\t']/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}
