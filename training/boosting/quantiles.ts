/**
 * Thresholds that cut the values of a column into bins of about equal weight. Few distinct values get a bin each. Otherwise,
 * as LightGBM does: a value that alone weighs a bin's share has a bin of its own, the others share what is left.
 */
import { binOf, binSearch } from './bin-search.ts'

/**
 * @param values Finite, in any order.
 * @param weights Of each value; absent: 1.
 * @returns Ascending; bin k holds thresholds[k - 1] < x <= thresholds[k]. Each lies between two neighbouring values: at or
 *   above the lower, below the upper. At most maxBins - 1 of them.
 */
export function quantileThresholds(
  values: Float64Array,
  maxBins: number,
  weights?: Float64Array,
): Float64Array {
  const { distinct, counts } = distinctOf(values)
  const cuts =
    distinct.length <= maxBins
      ? Int32Array.from({ length: Math.max(0, distinct.length - 1) }, (_, i) => i)
      : cutsOf(weights ? weightsOf(distinct, values, weights) : counts, maxBins)
  return Float64Array.from(cuts, (i) => between(distinct[i]!, distinct[i + 1]!))
}

/** The different values, ascending, and how often each stands there. */
function distinctOf(values: Float64Array): { distinct: Float64Array; counts: Float64Array } {
  const sorted = values.slice().sort()
  const counts = new Float64Array(sorted.length)
  let length = 0
  for (let i = 0; i < sorted.length; i++) {
    // 0 and -0 are one value.
    if (length === 0 || sorted[i] !== sorted[length - 1]) sorted[length++] = sorted[i]!
    counts[length - 1]! += 1
  }
  return { distinct: sorted.subarray(0, length), counts: counts.subarray(0, length) }
}

function weightsOf(distinct: Float64Array, values: Float64Array, weights: Float64Array): Float64Array {
  const sums = new Float64Array(distinct.length)
  const search = binSearch(distinct)
  for (let i = 0; i < values.length; i++) sums[binOf(search, values[i]!)]! += weights[i]!
  return sums
}

/** Indices of the values that bins end with, but for the last bin. */
function cutsOf(weights: Float64Array, maxBins: number): Int32Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const share = total / maxBins
  let restWeight = total
  let restBins = maxBins
  for (const weight of weights) {
    if (weight < share) continue
    restWeight -= weight
    restBins--
  }
  const cuts: number[] = []
  let mean = restWeight / restBins
  let filled = 0
  for (let i = 0; i + 1 < weights.length && cuts.length < maxBins - 1; i++) {
    const isHeavy = weights[i]! >= share
    const nextIsHeavy = weights[i + 1]! >= share
    filled += weights[i]!
    if (!isHeavy) restWeight -= weights[i]!
    if (!(isHeavy || filled >= mean || (nextIsHeavy && filled >= mean / 2))) continue
    cuts.push(i)
    filled = 0
    if (isHeavy) continue
    restBins--
    mean = restWeight / restBins
  }
  return Int32Array.from(cuts)
}

/** Half-way between two neighbours, low < high, and never the upper itself: `x <= between` tells the two apart. */
function between(low: number, high: number): number {
  // Halves before the sum: the sum of two large numbers would be infinite.
  const middle = low / 2 + high / 2
  return middle >= low && middle < high ? middle : low
}
