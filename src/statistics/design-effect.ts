/**
 * Rows of one account depend on each other: five colleagues of one won deal are not five won deals. The design effect
 * (Kish 1965) says by how much that widens an interval:
 *
 *     deff = 1 + rho * (sum of n^2 / sum of n  -  1)         n: rows of a group
 *
 * rho, the correlation of two rows of one group, is that of moments, with r = y - p:
 *
 *     rho = sum over groups of ((sum r)^2 - sum r^2)  /  (p (1 - p) * sum over groups of n (n - 1))
 */

/** Sums over groups, to be filled while reading: groups need not be kept. */
export interface GroupSums {
  rows: number
  positives: number
  /** Of rows^2, rows * positives and positives^2 of each group. */
  rowsSquared: number
  crossed: number
  positivesSquared: number
}

export function emptyGroupSums(): GroupSums {
  return { rows: 0, positives: 0, rowsSquared: 0, crossed: 0, positivesSquared: 0 }
}

export function addGroup(sums: GroupSums, rows: number, positives: number): void {
  sums.rows += rows
  sums.positives += positives
  sums.rowsSquared += rows * rows
  sums.crossed += rows * positives
  sums.positivesSquared += positives * positives
}

/** rho in [0, 1]; 0 where no group has two rows, or all outcomes are the same. */
export function intraclassCorrelation(sums: GroupSums): number {
  const { rows, positives, rowsSquared, crossed, positivesSquared } = sums
  const p = positives / rows
  const pairs = rowsSquared - rows
  const variance = p * (1 - p)
  if (!(pairs > 0) || !(variance > 0)) return 0
  const ofGroups = positivesSquared - 2 * p * crossed + p * p * rowsSquared
  const ofRows = rows * variance
  return Math.min(1, Math.max(0, (ofGroups - ofRows) / (variance * pairs)))
}

/** At least 1; 1 of no rows. */
export function designEffect(correlation: number, rows: number, rowsSquared: number): number {
  return rows === 0 ? 1 : 1 + correlation * (rowsSquared / rows - 1)
}
