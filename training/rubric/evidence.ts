/**
 * The weight of evidence of an attribute (Good 1950): how much more often those who have it got there than was expected, in log-odds.
 *
 *     weight = ln( (r n + k e) / ((1 - r) n + k (1 - e)) ) - ln( e / (1 - e) )
 *
 * e: the expected rate, that of the average unless something else is known of them; r and n: rate and number of those who have it; k:
 * pseudo-accounts at the expected rate, which pull what is seen seldom to 0. An account counts once, however many leads and landmarks it has: each of its rows weighs 1 / rows of the account. n is Kish's
 * effective number of accounts, (sum u)^2 / sum u^2 with u the weight that an account has in the attribute.
 */

import { logit } from '../../src/statistics/log-odds.ts'
import { twoSidedTail } from '../../src/statistics/normal.ts'
import { wilsonInterval } from '../../src/statistics/wilson.ts'

/** So many accounts at the expected rate stand beside those that were seen. */
const PSEUDO_ACCOUNTS = 10
/** Below so many accounts nothing is said. */
export const LEAST_ACCOUNTS = 20

export interface Outcomes {
  /** One a row. */
  readonly weights: Float64Array
  readonly labels: Uint8Array
  readonly groups: Int32Array
  /** The weighted rate, within (0, 1). */
  readonly average: number
}

export interface Evidence {
  /** That have the attribute at any of their rows. */
  readonly accounts: number
  /** Of the target, among them; NaN without any. */
  readonly rate: number
  /** 95 %. */
  readonly interval: readonly [number, number]
  /** The rate that was expected of them. */
  readonly expected: number
  /** In log-odds against what was expected, smoothed; 0 without any. */
  readonly weight: number
  /** Chance that a difference as large is nothing; 1 without any. */
  readonly pValue: number
}

/** Rows of one account weigh 1 together. Both outcomes must occur. */
export function weighOutcomes(labels: Uint8Array, groups: Int32Array): Outcomes {
  const rowsOf = new Map<number, number>()
  for (const group of groups) rowsOf.set(group, 1 + (rowsOf.get(group) ?? 0))
  const weights = Float64Array.from(groups, (group) => 1 / rowsOf.get(group)!)
  const reached = weights.reduce((sum, weight, row) => sum + weight * labels[row]!, 0)
  return { weights, labels, groups, average: reached / rowsOf.size }
}

/**
 * @param shares How much of the attribute each row has, 0 to 1: a row that has half of it weighs half.
 * @param expectedOf The probability of each row by all that is known besides; default: the average.
 */
export function weighEvidence(
  shares: Float64Array,
  { weights, labels, groups, average }: Outcomes,
  expectedOf?: Float64Array,
): Evidence {
  const ofAccount = new Map<number, number>()
  let [total, reached, expectation] = [0, 0, 0]
  for (let row = 0; row < shares.length; row++) {
    if (!(shares[row]! > 0)) continue
    const weight = weights[row]! * shares[row]!
    ofAccount.set(groups[row]!, weight + (ofAccount.get(groups[row]!) ?? 0))
    total += weight
    reached += weight * labels[row]!
    expectation += weight * (expectedOf?.[row] ?? average)
  }
  const accounts = ofAccount.size
  if (accounts === 0) {
    const interval = [Number.NaN, Number.NaN] as const
    return { accounts, rate: Number.NaN, interval, expected: average, weight: 0, pValue: 1 }
  }
  let squares = 0
  for (const weight of ofAccount.values()) squares += weight * weight
  const effective = (total * total) / squares
  const rate = reached / total
  const expected = expectation / total
  const seen = rate * effective + PSEUDO_ACCOUNTS * expected
  const notSeen = (1 - rate) * effective + PSEUDO_ACCOUNTS * (1 - expected)
  return {
    accounts,
    rate,
    interval: wilsonInterval(rate * effective, effective),
    expected,
    weight: Math.log(seen / notSeen) - logit(expected),
    pValue: twoSidedTail((rate - expected) / Math.sqrt((expected * (1 - expected)) / effective)),
  }
}
