/** Gauss-Legendre quadrature over [0, 1]: n points integrate polynomials up to degree 2n - 1 exactly. */

export interface Quadrature {
  /** Rising, inside (0, 1). */
  readonly points: Float64Array
  /** Positive; they sum to 1. */
  readonly weights: Float64Array
}

/**
 * The points are the roots of the Legendre polynomial of degree n, moved from [-1, 1]: by Newton's method from the guess of
 * Tricomi (Press et al., Numerical Recipes, 4.6). Each weight is 2 / ((1 - x^2) P'(x)^2) there, and half of it here.
 */
export function gaussLegendre(n: number): Quadrature {
  const points = new Float64Array(n)
  const weights = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (n + 0.5))
    let slope = 0
    // Quadratic from a guess this good: 4 steps reach the last digit for every n.
    for (let step = 0; step < 6; step++) {
      const { value, slope: slopeHere } = legendre(n, x)
      slope = slopeHere
      x -= value / slope
    }
    points[i] = (1 + x) / 2
    weights[i] = 1 / ((1 - x * x) * slope * slope)
  }
  return { points, weights }
}

/** (k + 1) P[k + 1] = (2k + 1) x P[k] - k P[k - 1], and (x^2 - 1) P'[n] = n (x P[n] - P[n - 1]). */
function legendre(n: number, x: number): { value: number; slope: number } {
  let [before, value] = [1, x]
  for (let k = 1; k < n; k++) [before, value] = [value, ((2 * k + 1) * x * value - k * before) / (k + 1)]
  return { value, slope: (n * (x * value - before)) / (x * x - 1) }
}
