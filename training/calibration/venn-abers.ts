/**
 * Inductive Venn-Abers predictors (Vovk & Petej 2014; Vovk, Petej & Fedorova 2015). A row of raw score s is put among the calibration
 * rows twice, once as one that did not reach the target and once as one that did; p0 and p1 are its isotonic rates then. One of the
 * two is perfectly calibrated, whatever the scores are, when rows are exchangeable: hence one row an account.
 */
import { poolAdjacent, type ScoreCounts } from './pool-adjacent.ts'

/**
 * p0 or p1 of a row with the score at `place`, by pooling once: the fast algorithm of the paper prepares all places, and only the
 * ends of a few steps are asked for here.
 */
export function vennAbers({ rows, positives }: ScoreCounts, place: number, label: 0 | 1): number {
  const [withRow, withLabel] = [rows.slice(), positives.slice()]
  withRow[place]! += 1
  withLabel[place]! += label
  const blocks = poolAdjacent({ rows: withRow, positives: withLabel })
  const block = blocks.find(({ last }) => place <= last)!
  return block.positives / block.rows
}
