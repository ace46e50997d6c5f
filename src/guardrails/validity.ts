/** When a rule is asked: from `validFrom` to just before `validUntil`. */
import type { Milliseconds } from '../glossary.ts'

export interface Validity {
  /** In force in [validFrom, validUntil); infinite where the file gives no date. */
  readonly validFrom: Milliseconds
  readonly validUntil: Milliseconds
}

export function isInForce({ validFrom, validUntil }: Validity, at: Milliseconds): boolean {
  return validFrom <= at && at < validUntil
}

/** At some moment both are. */
export function areEverTogether(one: Validity, other: Validity): boolean {
  return one.validFrom < other.validUntil && other.validFrom < one.validUntil
}
