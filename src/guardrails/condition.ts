/** A condition, compiled: whether it holds, and why in words. Composed by all, any and not. */
import type { EventQuery } from './event-query.ts'
import type { Field } from './field.ts'
import type { Lookups } from './lookups.ts'
import type { Accepts, Operator, OperatorContext } from './operator.ts'

/** Both are asked while the lookups stand at the lead. */
interface Compiled {
  holds(lookups: Lookups): boolean
  /** In words, with what was found: why it holds (`holding`), or why it does not. */
  describe(lookups: Lookups, holding: boolean): string
}

interface Composed extends Compiled {
  readonly kind: 'all' | 'any' | 'not'
  /** Exactly one of `not`. */
  readonly parts: readonly Condition[]
}

/** On one value that is known. */
export interface Comparison extends Compiled {
  readonly kind: 'value'
  readonly slot: number
  readonly context: OperatorContext
  readonly field: Field
  readonly operator: Operator
  readonly operand: unknown
  readonly accepts: Accepts
}

export interface Knowledge extends Compiled {
  readonly kind: 'known'
  readonly field: Field
  readonly wanted: boolean
}

export interface EventCount extends Compiled {
  readonly kind: 'count'
  readonly place: number
  readonly query: EventQuery
  readonly atLeast: number
  /** Infinity: no bound. */
  readonly atMost: number
}

export type Condition = Composed | Comparison | Knowledge | EventCount

export function allOf(parts: readonly Condition[]): Condition {
  return {
    kind: 'all',
    parts,
    holds(lookups) {
      for (let i = 0; i < parts.length; i++) if (!parts[i]!.holds(lookups)) return false
      return true
    },
    describe(lookups, holding) {
      const telling = holding ? parts : parts.filter((part) => !part.holds(lookups))
      return describeParts(telling, lookups, holding)
    },
  }
}

export function anyOf(parts: readonly Condition[]): Condition {
  return {
    kind: 'any',
    parts,
    holds(lookups) {
      for (let i = 0; i < parts.length; i++) if (parts[i]!.holds(lookups)) return true
      return false
    },
    describe(lookups, holding) {
      const telling = holding ? parts.filter((part) => part.holds(lookups)) : parts
      return describeParts(telling, lookups, holding)
    },
  }
}

export function notOf(inner: Condition): Condition {
  return {
    kind: 'not',
    parts: [inner],
    holds: (lookups) => !inner.holds(lookups),
    describe: (lookups, holding) => inner.describe(lookups, !holding),
  }
}

function describeParts(parts: readonly Condition[], lookups: Lookups, holding: boolean): string {
  return parts.map((part) => part.describe(lookups, holding)).join(' and ')
}
