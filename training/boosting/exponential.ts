/**
 * e^x by additions, multiplications and one table, which are exact to the rules of IEEE 754 everywhere: unlike Math.exp, the
 * same bits in every engine, and in the WebAssembly kernel (kernels/exponential.ts has the same steps).
 *
 *     x = k ln 2 + r,   |r| <= ln 2 / 2       e^x = 2^k e^r       e^r = sum of r^n / n!, n = 0 .. 12
 *
 * The terms left out are below 2e-16 of the sum. ln 2 is taken in two parts, of which k times the first is exact (Cody and Waite,
 * Software Manual for the Elementary Functions, 1980).
 */

/** Outside of +-708 the answer is that at the end: no infinity, no denormal. */
const END = 708
const LN2_FIRST = 0.6931471803691238
const LN2_REST = 1.9082149292705877e-10
/** 1.5 * 2^52: adding it rounds to an integer, half to even. */
const ROUNDER = 6755399441055744
/** 1 / 12!, 1 / 11!, ... 1 / 0! */
const INVERSE_FACTORIALS = Float64Array.of(
  ...[479001600, 39916800, 3628800, 362880, 40320, 5040, 720, 120, 24, 6, 2, 1, 1].map((n) => 1 / n),
)
/** POWERS[k + 1022] = 2^k, for k = -1022 .. 1023. */
const POWERS = powersOfTwo()

/** What the kernel in WebAssembly needs of these, in the order of its constants. */
export const EXPONENTIAL_CONSTANTS = [
  ...[END, -END, Math.LOG2E, ROUNDER, LN2_FIRST, LN2_REST],
  ...INVERSE_FACTORIALS,
]

/** e^x for x within +-708, to a relative error of 1e-15. NaN is not expected. */
export function exponential(x: number): number {
  const clamped = Math.max(Math.min(x, END), -END)
  const k = clamped * Math.LOG2E + ROUNDER - ROUNDER
  const r = clamped - k * LN2_FIRST - k * LN2_REST
  let sum = INVERSE_FACTORIALS[0]!
  for (let n = 1; n < 13; n++) sum = sum * r + INVERSE_FACTORIALS[n]!
  return sum * POWERS[k + 1022]!
}

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2046)
  powers[0] = 2.2250738585072014e-308
  for (let i = 1; i < powers.length; i++) powers[i] = 2 * powers[i - 1]!
  return powers
}
