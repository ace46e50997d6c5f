/**
 * A 95 % interval of the median that assumes nothing of the distribution: two of the values themselves, at the ranks (from 1)
 *
 *     floor(n/2 - z sqrt(n)/2)   and   ceil(1 + n/2 + z sqrt(n)/2)
 *
 * since the count of values below the median is binomial (Conover 1999, 3.2; normal approximation).
 */
const Z = 1.959963984540054

/** @param values Independent; in any order, Infinity among them. @returns null of fewer than 6, which no two values can enclose so surely. */
export function medianInterval(values: readonly number[]): [number, number] | null {
  const n = values.length
  if (n < 6) return null
  const sorted = [...values].sort((a, b) => a - b)
  const half = (Z * Math.sqrt(n)) / 2
  const low = Math.max(1, Math.floor(n / 2 - half))
  const high = Math.min(n, Math.ceil(1 + n / 2 + half))
  return [sorted[low - 1]!, sorted[high - 1]!]
}

/** Of an even number the mean of the middle two; null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  if (sorted.length === 0) return null
  const high = sorted[Math.floor(middle)]!
  return sorted.length % 2 === 1 ? high : (sorted[middle - 1]! + high) / 2
}
