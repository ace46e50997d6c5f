import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusteredRateInterval } from '../../src/statistics/clustered-rates.ts'
import {
  addGroup,
  designEffect,
  emptyGroupSums,
  intraclassCorrelation,
} from '../../src/statistics/design-effect.ts'
import { falseDiscoveryRates } from '../../src/statistics/false-discoveries.ts'
import { twoSidedTail } from '../../src/statistics/normal.ts'
import { wilsonInterval } from '../../src/statistics/wilson.ts'

describe('wilsonInterval', () => {
  it('agrees with published and independently computed intervals', () => {
    // Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29, four decimals.
    const published = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const
    for (const [positives, rows, low, high] of published) {
      const found = wilsonInterval(positives, rows)
      expect(found[0]).toBeCloseTo(low, 4)
      expect(found[1]).toBeCloseTo(high, 4)
    }
  })

  it('holds the share, stays in [0, 1], mirrors, and widens with the design effect', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 1, max: 20, noNaN: true }),
        (rows, share, effect) => {
          const positives = Math.round(share * rows)
          const [low, high] = wilsonInterval(positives, rows)
          expect(low).toBeGreaterThanOrEqual(0)
          expect(high).toBeLessThanOrEqual(1)
          expect(low).toBeLessThanOrEqual(positives / rows)
          expect(high).toBeGreaterThanOrEqual(positives / rows)
          const mirrored = wilsonInterval(rows - positives, rows)
          expect(1 - mirrored[1]).toBeCloseTo(low, 9)
          const wider = wilsonInterval(positives, rows, effect)
          expect(wider[1] - wider[0]).toBeGreaterThanOrEqual(high - low - 1e-12)
        },
      ),
    )
  })

  it('is not defined of no rows', () => {
    expect(wilsonInterval(0, 0)).toEqual([Number.NaN, Number.NaN])
  })
})

describe('twoSidedTail', () => {
  it('agrees with the tables, far out as well', () => {
    // scipy.stats.norm.sf(z) * 2
    const table = [
      [0, 1],
      [1, 0.31731050786291415],
      [-1.959963984540054, 0.05],
      [3, 0.0026997960632601866],
      [6, 1.97317529007539e-9],
      [10, 1.5239706048321e-23],
    ] as const
    for (const [z, p] of table) expect(Math.abs(twoSidedTail(z) / p - 1)).toBeLessThan(2e-7)
  })
})

describe('falseDiscoveryRates', () => {
  it('agrees with the example of Benjamini and Hochberg (1995)', () => {
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ]
    // The paper: at 0.05 the first four are reported.
    expect(falseDiscoveryRates(p).filter((q) => q <= 0.05)).toHaveLength(4)
    expect(falseDiscoveryRates(p)[3]).toBeCloseTo((0.0095 * 15) / 4, 12)
  })

  it('is at least p, at most 1, in the order of p, and does not depend on the order given', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (p) => {
        const q = falseDiscoveryRates(p)
        p.forEach((value, i) => {
          expect(q[i]).toBeGreaterThanOrEqual(value)
          expect(q[i]).toBeLessThanOrEqual(1)
          p.forEach((other, j) => {
            if (value < other) expect(q[i]).toBeLessThanOrEqual(q[j]!)
          })
        })
        const sorted = (values: number[]) => values.toSorted((a, b) => a - b)
        expect(sorted(falseDiscoveryRates(p.toReversed()))).toEqual(sorted(q))
      }),
    )
  })
})

describe('design effect', () => {
  const sumsOf = (groups: readonly (readonly [rows: number, positives: number])[]) => {
    const sums = emptyGroupSums()
    for (const [rows, positives] of groups) addGroup(sums, rows, positives)
    return sums
  }

  it('is the size of the groups when all of a group share one outcome', () => {
    const sums = sumsOf([
      [4, 4],
      [4, 0],
      [4, 0],
      [4, 4],
    ])
    expect(intraclassCorrelation(sums)).toBe(1)
    expect(designEffect(1, sums.rows, sums.rowsSquared)).toBe(4)
  })

  it('is 1 without groups, with one outcome, of no rows, and where rows of a group differ more than by chance', () => {
    for (const groups of [
      [
        [1, 1],
        [1, 0],
      ],
      [
        [3, 3],
        [2, 2],
      ],
      [
        [2, 1],
        [2, 1],
      ],
      [],
    ] as const) {
      const sums = sumsOf(groups)
      expect(designEffect(intraclassCorrelation(sums), sums.rows, sums.rowsSquared)).toBe(1)
    }
  })

  it('takes each group for one outcome where all outcomes are the same: they tell nothing of groups', () => {
    const hundred = sumsOf(Array.from({ length: 100 }, () => [5, 0]))
    expect(clusteredRateInterval(hundred)).toEqual(wilsonInterval(0, 100))
    expect(clusteredRateInterval(sumsOf(Array.from({ length: 100 }, () => [5, 5])))).toEqual(
      wilsonInterval(100, 100),
    )
    // One of 91 beside nine alone: (100)^2 / (91^2 + 9), hardly more than one.
    const uneven = sumsOf([[91, 0], ...Array.from({ length: 9 }, () => [1, 0] as const)])
    const found = clusteredRateInterval(uneven)!
    expect(found[1]).toBeCloseTo(wilsonInterval(0, 10_000 / 8_290)[1], 12)
    expect(
      clusteredRateInterval(
        sumsOf([
          [1, 0],
          [1, 0],
        ]),
      ),
    ).toEqual(wilsonInterval(0, 2))
    expect(clusteredRateInterval(sumsOf([]))).toBeNull()
  })

  it('is that of the definition, pair by pair', () => {
    const outcomes = [[1, 1, 0], [0, 0], [1, 0], [0, 0, 0, 0], [1]]
    const all = outcomes.flat()
    const p = all.reduce((sum, y) => sum + y, 0) / all.length
    let products = 0
    let pairs = 0
    for (const group of outcomes)
      group.forEach((a, i) => {
        group.forEach((b, j) => {
          if (i === j) return
          products += (a - p) * (b - p)
          pairs += 1
        })
      })
    const sums = sumsOf(outcomes.map((group) => [group.length, group.reduce((sum, y) => sum + y, 0)]))
    expect(intraclassCorrelation(sums)).toBeCloseTo(products / pairs / (p * (1 - p)), 12)
  })
})
