import fc from 'fast-check'
import { expect, test } from 'vitest'
import { median, medianInterval } from '../../src/statistics/median-interval.ts'

test('of 25 values the ranks are 7 and 19, by hand; of five there is none', () => {
  const values = Array.from({ length: 25 }, (_, i) => i + 1)
  // 12.5 -+ 1.96 * 5 / 2 = 7.6 and 17.4; floor 7, ceil(1 + 17.4) = 19.
  expect(medianInterval([...values].reverse())).toEqual([7, 19])
  expect(medianInterval([1, 2, 3, 4, 5])).toBeNull()
  expect([median([]), median([3]), median([4, 1]), median([9, 1, 5])]).toEqual([null, 3, 2.5, 5])
})

test('encloses the median, and two of the values, Infinity among them', () => {
  const value = fc.oneof(fc.double({ noNaN: true, min: 0, max: 1e9 }), fc.constant(Number.POSITIVE_INFINITY))
  fc.assert(
    fc.property(fc.array(value, { minLength: 6, maxLength: 60 }), (values) => {
      const [low, high] = medianInterval(values)!
      const middle = median(values)!
      expect(values).toContain(low)
      expect(values).toContain(high)
      expect(low <= middle && middle <= high).toBe(true)
    }),
  )
})

test('covers the median in at least 95 of 100 samples, by the binomial that it stands on', () => {
  for (const n of [6, 10, 25, 100, 999]) {
    const [low, high] = medianInterval(Array.from({ length: n }, (_, i) => i + 1))!
    // P(low <= number of values below the median < high), exactly.
    let logFactor = -n * Math.LN2
    let covered = 0
    for (let below = 0; below <= n; below++) {
      if (below >= low && below < high) covered += Math.exp(logFactor)
      logFactor += Math.log((n - below) / (below + 1))
    }
    expect(covered).toBeGreaterThan(0.95)
  }
})
