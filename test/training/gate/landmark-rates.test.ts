import { describe, expect, it } from 'vitest'
import { landmarkRates } from '../../../training/gate/landmark-rates.ts'

/** `reached` of `rows` at a day. */
const rows = (day: number, reached: number, count: number) =>
  Array.from({ length: count }, (_, row) => ({ day, label: row < reached ? (1 as const) : (0 as const) }))

describe('landmarkRates', () => {
  it('are the shares by day, where the calibration part has the same', () => {
    const learning = [...rows(0, 300, 1_000), ...rows(30, 100, 1_000)]
    const found = landmarkRates(learning, learning, [...rows(30, 0, 1), ...rows(0, 0, 1)])
    expect(found[0]).toBeCloseTo(0.1, 9)
    expect(found[1]).toBeCloseTo(0.3, 9)
  })

  it('follow the level of the calibration part, and of a day never seen say the average', () => {
    const learning = [...rows(0, 300, 1_000), ...rows(30, 100, 1_000)]
    const lower = [...rows(0, 150, 1_000), ...rows(30, 50, 1_000)]
    const found = landmarkRates(learning, lower, [...rows(0, 0, 1), ...rows(30, 0, 1), ...rows(90, 0, 1)])
    expect(found[0]).toBeCloseTo(0.15, 9)
    expect(found[1]).toBeCloseTo(0.05, 9)
    expect(found[2]).toBeGreaterThan(0.05)
    expect(found[2]).toBeLessThan(0.15)
  })

  it('are the base rate of the calibration part where the day tells nothing', () => {
    expect([...landmarkRates(rows(0, 3, 10), rows(0, 2, 10), rows(0, 0, 2))]).toEqual([0.2, 0.2])
  })
})
