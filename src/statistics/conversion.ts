/** Conversion by range of a score: the table that says whether "hot" is hot. */
import { checkOutcomes } from './contract.ts'

export interface ConversionBin {
  /** [low, high); the first is open below, the last open above. */
  readonly low: number | null
  readonly high: number | null
  readonly rows: number
  readonly positives: number
  /** positives / rows; NaN for an empty range. */
  readonly rate: number
}

/** @param edges Rising; n edges make n + 1 ranges. */
export function conversionBins(
  scores: Float64Array,
  labels: Uint8Array,
  edges: readonly number[],
): ConversionBin[] {
  checkOutcomes(scores, labels)
  const rows = new Array<number>(edges.length + 1).fill(0)
  const positives = new Array<number>(edges.length + 1).fill(0)
  for (let i = 0; i < scores.length; i++) {
    const above = edges.findIndex((edge) => scores[i]! < edge)
    const bin = above < 0 ? edges.length : above
    rows[bin]! += 1
    positives[bin]! += labels[i]!
  }
  return rows.map((count, bin) => ({
    low: edges[bin - 1] ?? null,
    high: edges[bin] ?? null,
    rows: count,
    positives: positives[bin]!,
    rate: positives[bin]! / count,
  }))
}
