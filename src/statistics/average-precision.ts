/** Average precision: `sum over thresholds of (recall_n - recall_(n-1)) * precision_n`, one threshold a tie group. */
import { tieGroups } from './tie-groups.ts'

/** 0..1; the base rate is no order at all. NaN without positives. No interpolation: see Davis & Goadrich 2006. */
export function averagePrecision(scores: Float64Array, labels: Uint8Array): number {
  const { order, starts } = tieGroups(scores, labels)
  let positives = 0
  let sum = 0
  for (let g = 0; g + 1 < starts.length; g++) {
    let found = 0
    for (let k = starts[g]!; k < starts[g + 1]!; k++) found += labels[order[k]!]!
    positives += found
    sum += found * (positives / starts[g + 1]!)
  }
  return sum / positives
}
