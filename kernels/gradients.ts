/** First and second derivative of the log loss of each row (training/boosting/log-loss.ts). */
import { constant, exponential, LEAST_HESSIAN } from './exponential'
import { rowsOfPiece } from './pieces'
import { GRADIENTS, LABELS, ROW_COUNT, SCORES, WEIGHTS } from './words'

/** Two rows at a time; the last of an odd number is done twice over, with itself. */
export function computeGradients(piece: i32): void {
  const count = load<i32>(ROW_COUNT)
  const size = rowsOfPiece(count)
  const end = min(piece * size + size, count)
  const labels = load<usize>(LABELS)
  const weights = load<usize>(WEIGHTS)
  const scores = load<usize>(SCORES)
  const gradients = load<usize>(GRADIENTS)
  const one = f64x2.splat(1)
  for (let i = piece * size; i < end; i += 2) {
    const first = <usize>i
    const second = <usize>min(i + 1, end - 1)
    const score = v128.load64_lane(scores + (second << 3), v128.load64_zero(scores + (first << 3)), 1)
    const label = f64x2(<f64>load<u8>(labels + first), <f64>load<u8>(labels + second))
    const p = f64x2.div(one, f64x2.add(one, exponential(f64x2.neg(score))))
    let gradient = f64x2.sub(p, label)
    let hessian = f64x2.pmax(f64x2.mul(p, f64x2.sub(one, p)), constant(LEAST_HESSIAN))
    if (weights != 0) {
      const weight = f64x2(load<f64>(weights + (first << 3)), load<f64>(weights + (second << 3)))
      gradient = f64x2.mul(weight, gradient)
      hessian = f64x2.mul(weight, hessian)
    }
    // The second before the first: alone, they are the same row.
    v128.store(gradients + (second << 4), v128.shuffle<f64>(gradient, hessian, 1, 3))
    v128.store(gradients + (first << 4), v128.shuffle<f64>(gradient, hessian, 0, 2))
  }
}
