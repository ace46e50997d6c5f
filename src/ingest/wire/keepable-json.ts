/** JSON of others, made fit to be kept: nothing that PostgreSQL refuses, and nothing that hurts whoever walks through it. */

const MAX_DEPTH = 32

/**
 * Why the value cannot be kept; null when it can. `mostBytes` is for its JSON. Goes no deeper than is allowed, whatever a hostile value
 * holds.
 */
export function unkeepableReason(value: unknown, mostBytes: number): string | null {
  const size = { characters: 0, values: 0 }
  const reason = walk(value, 1, size)
  if (reason !== null) return reason
  // A character takes six bytes at most, anything else two dozen: most messages need not be written out to be measured.
  if (6 * size.characters + 24 * size.values <= mostBytes) return null
  const bytes = Buffer.byteLength(JSON.stringify(value))
  return bytes > mostBytes ? `has ${bytes} bytes; at most ${mostBytes} are allowed` : null
}

/** Whether it can be written out. */
export function isTooDeep(value: unknown): boolean {
  return walk(value, 1, { characters: 0, values: 0 }) === TOO_DEEP
}

const TOO_DEEP = `is nested more than ${MAX_DEPTH} deep`

/** Counts what it walks through. */
function walk(value: unknown, depth: number, size: { characters: number; values: number }): string | null {
  size.values += 1
  if (typeof value === 'string') size.characters += value.length
  if (typeof value !== 'object' || value === null) return null
  if (depth > MAX_DEPTH) return TOO_DEEP
  for (const key of Object.keys(value)) {
    if (key === '__proto__') return 'has a field "__proto__"'
    size.characters += key.length
    const reason = walk((value as Record<string, unknown>)[key], depth + 1, size)
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
