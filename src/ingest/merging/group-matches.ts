/** From matches of two to groups: who is one, which of them remains, and why each of the others belongs to it. */
import type { Milliseconds } from '../../glossary.ts'
import { bySureness, type Confidence, isAtLeast, type Match } from './match.ts'

export interface MatchedPair<Item> extends Match {
  readonly a: Item
  readonly b: Item
}

export interface Proposal extends Match {
  readonly fromId: string
  readonly intoId: string
  /** The one of the group that the evidence compares it with. */
  readonly matchedId: string
}

interface Item {
  readonly id: string
  readonly createdAt: Milliseconds
}

export interface GroupRules<Item> {
  /** Two who cannot be in one group. */
  readonly contradict: (a: Item, b: Item) => boolean
  /** Two who can only be in one group if they match themselves. */
  readonly mustMatch: (a: Item, b: Item) => boolean
}

/** Of a larger group the first speak for all: a thousand records of one test user are not compared each with each. */
const ASKED = 50

/**
 * The surest matches come first; one that would bring two together who are not one by the rules is not made, and becomes a possible
 * one. Of a group that which came first remains. Matches below `level` are returned one by one, where both ends are still apart.
 * The result does not depend on the order of `pairs`. In order of intoId and fromId.
 */
export function groupMatches<T extends Item>(
  pairs: readonly MatchedPair<T>[],
  level: Confidence,
  rules: GroupRules<T>,
): { merges: Proposal[]; possible: Proposal[] } {
  const groups = new Map<T['id'], T[]>()
  const groupOf = (item: T): T[] => groups.get(item.id) ?? [item]
  const sorted = [...pairs].sort(
    (x, y) => bySureness(x, y) || compareText(x.a.id, y.a.id) || compareText(x.b.id, y.b.id),
  )
  const matched = new Set(sorted.filter((pair) => isAtLeast(pair.confidence, level)).map(keyOf))
  const areTwo = (a: T, b: T): boolean =>
    rules.contradict(a, b) || (rules.mustMatch(a, b) && !matched.has(keyOf({ a, b })))
  const contradictionOf = (pair: MatchedPair<T>, one: readonly T[], other: readonly T[]): [T, T] | null => {
    for (const x of one.slice(0, ASKED))
      for (const y of other.slice(0, ASKED)) if ((x !== pair.a || y !== pair.b) && areTwo(x, y)) return [x, y]
    return null
  }
  const apart: MatchedPair<T>[] = []
  const joined: MatchedPair<T>[] = []
  for (const pair of sorted) {
    const [one, other] = [groupOf(pair.a), groupOf(pair.b)]
    if (one === other) continue
    const isTooWeak = !isAtLeast(pair.confidence, level)
    const against = isTooWeak ? null : contradictionOf(pair, one, other)
    if (isTooWeak) apart.push(pair)
    else if (against)
      apart.push({
        ...pair,
        confidence: 'possible',
        evidence: [...pair.evidence, `but ${against[0].id} and ${against[1].id} seem to be two`],
      })
    else {
      const [larger, smaller] = one.length < other.length ? [other, one] : [one, other]
      larger.push(...smaller)
      for (const item of larger.length === 2 ? larger : smaller) groups.set(item.id, larger)
      joined.push(pair)
    }
  }
  const roots = new Map<string, T>()
  for (const group of new Set(groups.values())) {
    const root = group.reduce((first, item) => (isBefore(item, first) ? item : first))
    for (const item of group) roots.set(item.id, root)
  }
  const rootOf = (item: T): T => roots.get(item.id) ?? item
  return {
    merges: sortProposals(proposalsOf(joined, rootOf)),
    possible: sortProposals(
      apart
        .filter(({ a, b }) => rootOf(a) !== rootOf(b))
        .map((pair) => {
          const [into, from] = isBefore(pair.a, pair.b) ? [pair.a, pair.b] : [pair.b, pair.a]
          return proposal(pair, from.id, into.id, into.id)
        }),
    ),
  }
}

/** One for each item but the root: with the match that leads from it towards the root. */
function proposalsOf<T extends Item>(joined: readonly MatchedPair<T>[], rootOf: (item: T) => T): Proposal[] {
  const neighbours = new Map<T, [MatchedPair<T>, T][]>()
  for (const pair of joined) {
    for (const [one, other] of [
      [pair.a, pair.b],
      [pair.b, pair.a],
    ] as const) {
      const known = neighbours.get(one)
      if (known) known.push([pair, other])
      else neighbours.set(one, [[pair, other]])
    }
  }
  const proposals: Proposal[] = []
  const reached = new Set([...neighbours.keys()].filter((item) => rootOf(item) === item))
  // A set that grows while it is walked: from each root outwards.
  for (const item of reached) {
    for (const [pair, next] of neighbours.get(item) ?? []) {
      if (reached.has(next)) continue
      reached.add(next)
      proposals.push(proposal(pair, next.id, rootOf(item).id, item.id))
    }
  }
  return proposals
}

function proposal(
  { confidence, probability, evidence }: Match,
  fromId: string,
  intoId: string,
  matchedId: string,
): Proposal {
  return { fromId, intoId, matchedId, confidence, probability, evidence }
}

function sortProposals(proposals: Proposal[]): Proposal[] {
  return proposals.sort((x, y) => compareText(x.intoId, y.intoId) || compareText(x.fromId, y.fromId))
}

function isBefore(a: Item, b: Item): boolean {
  return a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id)
}

function keyOf({ a, b }: { readonly a: Item; readonly b: Item }): string {
  return JSON.stringify(a.id < b.id ? [a.id, b.id] : [b.id, a.id])
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
