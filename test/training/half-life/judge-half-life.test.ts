import { describe, expect, it } from 'vitest'
import { judgeHalfLife } from '../../../training/half-life/judge-half-life.ts'

const PRIOR = 20
const logDays = Math.log(10)

describe('judgeHalfLife', () => {
  it('takes what the data tell within a factor of 4, and the prior where they do not', () => {
    // 2 * 1.645 * 0.42 = 1.382 < ln 4 = 1.386 < 2 * 1.645 * 0.422.
    const told = judgeHalfLife({ logDays, error: 0.42, rows: 50 }, PRIOR)
    expect(told.halfLifeDays).toBeCloseTo(10, 12)
    expect(told.intervalDays?.map((days) => days.toFixed(3))).toEqual(['5.012', '19.954'])
    expect(told.because).toBeNull()
    const wide = judgeHalfLife({ logDays, error: 0.422, rows: 50 }, PRIOR)
    expect([wide.halfLifeDays, wide.because]).toEqual([PRIOR, 'the data cannot tell'])
  })

  it('moves the prior to the nearest that the data allow, where they do not allow it', () => {
    const shorter = judgeHalfLife({ logDays, error: 0.43, rows: 50 }, 50)
    expect(shorter.halfLifeDays).toBe(shorter.intervalDays?.[1])
    expect(shorter.because).toMatch(/shorter/)
    const longer = judgeHalfLife({ logDays, error: 0.43, rows: 50 }, 2)
    expect(longer.halfLifeDays).toBe(longer.intervalDays?.[0])
    expect(longer.because).toMatch(/longer/)
  })

  it('does not believe a bound, and cuts no interval to narrow it', () => {
    expect(judgeHalfLife({ logDays: Math.log(365), error: 0.1, rows: 50 }, PRIOR).halfLifeDays).toBe(PRIOR)
    expect(judgeHalfLife({ logDays: Math.log(1 / 24), error: 0.1, rows: 50 }, PRIOR).halfLifeDays).toBe(PRIOR)
    const within = (days: number) => judgeHalfLife({ logDays: Math.log(days), error: 0.1, rows: 50 }, PRIOR)
    expect([365 * 0.995, 1.005 / 24].map((days) => within(days).halfLifeDays)).toEqual([PRIOR, PRIOR])
    expect([365 * 0.985, 1.015 / 24].map((days) => within(days).because)).toEqual([null, null])
    const nearTheBound = judgeHalfLife({ logDays: Math.log(300), error: 1, rows: 50 }, PRIOR)
    expect(nearTheBound.intervalDays?.[1]).toBe(365)
    expect(nearTheBound.because).toMatch(/^the data cannot tell/)
  })

  it('has no interval where nobody did it', () => {
    const { halfLifeDays, intervalDays } = judgeHalfLife({ logDays, error: 0.1, rows: 0 }, PRIOR)
    expect([halfLifeDays, intervalDays]).toEqual([PRIOR, null])
  })
})
