/**
 * The population stability index: how far apart two spreads over the same bins are (Jeffreys' divergence of their shares).
 *
 *     PSI = sum over bins of (p - q) ln(p / q),   p = (count + 1/2) / (rows + bins / 2)
 *
 * The half keeps an empty bin finite. Without any drift PSI is not 0: samples of n and m independent rows differ by chance, and
 *
 *     E[PSI] = (bins - 1) (1 / n + 1 / m)   to first order (Yurdakul & Naranjo 2020),
 *
 * so what is told is how far PSI stands above that.
 */
import { WonlostError } from '../errors.ts'

/** @param reference Counts, or expected counts, by bin. @returns At least 0; 0 for fewer than two bins. */
export function stabilityIndex(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const bins = current.length
  if (reference.length !== bins)
    throw new WonlostError('internal', `${reference.length} bins cannot be compared with ${bins}.`)
  if (bins < 2) return 0
  let [referenceRows, rows] = [bins / 2, bins / 2]
  for (let bin = 0; bin < bins; bin++) {
    referenceRows += reference[bin]!
    rows += current[bin]!
  }
  let index = 0
  for (let bin = 0; bin < bins; bin++) {
    const p = (current[bin]! + 0.5) / rows
    const q = (reference[bin]! + 0.5) / referenceRows
    index += (p - q) * Math.log(p / q)
  }
  return index
}

/** What PSI is on average without drift. @param referenceRows Rows that count in full: divided by the design effect. */
export function stabilityByChance(bins: number, referenceRows: number, rows: number): number {
  return Math.max(0, bins - 1) * (1 / referenceRows + 1 / rows)
}
