/** A share with how sure it is: leads of one account are taken for what they are. */
import { clusteredRateInterval } from '../../statistics/clustered-rates.ts'
import { addGroup, emptyGroupSums } from '../../statistics/design-effect.ts'

export interface Share {
  readonly of: number
  readonly count: number
  /** count / of; null of none. */
  readonly share: number | null
  /** 95 %; null of none. */
  readonly interval: readonly [number, number] | null
}

/** @param counts How many of how many, one entry an account and whatever else; those of one account are added up. */
export function shareOf(
  counts: Iterable<{ readonly account: string; readonly of: number; readonly count: number }>,
): Share {
  const accounts = new Map<string, { of: number; count: number }>()
  for (const { account, of, count } of counts) {
    const known = accounts.get(account)
    if (known) {
      known.of += of
      known.count += count
    } else accounts.set(account, { of, count })
  }
  const sums = emptyGroupSums()
  for (const { of, count } of accounts.values()) addGroup(sums, of, count)
  return {
    of: sums.rows,
    count: sums.positives,
    share: sums.rows === 0 ? null : sums.positives / sums.rows,
    interval: clusteredRateInterval(sums),
  }
}
