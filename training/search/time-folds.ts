/**
 * Folds in order of time, each learned from what was known when it begins (forward chaining):
 *
 *     judged:  begins <= asOf < ends          learned from:  asOf < begins  and  labelKnownAt <= begins
 *
 * No account is on both sides: as in the parts of a training run, it stands on the earlier one that has a row of it.
 */
export interface TimedRow {
  /** Any numbers that rise with time. */
  readonly asOf: number
  readonly labelKnownAt: number
  /** The account. */
  readonly group: number
  readonly label: number
}

/** Positions in the rows, ascending. */
export interface Fold {
  readonly fit: Int32Array
  readonly judged: Int32Array
}

const FOLDS = 4

/** The judged folds share the later rows, this share of all: what the first learns from comes before it. */
const JUDGED_SHARE = 0.5

/** A fold needs so many rows of each outcome, learned from and judged; one that has fewer is left out. */
const LEAST_ROWS = 20

/** The latest first: it has the most to learn from, and lies nearest to what comes. None when the history is too short. */
export function foldsInTime(rows: readonly TimedRow[]): Fold[] {
  const times = Float64Array.from(rows, ({ asOf }) => asOf).sort()
  const timeAt = (share: number): number =>
    times[Math.floor(share * times.length)] ?? Number.POSITIVE_INFINITY
  const folds: Fold[] = []
  for (let fold = FOLDS - 1; fold >= 0; fold--) {
    const begins = timeAt(1 - JUDGED_SHARE + (JUDGED_SHARE * fold) / FOLDS)
    const ends = timeAt(1 - JUDGED_SHARE + (JUDGED_SHARE * (fold + 1)) / FOLDS)
    const isEarlier = ({ asOf, labelKnownAt }: TimedRow): boolean => asOf < begins && labelKnownAt <= begins
    const earlier = new Set(rows.filter(isEarlier).map(({ group }) => group))
    const positions = (take: (row: TimedRow) => boolean): Int32Array =>
      Int32Array.from(rows.keys()).filter((row) => take(rows[row]!))
    const fit = positions(isEarlier)
    const judged = positions(({ asOf, group }) => begins <= asOf && asOf < ends && !earlier.has(group))
    if (hasBoth(rows, fit) && hasBoth(rows, judged)) folds.push({ fit, judged })
  }
  return folds
}

function hasBoth(rows: readonly TimedRow[], positions: Int32Array): boolean {
  const positives = positions.reduce((sum, row) => sum + rows[row]!.label, 0)
  return positives >= LEAST_ROWS && positions.length - positives >= LEAST_ROWS
}
