/** Seeded samples without replacement, in ascending order. */

/**
 * Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S): row i is taken with probability
 * (still wanted) / (still to come), which makes every set of `wanted` rows equally likely.
 */
export function sampleRows(
  rowCount: number,
  wanted: number,
  nextInteger: (bound: number) => number,
): Int32Array {
  const taken = new Int32Array(wanted)
  let count = 0
  for (let row = 0; count < wanted; row++) {
    const toCome = rowCount - row
    const missing = wanted - count
    if (missing === toCome || nextInteger(toCome) < missing) taken[count++] = row
  }
  return taken
}
