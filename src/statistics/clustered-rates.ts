/** Shares of several bins with intervals that take rows of one group (account) for what they are: see design-effect.ts. */
import {
  addGroup,
  designEffect,
  emptyGroupSums,
  type GroupSums,
  intraclassCorrelation,
} from './design-effect.ts'
import { wilsonInterval } from './wilson.ts'

/**
 * 95 % intervals of the share of 1s, one a bin; null for a bin without rows. How much rows of one group are alike is measured bin by
 * bin: what the score already explains does not count twice.
 * @param bins The bin of each row, 0..binCount - 1.
 */
export function clusteredRateIntervals(
  bins: ArrayLike<number>,
  labels: Uint8Array,
  groups: Int32Array,
  binCount: number,
): ([number, number] | null)[] {
  const counts = Array.from({ length: binCount }, () => new Map<number, [rows: number, positives: number]>())
  for (let i = 0; i < labels.length; i++) {
    const ofBin = counts[bins[i]!]!
    const count = ofBin.get(groups[i]!)
    if (count) {
      count[0] += 1
      count[1] += labels[i]!
    } else ofBin.set(groups[i]!, [1, labels[i]!])
  }
  return counts.map((ofBin) => {
    const sums = emptyGroupSums()
    for (const [rows, positives] of ofBin.values()) addGroup(sums, rows, positives)
    return clusteredRateInterval(sums)
  })
}

/**
 * The 95 % interval of the share of positives; null without rows. Where all outcomes are the same, they tell nothing of how much rows of
 * one group depend on each other. Each group is then taken for one outcome, as if it had had no choice: n is the effective number of
 * groups, (sum of n)^2 / sum of n^2 (Kish 1965), so that 0 of 500 leads of 100 accounts is known no better than 0 of 100.
 */
export function clusteredRateInterval(sums: GroupSums): [number, number] | null {
  const { rows, positives, rowsSquared } = sums
  if (rows === 0) return null
  const correlation = positives === 0 || positives === rows ? 1 : intraclassCorrelation(sums)
  return wilsonInterval(positives, rows, designEffect(correlation, rows, rowsSquared))
}
