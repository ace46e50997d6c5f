import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { describe, expect, it } from 'vitest'
import { chiSquaredTail } from '../../src/statistics/chi-squared.ts'
import { compareShares, designEffectOfShares } from '../../src/statistics/compare-shares.ts'
import { stabilityByChance, stabilityIndex } from '../../src/statistics/psi.ts'

describe('stabilityIndex', () => {
  it('is what one computes by hand', () => {
    // Shares (10.5, 31.5) / 42 = 1/4, 3/4 and (20.5, 20.5) / 41 = 1/2, 1/2: (1/4) ln 2 + (1/4) ln(3/2) = (1/4) ln 3.
    expect(stabilityIndex([20, 20], [10, 31])).toBeCloseTo(Math.log(3) / 4, 14)
    expect(stabilityIndex([10, 31], [20, 20])).toBeCloseTo(Math.log(3) / 4, 14)
    expect(stabilityIndex([5, 10, 20], [5, 10, 20])).toBe(0)
    expect(stabilityIndex([7], [3])).toBe(0)
    expect(stabilityIndex([0, 100], [100, 0])).toBeLessThan(Number.POSITIVE_INFINITY)
  })
})

describe('chiSquaredTail', () => {
  it('agrees with scipy, also far out', () => {
    const reference = [
      [3.841458820694124, 1, 0.05],
      [18.307038053275146, 10, 0.05],
      [100, 10, 5.4497019829205215e-17],
      [0.5, 3, 0.9188914116546758],
      [0.001, 1, 0.9747728793699604],
      [40, 9.5, 1.1429411406228222e-5],
      [300, 50, 2.3141364165140704e-37],
    ] as const
    for (const [x, degrees, tail] of reference) expect(chiSquaredTail(x, degrees) / tail).toBeCloseTo(1, 9)
    expect(chiSquaredTail(0, 4)).toBe(1)
  })
})

const SHARES = [0.4, 0.25, 0.15, 0.1, 0.06, 0.04]

/** Accounts of `size` rows; with chance `alike` a row has the bin of its account's first. One stratum. */
function draw(random: () => number, rows: number, size: number, alike: number) {
  const pick = (): number => {
    let left = random()
    const bin = SHARES.findIndex((share) => {
      left -= share
      return left < 0
    })
    return bin < 0 ? SHARES.length - 1 : bin
  }
  const bins: number[] = []
  for (let row = 0; row < rows; row++) {
    const first = bins[row - (row % size)]
    bins.push(first !== undefined && random() < alike ? first : pick())
  }
  const counts = [SHARES.map((_, bin) => bins.filter((one) => one === bin).length)]
  const groups = bins.map((_, row) => Math.floor(row / size))
  const designEffect = designEffectOfShares(counts, { strata: bins.map(() => 0), bins, groups })
  return { counts, designEffect }
}

function repeat(times: number, size: number, alike: number, heedClusters: boolean) {
  const generator = xoroshiro128plus(11)
  const random = (): number => uniformFloat64(generator)
  const found = Array.from({ length: times }, () => {
    const [before, now] = [draw(random, 1_200, size, alike), draw(random, 300, size, alike)]
    const effect = (one: typeof now) => (heedClusters ? one : { ...one, designEffect: 1 })
    return compareShares(effect(before), effect(now))!
  })
  const mean = (value: (one: (typeof found)[number]) => number): number =>
    found.reduce((sum, one) => sum + value(one), 0) / times
  return {
    index: mean(({ index }) => index),
    byChance: mean(({ byChance }) => byChance),
    rejected: mean(({ pValue }) => (pValue < 0.05 ? 1 : 0)),
  }
}

describe('compareShares, where nothing drifts', () => {
  it('finds PSI as large as chance makes it, and p < 0.05 in 5 %', () => {
    const { index, byChance, rejected } = repeat(600, 1, 0, true)
    expect(byChance).toBeCloseTo(stabilityByChance(6, 1_200, 300), 3)
    expect(index / byChance).toBeGreaterThan(0.93)
    expect(index / byChance).toBeLessThan(1.07)
    expect(rejected).toBeGreaterThan(0.02)
    expect(rejected).toBeLessThan(0.08)
  })

  it('does so for rows that come in accounts, too, which without the design effect would look like drift', () => {
    const heeded = repeat(600, 3, 0.8, true)
    expect(heeded.index / heeded.byChance).toBeGreaterThan(0.9)
    expect(heeded.index / heeded.byChance).toBeLessThan(1.1)
    expect(heeded.rejected).toBeLessThan(0.09)
    expect(repeat(200, 3, 0.8, false).rejected).toBeGreaterThan(0.3)
  })

  it('is not misled by another mix of strata', () => {
    const before = {
      counts: [
        [900, 100],
        [100, 900],
      ],
      designEffect: 1,
    }
    const now = {
      counts: [
        [90, 10],
        [40, 360],
      ],
      designEffect: 1,
    }
    const found = compareShares(before, now)!
    expect(found.index).toBeCloseTo(0, 5)
    expect(found.pValue).toBeCloseTo(1, 9)
    expect(found.current[0]).toBeCloseTo(130 / 500, 12)
    expect(found.reference[0]).toBeCloseTo(130 / 500, 12)
  })
})

describe('compareShares', () => {
  it('puts bins of a handful together, leaves out strata that only one has, and says null when none is shared', () => {
    const before = {
      counts: [
        [1_000, 1_000, 3, 2, 0],
        [0, 0, 0, 0, 9],
      ],
      designEffect: 1,
    }
    const found = compareShares(before, {
      counts: [
        [100, 100, 0, 1, 0],
        [0, 0, 0, 0, 0],
      ],
      designEffect: 1,
    })!
    expect(found.rows).toBe(201)
    expect(found.referenceRows).toBe(2_005)
    // Two bins are left of five.
    expect(found.byChance).toBeCloseTo(1 / 201 + 1 / 2_005, 12)
    expect(
      compareShares(
        {
          counts: [
            [0, 0],
            [5, 5],
          ],
          designEffect: 1,
        },
        {
          counts: [
            [5, 5],
            [0, 0],
          ],
          designEffect: 1,
        },
      ),
    ).toBeNull()
  })

  it('sees a shift that is there', () => {
    const found = compareShares(
      { counts: [[500, 300, 200]], designEffect: 1.2 },
      { counts: [[100, 60, 140]], designEffect: 1.2 },
    )!
    expect(found.index).toBeGreaterThan(0.25)
    expect(found.pValue).toBeLessThan(1e-10)
  })
})

it('designEffectOfShares: whole accounts alike count as one row, apart as many', () => {
  const bins = [0, 0, 1, 1, 0, 0, 1, 1]
  const rows = { strata: bins.map(() => 0), bins, groups: bins.map((_, row) => Math.floor(row / 2)) }
  expect(designEffectOfShares([[4, 4]], rows)).toBeCloseTo(2, 12)
  expect(designEffectOfShares([[4, 4]], { ...rows, groups: bins.map((_, row) => row) })).toBe(1)
  expect(designEffectOfShares([[8, 0]], { ...rows, bins: bins.map(() => 0) })).toBe(1)
})
