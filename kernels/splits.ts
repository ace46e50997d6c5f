/** The best split of columns of numbers, without row counts and constraints: training/boosting/number-splits.ts, the same steps. */
import { binAddress, columnAt } from './histogram'
import { CANDIDATES, COLUMN_COUNT } from './words'

/** Below this share of the leaf's hessian a bin has no row (training/boosting/candidate.ts). */
const RESIDUE: f64 = 1e-10

// What is said of a column, as doubles, in the order of training/boosting/wasm-splits.ts.
const CANDIDATE_BYTES: usize = 40
const GAIN: usize = 0
const POSITION: usize = 8
const MISSING_LEFT: usize = 16
const GRADIENT: usize = 24
const HESSIAN: usize = 32

/** Writes into CANDIDATES the best split of each active column, of a leaf whose histogram is in `slot`. */
export function searchSplits(
  slot: i32,
  gradient: f64,
  hessian: f64,
  gainBefore: f64,
  leastGain: f64,
  minHessian: f64,
  l1: f64,
  l2: f64,
): void {
  const columns = load<i32>(COLUMN_COUNT)
  for (let at = 0; at < columns; at++) {
    const column = columnAt(at)
    const best = load<usize>(CANDIDATES) + <usize>column * CANDIDATE_BYTES
    store<f64>(best, leastGain, GAIN)
    store<f64>(best, -1, POSITION)
    store<f64>(best, 0, MISSING_LEFT)
    store<f64>(best, 0, GRADIENT)
    store<f64>(best, 0, HESSIAN)
    const first = binAddress(slot, column)
    const missing = binAddress(slot, column + 1) - 16
    const hasMissing = load<f64>(missing, 8) > RESIDUE * hessian
    // With missing ones on the right, all values may go left: "is it known?" is a split too.
    const end = hasMissing ? missing : missing - 16
    scan(best, first, end, 0, 0, false, gradient, hessian, gainBefore, minHessian, l1, l2)
    if (hasMissing) {
      const missingGradient = load<f64>(missing)
      const missingHessian = load<f64>(missing, 8)
      scan(best, first, missing - 16, missingGradient, missingHessian, true, gradient, hessian, gainBefore, minHessian, l1, l2)
    } else {
      store<f64>(best, load<f64>(best, HESSIAN) > hessian / 2 ? 1 : 0, MISSING_LEFT)
    }
  }
}

/** Bin after bin goes left, up to that before `end`; the left side begins with the sums given. */
// @ts-ignore: decorator
@inline
function scan(
  best: usize,
  first: usize,
  end: usize,
  leftGradient: f64,
  leftHessian: f64,
  missingLeft: bool,
  gradient: f64,
  hessian: f64,
  gainBefore: f64,
  minHessian: f64,
  l1: f64,
  l2: f64,
): void {
  let bestGain = load<f64>(best, GAIN)
  let toSurpass = bestGain + gainBefore
  for (let bin = first; bin < end; bin += 16) {
    leftGradient += load<f64>(bin)
    leftHessian += load<f64>(bin, 8)
    if (leftHessian < minHessian) continue
    const rightHessian = hessian - leftHessian
    if (rightHessian < minHessian) break
    const left = drawn(leftGradient, l1)
    const right = drawn(gradient - leftGradient, l1)
    const leftCurvature = leftHessian + l2
    const rightCurvature = rightHessian + l2
    const over = left * left * rightCurvature + right * right * leftCurvature
    const under = leftCurvature * rightCurvature
    if (!(over > toSurpass * under)) continue
    const gain = over / under - gainBefore
    if (!(gain > bestGain)) continue
    bestGain = gain
    toSurpass = gain + gainBefore
    store<f64>(best, gain, GAIN)
    store<f64>(best, <f64>(<i32>((bin - first) >> 4)), POSITION)
    store<f64>(best, missingLeft ? 1 : 0, MISSING_LEFT)
    store<f64>(best, leftGradient, GRADIENT)
    store<f64>(best, leftHessian, HESSIAN)
  }
}

/** The size of a gradient drawn towards 0 by l1. Its sign does not matter: it is squared. */
// @ts-ignore: decorator
@inline
function drawn(gradient: f64, l1: f64): f64 {
  const size = abs(gradient) - l1
  return size > 0 ? size : 0
}
