import { describe, expect, it } from 'vitest'
import type { Definition } from '../../src/features/definition.ts'
import { type AccountRecord, DAY, type LeadEvent, type LeadRecord } from '../../src/glossary.ts'
import { scoreLead } from '../../src/scoring/engine.ts'
import { scoreAccount } from '../../src/scoring/score-account.ts'
import type { ScoredAccount } from '../../src/scoring/scored-account.ts'
import {
  AS_OF,
  deal,
  definition,
  engine,
  event,
  loaded,
  logisticArtifact,
  records,
  withSegmentBands,
} from './fixture.ts'

const ofAccounts: Definition = { ...definition('account'), entity: 'account' }
const scoring = engine([loaded(logisticArtifact()), loaded(logisticArtifact(ofAccounts))])

const visit = (daysAgo: number, index: number): LeadEvent => event('pricing_page_viewed', daysAgo, index)

function person(leadId: string, events: readonly LeadEvent[], email = `${leadId}@acme.example`): LeadRecord {
  return { ...records({ lead: { email, title: 'CTO' }, events }).lead, leadId }
}

function accountOf(people: readonly LeadRecord[], more: Partial<AccountRecord> = {}): AccountRecord {
  return { ...records().account, leads: people, ...more }
}

function scored(account: AccountRecord, explain = true): ScoredAccount {
  return scoreAccount(scoring, account, AS_OF, {
    explain,
    scoreLead: (lead) => scoreLead(scoring, account, lead, AS_OF, { explain: false }),
  })
}

function pointsOf({ scores }: ScoredAccount): number {
  const { account } = scores
  return account?.applies ? account.raw_points : Number.NaN
}

const by = (answer: ScoredAccount, leadId: string) =>
  answer.people.listed.find(({ lead_id }) => lead_id === leadId)!

describe('a scored account', () => {
  it('has the behaviour of all its people, and tells what each of them added', () => {
    const people = [person('l_1', [visit(10, 1)]), person('l_2', [visit(10, 2)]), person('l_3', [])]
    const answer = scored(accountOf(people))
    // Together 1 visit is left of two: ln(1 + 1), halved by the calibration, is 5 points, and each did the same.
    expect(by(answer, 'l_1').points).toBeCloseTo(2.5, 12)
    expect(by(answer, 'l_2').points).toBeCloseTo(2.5, 12)
    expect(by(answer, 'l_3').points).toBe(0)
    expect(answer.people.behaviour!.points_without).toBeCloseTo(
      pointsOf(scored(accountOf([person('l_3', [])]))),
      12,
    )
    expect(pointsOf(answer)).toBeCloseTo(answer.people.behaviour!.points_without + 5, 12)
    expect(Object.keys(answer.scores)).toEqual(['account'])
    expect(answer.people.listed.map(({ lead_id }) => lead_id)).toEqual(['l_1', 'l_2', 'l_3'])
    expect(by(answer, 'l_1').last_event_at).toBe('2026-11-11T00:00:00Z')
    expect(scored(accountOf(people), false).people.behaviour).toBeNull()
  })

  it('adds up for more people than it lists: those who did something last, and the others as one', () => {
    const people = Array.from({ length: 70 }, (_, i) =>
      person(`l_${String(i).padStart(2, '0')}`, [visit(i + 1, 2 * i), visit(100, 2 * i + 1)]),
    )
    const answer = scored(accountOf(people))
    const { listed, count, behaviour } = answer.people
    expect([count, listed.length, answer.people.not_listed]).toEqual([70, 50, 20])
    expect(listed.map(({ lead_id }) => lead_id)).not.toContain('l_50')
    const sum = listed.reduce((points, one) => points + one.points!, behaviour!.points_without)
    expect(behaviour!.points_of_others).toBeGreaterThan(0)
    expect(sum + behaviour!.points_of_others).toBeCloseTo(pointsOf(answer), 9)
  })

  it('is decided on by the policy, and bound by what binds all its people', () => {
    const rival = person('l_1', [visit(1, 1)], 'ann@rival.example')
    const own = person('l_2', [])
    const both = scored(accountOf([rival, own]))
    expect([both.verdict.status, both.verdict.rules]).toEqual(['eligible', []])
    expect([by(both, 'l_1').verdict, by(both, 'l_2').verdict]).toEqual(['disqualified', 'eligible'])
    const { account } = both.scores
    expect(both.decision).toMatchObject({ band: account?.applies && account.band, grade: null })

    const nobody = scored(accountOf([rival, person('l_2', [], 'bob@rival.example')]))
    expect(nobody.verdict.status).toBe('disqualified')
    expect(nobody.verdict.rules.map(({ id }) => id)).toEqual(['competitor'])
    expect(nobody.decision.band).toBe('disqualified')
    // A verdict never changes a probability.
    expect(nobody.scores['account']).toEqual(both.scores['account'])
  })

  it('stands in the bands of everyone, whatever segment it is in: those of segments are for leads', () => {
    const segments = [{ name: 'software', when: [{ account_trait: 'industry', one_of: ['software'] }] }]
    const base = engine([loaded(logisticArtifact({ ...ofAccounts, segments }))])
    const given = { ...base, policy: withSegmentBands(base.policy, 'software', 20) }
    const account = accountOf([person('l_1', [])])
    const answer = scoreAccount(given, account, AS_OF, {
      explain: false,
      scoreLead: (lead) => scoreLead(given, account, lead, AS_OF, { explain: false }),
    })
    // 60 points: low for everyone.
    expect([answer.scores['account'], answer.decision]).toMatchObject([{ band: 'low' }, { band: 'low' }])
  })

  it('is judged by everybody in it, also by those who are not listed', () => {
    const rivals = Array.from({ length: 60 }, (_, i) =>
      person(`l_${String(i).padStart(2, '0')}`, [visit(i + 1, i)], `p${i}@rival.example`),
    )
    expect(scored(accountOf(rivals), false).verdict.status).toBe('disqualified')
    const silent = person('l_99', [])
    const answer = scored(accountOf([...rivals, silent]), false)
    expect(answer.people.listed.map(({ lead_id }) => lead_id)).not.toContain('l_99')
    expect([answer.verdict.status, answer.verdict.rules]).toEqual(['eligible', []])
  })

  it('does not apply once the account has won, whoever of it was a contact of the deal', () => {
    const won = deal({ outcome: 'won', closedAt: AS_OF - DAY, knownAt: AS_OF - DAY, contacts: [] })
    const answer = scored(accountOf([person('l_1', [visit(1, 1)])], { deals: [won] }))
    expect(answer.scores['account']).toEqual({
      applies: false,
      why: 'has won in the pipeline new_business since 2026-11-20T00:00:00Z',
    })
    expect([answer.decision.band, answer.people.behaviour]).toEqual(['unscored', null])
    // Its people were no contacts: models of leads go on.
    expect(answer.people.listed[0]!.score.applies).toBe(true)
  })
})
