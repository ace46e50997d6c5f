/** Attributes that a card says nothing about yet, as rules that it could have: their points are still to be found. */
import type { Column } from '../../src/features/column.ts'
import type { CardRule } from '../../src/scoring/rubric-card.ts'

/** A behaviour that is new to the card counts up to so many events of today. */
const EVENTS = 2

/**
 * A value of a category, a flag, or a behaviour that decays. Other numbers have no natural limit: whether 50 or 200 employees are many,
 * people say.
 */
export function candidatesFor(columns: readonly Column[], rules: readonly CardRule[]): CardRule[] {
  return columns.flatMap((column): CardRule[] => {
    const { name } = column
    const own = rules.filter((rule) => rule.column === name)
    if (column.kind === 'category') {
      const known = new Set(own.flatMap(({ one_of: oneOf }) => oneOf ?? []))
      return column.categories
        .filter((value) => !known.has(value))
        .map((value) => ({ column: name, one_of: [value], points: 1 }))
    }
    if (own.length > 0) return []
    if (column.kind === 'flag') return [{ column: name, at_least: 1, points: 1 }]
    return name.endsWith('.decayed') ? [{ column: name, each: 1, up_to: EVENTS }] : []
  })
}
