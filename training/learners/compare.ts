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

/**
 * Mean difference of log loss with its standard error. Rows of one account depend on each other: the differences from the mean
 * are added up by account before they are squared,
 *
 *     variance = accounts / (accounts - 1) * sum over accounts of (sum of (d - mean d))^2 / rows^2        (Liang & Zeger 1986)
 */
export function compareLearners({ logistic, boosting, labels, groups }: ComparedRows): LearnerComparison {
  const rows = labels.length
  const lossOf = (scores: Float64Array): Float64Array =>
    scores.map((score, i) => logisticLoss(score, labels[i]!))
  const [logisticLosses, boostingLosses] = [lossOf(logistic), lossOf(boosting)]
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / rows
  const differences = logisticLosses.map((loss, i) => loss - boostingLosses[i]!)
  const difference = mean(differences)
  const surprises = new Map<number, number>()
  for (const [i, group] of groups.entries())
    surprises.set(group, (surprises.get(group) ?? 0) + differences[i]! - difference)
  const accounts = surprises.size
  const squares = [...surprises.values()].reduce((sum, surprise) => sum + surprise ** 2, 0)
  return {
    rows,
    accounts,
    logistic_log_loss: mean(logisticLosses),
    boosting_log_loss: mean(boostingLosses),
    difference,
    standard_error: accounts < 2 ? null : Math.sqrt((squares * accounts) / (accounts - 1)) / rows,
  }
}

/** Boosting is better by one standard error or more. The simpler wins whatever is less sure than that. */
export function boostingWins({ difference, standard_error: error }: LearnerComparison): boolean {
  return error !== null && difference > 0 && difference >= error
}
