import { describe, expect, it } from 'vitest'
import { compareCounts } from '../../src/statistics/compare-counts.ts'

const of = (count: number, expected: number, standardError = 0) => ({ count, expected, standardError })

/** P(X = k), k = 0..last. */
function poisson(mean: number, last: number): number[] {
  const shares = [Math.exp(-mean)]
  for (let k = 1; k <= last; k++) shares.push((shares[k - 1]! * mean) / k)
  return shares
}

/** How often chance alone gives a p-value of `level` or less, where both come as expected. */
function falseAlarms(mean: number, other: number | null, level: number): number {
  const others = other === null ? [1] : poisson(other, 4 * other + 20)
  return poisson(mean, 4 * mean + 20).reduce(
    (sum, share, a) =>
      sum +
      others.reduce((so, otherShare, b) => {
        const second = other === null ? null : of(b, other)
        return compareCounts(of(a, mean), second) <= level ? so + share * otherShare : so
      }, 0),
    0,
  )
}

describe('compareCounts', () => {
  it.each([
    [1, null],
    [3, null],
    [5, null],
    [7, null],
    [40, null],
    [0.5, 5],
    [5, 2],
    [7, 1],
    [8, 8],
    [30, 6],
  ])(
    'cries wolf at one in a hundred no more often than that, where %s and %s are expected',
    (mean, other) => {
      expect(falseAlarms(mean, other, 0.01)).toBeLessThan(0.012)
    },
  )

  it('finds what is there, and goes by either side alike', () => {
    expect(compareCounts(of(40, 20), of(20, 20))).toBeLessThan(0.02)
    expect(compareCounts(of(40, 20), of(20, 20))).toBeCloseTo(compareCounts(of(20, 20), of(40, 20)), 12)
    expect(compareCounts(of(400, 200), of(200, 200))).toBeLessThan(1e-8)
    // Twice as many came both times: that is no change.
    expect(compareCounts(of(40, 20), of(40, 20))).toBe(1)
    expect(compareCounts(of(40, 20), null)).toBeLessThan(0.001)
  })

  it('nears the test of the normal where much is expected', () => {
    // z = 500 / root(200,500) = 1.117 of two Poisson counts: 0.264 by a table.
    expect(compareCounts(of(100_500, 100_000), of(100_000, 100_000))).toBeCloseTo(0.264, 2)
  })

  it('takes accounts that decide together for fewer than their rows', () => {
    const alone = compareCounts(of(40, 20), of(20, 20))
    const together = compareCounts(of(40, 20, Math.sqrt(80)), of(20, 20, Math.sqrt(80)))
    expect(together).toBeGreaterThan(0.1)
    expect(compareCounts(of(40, 20, 1), of(20, 20, 1))).toBe(alone)
  })
})
