/**
 * What each column of a table is, by looking at its cells and never at the outcome:
 *
 * - missing: an empty cell, or one of MISSING_WORDS in any case. "unknown" is a category of its own: somebody
 *   wrote it.
 * - number: every other cell is a number; or nine in ten are, and then the rest counts as missing, with a notice.
 * - date: every other cell is a date; it becomes days, month and weekday.
 * - identifier (left out): whole numbers or texts that hardly repeat.
 * - category: the rest. One value and nothing missing, or nothing at all: left out.
 */
import { areSerialNumbers } from '../audit/serial-numbers.ts'
import { monthOf, parseDates, weekdayOf } from './dates.ts'
import type { TextTable } from './read-table.ts'

/** In lower case. "Select" is what web forms leave behind when nobody chose. */
const MISSING_WORDS = new Set([
  '',
  'na',
  'n/a',
  '#n/a',
  'nan',
  'null',
  'none',
  'nil',
  'select',
  '?',
  '-',
  '--',
])

export type TypedColumn =
  | {
      readonly kind: 'number'
      readonly name: string
      /** The column of the file it came from. */
      readonly source: string
      readonly transform: 'identity' | 'log1p'
      /** NaN is missing. */
      readonly values: Float64Array
    }
  | {
      readonly kind: 'category'
      readonly name: string
      readonly source: string
      readonly levels: readonly string[]
      /** Index of the level a row; -1 is missing. */
      readonly codes: Int32Array
    }

export interface InferredColumns {
  readonly columns: readonly TypedColumn[]
  /** Left out, and why. */
  readonly dropped: readonly { readonly column: string; readonly because: string }[]
  /** Those of them that tell rows apart, and nothing that rows have in common. */
  readonly identifiers: InferredColumns['dropped']
  readonly notices: readonly string[]
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const DECIMAL_COMMA = /^[+-]?\d+,\d+$/
const THOUSANDS = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/

/** Share of numbers from which the words between them count as missing. */
const MOSTLY_NUMBERS = 0.9
/** Texts of which more than this share are distinct say nothing that repeats. */
const IDENTIFIER_SHARE = 0.5
const LEAST_DISTINCT = 50

export function isMissing(cell: string): boolean {
  return MISSING_WORDS.has(cell.toLowerCase())
}

/** Columns named in `leftOut` are not looked at. */
export function inferColumns(table: TextTable, leftOut: ReadonlySet<string>): InferredColumns {
  const columns: TypedColumn[] = []
  const dropped: { column: string; because: string }[] = []
  const identifiers: { column: string; because: string }[] = []
  const notices: string[] = []
  for (const [c, name] of table.names.entries()) {
    if (leftOut.has(name)) continue
    const cells = table.cells[c]!
    const inferred = inferColumn(name, cells, table.delimiter, notices)
    if ('because' in inferred) {
      const left = { column: name, because: inferred.because }
      dropped.push(left)
      if (inferred.isIdentifier) identifiers.push(left)
    } else columns.push(...inferred)
  }
  return { columns, dropped, identifiers, notices }
}

interface LeftOut {
  readonly because: string
  readonly isIdentifier: boolean
}

/** The columns to use, or why there are none. */
function inferColumn(
  name: string,
  cells: readonly string[],
  delimiter: string,
  notices: string[],
): readonly TypedColumn[] | LeftOut {
  const empty = (because: string): LeftOut => ({ because, isIdentifier: false })
  const identifier = (because: string): LeftOut => ({ because, isIdentifier: true })
  const present = cells.filter((cell) => !isMissing(cell))
  if (present.length === 0) return empty('it has no value')
  const distinct = new Set(present)
  if (distinct.size === 1 && present.length === cells.length)
    return empty(`it is always ${JSON.stringify(present[0])}`)
  const readNumber = numberReader(present, delimiter)
  const numberCount = present.reduce((count, cell) => count + (Number.isNaN(readNumber(cell)) ? 0 : 1), 0)
  if (numberCount >= MOSTLY_NUMBERS * present.length) {
    if (numberCount < present.length)
      notices.push(`"${name}": ${present.length - numberCount} cells are not numbers and count as missing.`)
    const values = Float64Array.from(cells, (cell) => (isMissing(cell) ? Number.NaN : readNumber(cell)))
    if (areSerialNumbers(values)) return identifier('it numbers the rows: whole numbers that never repeat')
    return [{ kind: 'number', name, source: name, transform: chooseTransform(values), values }]
  }
  const days = parseDates(present)
  if (days) return dateColumns(name, cells, days, notices)
  if (distinct.size > LEAST_DISTINCT && distinct.size > IDENTIFIER_SHARE * present.length)
    return identifier(`its ${distinct.size} values hardly repeat: an identifier, or free text`)
  return [categoryColumn(name, name, cells)]
}

/** 1,5 is a decimal where every number is written so and the comma does not part fields; 1,200 is thousands. */
function numberReader(present: readonly string[], delimiter: string): (cell: string) => number {
  const plain = (cell: string): number => {
    if (NUMBER.test(cell)) return finite(Number(cell))
    return THOUSANDS.test(cell) ? Number(cell.replaceAll(',', '')) : Number.NaN
  }
  const withComma = present.filter((cell) => cell.includes(','))
  const decimal =
    delimiter !== ',' &&
    withComma.length > 0 &&
    withComma.every((cell) => DECIMAL_COMMA.test(cell)) &&
    !withComma.every((cell) => THOUSANDS.test(cell))
  return decimal ? (cell) => plain(cell.replace(',', '.')) : plain
}

/** 1e999 is not a number that anybody meant. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN
}

/** log1p for amounts and counts with a long tail: nothing below 0, and the largest beyond ten times the mean. */
function chooseTransform(values: Float64Array): 'identity' | 'log1p' {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  let sum = 0
  let count = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
    sum += value
    count++
  }
  return low >= 0 && high > 10 * (sum / count) ? 'log1p' : 'identity'
}

function categoryColumn(name: string, source: string, cells: readonly string[]): TypedColumn {
  const levels: string[] = []
  const codeOf = new Map<string, number>()
  const codes = Int32Array.from(cells, (cell) => {
    if (isMissing(cell)) return -1
    const known = codeOf.get(cell)
    if (known !== undefined) return known
    codeOf.set(cell, levels.length)
    return levels.push(cell) - 1
  })
  return { kind: 'category', name, source, levels, codes }
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

function dateColumns(
  name: string,
  cells: readonly string[],
  days: Float64Array,
  notices: string[],
): TypedColumn[] {
  let next = 0
  const values = Float64Array.from(cells, (cell) => (isMissing(cell) ? Number.NaN : days[next++]!))
  notices.push(`"${name}" is a date: it enters as days, month and weekday.`)
  const part = (label: string, read: (day: number) => string): TypedColumn =>
    categoryColumn(
      `${name}.${label}`,
      name,
      Array.from(values, (day) => (Number.isNaN(day) ? '' : read(day))),
    )
  return [
    { kind: 'number', name: `${name}.days`, source: name, transform: 'identity', values },
    part('month', (day) => String(monthOf(day)).padStart(2, '0')),
    part('weekday', (day) => WEEKDAYS[weekdayOf(day)]!),
  ]
}
