/**
 * Area under the ROC curve: the chance that a row that reached the target scores above one that did not, ties
 * counting half (Mann & Whitney 1947; Hanley & McNeil 1982).
 */
import { tieGroups } from './tie-groups.ts'

/** 0..1, 0.5 is no order at all. NaN with one class. */
export function auc(scores: Float64Array, labels: Uint8Array): number {
  return prepareAuc(scores, labels)()
}

/** Sorts once; the result gives the AUC under any weights (a bootstrap asks for hundreds). */
export function prepareAuc(
  scores: Float64Array,
  labels: Uint8Array,
): (weights?: ArrayLike<number>) => number {
  const { order, starts } = tieGroups(scores, labels)
  return (weights) => {
    let won = 0
    let positives = 0
    let negatives = 0
    for (let g = 0; g + 1 < starts.length; g++) {
      let groupPositives = 0
      let groupNegatives = 0
      for (let k = starts[g]!; k < starts[g + 1]!; k++) {
        const row = order[k]!
        const weight = weights ? weights[row]! : 1
        if (labels[row] === 1) groupPositives += weight
        else groupNegatives += weight
      }
      // Every positive seen so far stands above these negatives.
      won += groupNegatives * (positives + groupPositives / 2)
      positives += groupPositives
      negatives += groupNegatives
    }
    return won / (positives * negatives)
  }
}
