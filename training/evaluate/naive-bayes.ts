/**
 * The baseline: naive Bayes as Odoo's predictive lead scoring computes it (addons/crm/models/crm_lead.py,
 * _pls_get_naive_bayes_probabilities): `P(won | values) = W / (W + L)`, `W = P(won) * product over fields of
 * P(value | won)`, L alike. Each value's counts start at 0.1 against zero frequencies, a missing or never seen
 * value is left out of the product, and the answer lies within 0.01 % and 99.99 %.
 *
 * Two things are ours: Odoo has no numbers, here they go into fifths of the fit rows; and its stage, which needs
 * no learning to be told, is not a column. Products are sums of logarithms, so that many columns do not underflow.
 */
import { WonlostError } from '../../src/errors.ts'
import type { Column } from '../../src/features/column.ts'
import { quantile } from '../../src/statistics/bootstrap.ts'
import { sigmoid } from '../../src/statistics/log-odds.ts'
import { countPositives, type Matrix } from '../matrix.ts'

export interface NaiveBayes {
  /** Reads one row from `offset` on. Within [0.0001, 0.9999]. */
  probability(row: Float64Array, offset?: number): number
}

/** What a value's counts start at. */
const SMOOTHING = 0.1
const LOWEST = 0.0001
const NUMBER_BUCKETS = 5

interface Field {
  /** ln(P(value | won) / P(value | lost)) by bucket; 0 for one never seen. */
  readonly logRatios: Float64Array
  readonly bucketOf: (value: number) => number
}

/** Throws `too_little_data` when the rows have one class only. */
export function trainNaiveBayes(fit: Matrix): NaiveBayes {
  const won = countPositives(fit.labels)
  const lost = fit.rowCount - won
  if (won === 0 || lost === 0)
    throw new WonlostError(
      'too_little_data',
      `Naive Bayes needs rows of both outcomes. Given: ${won} of ${fit.rowCount}.`,
    )
  const prior = Math.log(won / lost)
  const fields = fit.columns.map((column, c) => countField(fit, c, column))
  return {
    probability(row, offset = 0) {
      let logOdds = prior
      for (let c = 0; c < fields.length; c++) {
        const value = row[offset + c]!
        if (!Number.isNaN(value)) logOdds += fields[c]!.logRatios[fields[c]!.bucketOf(value)] ?? 0
      }
      return Math.min(1 - LOWEST, Math.max(LOWEST, sigmoid(logOdds)))
    },
  }
}

function countField(fit: Matrix, c: number, column: Column): Field {
  const width = fit.columns.length
  const edges = column.kind === 'number' ? bucketEdges(fit, c) : []
  const bucketOf =
    column.kind === 'number' ? (value: number) => bucketAbove(edges, value) : (value: number) => value
  const size =
    column.kind === 'category' ? column.categories.length : column.kind === 'flag' ? 2 : edges.length + 1
  const counts = [new Float64Array(size), new Float64Array(size)] as const
  for (let i = 0; i < fit.rowCount; i++) {
    const value = fit.data[i * width + c]!
    if (!Number.isNaN(value)) counts[fit.labels[i] === 1 ? 1 : 0][bucketOf(value)]! += 1
  }
  const [lost, won] = counts
  const seen = won.map((count, bucket) => (count + lost[bucket]! > 0 ? 1 : 0))
  const seenCount = seen.reduce((sum, one) => sum + one, 0)
  const total = (side: Float64Array): number =>
    side.reduce((sum, count) => sum + count, SMOOTHING * seenCount)
  const [wonTotal, lostTotal] = [total(won), total(lost)]
  const logRatios = won.map((count, bucket) =>
    seen[bucket] === 1
      ? Math.log((count + SMOOTHING) / wonTotal) - Math.log((lost[bucket]! + SMOOTHING) / lostTotal)
      : 0,
  )
  return { logRatios, bucketOf }
}

/** Rising and distinct: fewer where a heap fills several fifths. */
function bucketEdges(fit: Matrix, c: number): number[] {
  const width = fit.columns.length
  const values = Float64Array.from({ length: fit.rowCount }, (_, i) => fit.data[i * width + c]!)
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  if (sorted.length === 0) return []
  const edges = Array.from({ length: NUMBER_BUCKETS - 1 }, (_, k) =>
    quantile(sorted, (k + 1) / NUMBER_BUCKETS),
  )
  return [...new Set(edges)]
}

/** Buckets are (edge, next edge]: a heap at an edge stands below it. */
function bucketAbove(edges: readonly number[], value: number): number {
  let bucket = 0
  while (bucket < edges.length && value > edges[bucket]!) bucket++
  return bucket
}
