/** Numbers that count something off: an id, the number of a row or of a customer. They stand for time and nothing else. */

/** As many repeated values as chance must leave, in mean, before their absence is no chance. */
const EXPECTED_REPEATS = 20

/**
 * Whole numbers, all distinct, from so narrow a range that chance would have repeated some: with n draws from R values about
 * n^2 / 2R repeat (the birthday problem), and 20 expected repeats that all fail to come are no chance.
 * @param values NaN is missing.
 */
export function areSerialNumbers(values: Float64Array): boolean {
  const present = values.filter((value) => !Number.isNaN(value))
  if (!present.every(Number.isInteger) || new Set(present).size < present.length) return false
  const sorted = present.sort()
  const range = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0) + 1
  return present.length ** 2 / (2 * range) > EXPECTED_REPEATS
}
