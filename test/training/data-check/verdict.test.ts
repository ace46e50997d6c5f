import { describe, expect, it } from 'vitest'
import { DAY, formatTime } from '../../../src/glossary.ts'
import { judge, type Verdict } from '../../../training/data-check/verdict.ts'
import type { Shortage } from '../../../training/enough-data.ts'
import { WORLD_DEFINITION, WORLD_END } from '../world.ts'
import { aggregates, measured } from './measured.ts'

const MONTH = (365.25 / 12) * DAY

/** The history is of 13 months; of these 12 have outcomes, for the horizon is a month. */
function short(shortage: Shortage, given: Parameters<typeof measured>[0] = {}): Verdict {
  return judge(
    measured({
      definition: { ...WORLD_DEFINITION, horizonDays: MONTH / DAY },
      firstRowAt: WORLD_END - 13 * MONTH,
      sufficiency: { outcomes: { reached: 20, notReached: 300 }, shortage, divided: null },
      knowledge: { ...measured().knowledge, outcomesIfKnown: { reached: 20, notReached: 300 } },
      ...given,
    }),
  )
}

const monthsUntil = ({ readyAt }: Verdict): number | null =>
  readyAt === null ? null : (readyAt - WORLD_END) / MONTH

describe('the verdict', () => {
  it('says first that one can train, and on what', () => {
    const verdict = judge(measured())
    expect(verdict.text).toBe('You can train: 120 won, 880 not, in 18 months.')
    expect(verdict).toMatchObject({ canTrain: true, readyAt: null })
  })

  it('says what is missing, and when it will be there at the present pace', () => {
    const verdict = short({ of: 'outcomes', outcomes: { reached: 20, notReached: 300 } })
    expect(verdict.text).toBe('You cannot train yet: 20 won of the 40 needed, 300 not, in 13 months.')
    // 20 in 12 months: 20 more take 12.
    expect(monthsUntil(verdict)).toBeCloseTo(12, 3)
    expect(verdict.details.at(-1)).toBe(
      `At the present pace there will be enough in about 12 months (${formatTime(verdict.readyAt!).slice(0, 7)}).`,
    )
  })

  it('waits for the scarcer outcome, for the part, and for the history', () => {
    const both = short({ of: 'outcomes', outcomes: { reached: 30, notReached: 10 } })
    expect(both.text).toContain('30 won of the 40 needed, 10 not of the 40 needed')
    expect(monthsUntil(both)).toBeCloseTo(36, 3)
    const part = short({ of: 'part', part: 'test', outcomes: { reached: 4, notReached: 50 } })
    expect(part.text).toBe(
      'You cannot train yet: the test part, cut off in order of time, has 4 won of the 5 needed, 50 not.',
    )
    expect(monthsUntil(part)).toBeCloseTo(3, 3)
    const history = short(
      { of: 'history', usableRows: 500, rowsOfOneAccount: 40 },
      { firstRowAt: WORLD_END - 3 * MONTH },
    )
    expect(history.text).toMatch(/too short .* \(about 5 months are needed\), in 3 months\.$/)
    expect(monthsUntil(history)).toBeCloseTo(2, 3)
  })

  it('guesses no date where there is no pace, or none that anybody would wait for', () => {
    const reached = (count: number) =>
      ({ of: 'outcomes', outcomes: { reached: count, notReached: 300 } }) as const
    expect(short(reached(0)).readyAt).toBeNull()
    expect(short(reached(1)).readyAt).toBeNull()
    expect(short(reached(20), { firstRowAt: WORLD_END - 0.5 * MONTH }).readyAt).toBeNull()
    expect(short(reached(20), { firstRowAt: null }).text).toBe(
      'You cannot train yet: 20 won of the 40 needed, 300 not.',
    )
    expect(short({ of: 'history', usableRows: 500, rowsOfOneAccount: 40 }).readyAt).toBeNull()
  })

  it('says what trusted times would bring, and does not tell to wait then', () => {
    const verdict = short(
      { of: 'outcomes', outcomes: { reached: 20, notReached: 300 } },
      {
        knowledge: {
          ...measured().knowledge,
          entriesNotKnown: 900,
          outcomesIfKnown: { reached: 412, notReached: 3_960 },
        },
      },
    )
    expect(verdict.readyAt).toBeNull()
    expect(verdict.details.at(-1)).toBe(
      'Had their times been declared as trusted (--trusted-times), there would be 412 won, 3,960 not.',
    )
  })

  it('names what is not there at all', () => {
    const none = { of: 'outcomes', outcomes: { reached: 0, notReached: 0 } } as const
    const nothing = short(none, {
      dataEnd: { newest: null, newestDeal: null },
      database: aggregates({ leads: 0 }),
    })
    expect(nothing.text).toBe('You cannot train yet: there are no leads.')
    expect(nothing.details).toEqual([])
    const noDeals = short(none, { dataEnd: { newest: WORLD_END, newestDeal: null } })
    expect(noDeals.text).toBe('You cannot train yet: there are no deals, so nobody has won or lost.')
  })

  it('does not call a long history too short', () => {
    const history = (rowsOfOneAccount: number) =>
      short({ of: 'history', usableRows: 500, rowsOfOneAccount }, { firstRowAt: WORLD_END - 24 * MONTH })
    expect(history(40).text).toBe(
      'You cannot train yet: the leads came too close together to learn, calibrate and test in order of time.',
    )
    expect(history(251).text).toBe(
      'You cannot train yet: most leads are in one account, and what is learned from an account cannot be tested on it.',
    )
    const young = short(
      { of: 'history', usableRows: 500, rowsOfOneAccount: 251 },
      { firstRowAt: WORLD_END - 3 * MONTH },
    )
    expect(young.readyAt).toBeNull()
  })

  it('names the pipeline when all deals are in others', () => {
    const none = { of: 'outcomes', outcomes: { reached: 0, notReached: 300 } } as const
    const pipelines = [{ pipeline: 'default', won: 100, lost: 90, open: 1 }]
    expect(short(none, { database: aggregates({ pipelines, deals: 191 }) }).text).toBe(
      'You cannot train yet: no deal is in the pipeline "new_business", and 191 deals are in others.',
    )
  })
})
