/**
 * What a leaf says, and what it is worth. With G and H the sums of gradients and hessians of its rows, the penalised loss of a
 * leaf of value v is, to second order,
 *
 *     G v + (H + l2) v^2 / 2 + l1 |v|
 *
 * which is least at v = -T(G) / (H + l2), T(G) = sign(G) max(|G| - l1, 0): a Newton step. Bounds come from monotone
 * constraints; the best value within them is the nearest. (Friedman 2001; Chen & Guestrin 2016, equations 4 to 7.)
 */

/** T(G): drawn towards 0 by l1. */
export function softThreshold(gradient: number, l1: number): number {
  if (gradient > l1) return gradient - l1
  return gradient < -l1 ? gradient + l1 : 0
}

/** The best value within [low, high]. 0 where there is nothing to divide by. */
export function leafValue(
  gradient: number,
  hessian: number,
  l1: number,
  l2: number,
  low: number,
  high: number,
): number {
  const curvature = hessian + l2
  const step = curvature > 0 ? -softThreshold(gradient, l1) / curvature : 0
  return Math.min(Math.max(step, low), high)
}

/** Twice what a leaf at its best value takes off the loss: T(G)^2 / (H + l2). */
export function leafGain(gradient: number, hessian: number, l1: number, l2: number): number {
  const drawn = softThreshold(gradient, l1)
  return (drawn * drawn) / (hessian + l2)
}

/** Twice what a leaf of this value takes off the loss; leafGain where it is the best value. */
export function leafGainAt(value: number, gradient: number, hessian: number, l1: number, l2: number): number {
  return -(2 * (gradient * value + l1 * Math.abs(value)) + (hessian + l2) * value * value)
}
