/**
 * Are two samples spread over the same bins? Both are cut into strata (ages of leads), and only like is compared with like: the
 * reference is weighted to the mix of strata of the current sample. With p the shares now and q those of the reference,
 *
 *     X^2 = sum over bins of (p - q)^2 / pi  /  (1/n + 1/m),   chi-squared with bins - 1 degrees without drift,
 *
 * where n and m count independent rows: rows of one account move together, so the rows are divided by the design effect
 * (Rao & Scott 1981, first order), and weighting costs as well: 1/m = sum of w^2 / m(stratum).
 */
import { chiSquaredTail } from './chi-squared.ts'
import { stabilityByChance, stabilityIndex } from './psi.ts'

/** Rows by stratum, then by bin. */
export interface BinnedSample {
  readonly counts: readonly (readonly number[])[]
  /** At least 1. */
  readonly designEffect: number
}

export interface ShareComparison {
  /** PSI. */
  readonly index: number
  /** What it is on average without drift. */
  readonly byChance: number
  /** Of no drift, in [0, 1]. */
  readonly pValue: number
  /** Of the current sample, by bin, and of the reference at the same mix of strata; as many as there are bins. */
  readonly current: readonly number[]
  readonly reference: readonly number[]
  /** Rows of strata that both have. */
  readonly rows: number
  readonly referenceRows: number
}

/** Bins in which fewer rows are expected are put together: neither PSI nor chi-squared holds for a handful. */
const LEAST_EXPECTED = 5

/** null when the samples have no stratum in common. */
export function compareShares(reference: BinnedSample, current: BinnedSample): ShareComparison | null {
  const bins = current.counts[0]?.length ?? 0
  const now = new Array<number>(bins).fill(0)
  const shared = current.counts.flatMap((counts, stratum) => {
    const before = reference.counts[stratum] ?? []
    const [rows, rowsBefore] = [total(counts), total(before)]
    return rows > 0 && rowsBefore > 0 ? [{ counts, before, rows, rowsBefore }] : []
  })
  const rows = shared.reduce((sum, one) => sum + one.rows, 0)
  if (rows === 0) return null
  const then = new Array<number>(bins).fill(0)
  let inverse = 0
  for (const stratum of shared) {
    const weight = stratum.rows / rows
    inverse += weight ** 2 / stratum.rowsBefore
    for (let bin = 0; bin < bins; bin++) {
      now[bin]! += stratum.counts[bin]! / rows
      then[bin]! += (weight * stratum.before[bin]!) / stratum.rowsBefore
    }
  }
  const n = rows / current.designEffect
  const m = 1 / inverse / reference.designEffect
  const [p, q] = withoutHandfuls(now, then, n, m)
  let distance = 0
  for (let bin = 0; bin < p.length; bin++) {
    const pooled = (n * p[bin]! + m * q[bin]!) / (n + m)
    distance += (p[bin]! - q[bin]!) ** 2 / pooled
  }
  return {
    index: stabilityIndex(
      q.map((share) => share * m),
      p.map((share) => share * n),
    ),
    byChance: stabilityByChance(p.length, m, n),
    pValue: p.length < 2 ? 1 : chiSquaredTail(distance / (1 / n + 1 / m), p.length - 1),
    current: now,
    reference: then,
    rows,
    referenceRows: shared.reduce((sum, one) => sum + one.rowsBefore, 0),
  }
}

/** Small bins in one; where even that is small, it joins the smallest of the others. Empty bins are dropped. */
function withoutHandfuls(
  now: readonly number[],
  then: readonly number[],
  n: number,
  m: number,
): [p: number[], q: number[]] {
  const pairs = now.map((p, bin) => ({ p, q: then[bin]! })).filter(({ p, q }) => p + q > 0)
  const expected = ({ p, q }: { p: number; q: number }): number =>
    ((n * p + m * q) / (n + m)) * Math.min(n, m)
  const large = pairs
    .filter((pair) => expected(pair) >= LEAST_EXPECTED)
    .sort((a, b) => expected(b) - expected(a))
  const rest = pairs
    .filter((pair) => expected(pair) < LEAST_EXPECTED)
    .reduce((sum, { p, q }) => ({ p: sum.p + p, q: sum.q + q }), { p: 0, q: 0 })
  if (rest.p + rest.q > 0) {
    const smallest = large.at(-1)
    if (expected(rest) >= LEAST_EXPECTED || !smallest) large.push(rest)
    else large[large.length - 1] = { p: smallest.p + rest.p, q: smallest.q + rest.q }
  }
  return [large.map(({ p }) => p), large.map(({ q }) => q)]
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

/**
 * By how much the noise of shares is widened by rows of one group: the mean of the design effects of the bins, each weighted as
 * chi-squared weighs it:
 *
 *     sum over groups and bins of (sum over the rows of [in the bin] - share)^2 / share,   against the same sum over single rows.
 *
 * Shares are those of the row's stratum.
 * @param rows The stratum, bin and group of each. @returns At least 1; 1 where all are in one bin.
 */
export function designEffectOfShares(
  counts: readonly (readonly number[])[],
  rows: {
    readonly strata: ArrayLike<number>
    readonly bins: ArrayLike<number>
    readonly groups: ArrayLike<number>
  },
): number {
  const bins = counts[0]?.length ?? 0
  const totals = counts.map(total)
  const all = total(totals)
  const share = new Float64Array(bins)
  for (const stratum of counts) for (let bin = 0; bin < bins; bin++) share[bin]! += stratum[bin]! / all
  const used = share.reduce((count, one) => count + (one > 0 ? 1 : 0), 0)
  if (used < 2) return 1
  const byGroup = new Map<number, number[]>()
  for (let row = 0; row < rows.groups.length; row++) {
    const own = byGroup.get(rows.groups[row]!)
    if (own) own.push(row)
    else byGroup.set(rows.groups[row]!, [row])
  }
  const sums = new Float64Array(bins)
  let clustered = 0
  let independent = 0
  const squares = (): number =>
    sums.reduce((sum, one, bin) => sum + (share[bin]! > 0 ? one ** 2 / share[bin]! : 0), 0)
  const add = (row: number): void => {
    const stratum = rows.strata[row]!
    for (let bin = 0; bin < bins; bin++) sums[bin]! -= counts[stratum]![bin]! / totals[stratum]!
    sums[rows.bins[row]!]! += 1
  }
  for (const members of byGroup.values()) {
    sums.fill(0)
    for (const row of members) add(row)
    clustered += squares()
    if (members.length === 1) {
      independent += squares()
      continue
    }
    for (const row of members) {
      sums.fill(0)
      add(row)
      independent += squares()
    }
  }
  return independent > 0 ? Math.max(1, clustered / independent) : 1
}
