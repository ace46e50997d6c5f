/** What expected values stand on where a lead has no open deal. */
import { mediansOf, type SegmentMedian } from '../policy/expected-value.ts'
import type { Engine } from './engine.ts'

/** Of everyone ('') and of each segment with a deal that counts; empty where the policy has no expected values or nothing was won. */
export function wonMedians({
  policy,
  amounts,
}: Pick<Engine, 'policy' | 'amounts'>): readonly SegmentMedian[] {
  return policy.expected_value && amounts ? mediansOf(policy.expected_value, amounts) : []
}
