/**
 * The best set of categories to go left, from a column's histogram. For log loss the best set is a prefix of the categories in
 * order of gradient / hessian (Fisher 1958; Breiman et al. 1984, theorem 4.5), which tries few sets out of very many. So many
 * choices find noise as well: as in LightGBM, the order is smoothed, small categories take no part, the penalty is higher,
 * and at most so many go to the smaller side. With few categories, each is tried against the rest, without any of this.
 *
 * Missing is a category like any other, and so are codes without a bin of their own, with it.
 */
import { type Candidate, type ColumnSearch, isPresent, splitGain } from './candidate.ts'

/** LightGBM's max_cat_to_onehot. */
const ONE_AGAINST_REST = 4
/** LightGBM's cat_smooth: the order is that of G / (H + this). */
const SMOOTHING = 10
/** LightGBM's cat_l2. */
const PENALTY = 10
/** Hessian below which a category takes no part. */
const LEAST_CATEGORY_HESSIAN = 2
/** LightGBM's max_cat_threshold. */
const MOST_CATEGORIES = 32

/** Sets `best` to the best split of the column, or leaves it as it is. `position` counts how many of `sidesOf` go left. */
export function searchCategories(search: ColumnSearch, best: Candidate): void {
  const present = presentBins(search)
  if (present.length < 2) return
  if (present.length <= ONE_AGAINST_REST) {
    for (const bin of present) {
      const at = search.first + 2 * bin
      consider(
        search,
        best,
        'single',
        bin,
        search.histograms[at]!,
        search.histograms[at + 1]!,
        search.counts?.[bin] ?? 0,
        0,
      )
    }
    return
  }
  const order = smoothOrder(search, present)
  scan(search, best, 'rising', order)
  scan(search, best, 'falling', order.reverse())
}

function scan(
  search: ColumnSearch,
  best: Candidate,
  name: 'rising' | 'falling',
  order: readonly number[],
): void {
  const { histograms, first, counts } = search
  let gradient = 0
  let hessian = 0
  let rows = 0
  const end = Math.min(MOST_CATEGORIES, Math.ceil(order.length / 2))
  for (let k = 0; k < end; k++) {
    const bin = order[k]!
    gradient += histograms[first + 2 * bin]!
    hessian += histograms[first + 2 * bin + 1]!
    rows += counts?.[bin] ?? 0
    consider(search, best, name, k + 1, gradient, hessian, rows, PENALTY)
  }
}

function consider(
  search: ColumnSearch,
  best: Candidate,
  order: Candidate['order'],
  position: number,
  gradient: number,
  hessian: number,
  rows: number,
  penalty: number,
): void {
  const { minHessian, minRows, counts } = search
  if (hessian < minHessian || search.hessian - hessian < minHessian) return
  if (counts && (rows < minRows || search.rows - rows < minRows)) return
  const gain = splitGain(search, gradient, hessian, search.l2 + penalty)
  if (!(gain > best.gain)) return
  best.gain = gain
  best.position = position
  best.order = order
  best.gradient = gradient
  best.hessian = hessian
}

/**
 * The side of each bin of a candidate: 1 left, 0 right. Bins that this leaf has no rows of go with the larger side.
 * `into` has one entry a bin.
 */
export function categorySides(
  search: ColumnSearch,
  { order, position, hessian }: Candidate,
  into: Uint8Array,
): void {
  const present = presentBins(search)
  into.fill(hessian > search.hessian / 2 ? 1 : 0)
  for (const bin of present) into[bin] = 0
  if (order === 'single') {
    into[position] = 1
    return
  }
  const ordered = smoothOrder(search, present)
  if (order === 'falling') ordered.reverse()
  for (const bin of ordered.slice(0, position)) into[bin] = 1
}

function presentBins(search: ColumnSearch): number[] {
  const present: number[] = []
  for (let bin = 0; bin <= search.valueBins; bin++) if (isPresent(search, bin)) present.push(bin)
  return present
}

/** Bins that are large enough, in rising order of the smoothed gradient / hessian; equal ones in order of bin. */
function smoothOrder({ histograms, first }: ColumnSearch, present: readonly number[]): number[] {
  const slope = (bin: number) => histograms[first + 2 * bin]! / (histograms[first + 2 * bin + 1]! + SMOOTHING)
  return present
    .filter((bin) => histograms[first + 2 * bin + 1]! >= LEAST_CATEGORY_HESSIAN)
    .sort((a, b) => slope(a) - slope(b) || a - b)
}
