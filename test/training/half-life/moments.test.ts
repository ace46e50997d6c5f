import { describe, expect, it } from 'vitest'
import { type AccountRecord, DAY } from '../../../src/glossary.ts'
import { decidersOf, lostTimes } from '../../../training/half-life/deciders.ts'
import { createMomentSampler } from '../../../training/half-life/moments.ts'
import { collectRows } from '../../../training/rows.ts'
import { account, deal, lead, sourceOf } from '../records.ts'
import { createDecayingWorld, decayingDefinition, END, START } from './decaying-world.ts'

const plan = decayingDefinition()
const contacts = ['l1', 'l2'].map((leadId) => ({ leadId, isPrimary: leadId === 'l2' }))

/** Two leads of one account, the second the first to come; the deals are of both. */
function accountWith(...deals: readonly Parameters<typeof deal>[0][]): AccountRecord {
  return account([lead('l1', START + 5 * DAY), lead('l2', START)], {
    deals: deals.map((given, index) => deal({ dealId: `d${index}`, contacts, ...given })),
  })
}

describe('decidersOf', () => {
  const won = { openedAt: START + 20 * DAY, closedAt: START + 30 * DAY, outcome: 'won' } as const
  const lost = { openedAt: START + 6 * DAY, closedAt: START + 10 * DAY, outcome: 'lost' } as const

  it('is one for an account however many leads it has, and begins with the first', () => {
    const [one, ...others] = decidersOf(accountWith(won, lost), plan)
    expect(others).toEqual([])
    expect(one).toMatchObject({
      lead: { leadId: 'l2' },
      course: { enteredAt: START, reachedAt: won.closedAt },
    })
    expect(one?.course.deals).toHaveLength(2)
  })

  it('has the deals of every lead, also where the first has none', () => {
    const ofOther = { ...won, contacts: [{ leadId: 'l1', isPrimary: true }] }
    expect(decidersOf(accountWith(ofOther), plan)[0]?.course.reachedAt).toBe(won.closedAt)
  })

  it('is one for each deal where deals are followed', () => {
    const deals = decidersOf(accountWith(won, lost), { ...plan, population: 'deals', horizonDays: null })
    expect(deals.map(({ course }) => [course.dealId, course.enteredAt])).toEqual([
      ['d0', won.openedAt],
      ['d1', lost.openedAt],
    ])
  })

  it('is lost when the last open deal is closed, and again where another was opened; never once the target is reached', () => {
    const timesOf = (...deals: readonly Parameters<typeof deal>[0][]) =>
      lostTimes(decidersOf(accountWith(...deals), plan)[0]!.course)
    const open = { openedAt: START + 7 * DAY }
    const later = { ...lost, openedAt: START + 40 * DAY, closedAt: START + 50 * DAY }
    expect(timesOf(lost)).toEqual([lost.closedAt])
    expect(timesOf(lost, open)).toEqual([])
    expect(timesOf(lost, later)).toEqual([lost.closedAt, later.closedAt])
    expect(timesOf(lost, won, later)).toEqual([lost.closedAt])
  })
})

describe('createMomentSampler', () => {
  it('takes every decision before the end, and base only while nothing is decided', async () => {
    const world = createDecayingWorld(400)
    const until = END - 100 * DAY
    const { rows } = await collectRows(sourceOf(world), plan, until)
    const sampler = createMomentSampler(
      plan,
      rows.filter(({ usable }) => usable),
      until,
      1,
    )
    let decided = 0
    let base = 0
    for (const one of world) {
      const [{ course } = { course: undefined }] = decidersOf(one, plan)
      const closedAt = one.deals[0]?.closedAt ?? Number.POSITIVE_INFINITY
      const moments = sampler.momentsOf(course!)
      expect(moments.filter(({ outcome }) => outcome !== 'undecided')).toEqual(
        closedAt < until && closedAt > course!.enteredAt
          ? [{ at: closedAt, outcome: one.deals[0]?.outcome === 'won' ? 'reached' : 'lost' }]
          : [],
      )
      for (const { at, outcome } of moments) {
        expect(at >= course!.enteredAt && at <= closedAt && at < until).toBe(true)
        if (outcome === 'undecided') base += 1
        else decided += 1
      }
    }
    expect(decided).toBeGreaterThan(100)
    expect(base).toBeGreaterThan(3 * decided)
  })
})
