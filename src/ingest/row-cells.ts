/** The cells of one row after reading, by the name of their column. */
import type { Milliseconds } from '../glossary.ts'
import { CellFault } from './cell-fault.ts'
import { type CellFormat, type CellValue, type Properties, readCell, type Stages } from './cell-types.ts'
import { readOutcome } from './deal-outcome.ts'
import type { RowFault } from './define-import.ts'
import { faultInFile, type PlannedColumn, type RowPlan } from './row-plan.ts'

export class RowCells {
  readonly #plan: RowPlan
  readonly #index: ReadonlyMap<string, number>
  readonly #traits: readonly number[]
  readonly #values: (CellValue | null)[]

  /** One object serves all rows of a file. */
  constructor(plan: RowPlan) {
    const { columns } = plan
    this.#plan = plan
    this.#index = new Map(columns.map(({ column }, i) => [column.name, i] as const))
    this.#traits = columns.flatMap(({ column }, i) => (column.trait ? [i] : []))
    this.#values = columns.map(() => null)
  }

  /** Takes the cells of the next row, as many as the header has. Returns the first fault, told of the column of the file. */
  read(cells: readonly string[], now: Milliseconds): RowFault | null {
    const { columns, outcome } = this.#plan
    for (let i = 0; i < columns.length; i++) {
      const planned = columns[i]!
      if (planned.deferred) continue
      const value = readPlanned(planned, cells, now, planned.format)
      if (value instanceof CellFault) return this.#faultOf(planned, value)
      if (value === null && planned.column.required) return this.#faultOf(planned, new CellFault('is empty'))
      this.#values[i] = value
    }
    if (outcome) {
      const read = readOutcome(outcome, cells, this.#plan.missing)
      if (typeof read !== 'string') return read
      this.#values[this.#index.get('outcome')!] = read
    }
    const closedAt = this.#index.get('closed_at')
    return closedAt === undefined ? null : this.#readClose(closedAt, cells, now)
  }

  /**
   * When a deal was closed. With a map, the close date of an open deal is only expected: it is not taken. A date without a time
   * on the day of the opening is the end of that day: a deal does not close before it opens.
   */
  #readClose(at: number, cells: readonly string[], now: Milliseconds): RowFault | null {
    this.#values[at] = null
    if (this.#plan.object !== null && this.text('outcome') === 'open') return null
    const planned = this.#plan.columns[at]!
    const closed = readPlanned(planned, cells, now, planned.format)
    if (closed instanceof CellFault) return this.#faultOf(planned, closed)
    this.#values[at] = closed
    const opened = this.time('opened_at')
    if (typeof closed !== 'number' || opened === null || closed >= opened) return null
    const end = readPlanned(planned, cells, now, { ...planned.format, day: 'end' })
    if (typeof end === 'number' && end >= opened) this.#values[at] = end
    return null
  }

  #faultOf({ column }: PlannedColumn, fault: CellFault): RowFault {
    return faultInFile(this.#plan, { column: column.name, fault })
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

  flag(name: string): boolean | null {
    const value = this.#value(name)
    return typeof value === 'boolean' ? value : null
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
      if (value !== null) yield [this.#plan.columns[i]!.column.name, JSON.stringify(value)]
    }
  }

  #value(name: string): CellValue | null {
    const i = this.#index.get(name)
    return i === undefined ? null : this.#values[i]!
  }
}

function readPlanned(
  { position, constant, convert, column }: PlannedColumn,
  cells: readonly string[],
  now: Milliseconds,
  format: CellFormat,
): CellValue | CellFault | null {
  const cell = position < 0 ? constant : cells[position]!
  const text = convert ? convert(cell) : cell
  return text instanceof CellFault ? text : readCell(column.type, text, column, now, format)
}
