/** Cells that hold numbers, or may. */
import { CellFault, shownText } from './cell-fault.ts'
import { type DecimalSign, plainNumber, rangeMiddle, writtenNumber } from './read-number.ts'

/** Inclusive. */
export interface NumberBounds {
  readonly min?: number
  readonly max?: number
}

/** What is written as a number is shorter. */
const MAX_WRITTEN = 100

/** `decimal` null: only as programs write it. */
export function readNumber(
  text: string,
  bounds: NumberBounds,
  decimal: DecimalSign | null,
): number | CellFault {
  const example = decimal === null ? '1234.5' : decimal === '.' ? '1234.5 or 1,234.5' : '1234,5 or 1.234,5'
  return checkNumber(text, bounds, `is not a number; write it like ${example}`, () =>
    decimal === null ? plainNumber(text) : writtenNumber(text, decimal),
  )
}

/** The middle of "51-200". */
export function readRange(
  text: string,
  bounds: NumberBounds,
  decimal: DecimalSign | null,
): number | CellFault {
  return checkNumber(text, bounds, 'is not a range; write it like 51-200, 1000+ or 250', () =>
    rangeMiddle(text, decimal ?? '.'),
  )
}

function checkNumber(
  text: string,
  { min, max }: NumberBounds,
  otherwise: string,
  read: () => number,
): number | CellFault {
  const value = text.length > MAX_WRITTEN ? Number.NaN : read()
  if (Number.isNaN(value)) return new CellFault(`${shownText(text)} ${otherwise}`)
  if (!Number.isFinite(value) || (min !== undefined && value < min) || (max !== undefined && value > max))
    return new CellFault(`${shownText(text)} is out of range; ${min ?? 'any'} to ${max ?? 'any'} is allowed`)
  return value
}

/** 00123 and phone numbers are no numbers; a number with groups of thousands is one where the map says how they are written. */
const VALUE_NUMBER: Readonly<Record<DecimalSign, RegExp>> = {
  '.': /^-?(0|[1-9]\d{0,14}|[1-9]\d{0,2}([,'’])\d{3}(\2\d{3}){0,3})(\.\d+)?$/,
  ',': /^-?(0|[1-9]\d{0,14}|[1-9]\d{0,2}([.'’])\d{3}(\2\d{3}){0,3})(,\d+)?$/,
}
const PLAIN_VALUE = /^-?(0|[1-9]\d{0,14})(\.\d+)?$/

/** A trait whose type nobody stated: a number, true or false, otherwise text. */
export function readValue(text: string, decimal: DecimalSign | null): string | number | boolean {
  if (decimal === null ? PLAIN_VALUE.test(text) : VALUE_NUMBER[decimal].test(text))
    return decimal === null ? Number(text) : writtenNumber(text, decimal)
  if (/^(true|false)$/i.test(text)) return text.length === 4
  return text
}
