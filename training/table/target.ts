/** Which rows have reached the target. */
import { WonlostError } from '../../src/errors.ts'
import { isMissing } from './infer-columns.ts'
import type { TextTable } from './read-table.ts'

export interface Target {
  /** The value that counts as reached. */
  readonly positive: string
  /** Rows whose outcome is known, by index in the file. */
  readonly rows: Int32Array
  /** By index in the file; 0 where the outcome is not known. */
  readonly labels: Uint8Array
}

/** What counts as reached when nobody says: in lower case, the other value being its opposite. */
const POSITIVE_WORDS = ['1', 'yes', 'y', 'true', 't', 'won', 'converted', 'positive']
const SHOWN = 10

/**
 * Rows without an outcome are left out. Throws `usage` when the positive value is not in the column, or must be
 * said because the column does not have two values of which one is plainly the positive; `table_invalid` when all
 * rows have one outcome.
 */
export function readTarget(table: TextTable, column: string, positive: string | undefined): Target {
  const cells = table.cells[columnIndex(table, column, '--target')]!
  // A value asked for by name counts even where its word (None, Select) would mean missing elsewhere.
  const isKnown = (cell: string): boolean => cell === positive || !isMissing(cell)
  const counts = new Map<string, number>()
  for (const cell of cells) if (isKnown(cell)) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  const found = describeValues(counts)
  const chosen = positive ?? plainPositive([...counts.keys()])
  if (chosen === undefined && counts.size !== 1)
    throw new WonlostError(
      'usage',
      `--positive must say which value of "${column}" counts as reached. It has ${found}.`,
    )
  if (chosen !== undefined && !counts.has(chosen))
    throw new WonlostError(
      'usage',
      `--positive ${JSON.stringify(chosen)} is not a value of "${column}". It has ${found}.`,
    )
  if (counts.size < 2)
    throw new WonlostError(
      'table_invalid',
      `"${column}" needs two outcomes to learn from. It has ${found}.`,
      { field: column },
    )
  const rows = Int32Array.from([...cells.keys()].filter((row) => isKnown(cells[row]!)))
  return { positive: chosen!, rows, labels: Uint8Array.from(cells, (cell) => (cell === chosen ? 1 : 0)) }
}

/** Throws `usage` naming the option and the columns there are. */
export function columnIndex(table: TextTable, column: string, option: string): number {
  const index = table.names.indexOf(column)
  if (index < 0)
    throw new WonlostError(
      'usage',
      `${option} ${JSON.stringify(column)} is not a column. The columns are ${table.names.map((name) => `"${name}"`).join(', ')}.`,
    )
  return index
}

function plainPositive(values: readonly string[]): string | undefined {
  if (values.length !== 2) return undefined
  const plain = values.filter((value) => POSITIVE_WORDS.includes(value.toLowerCase()))
  return plain.length === 1 ? plain[0] : undefined
}

function describeValues(counts: ReadonlyMap<string, number>): string {
  const shown = [...counts]
    .slice(0, SHOWN)
    .map(([value, count]) => `${JSON.stringify(value)} (${count} rows)`)
  const more = counts.size - shown.length
  return shown.length === 0 ? 'no value' : `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
