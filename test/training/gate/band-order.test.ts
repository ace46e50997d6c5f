import { describe, expect, it } from 'vitest'
import { type BandRows, compareBands } from '../../../training/gate/band-order.ts'

/** `reached` of `rows`; `times` rows in a row, of the same outcome, are of one account. */
function band(name: string, reached: number, rows: number, times = 1, from = 0): BandRows {
  return {
    band: name,
    labels: Array.from({ length: rows * times }, (_, row) => (row < reached * times ? 1 : 0)),
    groups: Array.from({ length: rows * times }, (_, row) => from + Math.floor(row / times)),
  }
}

describe('compareBands', () => {
  it('is the test of two shares where every row is of another account', () => {
    const { pairs, level, wrong } = compareBands([band('cool', 20, 100), band('warm', 10, 100, 1, 500)])
    // z = -0.1 / sqrt(0.15 * 0.85 * 2 / 100) = -1.98030; a normal table says 0.02384.
    expect(pairs).toMatchObject([{ lower: 'cool', upper: 'warm', lowerRate: 0.2, upperRate: 0.1 }])
    expect(pairs[0]!.chance).toBeCloseTo(0.023835, 5)
    expect(level).toBe(0.05)
    expect(wrong).toEqual(pairs)
  })

  it('says nothing of a band that converts better, and 1 - chance of it', () => {
    const { pairs, wrong } = compareBands([band('cool', 10, 100), band('warm', 20, 100, 1, 500)])
    expect(pairs[0]!.chance).toBeCloseTo(1 - 0.023835, 5)
    expect(wrong).toEqual([])
  })

  it('takes five rows of one outcome in one account for one', () => {
    const once = compareBands([band('cool', 20, 100), band('warm', 10, 100, 1, 500)])
    const fivefold = compareBands([band('cool', 20, 100, 5), band('warm', 10, 100, 5, 500)])
    expect(fivefold.pairs[0]!.chance).toBeCloseTo(once.pairs[0]!.chance, 10)
  })

  it('asks each of several pairs at its share of 5 %, and passes over bands without rows', () => {
    const bands = [
      band('cold', 1, 100, 1, 900),
      band('cool', 20, 100),
      band('none', 0, 0),
      band('warm', 10, 100, 1, 500),
      band('hot', 60, 100, 1, 2_000),
    ]
    const { pairs, level, wrong } = compareBands(bands)
    expect(pairs.map(({ lower, upper }) => `${lower} ${upper}`)).toEqual([
      'cold cool',
      'cool warm',
      'warm hot',
    ])
    expect(level).toBeCloseTo(0.05 / 3, 12)
    expect(wrong).toEqual([])
  })

  it('accuses nobody on a handful of rows, or where nothing or everything converts', () => {
    expect(compareBands([band('cool', 200, 1_000), band('hot', 0, 4, 1, 5_000)]).wrong).toEqual([])
    expect(compareBands([band('cool', 0, 100), band('hot', 0, 100)]).pairs[0]!.chance).toBe(0.5)
    expect(compareBands([band('cool', 9, 9), band('hot', 9, 9)]).wrong).toEqual([])
    expect(compareBands([band('only', 3, 9)])).toMatchObject({ pairs: [], wrong: [] })
  })
})
