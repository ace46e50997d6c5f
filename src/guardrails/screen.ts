/**
 * Which rules can hold for a lead at all. Most rules need some value to be one of a few (a domain on a list, a source, a department) or
 * some event to be there at all: they are found from the value by one look into a map, whatever their number. Only those are asked, and
 * the few that need nothing of the kind.
 */
import type { Condition } from './condition.ts'
import type { Lookups } from './lookups.ts'

/** Without one of these the condition does not hold. */
type Need =
  | { readonly kind: 'value' | 'domain'; readonly slot: number; readonly keys: ReadonlySet<string> }
  | { readonly kind: 'count'; readonly place: number }

/** The rules, by what a value must be: places in their order. */
interface Trigger {
  readonly slot: number
  readonly byKey: Map<string, number[]>
}

const NONE: readonly number[] = []

export class Screen {
  /** 1 for the rules that must be asked whatever is known. */
  readonly #always: Uint8Array
  readonly #marked: Uint8Array
  readonly #byValue = new Map<number, Trigger>()
  readonly #byDomain = new Map<number, Trigger>()
  readonly #byCount = new Map<number, number[]>()
  readonly #values: readonly Trigger[]
  readonly #domains: readonly Trigger[]
  readonly #counts: readonly (readonly [place: number, rules: readonly number[]])[]

  /** In the order of the rules. */
  constructor(conditions: readonly Condition[]) {
    this.#marked = new Uint8Array(conditions.length)
    const always = new Uint8Array(conditions.length)
    conditions.forEach((condition, rule) => {
      const needs = needsOf(condition)
      if (needs === null) always[rule] = 1
      for (const need of needs ?? []) this.#add(need, rule)
    })
    this.#always = always
    this.#values = [...this.#byValue.values()]
    this.#domains = [...this.#byDomain.values()]
    this.#counts = [...this.#byCount]
  }

  /** 1 for every rule that can hold, and for some that do not. Until the next call. */
  candidates(lookups: Lookups): Uint8Array {
    const marked = this.#marked
    marked.set(this.#always)
    for (let i = 0; i < this.#values.length; i++) {
      const { slot, byKey } = this.#values[i]!
      const reading = lookups.reading(slot)
      if (reading.value === undefined) continue
      const { key } = reading
      if (typeof key === 'string') mark(marked, byKey.get(key))
      else for (let j = 0; j < key.length; j++) mark(marked, byKey.get(key[j]!))
    }
    for (let i = 0; i < this.#domains.length; i++) {
      const { slot, byKey } = this.#domains[i]!
      const reading = lookups.reading(slot)
      if (reading.value === undefined) continue
      const { domains } = reading
      for (let j = 0; j < domains.length; j++) mark(marked, byKey.get(domains[j]!))
    }
    for (let i = 0; i < this.#counts.length; i++) {
      const [place, rules] = this.#counts[i]!
      if (lookups.count(place) > 0) mark(marked, rules)
    }
    return marked
  }

  #add(need: Need, rule: number): void {
    if (need.kind === 'count') {
      const rules = this.#byCount.get(need.place)
      if (rules) rules.push(rule)
      else this.#byCount.set(need.place, [rule])
      return
    }
    const triggers = need.kind === 'value' ? this.#byValue : this.#byDomain
    const trigger = triggers.get(need.slot) ?? { slot: need.slot, byKey: new Map<string, number[]>() }
    triggers.set(need.slot, trigger)
    for (const key of need.keys) {
      const rules = trigger.byKey.get(key)
      if (rules) rules.push(rule)
      else trigger.byKey.set(key, [rule])
    }
  }
}

function mark(marked: Uint8Array, rules: readonly number[] = NONE): void {
  for (let i = 0; i < rules.length; i++) marked[rules[i]!] = 1
}

/** null: it may hold whatever is known. Of several needs one is enough. */
function needsOf(condition: Condition): readonly Need[] | null {
  switch (condition.kind) {
    case 'value': {
      const { slot, operator, operand, context } = condition
      const needed = operator.needs(operand, context)
      return needed && [{ ...needed, slot }]
    }
    case 'count':
      return condition.atLeast > 0 ? [{ kind: 'count', place: condition.place }] : null
    case 'any': {
      const parts = condition.parts.map(needsOf)
      return parts.some((needs) => needs === null) ? null : parts.flatMap((needs) => needs ?? [])
    }
    case 'all':
      return rarest(condition.parts.map(needsOf))
    case 'known':
    case 'not':
      return null
  }
}

/** All parts must hold, so the needs of one will do: values before counts, for most leads have done something. */
function rarest(parts: readonly (readonly Need[] | null)[]): readonly Need[] | null {
  const known = parts.filter((needs) => needs !== null)
  const ofValues = known.filter((needs) => needs.every(({ kind }) => kind !== 'count'))
  const [best = null] = (ofValues.length > 0 ? ofValues : known).toSorted((a, b) => sizeOf(a) - sizeOf(b))
  return best
}

function sizeOf(needs: readonly Need[]): number {
  return needs.reduce((sum, need) => sum + (need.kind === 'count' ? 1 : need.keys.size), 0)
}
