/** Where a curve bends: at quantiles of what was seen. */

/** P-splines need only "enough" knots, the penalty does the rest (Eilers & Marx 1996, Statistical Science 11:2). */
const MAXIMUM_KNOTS = 10

export interface Knots {
  /** Rising. */
  readonly knots: Float64Array
  /** The knot at, or next below, the value with the most weight. */
  readonly reference: number
}

/**
 * At most MAXIMUM_KNOTS knots for values with their total weights, three or more. With no more distinct values
 * than that, each is a knot. Else quantiles, where a distinct value counts at most a MAXIMUM_KNOTS-th of the
 * whole, so that a heap (most leads have 0 visits) takes one knot and not all of them.
 */
export function chooseKnots(weightByValue: ReadonlyMap<number, number>): Knots {
  const distinct = Float64Array.from(weightByValue.keys()).sort()
  const weights = distinct.map((value) => weightByValue.get(value) ?? 0)
  const knots = distinct.length <= MAXIMUM_KNOTS ? distinct : quantileKnots(distinct, weights)
  const usual = distinct[weights.indexOf(weights.reduce((a, b) => Math.max(a, b)))]!
  return { knots, reference: knots.findLastIndex((knot) => knot <= usual) }
}

function quantileKnots(distinct: Float64Array, weights: Float64Array): Float64Array {
  const cap = sum(weights) / MAXIMUM_KNOTS
  const counted = weights.map((weight) => Math.min(weight, cap))
  const total = sum(counted)
  const due = (knot: number): number => (knot / (MAXIMUM_KNOTS - 1)) * total
  const knots: number[] = []
  let reached = 0
  let next = 0
  for (let i = 0; i < distinct.length; i++) {
    reached += counted[i]!
    const isLast = i === distinct.length - 1
    // The ends are always knots; the last quantile is due at the last value, and not shortly before it by rounding.
    if (i > 0 && !isLast && (reached < due(next) || next >= MAXIMUM_KNOTS - 1)) continue
    knots.push(distinct[i]!)
    while (next < MAXIMUM_KNOTS - 1 && due(next) <= reached) next++
  }
  return Float64Array.from(knots)
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
