import { describe, expect, it } from 'vitest'
import { type AccountRecord, DAY, type LeadRecord } from '../../../src/glossary.ts'
import { countDecisions } from '../../../training/half-life/count-decisions.ts'
import { decidersOf, lostTimes } from '../../../training/half-life/deciders.ts'
import { createMomentSampler } from '../../../training/half-life/moments.ts'
import { account, deal, event, lead, sourceOf } from '../records.ts'
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
    expect(one).toMatchObject({ name: 'account a', course: { enteredAt: START, reachedAt: won.closedAt } })
    expect(one?.course.deals).toHaveLength(2)
    expect(one?.leadAt(START + DAY).leadId).toBe('l2')
  })

  it('is seen from whoever was first of those that were known, and passes over who never was', () => {
    const unknown = lead('l0', START - DAY, { events: [] })
    const late = lead('l3', START - 2 * DAY, { events: [event('page_viewed', START, START + 9 * DAY)] })
    const { leads } = accountWith()
    const [one] = decidersOf(account([...leads, unknown, late], { deals: [] }), plan)
    const seen = [0, 8, 9].map((days) => one!.leadAt(START + days * DAY).leadId)
    expect(seen).toEqual(['l2', 'l2', 'l3'])
    expect(one!.course.knownAt).toBe(START)
    expect(decidersOf(account([...leads, unknown]), plan)[0]!.course.enteredAt).toBe(START)
    const [nobody] = decidersOf(account([unknown]), plan)
    expect(nobody!.course.knownAt).toBe(Number.POSITIVE_INFINITY)
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
    expect(timesOf(lost, lost)).toEqual([lost.closedAt])
    expect(timesOf(lost, won, later)).toEqual([lost.closedAt])
  })
})

describe('createMomentSampler', () => {
  const world = createDecayingWorld(400)
  const until = END - 100 * DAY
  const history = { knownUntil: until, learnsFrom: () => true }

  it('takes every decision before the end, and as much base as it says while nothing is decided', async () => {
    const counts = await countDecisions(sourceOf(world), plan, history)
    const sampler = createMomentSampler(plan, counts, until, 1)
    const found = { reached: 0, lost: 0, undecided: 0 }
    for (const one of world) {
      const [decider] = decidersOf(one, plan)
      const { course } = decider!
      const closedAt = one.deals[0]?.closedAt ?? Number.POSITIVE_INFINITY
      const moments = sampler.momentsOf(decider!)
      expect(moments.filter(({ outcome }) => outcome !== 'undecided')).toEqual(
        closedAt < until && closedAt > course.enteredAt
          ? [{ at: closedAt, outcome: one.deals[0]?.outcome === 'won' ? 'reached' : 'lost' }]
          : [],
      )
      for (const { at, outcome } of moments) {
        expect(at >= course.enteredAt && at <= closedAt && at < until).toBe(true)
        found[outcome] += 1
      }
    }
    expect(found).toMatchObject({ reached: counts.reached, lost: counts.lost })
    expect(found.reached).toBeGreaterThan(60)
    // Twenty for each that reached the target, but for what ends within one stride.
    expect(found.undecided / (20 * found.reached)).toBeGreaterThan(0.97)
    expect(found.undecided / (20 * found.reached)).toBeLessThan(1.03)
  })

  it('takes whole deciders, about as many moments as it may, where there are more; each by its own name', async () => {
    const counts = await countDecisions(sourceOf(world), plan, history)
    const few = createMomentSampler(plan, counts, until, 1, 1_000)
    const all = createMomentSampler(plan, counts, until, 1)
    let moments = 0
    for (const one of world) {
      const [decider] = decidersOf(one, plan)
      const taken = few.momentsOf(decider!)
      if (taken.length > 0) expect(taken).toEqual(all.momentsOf(decider!))
      moments += taken.length
    }
    expect(moments).toBeGreaterThan(700)
    expect(moments).toBeLessThan(1_300)
  })
})

describe('countDecisions', () => {
  it('counts what was decided by those to learn from, and for how long nothing was', async () => {
    const wonAt = START + 30 * DAY
    const lostAt = START + 10 * DAY
    const given = accountWith(
      { openedAt: START + 6 * DAY, closedAt: lostAt, outcome: 'lost' },
      { openedAt: START + 20 * DAY, closedAt: wonAt, outcome: 'won' },
    )
    const open = account([lead('l9', START)], { accountId: 'b' })
    const count = (learnsFrom: (group: number) => boolean, knownUntil = START + 50 * DAY) =>
      countDecisions(sourceOf([given, open]), { ...plan, entryDelayHours: 24 }, { knownUntil, learnsFrom })
    expect(await count(() => true)).toEqual({ reached: 1, lost: 1, undecided: (9 + 49) * DAY })
    expect(await count((group) => group === 1)).toEqual({ reached: 0, lost: 0, undecided: 49 * DAY })
    expect(await count((group) => group === 0, wonAt)).toEqual({ reached: 0, lost: 1, undecided: 9 * DAY })
  })

  it('counts from when somebody is known and may be looked at, for a year, and nothing of what came before', async () => {
    const within = (one: AccountRecord) =>
      countDecisions(
        sourceOf([one]),
        { ...plan, entryDelayHours: 24 },
        { knownUntil: END, learnsFrom: () => true },
      )
    const wonAt = (closedAt: number, ...leads: readonly LeadRecord[]) =>
      account(leads, {
        deals: [deal({ contacts, openedAt: closedAt - DAY / 2, closedAt, outcome: 'won' })],
      })
    const ann = lead('l1', START)
    // Before the first moment; at it; the last of the year; after it.
    expect(await within(wonAt(START + DAY - 1, ann))).toEqual({ reached: 0, lost: 0, undecided: 0 })
    expect(await within(wonAt(START + DAY, ann))).toEqual({ reached: 1, lost: 0, undecided: 0 })
    expect(await within(wonAt(START + 366 * DAY - 1, ann))).toMatchObject({ reached: 1 })
    expect(await within(wonAt(START + 366 * DAY, ann))).toEqual({ reached: 0, lost: 0, undecided: 365 * DAY })
    const learnedOf = lead('l1', START, { events: [event('page_viewed', START, START + 9 * DAY)] })
    expect(await within(wonAt(START + 30 * DAY, learnedOf))).toMatchObject({ undecided: 21 * DAY })
  })
})
