/**
 * Whether what came against what was expected changed: two counts a and b, with e and f expected of them. If both came by the same ratio to
 * what was expected, then of the n = a + b each fell to the first with q = e / (e + f), and the signed root of the likelihood ratio
 *
 *     z = root(2 (a ln(a / (n q)) + b ln(b / (n (1 - q)))) / deff)
 *
 * is nearly standard normal, also where few were expected (McCullagh & Nelder 1989, 4.4; a normal on the log of the ratio calls none of five
 * expected impossible, when chance brings it once in 150). a is moved half an outcome towards n q, for counts are whole (Yates
 * 1934). Without a second count it is the Poisson law of mean e: 2 (a ln(a / e) - (a - e)).
 */
import { twoSidedTail } from './normal.ts'

export interface ExpectedCount {
  readonly count: number
  /** Above 0. */
  readonly expected: number
  /** Of count - expected. Below root(expected), that of a Poisson count, it is taken to be that. */
  readonly standardError: number
}

/**
 * @param other null: the first is compared with what was expected of it.
 * @returns The p-value, two-sided.
 */
export function compareCounts(one: ExpectedCount, other: ExpectedCount | null): number {
  const variance = ({ expected, standardError }: ExpectedCount): number =>
    Math.max(standardError ** 2, expected)
  if (other === null) {
    const { count, expected } = one
    const moved = towards(count, expected)
    const deviance = 2 * (term(moved, expected) - (moved - expected))
    return tailOf(deviance, variance(one) / expected)
  }
  const total = one.count + other.count
  const share = one.expected / (one.expected + other.expected)
  const [mean, otherMean] = [total * share, total * (1 - share)]
  const moved = towards(one.count, mean)
  const deviance = 2 * (term(moved, mean) + term(total - moved, otherMean))
  // Of one.count (1 - share) - other.count share: as it is, against that of Poisson counts.
  const weighted = (first: number, second: number): number => (1 - share) ** 2 * first + share ** 2 * second
  const spread = weighted(variance(one), variance(other)) / weighted(one.expected, other.expected)
  return tailOf(deviance, spread)
}

function towards(count: number, mean: number): number {
  return count < mean ? Math.min(mean, count + 0.5) : Math.max(mean, count - 0.5)
}

function term(count: number, mean: number): number {
  return count > 0 ? count * Math.log(count / mean) : 0
}

function tailOf(deviance: number, designEffect: number): number {
  return twoSidedTail(Math.sqrt(Math.max(0, deviance) / designEffect))
}
