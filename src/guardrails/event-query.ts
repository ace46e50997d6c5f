/** Which events a condition counts. */
import type { LeadEvent, Milliseconds } from '../glossary.ts'

export type PropertyValue = string | number | boolean

export interface EventQuery {
  /** Any of these. */
  readonly types: readonly string[]
  /** Each of these properties must be one of its values, text without regard to case. */
  readonly where: readonly (readonly [property: string, values: readonly PropertyValue[]])[]
  /** Only what occurred so many milliseconds before `asOf`, or less; null: all. */
  readonly within: Milliseconds | null
}

export function matchesQuery({ where, within }: EventQuery, event: LeadEvent, asOf: Milliseconds): boolean {
  if (within !== null && event.occurredAt < asOf - within) return false
  for (let i = 0; i < where.length; i++) {
    const [property, values] = where[i]!
    if (!isOneOf(event.properties[property], values)) return false
  }
  return true
}

/** Whatever `inner` counts, `outer` counts too. */
export function isWithin(inner: EventQuery, outer: EventQuery): boolean {
  return (
    inner.types.every((type) => outer.types.includes(type)) &&
    (inner.within ?? Number.POSITIVE_INFINITY) <= (outer.within ?? Number.POSITIVE_INFINITY) &&
    outer.where.every(([property, allowed]) =>
      inner.where.some(([name, values]) => name === property && values.every((one) => isOneOf(one, allowed))),
    )
  )
}

/** The same for queries that count the same. */
export function eventQueryKey({ types, where, within }: EventQuery): string {
  return JSON.stringify([types.toSorted(), where.map(([name, values]) => [name, ...values]).sort(), within])
}

function isOneOf(found: unknown, wanted: readonly PropertyValue[]): boolean {
  for (let i = 0; i < wanted.length; i++) {
    const value = wanted[i]!
    if (found === value) return true
    if (typeof found === 'string' && typeof value === 'string' && found.toLowerCase() === value.toLowerCase())
      return true
  }
  return false
}
