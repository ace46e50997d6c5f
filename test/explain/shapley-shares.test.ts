import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shapleyShares } from '../../src/explain/shapley-shares.ts'

const companyOf = (present: Uint8Array): number => present.reduce((bits, one, i) => bits | (one << i), 0)

function ordersOf(players: readonly number[]): number[][] {
  if (players.length === 0) return [[]]
  return players.flatMap((player) =>
    ordersOf(players.filter((other) => other !== player)).map((rest) => [player, ...rest]),
  )
}

describe('shares', () => {
  it('of gloves: whoever has the only left one gets four sixths, the two with right ones a sixth each', () => {
    const { none, shares } = shapleyShares(3, ([left, a, b]) => (left === 1 && (a === 1 || b === 1) ? 1 : 0))
    expect(none).toBe(0)
    expect([...shares].map((share) => share * 6)).toEqual(
      [4, 1, 1].map((sixths) => expect.closeTo(sixths, 12)),
    )
  })

  it('are the mean over all orders of what a player adds, up to 8 players', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.infiniteStream(fc.integer({ min: -50, max: 50 })),
        (count, stream) => {
          const values = [...stream.take(2 ** count)]
          const { shares } = shapleyShares(count, (present) => values[companyOf(present)]!)
          const orders = ordersOf([...Array(count).keys()])
          const expected = new Float64Array(count)
          for (const order of orders) {
            let before = 0
            for (const player of order) {
              const together = before | (1 << player)
              expected[player]! += (values[together]! - values[before]!) / orders.length
              before = together
            }
          }
          for (const [player, share] of shares.entries()) expect(share).toBeCloseTo(expected[player]!, 9)
        },
      ),
      { numRuns: 100, seed: 3 },
    )
  })

  it('add up for any number of players; one that changes nothing gets 0, equals get the same where all orders count', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 }), (weights) => {
        // A value that bends: what each adds depends on who is there.
        const worthOf = (present: Uint8Array): number =>
          3 + 10 * Math.log1p(weights.reduce((sum, weight, i) => sum + weight * present[i]!, 0))
        const { none, shares } = shapleyShares(weights.length, worthOf)
        const sum = shares.reduce((total, share) => total + share, none)
        expect(sum).toBeCloseTo(worthOf(new Uint8Array(weights.length).fill(1)), 9)
        for (const [i, weight] of weights.entries()) {
          if (weight === 0) expect(shares[i]).toBeCloseTo(0, 12)
          else expect(shares[i]).toBeGreaterThan(0)
          if (weights.length <= 8) expect(shares[weights.indexOf(weight)]).toBeCloseTo(shares[i]!, 9)
        }
      }),
      { numRuns: 60, seed: 4 },
    )
  })
})
