/** Who is compared with whom in a circle: everybody with everybody in a small one, in a large one those whose names are alike. */
import type { Person } from './person.ts'

/** Up to so many everybody is compared with everybody. */
const SMALL = 40
/** Where more than so many have the same key, each is compared with those that stand next to it in order of name. */
const CROWD = 60
const NEIGHBOURS = 15

/** Places of two in `people`, the smaller first, each pair once. */
export function* candidatePairs(people: readonly Person[]): Generator<readonly [number, number]> {
  if (people.length <= SMALL) {
    for (let a = 0; a < people.length; a++) for (let b = a + 1; b < people.length; b++) yield [a, b]
    return
  }
  const order = people
    .map((_, place) => place)
    .sort((a, b) => compareText(nameKey(people[a]!), nameKey(people[b]!)) || a - b)
  const byKey = new Map<string, number[]>()
  for (const place of order) {
    for (const key of keysOf(people[place]!)) {
      const places = byKey.get(key)
      if (places) places.push(place)
      else byKey.set(key, [place])
    }
  }
  const seen = new Set<number>()
  for (const places of byKey.values()) {
    const reach = places.length > CROWD ? NEIGHBOURS : places.length
    for (let i = 0; i < places.length; i++)
      for (let j = i + 1; j < Math.min(places.length, i + 1 + reach); j++) {
        const [a, b] = [Math.min(places[i]!, places[j]!), Math.max(places[i]!, places[j]!)]
        const pair = a * people.length + b
        if (seen.has(pair)) continue
        seen.add(pair)
        yield [a, b]
      }
  }
}

function nameKey({ last, first }: Person): string {
  return `${last} ${first}`
}

/**
 * Two names that are one slip apart share a text that is left when a letter is taken away (the deletion neighbourhood, Mor and
 * Fraenkel 1982). With the initial of the other name; both ways round, for names that were swapped.
 */
function* keysOf({ first, last, mails, phones }: Person): Generator<string> {
  for (const part of withoutOne(last)) yield `${part}|${first[0] ?? ''}`
  for (const part of withoutOne(first)) yield `${part}|${last[0] ?? ''}`
  if (last !== '') yield `=${last}`
  yield* mails
  yield* phones
}

function* withoutOne(name: string): Generator<string> {
  if (name === '') return
  yield name
  const seen = new Set<string>()
  for (let i = 1; i < name.length; i++) {
    const part = name.slice(0, i) + name.slice(i + 1)
    if (!seen.has(part)) yield part
    seen.add(part)
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
