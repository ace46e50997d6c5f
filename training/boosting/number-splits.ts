/**
 * The best threshold of a column of numbers, from its histogram. Missing values are tried on both sides; where a leaf has
 * none, they go with the larger side.
 */
import { type Candidate, type ColumnSearch, isFree, isPresent, splitGain } from './candidate.ts'
import { softThreshold } from './leaf-value.ts'

/** Sets `best` to the best split of the column, or leaves it as it is. */
export function searchNumbers(search: ColumnSearch, best: Candidate): void {
  const { valueBins } = search
  const scan = isFree(search) ? scanFree : scanBound
  const hasMissing = isPresent(search, valueBins)
  // With missing ones on the right, all values may go left: "is it known?" is a split too.
  scan(search, best, false, hasMissing ? valueBins : valueBins - 1)
  if (hasMissing) scan(search, best, true, valueBins - 1)
  else best.missingLeft = best.hessian > search.hessian / 2
}

/** Candidate k sends bins 0 .. k left, k < end. */
function scanBound(search: ColumnSearch, best: Candidate, missingLeft: boolean, end: number): void {
  const { histograms, first, valueBins, counts, minHessian, minRows, l2 } = search
  const missing = first + 2 * valueBins
  let gradient = missingLeft ? histograms[missing]! : 0
  let hessian = missingLeft ? histograms[missing + 1]! : 0
  let rows = missingLeft && counts ? counts[valueBins]! : 0
  for (let bin = 0; bin < end; bin++) {
    gradient += histograms[first + 2 * bin]!
    hessian += histograms[first + 2 * bin + 1]!
    if (counts) rows += counts[bin]!
    if (hessian < minHessian) continue
    // The right side only becomes smaller from here on.
    if (search.hessian - hessian < minHessian) break
    if (counts && (rows < minRows || search.rows - rows < minRows)) continue
    const gain = splitGain(search, gradient, hessian, l2)
    if (gain > best.gain) take(best, gain, bin, missingLeft, gradient, hessian)
  }
}

/**
 * The same without constraints, where most of the time of a search goes: the two fractions of a gain are brought to one, and
 * compared without a division: a / b > c where a > c b.
 */
function scanFree(search: ColumnSearch, best: Candidate, missingLeft: boolean, end: number): void {
  const { histograms, first, valueBins, counts, minHessian, minRows, l1, l2, gainBefore } = search
  const missing = first + 2 * valueBins
  const allGradient = search.gradient
  const allHessian = search.hessian
  let gradient = missingLeft ? histograms[missing]! : 0
  let hessian = missingLeft ? histograms[missing + 1]! : 0
  let rows = missingLeft && counts ? counts[valueBins]! : 0
  let toSurpass = best.gain + gainBefore
  for (let bin = 0; bin < end; bin++) {
    gradient += histograms[first + 2 * bin]!
    hessian += histograms[first + 2 * bin + 1]!
    if (counts) rows += counts[bin]!
    if (hessian < minHessian) continue
    const rightHessian = allHessian - hessian
    if (rightHessian < minHessian) break
    if (counts && (rows < minRows || search.rows - rows < minRows)) continue
    const left = softThreshold(gradient, l1)
    const right = softThreshold(allGradient - gradient, l1)
    const over = left * left * (rightHessian + l2) + right * right * (hessian + l2)
    const under = (hessian + l2) * (rightHessian + l2)
    if (!(over > toSurpass * under)) continue
    const gain = over / under - gainBefore
    // Again: `under` is below 0 where a side is nothing but rounding.
    if (!(gain > best.gain)) continue
    take(best, gain, bin, missingLeft, gradient, hessian)
    toSurpass = gain + gainBefore
  }
}

function take(
  best: Candidate,
  gain: number,
  bin: number,
  missingLeft: boolean,
  gradient: number,
  hessian: number,
): void {
  best.gain = gain
  best.position = bin
  best.missingLeft = missingLeft
  best.gradient = gradient
  best.hessian = hessian
}
