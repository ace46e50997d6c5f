/** Many comparisons at once: of a hundred honest differences of nothing, five have p < 0.05. */

/**
 * The q-values of Benjamini & Hochberg (1995), in the order given: reporting all with q <= 0.05 means that on average at most
 * 5 % of what is reported is nothing.
 *
 *     q(k) = min over j >= k of  p(j) * m / j,   p in ascending order
 *
 * @param pValues In [0, 1]; NaN is refused.
 */
export function falseDiscoveryRates(pValues: readonly number[]): number[] {
  const ascending = pValues.map((_, index) => index).sort((a, b) => pValues[a]! - pValues[b]!)
  const rates = new Array<number>(pValues.length).fill(Number.NaN)
  let least = 1
  for (let place = ascending.length; place > 0; place--) {
    const index = ascending[place - 1]!
    least = Math.min(least, pValues[index]! * (pValues.length / place))
    rates[index] = least
  }
  return rates
}
