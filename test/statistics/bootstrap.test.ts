import { describe, expect, it } from 'vitest'
import { bootstrapInterval, quantile } from '../../src/statistics/bootstrap.ts'
import { randomIntegers } from '../../training/random.ts'

const mean = (values: Float64Array) => (weights: Float64Array) => {
  let [sum, total] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    sum += weights[i]! * values[i]!
    total += weights[i]!
  }
  return sum / total
}

describe('bootstrapInterval', () => {
  const values = Float64Array.from({ length: 400 }, (_, i) => (i * 7919) % 100)
  const alone = Int32Array.from(values, (_, i) => i)

  it('is as wide as the standard error says', () => {
    const interval = bootstrapInterval(mean(values), alone, {
      nextInteger: randomIntegers(1),
      replicates: 2000,
    })
    // 0..99 evenly: standard deviation 28.87, standard error 28.87 / sqrt(400) = 1.44, interval +-1.96 of them.
    const [low, high] = interval!
    expect(high - low).toBeGreaterThan(2 * 1.96 * 1.44 * 0.93)
    expect(high - low).toBeLessThan(2 * 1.96 * 1.44 * 1.07)
  })

  it('draws whole groups: rows that repeat each other make it wider', () => {
    // Each value four times, as one group: a quarter of the information, twice the width.
    const repeated = Float64Array.from({ length: 400 }, (_, i) => values[i >> 2]!)
    const groups = Int32Array.from(repeated, (_, i) => i >> 2)
    const options = () => ({ nextInteger: randomIntegers(2), replicates: 2000 })
    const grouped = bootstrapInterval(mean(repeated), groups, options())!
    const single = bootstrapInterval(mean(repeated), alone, options())!
    const ratio = (grouped[1] - grouped[0]) / (single[1] - single[0])
    expect(ratio).toBeGreaterThan(1.8)
    expect(ratio).toBeLessThan(2.2)
  })

  it('repeats itself for a seed, and says nothing of one group', () => {
    const run = () =>
      bootstrapInterval(mean(values), alone, { nextInteger: randomIntegers(3), replicates: 50 })
    expect(run()).toEqual(run())
    expect(
      bootstrapInterval(mean(values), new Int32Array(400), { nextInteger: randomIntegers(3) }),
    ).toBeNull()
    expect(
      bootstrapInterval(() => Number.NaN, alone, { nextInteger: randomIntegers(3), replicates: 3 }),
    ).toBeNull()
  })
})

describe('quantile', () => {
  it('is linear between order statistics', () => {
    expect(quantile([1, 2, 4], 0.5)).toBe(2)
    expect(quantile([1, 2, 4], 0.75)).toBe(3)
    expect(quantile([5], 0.9)).toBe(5)
  })
})
