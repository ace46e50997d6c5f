import { describe, expect, it } from 'vitest'
import { compareLosses } from '../../../training/gate/compare-losses.ts'

const labels = Uint8Array.of(1, 0, 0)
const groups = Int32Array.of(5, 5, 9)

describe('compareLosses', () => {
  it('is the mean of the losses, and of what the one loses more, by hand', () => {
    const own = Float64Array.of(0.5, 0.5, 0.5)
    const other = Float64Array.of(0.8, 0.25, 0.5)
    const found = compareLosses(own, other, { labels, groups }, 7)
    expect(found).toMatchObject({ rows: 3, accounts: 2 })
    expect(found.own).toBeCloseTo(Math.LN2, 12)
    expect(found.other).toBeCloseTo((-Math.log(0.8) - Math.log(0.75) + Math.LN2) / 3, 12)
    expect(found.difference).toBeCloseTo((2 * Math.LN2 + Math.log(0.6)) / 3, 12)
    // Drawn are both accounts, the first twice or the second twice: the differences of the last are 0.
    const first = (2 * Math.LN2 + Math.log(0.6)) / 2
    expect(found.interval![0]).toBe(0)
    expect(found.interval![1]).toBeCloseTo(first, 12)
  })

  it('resamples accounts: a row that stands twice in its account tells nothing new', () => {
    const at = (index: number): number => (Math.imul(index, 2_654_435_761) >>> 8) / 2 ** 24
    const predicted = (rows: number, of: (row: number) => number) =>
      Float64Array.from({ length: rows }, (_, row) => 0.1 + 0.8 * at(of(row)))
    const of = (times: number) => {
      const rows = 60 * times
      const account = (row: number): number => Math.floor(row / times)
      return compareLosses(
        predicted(rows, account),
        predicted(rows, (row) => account(row) + 1_000),
        {
          labels: Uint8Array.from({ length: rows }, (_, row) => (account(row) % 3 === 0 ? 1 : 0)),
          groups: Int32Array.from({ length: rows }, (_, row) => account(row)),
        },
        3,
      ).interval!
    }
    const [once, thrice] = [of(1), of(3)]
    expect(thrice[0]).toBeCloseTo(once[0], 12)
    expect(thrice[1]).toBeCloseTo(once[1], 12)
    expect(once[1] - once[0]).toBeGreaterThan(0.05)
  })

  it('is nothing between a model and itself, and unsure with one account', () => {
    const same = Float64Array.of(0.3, 0, 1)
    expect(compareLosses(same, same, { labels, groups }, 1)).toMatchObject({
      difference: 0,
      interval: [0, 0],
    })
    const single = { labels, groups: Int32Array.of(4, 4, 4) }
    expect(compareLosses(same, Float64Array.of(0.5, 0.5, 0.5), single, 1).interval).toBeNull()
  })
})
