/**
 * The two passes of quadrature TreeSHAP (src/model/tree-shap/quadrature.ts tells the method and is the reference), two points in
 * one SIMD register. Sums are taken in another order than there: the same to rounding.
 *
 * Everything stands where src/model/tree-shap/wasm-shap.ts puts it. A split has 40 bytes: what ask.ts reads (f64, i32), byte
 * offset of its own node in `products` (i32), the node below the last split on its column or -1 (i32), byte offset of its column
 * in `out` (i32), then scales of the left and the right edge (f64 each).
 */
import { isRightOfNumber, isRightOfSet } from './ask'

const SPLIT_BYTES: usize = 40

/** to = from * scale. `bytes`: of the points, a multiple of 16; 32 is what trees of up to 8 columns a path have. */
// @ts-ignore: decorator
@inline
function scaled(to: usize, from: usize, scale: f64, bytes: usize): void {
  const scales = f64x2.splat(scale)
  if (bytes === 32) {
    v128.store(to, f64x2.mul(v128.load(from), scales))
    v128.store(to, f64x2.mul(v128.load(from, 16), scales), 16)
    return
  }
  for (let m: usize = 0; m < bytes; m += 16) v128.store(to + m, f64x2.mul(v128.load(from + m), scales))
}

/** to = from * factors. */
// @ts-ignore: decorator
@inline
function multiplied(to: usize, from: usize, factors: usize, bytes: usize): void {
  if (bytes === 32) {
    v128.store(to, f64x2.mul(v128.load(from), v128.load(factors)))
    v128.store(to, f64x2.mul(v128.load(from, 16), v128.load(factors, 16)), 16)
    return
  }
  for (let m: usize = 0; m < bytes; m += 16)
    v128.store(to + m, f64x2.mul(v128.load(from + m), v128.load(factors + m)))
}

/** Sum over the points of left * leftCoefficients + right * rightCoefficients. */
// @ts-ignore: decorator
@inline
function dots(left: usize, leftCoefficients: usize, right: usize, rightCoefficients: usize, bytes: usize): f64 {
  let sums = f64x2.splat(0.0)
  if (bytes === 32) {
    sums = f64x2.add(
      f64x2.add(
        f64x2.mul(v128.load(left), v128.load(leftCoefficients)),
        f64x2.mul(v128.load(left, 16), v128.load(leftCoefficients, 16)),
      ),
      f64x2.add(
        f64x2.mul(v128.load(right), v128.load(rightCoefficients)),
        f64x2.mul(v128.load(right, 16), v128.load(rightCoefficients, 16)),
      ),
    )
  } else {
    for (let m: usize = 0; m < bytes; m += 16) {
      sums = f64x2.add(sums, f64x2.mul(v128.load(left + m), v128.load(leftCoefficients + m)))
      sums = f64x2.add(sums, f64x2.mul(v128.load(right + m), v128.load(rightCoefficients + m)))
    }
  }
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)
}

/** to = left + right. */
// @ts-ignore: decorator
@inline
function added(to: usize, left: usize, right: usize, bytes: usize): void {
  if (bytes === 32) {
    v128.store(to, f64x2.add(v128.load(left), v128.load(right)))
    v128.store(to, f64x2.add(v128.load(left, 16), v128.load(right, 16)), 16)
    return
  }
  for (let m: usize = 0; m < bytes; m += 16)
    v128.store(to + m, f64x2.add(v128.load(left + m), v128.load(right + m)))
}

/**
 * Adds the SHAP values of all trees to `out`. `firstSplit`: by tree, one more at the end. `runs`: by split, for the left and the
 * right edge: factors and coefficients when the row takes it, factors and coefficients when it takes the other. `products`,
 * `follows`, `ways`: room for the nodes of the largest tree.
 */
export function addShap(
  splits: usize,
  firstSplit: usize,
  treeCount: i32,
  runs: usize,
  pointBytes: usize,
  row: usize,
  products: usize,
  follows: usize,
  ways: usize,
  out: usize,
): void {
  const pair = pointBytes << 1
  for (let t = 0; t < treeCount; t++) {
    const first = load<i32>(firstSplit + (<usize>t << 2))
    const count = load<i32>(firstSplit + (<usize>t << 2), 4) - first
    let split = splits + <usize>first * SPLIT_BYTES
    let run = runs + <usize>first * (pair << 2)
    let left = products + pointBytes
    for (let m: usize = 0; m < pointBytes; m += 16) v128.store(products + m, f64x2.splat(1.0))
    for (let i = 0; i < count; i++) {
      const from = products + <usize>load<i32>(split, 12)
      const previous = load<i32>(split, 16)
      const flags = follows + (<usize>i << 1)
      if (previous >= 0 && !load<u8>(follows + <usize>previous)) {
        store<u8>(ways + <usize>i, 0)
        store<u16>(flags, 0, 1)
        scaled(left, from, load<f64>(split, 24), pointBytes)
        scaled(left + pointBytes, from, load<f64>(split, 32), pointBytes)
      } else {
        const asked = load<i32>(split, 8)
        const isRight = asked >= 0 ? isRightOfNumber(split, row) : isRightOfSet(<usize>(-1 - asked), row)
        store<u8>(ways + <usize>i, <u8>(1 + isRight))
        // The bytes of both children: 1, 0 when the row goes left, 0, 1 when it goes right.
        store<u16>(flags, <u16>(isRight ? 256 : 1), 1)
        const leftRun = run + (isRight ? pair : 0)
        const rightRun = run + (isRight ? pair + pair : pair + pair + pair)
        multiplied(left, from, leftRun, pointBytes)
        multiplied(left + pointBytes, from, rightRun, pointBytes)
      }
      split += SPLIT_BYTES
      run += pair << 2
      left += pair
    }
    for (let i = count - 1; i >= 0; i--) {
      split -= SPLIT_BYTES
      run -= pair << 2
      left -= pair
      const right = left + pointBytes
      const way = load<u8>(ways + <usize>i)
      if (way) {
        const leftRun = run + (way === 2 ? pair : 0) + pointBytes
        const rightRun = run + (way === 2 ? pair + pair : pair + pair + pair) + pointBytes
        const sum = out + <usize>load<i32>(split, 20)
        store<f64>(sum, load<f64>(sum) + dots(left, leftRun, right, rightRun, pointBytes))
      }
      added(products + <usize>load<i32>(split, 12), left, right, pointBytes)
    }
  }
}
