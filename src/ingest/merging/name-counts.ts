/** How common names are among the leads at hand: two people called Kim Lee are likelier than two called Wiebke Zschäpitz. */

export interface NameCounts {
  add(first: string, last: string): void
  readonly people: number
  /** Chance that somebody else has this name. `kind` says which of the two it is. */
  share(kind: 'first' | 'last', name: string): number
}

/** A name that nobody else has is taken to be had by so many of a larger population, which counts as so many people. */
const SHARE_BEFORE = 1 / 1_000
const PEOPLE_BEFORE = 200

export function createNameCounts(): NameCounts {
  const counts = { first: new Map<string, number>(), last: new Map<string, number>() }
  let people = 0
  const count = (kind: 'first' | 'last', name: string): void => {
    if (name !== '') counts[kind].set(name, (counts[kind].get(name) ?? 0) + 1)
  }
  return {
    add(first, last) {
      people += 1
      count('first', first)
      count('last', last)
    },
    get people() {
      return people
    },
    share(kind, name) {
      const others = Math.max(0, (counts[kind].get(name) ?? 0) - 1)
      return (others + PEOPLE_BEFORE * SHARE_BEFORE) / (people + PEOPLE_BEFORE)
    },
  }
}
