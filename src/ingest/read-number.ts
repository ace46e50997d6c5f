/** Numbers as people and spreadsheets write them. NaN for anything else. */

export type DecimalSign = '.' | ','

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** As programs write it: 1234.5, -1e3. */
export function plainNumber(text: string): number {
  return PLAIN.test(text) ? Number(text) : Number.NaN
}

/** Thousands may be divided by the other sign, a blank or an apostrophe; a currency sign may stand before or after. */
const WRITTEN: Readonly<Record<DecimalSign, RegExp>> = {
  '.': /^([+-]?)(?:\p{Sc}\s?)?(\d{1,3}(?:([,'’\s])\d{3})(?:\3\d{3})*|\d+)?(?:\.(\d*))?(?:\s?\p{Sc})?$/u,
  ',': /^([+-]?)(?:\p{Sc}\s?)?(\d{1,3}(?:([.'’\s])\d{3})(?:\3\d{3})*|\d+)?(?:,(\d*))?(?:\s?\p{Sc})?$/u,
}

/** EUR, USD... (ISO 4217). MIO and TSD, which mean millions and thousands, are none. */
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

function withoutCurrency(text: string): string {
  const [, before, amount = ''] = /^([A-Z]{3})\s?(.*)$/s.exec(text) ?? []
  if (before !== undefined) return CURRENCIES.has(before) ? amount : text
  const [, sum = '', after] = /^(.*?)\s?([A-Z]{3})$/s.exec(text) ?? []
  return after !== undefined && CURRENCIES.has(after) ? sum : text
}

/**
 * As people write it, by the sign between whole and part: with `.` 1,234.5, $1,234 and USD 1,234, with `,` 1.234,5 and
 * 1 234,5 €.
 */
export function writtenNumber(text: string, decimal: DecimalSign): number {
  const match = WRITTEN[decimal].exec(text) ?? WRITTEN[decimal].exec(withoutCurrency(text))
  if (match) {
    const [, sign, whole = '', , part = ''] = match
    if (whole === '' && part === '') return Number.NaN
    return Number(`${sign}${whole.replace(/\D/g, '') || '0'}.${part || '0'}`)
  }
  // Powers of ten; with a comma 1.5e3 is written so by programs only.
  return /e/i.test(text) ? plainNumber(decimal === ',' ? text.replace(',', '.') : text) : Number.NaN
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, mio: 1e6, b: 1e9, bn: 1e9 }

/** A number with a unit: 10K, $1.5M. */
function boundOf(text: string, decimal: DecimalSign): number {
  const match = /^(.*?)\s?(k|mio|m|bn|b)?$/i.exec(text.trim())
  return writtenNumber(match?.[1] ?? '', decimal) * UNITS[(match?.[2] ?? '').toLowerCase()]!
}

/**
 * The geometric middle of a range, since sizes spread over orders of magnitude: sqrt(low * high), rounded to a whole number.
 * "51-200", "51 to 200 employees" and "$1M - $10M" have both ends (an end of 0 counts as 1); "1,000+", "> 1000" and "over
 * 1000" are their end; "< 10" and "up to 10" begin at 1; "250" is itself.
 */
export function rangeMiddle(text: string, decimal: DecimalSign): number {
  const words = text
    .replace(/\b(employees|people|staff|persons|users|seats)\b\.?/i, '')
    .replace(/\s+/g, ' ')
    .trim()
  const open = OPEN_RANGE.exec(words)
  if (open) return boundOf(open[1] ?? open[2]!, decimal)
  const below = LOW_RANGE.exec(words)
  if (below) return middle(1, boundOf(below[1]!, decimal))
  const range = RANGE.exec(words)
  if (range) return middle(boundOf(range[1]!, decimal), boundOf(range[2]!, decimal))
  return boundOf(words, decimal)
}

const OPEN_RANGE =
  /^(?:(?:>=?|≥|over|more than|at least) ?(\S.*)|(\S.*?) ?(?:\+|or more|and more|and over))$/i
const LOW_RANGE = /^(?:<=?|≤|under|less than|fewer than|up to|at most) ?(\S.*)$/i
const RANGE = /^(?:between |from )?(\S.*?) ?(?:-|–|—|\.{2,3}|\bto\b|\band\b) ?(\S.*)$/i

function middle(low: number, high: number): number {
  return low >= 0 && high >= low ? Math.round(Math.sqrt(Math.max(low, 1) * Math.max(high, 1))) : Number.NaN
}
