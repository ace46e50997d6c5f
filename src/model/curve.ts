/** Piecewise linear curves: `first` and `share` are the one basis, for the trainer's columns and for prediction. */

export interface CurvePosition {
  /** The knot on the left: 0 .. knots.length - 2. */
  readonly first: number
  /** Where between it and the next: 0 at the left knot, 1 at the right one. Clamped outside: the ends are level. */
  readonly share: number
}

/** Finds x among rising knots (two or more). x is a number, not NaN. */
export function curvePosition(knots: ArrayLike<number>, x: number): CurvePosition {
  let low = 0
  let high = knots.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (x >= knots[middle]!) low = middle
    else high = middle
  }
  const left = knots[low]!
  const share = (x - left) / (knots[high]! - left)
  return { first: low, share: Math.min(1, Math.max(0, share)) }
}

/** The curve's value at x. */
export function curveAt(knots: ArrayLike<number>, values: ArrayLike<number>, x: number): number {
  const { first, share } = curvePosition(knots, x)
  return values[first]! * (1 - share) + values[first + 1]! * share
}
