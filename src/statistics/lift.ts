/** Lift: how many times the base rate convert among the highest scored. */
import { tieGroups } from './tie-groups.ts'

/**
 * Rate among the top `ceil(share * n)` rows, divided by the base rate. Rows tied at the cut share the places that
 * are left.
 * @param share In (0, 1].
 * @returns 1 is no better than chance, 1 / share the most there is. NaN without positives.
 */
export function liftAtTop(scores: Float64Array, labels: Uint8Array, share: number): number {
  const { order, starts } = tieGroups(scores, labels)
  const places = Math.ceil(share * order.length)
  let found = 0
  let positives = 0
  for (let g = 0; g + 1 < starts.length; g++) {
    const start = starts[g]!
    const size = starts[g + 1]! - start
    let groupPositives = 0
    for (let k = start; k < start + size; k++) groupPositives += labels[order[k]!]!
    found += (groupPositives * Math.min(size, Math.max(0, places - start))) / size
    positives += groupPositives
  }
  return found / places / (positives / order.length)
}
