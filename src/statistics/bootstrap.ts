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

/** A figure when row i stands weights[i] times in the data; NaN where it has none. */
export type WeightedStatistic = (weights: Float64Array) => number

/**
 * 95 % interval of a figure. Replicates without a value (NaN: one class drawn) are left out.
 * @param groups The group of each row.
 * @returns [low, high]; null with fewer than two groups, or when no replicate has a value.
 */
export function bootstrapInterval(
  statistic: WeightedStatistic,
  groups: Int32Array,
  options: BootstrapOptions,
): [number, number] | null {
  return bootstrapIntervals({ statistic }, groups, options).statistic
}

/** The same for several figures, which all see the same draws. */
export function bootstrapIntervals<Name extends string>(
  statistics: Readonly<Record<Name, WeightedStatistic>>,
  groups: Int32Array,
  options: BootstrapOptions,
): Record<Name, [number, number] | null> {
  const names = Object.keys(statistics) as Name[]
  const values = new Map<Name, number[]>(names.map((name) => [name, []]))
  resampleGroups(groups, options, (weights) => {
    for (const name of names) {
      const value = statistics[name](weights)
      if (!Number.isNaN(value)) values.get(name)!.push(value)
    }
  })
  return Object.fromEntries(names.map((name) => [name, middleOf(values.get(name)!)])) as Record<
    Name,
    [number, number] | null
  >
}

function middleOf(values: number[]): [number, number] | null {
  if (values.length === 0) return null
  values.sort((a, b) => a - b)
  return [quantile(values, 0.025), quantile(values, 0.975)]
}

/** Calls `visit` once a replicate with the weight of each row, in an array that is used again; never with fewer than two groups. */
export function resampleGroups(
  groups: Int32Array,
  { nextInteger, replicates = 500 }: BootstrapOptions,
  visit: (weights: Float64Array) => void,
): void {
  const { groupOf, groupCount } = numberGroups(groups)
  if (groupCount < 2) return
  const drawn = new Float64Array(groupCount)
  const weights = new Float64Array(groups.length)
  for (let replicate = 0; replicate < replicates; replicate++) {
    drawn.fill(0)
    for (let draw = 0; draw < groupCount; draw++) drawn[nextInteger(groupCount)]! += 1
    for (let i = 0; i < weights.length; i++) weights[i] = drawn[groupOf[i]!]!
    visit(weights)
  }
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
