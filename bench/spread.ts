/** Statistics of repeats. */

export interface Spread {
  readonly median: number
  readonly least: number
  readonly greatest: number
}

/** At least one sample. The median of an even number is the mean of the two in the middle. */
export function spreadOf(samples: readonly number[]): Spread {
  if (samples.length === 0) throw new RangeError('There is no median of no samples.')
  const sorted = samples.toSorted((a, b) => a - b)
  const upper = sorted.length >> 1
  const lower = (sorted.length - 1) >> 1
  return {
    median: (sorted[lower]! + sorted[upper]!) / 2,
    least: sorted[0]!,
    greatest: sorted.at(-1)!,
  }
}

/**
 * Median of the ratios round by round: what slows a whole round down leaves it as it is.
 * Both have one sample a round, in the same order.
 */
export function pairedRatio(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length)
    throw new RangeError(`Rounds must be paired: ${ours.length} samples beside ${theirs.length}.`)
  return spreadOf(ours.map((sample, round) => sample / theirs[round]!)).median
}
