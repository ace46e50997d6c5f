import { describe, expect, it } from 'vitest'
import { type AccountRecord, DAY, type Deal, type LeadRecord } from '../../../src/glossary.ts'
import { gatherEvidence } from '../../../training/bands/score-evidence.ts'
import { AS_OF, deal, engine, event, records } from '../../scoring/fixture.ts'

/**
 * Companies of one lead each, first touched so many days before AS_OF; every visit of the pricing page raises the score. The model of
 * the fixture takes 403 people at a software company for 60 points, each fresh visit for more.
 */
interface Shape {
  readonly firstTouch: number
  readonly visits?: readonly number[]
  readonly won?: readonly [opened: number, closed: number]
  readonly email?: string
}

function company(
  index: number,
  { firstTouch, visits = [], won, email = 'ann@acme.example' }: Shape,
): AccountRecord {
  const { account, lead } = records({
    lead: { email, title: 'CTO' },
    events: visits
      .toSorted((a, b) => b - a)
      .map((daysAgo, i) => event('pricing_page_viewed', daysAgo, 100 * index + i)),
  })
  const createdAt = AS_OF - firstTouch * DAY
  const moved = <Fact extends { occurredAt: number; knownAt: number }>(facts: readonly Fact[]): Fact[] =>
    facts.map((fact) => ({ ...fact, occurredAt: createdAt, knownAt: createdAt }))
  const own: LeadRecord = {
    ...lead,
    leadId: `l${index}`,
    accountId: `a${index}`,
    createdAt,
    traits: moved(lead.traits),
  }
  const deals: Deal[] = won
    ? [
        deal({
          dealId: `d${index}`,
          accountId: `a${index}`,
          openedAt: AS_OF - won[0] * DAY,
          closedAt: AS_OF - won[1] * DAY,
          knownAt: AS_OF - won[1] * DAY,
          outcome: 'won',
          contacts: [{ leadId: own.leadId, isPrimary: true }],
        }),
      ]
    : []
  return { accountId: `a${index}`, traits: moved(account.traits), leads: [own], deals }
}

const source = (accounts: readonly AccountRecord[]) => ({
  async *read() {
    yield* accounts
  },
})

/** Enough outcomes: 12 that won within 90 days and 12 that did not, all of them too old to be news. */
const PAST: readonly Shape[] = Array.from({ length: 24 }, (_, i) => ({
  firstTouch: 200,
  ...(i % 2 === 0 ? { won: [190, 150] as const } : {}),
}))

const gather = (shapes: readonly Shape[], options: { learnedUntil?: number | null } = {}) =>
  gatherEvidence(source([...PAST, ...shapes].map((shape, index) => company(index, shape))), engine(), {
    asOf: AS_OF,
    weeks: 4,
    learnedUntil: options.learnedUntil ?? AS_OF - 300 * DAY,
  })

describe('gatherEvidence', () => {
  it('counts as news who comes to a score within the weeks, by what was known at each of their ends', async () => {
    const { traffic } = await gather([
      // The weeks begin 28 days before: it was not there yet.
      { firstTouch: 27 },
      { firstTouch: 10, visits: [9, 9, 9] },
      // Came before the weeks; rose within them, and fell back before their end.
      { firstTouch: 100, visits: [22, 22, 22, 22] },
      // Rose before them.
      { firstTouch: 100, visits: [29, 29, 29, 29] },
      // Nobody would have called.
      { firstTouch: 10, email: 'bob@rival.example' },
    ])
    expect(traffic.perWeek(0, 100) * 4).toBe(2)
    expect(traffic.perWeek(66, 100) * 4).toBe(2)
    // 12 of the past that did not win, and all but the last of these.
    expect(traffic.standing(0, 100)).toBe(16)
  })

  it('judges by what became of leads that the model has not learned from', async () => {
    const { judged, judgedFrom } = await gather([{ firstTouch: 10 }])
    expect(judged.labels.length).toBe(24)
    expect(judged.labels.reduce((sum, label) => sum + label, 0)).toBe(12)
    expect(new Set(judged.groups).size).toBe(24)
    expect(judgedFrom).toBe(AS_OF - 200 * DAY + DAY / 24)
    // Labels of the past are known 110 days before AS_OF: a model that learned until then has seen them.
    await expect(gather([], { learnedUntil: AS_OF - 100 * DAY })).rejects.toMatchObject({
      code: 'too_little_data',
    })
  })

  it('looks at past wins as the deal was opened, and tells those that a model may have learned from', async () => {
    const shapes: Shape[] = [
      { firstTouch: 60, visits: [41, 41, 41, 5], won: [40, 2] },
      { firstTouch: 60, visits: [39], won: [40, 3] },
      { firstTouch: 30, won: [40, 1] },
    ]
    const { wins } = await gather(shapes)
    expect(wins.length).toBe(15)
    const [later, earlier, unknown] = [24, 25, 26].map((i) => wins.find(({ dealId }) => dealId === `d${i}`))
    expect(later!.score!).toBeGreaterThan(60)
    // The visit after the opening does not count, nor does a lead that was not there yet.
    expect(earlier!.score).toBe(60)
    expect(unknown!.score).toBeNull()
    expect(wins.map(({ dealId }) => dealId).slice(-3)).toEqual(['d25', 'd24', 'd26'])
    expect(wins.every(({ isLearned }) => !isLearned)).toBe(true)
  })
})
