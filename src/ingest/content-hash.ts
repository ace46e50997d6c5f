/** An id for an event that came without one: the same content gives the same id, so that sending it again adds nothing. */
import { createHash } from 'node:crypto'
import type { Milliseconds } from '../glossary.ts'

export interface EventContent {
  readonly leadId: string | null
  readonly email: string | null
  readonly userId: string | null
  readonly anonymousId: string | null
  readonly type: string
  readonly occurredAt: Milliseconds
  readonly source: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** `h_` and 32 hexadecimal digits of the sha256. The order of the properties does not matter; when it became known neither. */
export function contentHash(event: EventContent): string {
  const { leadId, email, userId, anonymousId, type, occurredAt, source, properties } = event
  const who = [leadId, email, userId, anonymousId]
  const content = JSON.stringify([who, type, occurredAt, source, sortKeys(properties)])
  return `h_${createHash('sha256').update(content).digest('hex').slice(0, 32)}`
}

/** Objects as sorted lists of pairs: an object would put keys that look like integers first by itself. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  return {
    sorted: Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  }
}
