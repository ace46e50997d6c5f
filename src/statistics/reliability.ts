/** Do 30 % convert where 30 % is said? Rows in bins of equal count by probability, said against seen. */
import { tieGroups } from './tie-groups.ts'

export interface ReliabilityBin {
  readonly rows: number
  readonly positives: number
  /** Lowest and highest probability in the bin. */
  readonly low: number
  readonly high: number
  readonly meanProbability: number
  /** positives / rows. */
  readonly rate: number
}

/** Figures of about `binCount` bins of equal count (see below), lowest probabilities first. */
export function reliabilityBins(
  probabilities: Float64Array,
  labels: Uint8Array,
  binCount = 10,
): ReliabilityBin[] {
  return binsOfEqualCount(probabilities, labels, binCount).map((rows) =>
    summarise(rows, probabilities, labels),
  )
}

/**
 * The rows of about `binCount` bins of equal count, lowest scores first; within a bin highest first. Equal scores are never torn
 * apart, so with few distinct ones there are fewer bins: a tie group goes whole to the bin in which its middle row falls.
 */
export function binsOfEqualCount(scores: Float64Array, labels: Uint8Array, binCount: number): number[][] {
  const { order, starts } = tieGroups(scores, labels)
  const bins: number[][] = []
  let current = -1
  for (let g = 0; g + 1 < starts.length; g++) {
    const middle = (starts[g]! + starts[g + 1]! - 1) / 2
    const bin = Math.floor((middle * binCount) / order.length)
    if (bin !== current) bins.push([])
    current = bin
    for (let k = starts[g]!; k < starts[g + 1]!; k++) bins.at(-1)!.push(order[k]!)
  }
  return bins.reverse()
}

function summarise(rows: readonly number[], probabilities: Float64Array, labels: Uint8Array): ReliabilityBin {
  let sum = 0
  let positives = 0
  for (const row of rows) {
    sum += probabilities[row]!
    positives += labels[row]!
  }
  return {
    rows: rows.length,
    positives,
    low: probabilities[rows.at(-1)!]!,
    high: probabilities[rows[0]!]!,
    meanProbability: sum / rows.length,
    rate: positives / rows.length,
  }
}

/**
 * Expected calibration error: `sum of rows_b / n * |meanProbability_b - rate_b|` (Naeini, Cooper & Hauskrecht
 * 2015), here on equal-count bins, which do not leave the sparse high end to chance. NaN for no rows.
 */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  let total = 0
  let sum = 0
  for (const bin of bins) {
    total += bin.rows
    sum += bin.rows * Math.abs(bin.meanProbability - bin.rate)
  }
  return sum / total
}
