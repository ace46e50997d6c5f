/**
 * Curves of a ranking: what is found at or above each threshold, from the highest score down. One vertex a tie group, so equal
 * scores stay together: a straight line between two vertices is a random order of the ties.
 */
import { tieGroups } from './tie-groups.ts'

/** x, then y. */
type CurveVertex = readonly [number, number]

export interface RankingCurves {
  /** Share of the 0s, then of the 1s, found so far (Fawcett 2006). From (0, 0) to (1, 1); the area below is the AUC. */
  readonly roc: readonly CurveVertex[]
  /** Recall, then precision, where recall rises; a line between two vertices means nothing here (Davis & Goadrich 2006). */
  readonly precisionRecall: readonly CurveVertex[]
  /** Share of all rows, then share of the 1s, found so far: cumulative gain. From (0, 0) to (1, 1). */
  readonly gain: readonly CurveVertex[]
}

/** null with one class: nothing is ranked then. */
export function rankingCurves(scores: Float64Array, labels: Uint8Array): RankingCurves | null {
  const { order, starts } = tieGroups(scores, labels)
  const rows = order.length
  const positives = labels.reduce((sum, label) => sum + label, 0)
  if (positives === 0 || positives === rows) return null
  const roc: CurveVertex[] = [[0, 0]]
  const precisionRecall: CurveVertex[] = []
  const gain: CurveVertex[] = [[0, 0]]
  let found = 0
  for (let g = 0; g + 1 < starts.length; g++) {
    const end = starts[g + 1]!
    const before = found
    for (let k = starts[g]!; k < end; k++) found += labels[order[k]!]!
    const recall = found / positives
    roc.push([(end - found) / (rows - positives), recall])
    gain.push([end / rows, recall])
    if (found > before) precisionRecall.push([recall, found / end])
  }
  return { roc, precisionRecall, gain }
}

/**
 * At most `most` vertices, evenly spaced along the curve, the first and the last among them: none is moved.
 * @param most At least 2.
 * @param length Of a step; default: as far as it goes in x and in y.
 */
export function thinCurve(
  curve: readonly CurveVertex[],
  most: number,
  length = (dx: number, dy: number): number => Math.abs(dx) + Math.abs(dy),
): readonly CurveVertex[] {
  if (curve.length <= most) return curve
  const lengths = [0]
  for (let i = 1; i < curve.length; i++) {
    const [x, y] = curve[i]!
    const [lastX, lastY] = curve[i - 1]!
    lengths.push(lengths[i - 1]! + length(x - lastX, y - lastY))
  }
  const step = lengths.at(-1)! / (most - 1)
  const kept: CurveVertex[] = []
  let next = 0
  for (let i = 0; i < curve.length - 1; i++) {
    if (lengths[i]! < next * step) continue
    kept.push(curve[i]!)
    next = Math.floor(lengths[i]! / step) + 1
  }
  return [...kept.slice(0, most - 1), curve.at(-1)!]
}
