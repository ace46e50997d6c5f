/** Rows in order of score, with equal scores kept together. What every ranking figure walks over. */
import { checkOutcomes } from './contract.ts'

export interface TieGroups {
  /** Row indices, highest score first; within a tie in order of row. */
  readonly order: Int32Array
  /** Group g holds order[starts[g]] .. order[starts[g + 1] - 1]; one more entry than groups. */
  readonly starts: Int32Array
}

export function tieGroups(scores: Float64Array, labels: Uint8Array): TieGroups {
  checkOutcomes(scores, labels)
  const order = Int32Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b)
  const starts: number[] = []
  for (let k = 0; k < order.length; k++)
    if (k === 0 || scores[order[k]!] !== scores[order[k - 1]!]) starts.push(k)
  starts.push(order.length)
  return { order, starts: Int32Array.from(starts) }
}
