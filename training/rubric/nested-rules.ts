/**
 * Rules that lie within each other: who has 200 employees has 50 as well, and gets the points of both. So the points of the stricter are
 * what it adds, and the looser is weighed by those who meet no stricter one.
 */
import type { CardRule } from '../../src/scoring/rubric-card.ts'

/** The limit of a plain rule, larger where it is stricter; null of any other. */
function strictness({ at_least: least, at_most: most, and }: CardRule): number | null {
  if (and !== undefined) return null
  if (least !== undefined) return least
  return most === undefined ? null : -most
}

/** Indices of the rules within rule `index`, and of those that it lies within, the nearest first. */
export function relativesOf(
  rules: readonly CardRule[],
  index: number,
): { readonly stricter: readonly number[]; readonly looser: readonly number[] } {
  const own = rules[index]!
  const limit = strictness(own)
  if (limit === null) return { stricter: [], looser: [] }
  const alike = [...rules.keys()].filter((other) => {
    const { column, at_least: least } = rules[other]!
    const isAlike = column === own.column && (least === undefined) === (own.at_least === undefined)
    return other !== index && isAlike && strictness(rules[other]!) !== null
  })
  const byLimit = (other: number): number => strictness(rules[other]!)!
  return {
    stricter: alike.filter((other) => byLimit(other) > limit),
    looser: alike.filter((other) => byLimit(other) < limit).sort((a, b) => byLimit(b) - byLimit(a)),
  }
}
