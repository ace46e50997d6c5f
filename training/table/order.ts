/** The times by which rows are ordered, and the groups that stay together. */
import { WonlostError } from '../../src/errors.ts'
import { parseDates } from './dates.ts'
import { isMissing } from './infer-columns.ts'
import type { TextTable } from './read-table.ts'
import { columnIndex } from './target.ts'

/** Numbers, or dates as days. Throws `table_invalid` for a column that is neither, or has holes. */
export function readTimes(table: TextTable, column: string): Float64Array {
  const cells = table.cells[columnIndex(table, column, '--time')]!
  const hole = cells.findIndex(isMissing)
  if (hole >= 0)
    throw new WonlostError(
      'table_invalid',
      `--time "${column}" has no value in row ${hole + 1}; every row needs one.`,
      { field: column },
    )
  const numbers = Float64Array.from(cells, Number)
  const times = numbers.every(Number.isFinite) ? numbers : parseDates(cells)
  if (!times)
    throw new WonlostError(
      'table_invalid',
      `--time "${column}" must hold numbers or dates (2025-12-01, 1.12.2025), all written alike. It begins with ${JSON.stringify(cells[0])}.`,
      { field: column },
    )
  return times
}

/** Rows with the same id get the same number; without --id, or without an id, each row is alone. */
export function readGroups(table: TextTable, column: string | undefined): Int32Array {
  if (column === undefined) return Int32Array.from({ length: table.rowCount }, (_, row) => row)
  const cells = table.cells[columnIndex(table, column, '--id')]!
  const firstRow = new Map<string, number>()
  return Int32Array.from(cells, (cell, row) => {
    if (isMissing(cell)) return row
    const first = firstRow.get(cell) ?? row
    firstRow.set(cell, first)
    return first
  })
}
