import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseKnots } from '../../../training/logistic/knots.ts'

const counted = (values: readonly number[]) => {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

describe('chooseKnots', () => {
  it('takes few distinct values as they are, and refers to the usual one', () => {
    const { knots, reference } = chooseKnots(counted([3, 1, 1, 2, 5]))
    expect([...knots]).toEqual([1, 2, 3, 5])
    expect(reference).toBe(0)
  })

  it('stands at quantiles', () => {
    const { knots } = chooseKnots(counted(Array.from({ length: 1000 }, (_, i) => i)))
    const ninths = Array.from({ length: 10 }, (_, k) => (1000 * k) / 9)
    expect(knots.length).toBe(10)
    for (const [k, knot] of knots.entries()) expect(Math.abs(knot - ninths[k]!)).toBeLessThanOrEqual(1)
  })

  it('gives a heap one knot, not all of them', () => {
    const heap = [...new Array<number>(9000).fill(0), ...Array.from({ length: 1000 }, (_, i) => i + 1)]
    const { knots, reference } = chooseKnots(counted(heap))
    expect(reference).toBe(0)
    // The heap counts as much as all the others together: half of the quantiles are left for these.
    expect(knots.length).toBeGreaterThanOrEqual(5)
    expect(knots.at(-1)).toBe(1000)
  })

  it('rises from the lowest to the highest value, at most ten knots, for any values', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 3, maxLength: 300 }), (values) => {
        const { knots, reference } = chooseKnots(counted(values))
        expect(knots.length).toBeLessThanOrEqual(10)
        expect(knots[0]).toBe(Math.min(...values))
        expect(knots.at(-1)).toBe(Math.max(...values))
        expect([...knots]).toEqual([...new Set(knots)].sort((a, b) => a - b))
        expect(reference).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
