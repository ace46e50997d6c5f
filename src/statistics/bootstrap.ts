/**
 * The bootstrap of groups: whole groups (accounts) are drawn with replacement, because rows of one group depend on
 * each other (Davison & Hinkley 1997, 3.8). The interval is the percentile one.
 */

export interface BootstrapOptions {
  /** A uniform integer in [0, bound): a seeded generator of the caller. */
  readonly nextInteger: (bound: number) => number
  /** Default 500: the 2.5 % quantiles then stand on 12 replicates each. */
  readonly replicates?: number
}

/**
 * 95 % interval of a figure. Replicates without a value (NaN: one class drawn) are left out.
 * @param statistic The figure when row i stands weights[i] times in the data.
 * @param groups The group of each row.
 * @returns [low, high]; null with fewer than two groups, or when no replicate has a value.
 */
export function bootstrapInterval(
  statistic: (weights: Float64Array) => number,
  groups: Int32Array,
  { nextInteger, replicates = 500 }: BootstrapOptions,
): [number, number] | null {
  const { groupOf, groupCount } = numberGroups(groups)
  if (groupCount < 2) return null
  const drawn = new Float64Array(groupCount)
  const weights = new Float64Array(groups.length)
  const values: number[] = []
  for (let replicate = 0; replicate < replicates; replicate++) {
    drawn.fill(0)
    for (let draw = 0; draw < groupCount; draw++) drawn[nextInteger(groupCount)]! += 1
    for (let i = 0; i < weights.length; i++) weights[i] = drawn[groupOf[i]!]!
    const value = statistic(weights)
    if (!Number.isNaN(value)) values.push(value)
  }
  if (values.length === 0) return null
  values.sort((a, b) => a - b)
  return [quantile(values, 0.025), quantile(values, 0.975)]
}

/** Groups numbered 0, 1, ... in order of appearance. */
function numberGroups(groups: Int32Array): { groupOf: Int32Array; groupCount: number } {
  const numbers = new Map<number, number>()
  const groupOf = groups.map((group) => {
    const known = numbers.get(group) ?? numbers.size
    numbers.set(group, known)
    return known
  })
  return { groupOf, groupCount: numbers.size }
}

/** Linear between order statistics, as R's type 7 and numpy's default. `sorted` rises and is not empty. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = share * (sorted.length - 1)
  const below = Math.floor(at)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (at - below) * (high - low)
}
