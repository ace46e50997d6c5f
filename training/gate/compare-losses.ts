/** Two models' log loss on the same rows, and how sure the difference is. */
import { bootstrapInterval } from '../../src/statistics/bootstrap.ts'
import { clampProbability, logit } from '../../src/statistics/log-odds.ts'
import { lossesOf, meanOf } from '../learners/compare.ts'
import { randomIntegers } from '../random.ts'

export interface LossComparison {
  readonly rows: number
  readonly accounts: number
  readonly own: number
  readonly other: number
  /** own - other: above 0 the other is better. */
  readonly difference: number
  /** 95 %, bootstrap of accounts, both models on the same draw; null with a single account. */
  readonly interval: readonly [number, number] | null
}

/** @param own, other Probabilities, one a row. At least one row. */
export function compareLosses(
  own: Float64Array,
  other: Float64Array,
  { labels, groups }: { readonly labels: Uint8Array; readonly groups: Int32Array },
  seed: number,
): LossComparison {
  const [ownLosses, otherLosses] = [rowLosses(own, labels), rowLosses(other, labels)]
  const differences = ownLosses.map((loss, row) => loss - otherLosses[row]!)
  const meanDifference = (weights: Float64Array): number => {
    let sum = 0
    let rows = 0
    for (let row = 0; row < weights.length; row++) {
      sum += weights[row]! * differences[row]!
      rows += weights[row]!
    }
    return sum / rows
  }
  return {
    rows: labels.length,
    accounts: new Set(groups).size,
    own: meanOf(ownLosses),
    other: meanOf(otherLosses),
    difference: meanOf(differences),
    interval: bootstrapInterval(meanDifference, groups, { nextInteger: randomIntegers(seed) }),
  }
}

function rowLosses(probabilities: Float64Array, labels: Uint8Array): Float64Array {
  return lossesOf(
    probabilities.map((probability) => logit(clampProbability(probability))),
    labels,
  )
}
