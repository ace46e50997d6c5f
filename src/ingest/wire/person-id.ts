/** Ids by which a sender names a person or a company. */

/** Longest id: it stands in indexes, and may get a prefix. */
const MAX_ID = 255

/**
 * What programs send for "nobody": whoever shares one of these would become one person.
 * PostHog refuses the same (https://posthog.com/docs/product-analytics/identify).
 */
const NOBODY = new Set([
  '',
  '0',
  '00000000-0000-0000-0000-000000000000',
  '[object object]',
  'anonymous',
  'distinct_id',
  'distinctid',
  'email',
  'false',
  'guest',
  'id',
  'nan',
  'nil',
  'none',
  'not_authenticated',
  'null',
  'true',
  'undefined',
])

/** The id, null for nobody, or the reason why it is none. Numbers are ids too: some senders have no others. */
export function readPersonId(field: string, value: unknown): string | null | { reason: string } {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string' && !Number.isSafeInteger(value))
    return { reason: `${field} is neither text nor a whole number` }
  const id = String(value).trim()
  if (NOBODY.has(id.toLowerCase())) return null
  if (id.length > MAX_ID)
    return { reason: `${field} has ${id.length} characters; at most ${MAX_ID} are allowed` }
  if (/[\p{Cc}\p{Surrogate}]/u.test(id))
    return { reason: `${field} holds control characters or half a character` }
  return id
}
