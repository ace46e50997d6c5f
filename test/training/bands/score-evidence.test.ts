import { describe, expect, it } from 'vitest'
import { type AccountRecord, DAY, type Deal, type LeadRecord } from '../../../src/glossary.ts'
import { parseGuardrails } from '../../../src/guardrails/guardrails.ts'
import { type Engine, scoreLead } from '../../../src/scoring/engine.ts'
import { lineProbabilities } from '../../../src/scoring/line-probabilities.ts'
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

interface Options {
  readonly learnedUntil?: number
  readonly of?: Engine
  readonly probabilities?: readonly number[]
}

async function gather(
  shapes: readonly Shape[],
  { learnedUntil = AS_OF - 300 * DAY, of = engine(), probabilities }: Options = {},
) {
  const records = source([...PAST, ...shapes].map((shape, index) => company(index, shape)))
  const options = { asOf: AS_OF, weeks: 4, learnedUntil, probabilities: probabilities ?? null }
  const { by, judgedFrom } = await gatherEvidence(records, of, options)
  return { ...by.movable, inForce: by.inForce, judgedFrom }
}

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
    const weekly = (line: number) => traffic.perWeek([0, line]).map((leads) => leads * 4)
    expect(weekly(100)).toEqual([2, 0])
    expect(weekly(66)).toEqual([1, 2])
    // 12 of the past that did not win, and all but the last of these.
    expect(traffic.standing([0, 100])).toEqual([16, 0])
  })

  it('places who is capped or raised by a rule as the policy does', async () => {
    const shapes: Shape[] = [
      { firstTouch: 10, visits: [9, 9, 9, 9] },
      { firstTouch: 10, visits: [9, 9, 9, 9], email: 'ann@capped.example' },
      { firstTouch: 10, email: 'bob@raised.example' },
    ]
    const then = (mail: string, action: string) =>
      `  - { id: ${mail}, owner: a, reason: Because., when: { derived: mail_domain, equals: ${mail}.example }, then: { ${action} } }`
    const rules = `rules:\n${then('capped', 'cap: low')}\n${then('raised', 'raise: high')}\n`
    const bound = { ...parseGuardrails(rules, 'g.yaml', {}, { bands: ['low', 'high'] }), version: 1 }
    const { traffic } = await gather(shapes, { of: { ...engine(), guardrails: bound } })
    // Wherever the line: the raised one is above it, the capped one is not.
    expect([62, 66, 100].map((line) => traffic.perWeek([0, line]).map((leads) => leads * 4))).toEqual([
      [1, 2],
      [1, 2],
      [2, 1],
    ])
  })

  it('goes by the probability where bands do, to the very line', async () => {
    const of = engine()
    const shape: Shape = { firstTouch: 10, visits: [9, 9, 9] }
    const account = company(24, shape)
    const scored = scoreLead(of, account, account.leads[0]!, AS_OF, { explain: false }).scores.conversion!
    const { probability } = scored as { probability: number }
    const bands = of.policy.bands.map((band, i) =>
      i === 0 ? band : { ...band, from_probability: probability },
    )
    const probabilities = lineProbabilities(of.models[0]!)!
    const given = { of: { ...of, policy: { ...of.policy, bands } }, probabilities }
    const { traffic, inForce } = await gather([shape], given)
    const highest = probabilities.findLastIndex((least) => probability >= least) + 1
    expect([highest, highest + 1].map((line) => traffic.standing([0, line])[1])).toEqual([1, 0])
    expect(inForce.traffic.standing([0, 61])[1]).toBe(1)
  })

  it('judges by what became of leads that the model has not learned from', async () => {
    const { judged, judgedFrom } = await gather([{ firstTouch: 10 }])
    expect(judged.labels.length).toBe(24)
    expect(judged.labels.reduce((sum, label) => sum + label, 0)).toBe(12)
    expect(new Set(judged.groups).size).toBe(24)
    expect(judgedFrom).toBe(AS_OF - 200 * DAY + DAY / 24)
    // Who is disqualified is in no band, and tells of none.
    const rivals = await gather([{ firstTouch: 200, email: 'bob@rival.example' }])
    expect(rivals.judged.labels.length).toBe(24)
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
    expect(later!.levels![1]).toBeGreaterThan(60)
    // The visit after the opening does not count, nor does a lead that was not there yet.
    expect(earlier!.levels).toEqual([100, 60])
    expect(unknown!.levels).toBeNull()
    expect(wins.map(({ dealId }) => dealId).slice(-3)).toEqual(['d25', 'd24', 'd26'])
    expect(wins.every(({ isLearned }) => !isLearned)).toBe(true)
    // Outcomes of the past were known 110 days before; those of 20 that came later are news, and their wins with them.
    const news = Array.from({ length: 20 }, (_, i): Shape => {
      return { firstTouch: 98, ...(i % 2 === 0 ? { won: [90, 20] as const } : {}) }
    })
    const later100 = await gather(news, { learnedUntil: AS_OF - 100 * DAY })
    const learned = later100.wins
      .filter(({ isLearned }) => isLearned)
      .map(({ dealId }) => Number(dealId.slice(1)))
    expect(learned.sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => 2 * i))
    expect(later100.wins).toHaveLength(22)
  })
})
