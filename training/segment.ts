/** The part of the population that a model is of: everyone, or a segment of its definition. */
import { WonlostError } from '../src/errors.ts'
import type { Definition } from '../src/features/definition.ts'
import { factsAt } from '../src/features/facts.ts'
import { isInSegment, type Segment } from '../src/features/segments.ts'
import type { AccountRecord, LeadRecord, Milliseconds } from '../src/glossary.ts'

/** null: everyone. Throws `usage` for a name that the definition does not have. */
export function segmentNamed({ name, segments }: Definition, wanted: string): Segment | null {
  if (wanted === '') return null
  const found = segments.find((segment) => segment.name === wanted)
  if (found) return found
  const allowed = segments.map((segment) => segment.name).join(', ') || 'none'
  throw new WonlostError('usage', `${name} has no segment "${wanted}". Allowed: ${allowed}.`, {
    field: '--segment',
  })
}

/** By what was known then: who comes into a segment later has no rows before. */
export function isMember(
  segment: Segment | null,
  account: AccountRecord,
  lead: LeadRecord,
  asOf: Milliseconds,
): boolean {
  return segment === null || isInSegment(segment, factsAt(account, lead, asOf))
}
