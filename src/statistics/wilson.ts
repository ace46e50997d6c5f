/** The interval of a share (Wilson 1927): never outside [0, 1], and honest at 0 of n, where the usual one has no width. */

/** Two-sided 95 %. */
const Z = 1.959963984540054

/**
 *     (p + z^2 / 2n  -+  z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n)
 *
 * @param designEffect Rows that depend on each other (of one account) tell less: n is divided by it (Korn & Graubard 1998). At least 1.
 * @returns The 95 % interval; [NaN, NaN] of no rows.
 */
export function wilsonInterval(positives: number, rows: number, designEffect = 1): [number, number] {
  const share = positives / rows
  const n = rows / designEffect
  const z2 = Z * Z
  const middle = share + z2 / (2 * n)
  const half = Z * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))
  const scale = 1 + z2 / n
  // At 0 and at n the formula is exactly 0 and 1; rounding must not leave a -0 or a 1 + 1e-16.
  const low = positives === 0 ? 0 : (middle - half) / scale
  const high = positives === rows ? 1 : (middle + half) / scale
  return rows === 0 ? [Number.NaN, Number.NaN] : [low, high]
}
