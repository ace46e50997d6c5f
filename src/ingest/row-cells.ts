/** The cells of one row after reading, by the name of their column. */
import type { Milliseconds } from '../glossary.ts'
import { CellFault, type CellValue, type Properties, readCell, type Stages } from './cell-types.ts'
import type { ImportColumn, RowFault } from './define-import.ts'

export class RowCells {
  readonly #columns: readonly (ImportColumn | null)[]
  readonly #index: ReadonlyMap<string, number>
  readonly #traits: readonly number[]
  readonly #values: (CellValue | null)[]

  /** `columns` stand in the order of the file; null for one that is passed over. One object serves all rows of a file. */
  constructor(columns: readonly (ImportColumn | null)[]) {
    this.#columns = columns
    this.#index = new Map(columns.flatMap((column, i) => (column ? [[column.name, i] as const] : [])))
    this.#traits = columns.flatMap((column, i) => (column?.trait ? [i] : []))
    this.#values = columns.map(() => null)
  }

  /** Takes the cells of the next row. Returns the first that cannot be used. */
  read(cells: readonly string[], now: Milliseconds): RowFault | null {
    for (let i = 0; i < this.#columns.length; i++) {
      const column = this.#columns[i]
      if (!column) continue
      const value = readCell(column.type, cells[i]!, column, now)
      if (value instanceof CellFault) return { column: column.name, fault: value }
      if (value === null && column.required) return { column: column.name, fault: new CellFault('is empty') }
      this.#values[i] = value
    }
    return null
  }

  /** null when the cell is empty, or the file has no such column. */
  text(name: string): string | null {
    const value = this.#value(name)
    return typeof value === 'string' ? value : null
  }

  number(name: string): number | null {
    const value = this.#value(name)
    return typeof value === 'number' ? value : null
  }

  time(name: string): Milliseconds | null {
    return this.number(name)
  }

  list(name: string): readonly string[] | null {
    const value = this.#value(name)
    return Array.isArray(value) ? (value as readonly string[]) : null
  }

  stages(name: string): Stages {
    const value = this.#value(name)
    return Array.isArray(value) ? (value as Stages) : []
  }

  properties(name: string): Properties | null {
    const value = this.#value(name)
    return typeof value === 'object' && value !== null && 'object' in value ? value : null
  }

  /** Name and JSON text of every trait that has a value. */
  *traits(): Generator<readonly [name: string, json: string]> {
    for (const i of this.#traits) {
      const value = this.#values[i]
      if (value !== null) yield [this.#columns[i]!.name, JSON.stringify(value)]
    }
  }

  #value(name: string): CellValue | null {
    const i = this.#index.get(name)
    return i === undefined ? null : this.#values[i]!
  }
}
