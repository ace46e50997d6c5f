/** JSON that cannot be kept. */

const MAX_DEPTH = 32

/** What PostgreSQL's jsonb cannot hold in the value, and what would not come back as it was; null when there is nothing. */
export function jsonFault(value: unknown, depth = 1): string | null {
  if (depth > MAX_DEPTH) return `is nested more than ${MAX_DEPTH} deep`
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'holds a number out of range'
  if (typeof value === 'string')
    return /\0|\p{Surrogate}/u.test(value) ? 'holds a NUL character or half a character' : null
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    const fault = jsonFault(key, depth) ?? jsonFault(inner, depth + 1)
    if (fault !== null) return fault
  }
  return null
}
