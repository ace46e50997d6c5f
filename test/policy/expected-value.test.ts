import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AmountTable, expectedValueOf, mediansOf } from '../../src/policy/expected-value.ts'

const policy = { currency: 'EUR', rates: { USD: 0.5 }, least_won_deals: 3 }
const table: AmountTable = {
  version: 7,
  segments: [
    { segment: '', currency: 'EUR', amounts: [10, 20, 30, 100] },
    { segment: '', currency: 'USD', amounts: [100] },
    { segment: '', currency: 'JPY', amounts: [1, 1, 1, 1, 1] },
    { segment: 'large', currency: 'EUR', amounts: [1_000, 2_000, 6_000] },
    { segment: 'few', currency: 'EUR', amounts: [5, 7] },
  ],
}
const worth = (changes: object) =>
  expectedValueOf(policy, table, { probability: 0.5, openDeal: null, segments: [], ...changes })

describe('expected value', () => {
  it('is probability x the amount of the open deal, in the currency of the policy', () => {
    expect(worth({ openDeal: { amount: 80, currency: 'USD' } })).toEqual({
      amount: 40,
      currency: 'EUR',
      basis: 'open deal',
      value: 20,
      segment: null,
      amounts_version: null,
    })
    expect(worth({ openDeal: { amount: 80, currency: null } })?.amount).toBe(80)
  })

  it('is else that of the median of the most specific segment with enough deals, or of everyone', () => {
    // 10, 20, 30, 50 (100 USD), 100: yen have no rate, so those deals do not count.
    expect(worth({})).toMatchObject({ amount: 30, value: 15, segment: null, amounts_version: '7' })
    expect(worth({ segments: ['few', 'large'] })).toMatchObject({ amount: 2_000, segment: 'large' })
    const two = { ...table, segments: [{ segment: '', currency: null, amounts: [10, 20] }] }
    expect(mediansOf(policy, two)).toEqual([{ segment: '', median: 15, deals: 2 }])
    expect(worth({ segments: ['few'] })).toMatchObject({ amount: 30, segment: null })
    expect(worth({ openDeal: { amount: 80, currency: 'JPY' } })).toMatchObject({
      basis: 'median of segment',
    })
  })

  it('is none without a probability, an amount or a table', () => {
    expect(worth({ probability: null })).toBeNull()
    expect(expectedValueOf(policy, null, { probability: 0.5, openDeal: null, segments: [] })).toBeNull()
    const empty = { version: 1, segments: [] }
    expect(expectedValueOf(policy, empty, { probability: 0.5, openDeal: null, segments: [] })).toBeNull()
  })

  it('has medians with as many amounts below as above, whatever the currencies', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 1_000 }), { maxLength: 30 })
    fc.assert(
      fc.property(amounts, amounts, (euros, dollars) => {
        const one = {
          version: 1,
          segments: [
            { segment: '', currency: 'EUR', amounts: euros },
            { segment: '', currency: 'USD', amounts: dollars },
          ],
        }
        const all = [...euros, ...dollars.map((amount) => amount * 0.5)]
        const [median] = mediansOf(policy, one)
        if (all.length === 0) {
          expect(median).toBeUndefined()
          return
        }
        expect(median?.deals).toBe(all.length)
        const below = all.filter((amount) => amount < median!.median).length
        const above = all.filter((amount) => amount > median!.median).length
        expect(Math.max(below, above)).toBeLessThanOrEqual(all.length / 2)
      }),
    )
  })
})
