/**
 * What can be true together of counts of the same events: within 7 days there are never more than within 30, and with a property never more
 * than without. Counts go up by steps, from one line that a condition draws to the next; those of the wider query take the steps of the
 * narrower too, so that no order of counts is left out.
 */
import type { EventCount } from '../condition.ts'
import { type EventQuery, isWithin } from '../event-query.ts'
import type { Pattern } from './patterns.ts'

/** So many combinations of counts; then it is given up. */
const MOST_COMBINATIONS = 20_000

/** null: too many to try. `atoms`: all of the same types of events. */
export function countPatterns(atoms: readonly EventCount[]): Pattern[] | null {
  const queries = [...new Map(atoms.map(({ place, query }) => [place, query]))].toSorted(narrowestFirst)
  const placeOf = new Map(queries.map(([place], i) => [place, i]))
  const narrower = queries.map(([, query], i) =>
    queries.slice(0, i).flatMap(([, other], j) => (isWithin(other, query) ? [j] : [])),
  )
  const own = queries.map(([place]) => atoms.filter((atom) => atom.place === place).flatMap(linesOf))
  const steps = own.map((lines, i) => {
    const all = [0, ...lines, ...narrower[i]!.flatMap((j) => own[j]!)]
    return [...new Set(all)].sort((a, b) => a - b)
  })
  const counts = new Array<number>(queries.length).fill(0)
  const patterns: Pattern[] = []
  const fill = (query: number): boolean => {
    if (query === queries.length) {
      patterns.push(
        Uint8Array.from(atoms, ({ place, atLeast, atMost }) => {
          const count = counts[placeOf.get(place)!]!
          return count >= atLeast && count <= atMost ? 1 : 0
        }),
      )
      return patterns.length <= MOST_COMBINATIONS
    }
    const least = Math.max(0, ...narrower[query]!.map((other) => counts[other]!))
    return steps[query]!.filter((step) => step >= least).every((step) => {
      counts[query] = step
      return fill(query + 1)
    })
  }
  return fill(0) ? patterns : null
}

/** The counts from which on it holds, and from which on it does not any more. */
function linesOf({ atLeast, atMost }: EventCount): number[] {
  return Number.isFinite(atMost) ? [atLeast, atMost + 1] : [atLeast]
}

type Placed = readonly [place: number, query: EventQuery]

/** A query comes after all that are within it. */
function narrowestFirst([, a]: Placed, [, b]: Placed): number {
  return (
    compareWindows(a.within ?? Number.POSITIVE_INFINITY, b.within ?? Number.POSITIVE_INFINITY) ||
    b.where.length - a.where.length ||
    valuesOf(a) - valuesOf(b)
  )
}

/** Infinity - Infinity is no number. */
function compareWindows(a: number, b: number): number {
  return a === b ? 0 : a - b
}

function valuesOf({ where }: EventQuery): number {
  return where.reduce((sum, [, values]) => sum + values.length, 0)
}
