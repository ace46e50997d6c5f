/** A condition, compiled: whether it holds, and why in words. Composed by all, any and not. */
import type { SubjectView } from './subject-view.ts'

export interface Condition {
  holds(view: SubjectView): boolean
  /** In words, with what was found: why it holds (`holding`), or why it does not. */
  describe(view: SubjectView, holding: boolean): string
}

export function allOf(parts: readonly Condition[]): Condition {
  return {
    holds: (view) => parts.every((part) => part.holds(view)),
    describe(view, holding) {
      const telling = holding ? parts : parts.filter((part) => !part.holds(view))
      return telling.map((part) => part.describe(view, holding)).join(' and ')
    },
  }
}

export function anyOf(parts: readonly Condition[]): Condition {
  return {
    holds: (view) => parts.some((part) => part.holds(view)),
    describe(view, holding) {
      const telling = holding ? parts.filter((part) => part.holds(view)) : parts
      return telling.map((part) => part.describe(view, holding)).join(' and ')
    },
  }
}

export function notOf(inner: Condition): Condition {
  return {
    holds: (view) => !inner.holds(view),
    describe: (view, holding) => inner.describe(view, !holding),
  }
}
