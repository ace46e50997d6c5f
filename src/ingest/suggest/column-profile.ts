/** What the first rows of a file say about one of its columns. */

import { cellKey } from '../map-fields.ts'
import { type DecimalSign, rangeMiddle, writtenNumber } from '../read-number.ts'
import { fullSalesforceId, isEmptySalesforceId } from '../salesforce-id.ts'

export interface ColumnProfile {
  /** As the file writes it. */
  readonly name: string
  readonly position: number
  /** The cells that are not empty and do not say that nothing is known, trimmed. */
  readonly texts: readonly string[]
  readonly distinct: ReadonlySet<string>
}

/** Texts that people and programs write where they know nothing. */
const UNKNOWN = new Set(
  'n/a|na|#n/a|null|nan|nil|none|(none)|undefined|unknown|-|--|---|?|(blank)|(no value)|no data|not available|not specified|not provided|[not provided]|select|not known'.split(
    '|',
  ),
)

export function profileColumns(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): { readonly columns: readonly ColumnProfile[]; readonly missing: readonly string[] } {
  const missing = new Set<string>()
  const columns = header.map((name, position) => {
    const texts: string[] = []
    for (const row of rows) {
      const text = (row[position] ?? '').trim()
      if (UNKNOWN.has(cellKey(text))) missing.add(cellKey(text))
      else if (text !== '') texts.push(text)
    }
    return { name, position, texts, distinct: new Set(texts) }
  })
  return { columns, missing: [...missing].sort() }
}

/** Enough to see what a column holds. */
const SAMPLE = 200

/** Share of the (first) texts for which it holds; 0 without any. */
export function shareOf({ texts }: ColumnProfile, holds: (text: string) => boolean): number {
  const sample = texts.slice(0, SAMPLE)
  return sample.length === 0 ? 0 : sample.filter(holds).length / sample.length
}

/** Filled in every row, and with another text in each. */
export function isKey(column: ColumnProfile, rowCount: number): boolean {
  return (
    rowCount > 1 &&
    column.texts.length === rowCount &&
    column.distinct.size === rowCount &&
    column.texts.every((text) => text.length <= 64)
  )
}

export function looksLikeSalesforceIds(column: ColumnProfile): boolean {
  const isId = (text: string): boolean =>
    isEmptySalesforceId(text) || (/^[a-z0-9]{5}0/i.test(text) && fullSalesforceId(text) !== null)
  return shareOf(column, isId) === 1
}

export function looksLikeRanges(column: ColumnProfile): boolean {
  const isRange = (text: string): boolean =>
    /\d\s*(-|–|to)\s*[$€£]?\d|^\d.*\+$/i.test(text) && !Number.isNaN(rangeMiddle(text, '.'))
  return shareOf(column, isRange) >= 0.5
}

/** The sign between whole and part: what more numbers of the columns can only be read with. null when none tells. */
export function decimalOf(columns: readonly ColumnProfile[]): DecimalSign | null {
  let points = 0
  let commas = 0
  for (const { distinct } of columns)
    for (const text of distinct) {
      if (!/[.,]/.test(text) || !/^[^a-z]*$/i.test(text)) continue
      const [point, comma] = [
        !Number.isNaN(writtenNumber(text, '.')),
        !Number.isNaN(writtenNumber(text, ',')),
      ]
      if (point && !comma) points += 1
      if (comma && !point) commas += 1
    }
  return points + commas === 0 ? null : commas > points ? ',' : '.'
}

const DIVIDERS = [';', '|', ','] as const

/** What most texts of a list are divided by; null when none is. */
export function dividerOf(columns: readonly ColumnProfile[]): string | null {
  const counts = DIVIDERS.map((divider) =>
    columns.reduce((sum, { texts }) => sum + texts.filter((text) => text.includes(divider)).length, 0),
  )
  const most = Math.max(...counts)
  return most === 0 ? null : DIVIDERS[counts.indexOf(most)]!
}
