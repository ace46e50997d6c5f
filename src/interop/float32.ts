/** Neighbours among the 32-bit floats: how `x < t` becomes `x <= t'`, and how a threshold changes its precision. */

const float = new Float32Array(1)
const bits = new Int32Array(float.buffer)

/** The largest float32 below x, which is a float32 (not NaN). -Infinity has none below and stays. */
export function previousFloat32(x: number): number {
  return -nextFloat32(-x)
}

/** The smallest float32 above x, which is a float32 (not NaN). Infinity has none above and stays. */
export function nextFloat32(x: number): number {
  if (x === Number.POSITIVE_INFINITY) return x
  float[0] = x === 0 ? 0 : x
  // The order of the bits of positive floats is that of the floats; of negative ones, the reverse.
  bits[0] = bits[0]! + (float[0] >= 0 ? 1 : -1)
  return float[0]
}

/** The smallest float32 above any finite x: for a float32 v, `v <= x` exactly when `v < float32Above(x)`. */
export function float32Above(x: number): number {
  const nearest = Math.fround(x)
  return nearest > x ? nearest : nextFloat32(nearest)
}

/**
 * For a float32 threshold t the largest double T with fround(T) <= t: for every double x, `fround(x) <= t` exactly when
 * `x <= T`. T is the middle between t and its next, where fround rounds to the one with an even last bit.
 */
function largestRoundedTo(t: number): number {
  const next = nextFloat32(t)
  // Beyond the largest float32 fround rounds as if 2^128 came next.
  const middle = Number.isFinite(next) ? t / 2 + next / 2 : 2 ** 128 - 2 ** 103
  return Math.fround(middle) <= t ? middle : previousDouble(middle)
}

/** The threshold in float64 that sends every double the same way as `threshold` does under this rounding. */
export function exactThreshold(threshold: number, rounding: 'none' | 'float32'): number {
  if (rounding === 'none' || Math.abs(threshold) >= 2 ** 128) return threshold
  return largestRoundedTo(previousFloat32(float32Above(threshold)))
}

const double = new Float64Array(1)
const words = new BigInt64Array(double.buffer)

function previousDouble(x: number): number {
  if (x === 0) return -Number.MIN_VALUE
  double[0] = x
  words[0] = words[0]! + (x > 0 ? -1n : 1n)
  return double[0]
}
