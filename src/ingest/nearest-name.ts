/** The name that was probably meant. */
import type { ImportKind } from './define-import.ts'

/**
 * The column of the kind that is one letter from the name: a slip of the pen, which would make a trait of an id. null when there is
 * none. Names of traits do not count: another trait may well be called so.
 */
export function slipOf({ columns }: ImportKind, given: string): string | null {
  const names = columns.filter((column) => !column.trait).map(({ name }) => name)
  const nearest = nearestName(given, names)
  return nearest?.distance === 1 ? nearest.name : null
}

/** The nearest of the names within two letters; null when there is none. */
export function nearestName(
  given: string,
  names: readonly string[],
): { readonly name: string; readonly distance: number } | null {
  const near = names
    .map((name) => ({ name, distance: editDistance(given, name) }))
    .filter(({ distance }) => distance <= 2)
    .sort((a, b) => a.distance - b.distance)
  return near[0] ?? null
}

/** Levenshtein's distance: letters to insert, delete or replace. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++)
      current.push(
        Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)),
      )
    previous = current
  }
  return previous[b.length]!
}
