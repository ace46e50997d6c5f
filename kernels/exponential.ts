/** e^x, two at a time. */
import { CONSTANTS } from './words'

// Constants stand in memory, where a register is loaded from in one step; in code they take three. Offsets from CONSTANTS:
export const LEAST_HESSIAN: usize = 0
const END: usize = 8
const MINUS_END: usize = 16
const LOG2_E: usize = 24
const ROUNDER: usize = 32
const LN2_FIRST: usize = 40
const LN2_REST: usize = 48
/** 1 / 12!, 1 / 11!, ... 1 / 0! */
const INVERSE_FACTORIALS: usize = 56

// @ts-ignore: decorator
@inline
export function constant(offset: usize): v128 {
  return v128.load64_splat(CONSTANTS + offset)
}

// @ts-ignore: decorator
@inline
function nextTerm(sum: v128, r: v128, n: usize): v128 {
  return f64x2.add(f64x2.mul(sum, r), constant(INVERSE_FACTORIALS + 8 * n))
}

/** See training/boosting/exponential.ts: the same steps, two at a time. */
export function exponential(x: v128): v128 {
  const clamped = f64x2.pmax(constant(MINUS_END), f64x2.pmin(constant(END), x))
  const shifted = f64x2.add(f64x2.mul(clamped, constant(LOG2_E)), constant(ROUNDER))
  const k = f64x2.sub(shifted, constant(ROUNDER))
  const high = f64x2.sub(clamped, f64x2.mul(k, constant(LN2_FIRST)))
  const r = f64x2.sub(high, f64x2.mul(k, constant(LN2_REST)))
  let sum = constant(INVERSE_FACTORIALS)
  sum = nextTerm(sum, r, 1)
  sum = nextTerm(sum, r, 2)
  sum = nextTerm(sum, r, 3)
  sum = nextTerm(sum, r, 4)
  sum = nextTerm(sum, r, 5)
  sum = nextTerm(sum, r, 6)
  sum = nextTerm(sum, r, 7)
  sum = nextTerm(sum, r, 8)
  sum = nextTerm(sum, r, 9)
  sum = nextTerm(sum, r, 10)
  sum = nextTerm(sum, r, 11)
  sum = nextTerm(sum, r, 12)
  // The low bits of `shifted` hold k: into the exponent of a double they go as they are.
  return f64x2.mul(sum, i64x2.shl(i64x2.add(shifted, i64x2.splat(1023)), 52))
}
