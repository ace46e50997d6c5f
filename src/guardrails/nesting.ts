/** A bound on nesting, checked before anything walks the file by recursion: text of a few kilobytes could exhaust the stack. */
import type { Fault } from '../checked-yaml.ts'

/** Conditions within conditions; nobody could read more. */
const MOST_LEVELS = 30
/** rules, its entry, `when`; then two levels (`all`, its entry) for each condition within another. */
const MOST_DEPTH = 3 + 2 * MOST_LEVELS

export function nestingFault(value: unknown): Fault | null {
  const waiting: { readonly value: unknown; readonly path: readonly PropertyKey[] }[] = [{ value, path: [] }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue
    if (next.path.length > MOST_DEPTH) {
      return {
        path: next.path.slice(0, 3),
        message: `must not nest conditions deeper than ${MOST_LEVELS} levels.`,
      }
    }
    const { path } = next
    const isList = Array.isArray(next.value)
    for (const [key, child] of Object.entries(next.value)) {
      waiting.push({ value: child, path: [...path, isList ? Number(key) : key] })
    }
  }
  return null
}
