import type { Measured } from './part.ts'
import { pairedRatio, spreadOf } from './spread.ts'

/** Ours over the best of the others, which have the same case: round by round, the median. */
export function ratioToBest(rows: readonly Measured[], better: 'less' | 'more'): number {
  const ours = rows.find((row) => row.ours)!
  const sign = better === 'less' ? 1 : -1
  const [best] = rows
    .filter((row) => !row.ours)
    .sort((a, b) => sign * (spreadOf(a.samples).median - spreadOf(b.samples).median))
  return pairedRatio(ours.samples, best!.samples)
}
