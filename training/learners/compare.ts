/** Two learners on the same rows, which neither was fitted to, and what may be said of the difference. */
import { logisticLoss } from '../../src/statistics/log-odds.ts'
import type { LearnerComparison } from '../report/learned-report.ts'

/** Raw scores in log-odds, labels and groups, one a row. At least one row. */
export interface ComparedRows {
  readonly logistic: Float64Array
  readonly boosting: Float64Array
  readonly labels: Uint8Array
  readonly groups: Int32Array
}

/** Of the losses of two models on the same rows. */
export interface PairedDifference {
  readonly accounts: number
  /** Mean of first minus second: above 0 the second is better. */
  readonly difference: number
  /** null with a single account. */
  readonly standard_error: number | null
}

/**
 * Mean difference with its standard error. Rows of one account depend on each other: the differences from the mean are added up
 * by account before they are squared,
 *
 *     variance = accounts / (accounts - 1) * sum over accounts of (sum of (d - mean d))^2 / rows^2        (Liang & Zeger 1986)
 */
export function pairedDifference(
  first: Float64Array,
  second: Float64Array,
  groups: Int32Array,
): PairedDifference {
  const rows = groups.length
  const differences = first.map((loss, i) => loss - second[i]!)
  const difference = meanOf(differences)
  const surprises = new Map<number, number>()
  for (const [i, group] of groups.entries())
    surprises.set(group, (surprises.get(group) ?? 0) + differences[i]! - difference)
  const accounts = surprises.size
  const squares = [...surprises.values()].reduce((sum, surprise) => sum + surprise ** 2, 0)
  return {
    accounts,
    difference,
    standard_error: accounts < 2 ? null : Math.sqrt((squares * accounts) / (accounts - 1)) / rows,
  }
}

/** Log loss of each row. */
export function lossesOf(scores: Float64Array, labels: Uint8Array): Float64Array {
  return scores.map((score, i) => logisticLoss(score, labels[i]!))
}

export function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

export function compareLearners({ logistic, boosting, labels, groups }: ComparedRows): LearnerComparison {
  const [logisticLosses, boostingLosses] = [lossesOf(logistic, labels), lossesOf(boosting, labels)]
  const { accounts, ...found } = pairedDifference(logisticLosses, boostingLosses, groups)
  return {
    rows: labels.length,
    accounts,
    logistic_log_loss: meanOf(logisticLosses),
    boosting_log_loss: meanOf(boostingLosses),
    ...found,
  }
}

/** The second is better by one standard error or more. The first, the simpler one, wins whatever is less sure than that. */
export function secondWins({
  difference,
  standard_error: error,
}: Pick<LearnerComparison, 'difference' | 'standard_error'>): boolean {
  return error !== null && difference > 0 && difference >= error
}
