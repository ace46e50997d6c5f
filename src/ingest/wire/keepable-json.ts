/** JSON of others, made fit to be kept: nothing that PostgreSQL refuses, and nothing that hurts whoever walks through it. */

const MAX_DEPTH = 32

/** Why the value cannot be kept at all; null when it can. Goes no deeper than is allowed, whatever a hostile value holds. */
export function unkeepableReason(value: unknown, depth = 1): string | null {
  if (typeof value !== 'object' || value === null) return null
  if (depth > MAX_DEPTH) return `is nested more than ${MAX_DEPTH} deep`
  for (const key of Object.keys(value)) {
    if (key === '__proto__') return 'has a field "__proto__"'
    const reason = unkeepableReason((value as Record<string, unknown>)[key], depth + 1)
    if (reason !== null) return reason
  }
  return null
}

/** A text without NUL and halves of surrogate pairs: U+FFFD stands for them, as for anything that is no character. */
export function keepableText(text: string): string {
  return text.replace(/\0|\p{Surrogate}/gu, '\uFFFD')
}

/** A copy with keepable texts and names. `value` is not too deep. */
export function keepableJson(value: unknown): unknown {
  if (typeof value === 'string') return keepableText(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(keepableJson)
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [keepableText(key), keepableJson(inner)]),
  )
}
