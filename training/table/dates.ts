/**
 * Dates in somebody's table: days since 1970-01-01 and the parts that may repeat. No zone is needed: only order
 * and calendar count.
 */
import { parseTime } from '../../src/glossary.ts'

const DAY_MILLISECONDS = 86_400_000

const PATTERNS: readonly { readonly pattern: RegExp; readonly order: 'ymd' | 'dmy' | 'mdy' }[] = [
  {
    pattern:
      /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/,
    order: 'ymd',
  },
  { pattern: /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ](\d{1,2}):(\d\d)(?::(\d\d))?)?$/, order: 'dmy' },
  { pattern: /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ](\d{1,2}):(\d\d)(?::(\d\d))?)?$/, order: 'mdy' },
]

/**
 * Reads a whole column by one pattern: year first, day first (1.12.2025), month first (12/1/2025), tried in this
 * order, so a column that could be either is day first.
 * @param cells Not empty texts.
 * @returns Days since 1970-01-01, with the time of day as a fraction; null when no pattern reads every cell.
 */
export function parseDates(cells: readonly string[]): Float64Array | null {
  for (const { pattern, order } of PATTERNS) {
    // Most columns are no dates: one cell tells.
    if (Number.isNaN(parseDate(cells[0] ?? '', pattern, order))) continue
    const days = Float64Array.from(cells, (cell) => parseDate(cell, pattern, order))
    if (!days.includes(Number.NaN)) return days
  }
  return null
}

function parseDate(cell: string, pattern: RegExp, order: 'ymd' | 'dmy' | 'mdy'): number {
  const match = pattern.exec(cell)
  if (!match) return Number.NaN
  const [, a = '', b = '', c = '', hour = '00', minute = '00', second = '00'] = match
  const [year, month, day] = order === 'ymd' ? [a, b, c] : order === 'dmy' ? [c, b, a] : [c, a, b]
  const two = (text: string): string => text.padStart(2, '0')
  const time = parseTime(`${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${two(second)}Z`)
  return time / DAY_MILLISECONDS
}

/** 0 Monday .. 6 Sunday. 1970-01-01 was a Thursday. */
export function weekdayOf(days: number): number {
  return (((Math.floor(days) + 3) % 7) + 7) % 7
}

/**
 * 1..12, by the calendar that is exact for all years (Hinnant, "chrono-compatible low-level date algorithms",
 * civil_from_days).
 */
export function monthOf(days: number): number {
  const shifted = Math.floor(days) + 719_468
  const dayOfEra = ((shifted % 146_097) + 146_097) % 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  return monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
}
