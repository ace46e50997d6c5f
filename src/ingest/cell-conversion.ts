/** What a map does to the text of a cell before its type reads it. */
import { CellFault } from './cell-fault.ts'
import { listItems } from './list-items.ts'
import type { MapColumn } from './map-column.ts'
import { cellKey } from './map-fields.ts'

/** The text that stands for the cell; empty for not known. */
export type CellConversion = (text: string) => string | CellFault

/**
 * In this order: texts that mean "not known"; one item of a list; the values that stand for others. Of a whole list each item
 * is converted. null when nothing is to be done. `missing` are the texts of the whole map.
 */
export function cellConversion(
  column: MapColumn,
  missing: ReadonlySet<string>,
  divider: string,
  isList: boolean,
): CellConversion | null {
  const { take, values, otherwise } = column
  const unknown = new Set([...missing, ...column.missing])
  if (unknown.size === 0 && take === null && values.size === 0) return null
  const convert = (text: string): string | CellFault => {
    const key = cellKey(text)
    if (key === '' || unknown.has(key)) return ''
    const value = values.get(key)
    if (value !== undefined) return value
    if (values.size === 0 || otherwise === 'keep') return text
    if (otherwise === 'missing') return ''
    return new CellFault(
      `${JSON.stringify(text.trim().slice(0, 60))} is none of the values that the map knows`,
    )
  }
  if (take !== null)
    return (text) =>
      unknown.has(cellKey(text)) ? '' : convert(listItems(text, divider).at(take === 'first' ? 0 : -1) ?? '')
  if (!isList || values.size === 0) return convert
  return (text) => {
    if (unknown.has(cellKey(text))) return ''
    const items: string[] = []
    for (const item of listItems(text, divider)) {
      const converted = convert(item)
      if (converted instanceof CellFault) return converted
      if (converted !== '') items.push(converted)
    }
    // Read as a list again, whatever stands in the items.
    return items.length === 0 ? '' : JSON.stringify(items)
  }
}
