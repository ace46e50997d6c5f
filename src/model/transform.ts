/** How a linear model sees a number. One place, for training and prediction alike. */

/** log1p is ln(1 + x) for x >= 0 and -ln(1 - x) below: odd, and defined everywhere. NaN stays NaN. */
export function transformNumber(transform: 'identity' | 'log1p', value: number): number {
  if (transform === 'identity') return value
  return value >= 0 ? Math.log1p(value) : -Math.log1p(-value)
}
