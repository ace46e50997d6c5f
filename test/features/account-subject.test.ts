/** An account as one subject: what its people did, who of them takes an interest, and who came first, as of a moment. */
import { describe, expect, it } from 'vitest'
import { accountSubject } from '../../src/features/account-subject.ts'
import { factsAt } from '../../src/features/facts.ts'
import { defineRegistry, fitRegistry } from '../../src/features/registry.ts'
import { type AccountRecord, DAY, type LeadRecord } from '../../src/glossary.ts'
import { AS_OF, account, definitionWith, event, lead, numberOf, trait } from './records.ts'

const ASKED = { entity: 'account' }

function factsOf(record: AccountRecord, asOf = AS_OF) {
  const view = accountSubject(record)!
  return factsAt(view, view.leads[0], asOf)
}

function columnsOf(feature: unknown, record: AccountRecord): Record<string, [number, string]> {
  const registry = fitRegistry(defineRegistry(definitionWith([feature], ASKED)), {})
  const facts = factsOf(record)
  const row = new Float64Array(registry.columns.length).fill(-999)
  registry.computeRow(facts, row)
  return Object.fromEntries(
    registry.columns.map(({ name }, i) => [name, [row[i]!, registry.describe(facts, i, row[i]!)]]),
  )
}

const titled = (leadId: string, title: string, daysAgo: number, more: Partial<LeadRecord> = {}) =>
  lead(leadId, {
    createdAt: AS_OF - 60 * DAY,
    traits: [trait('title', title, { ago: 60 })],
    events: [event('page_viewed', daysAgo, { eventId: `${leadId}-1` })],
    ...more,
  })

describe('an account', () => {
  it('is told by how many of its people take an interest, of how many departments and ranks', () => {
    const people = [
      titled('l1', 'CTO', 3),
      titled('l2', 'Head of Sales', 29),
      titled('l3', 'Software Engineer', 10),
      titled('l4', 'CEO', 31),
      // Nothing of the last is a sign of interest, and nobody has heard of the one after.
      titled('l5', 'CFO', 2, { events: [event('unsubscribed', 2)] }),
      titled('l6', 'CFO', 2, {
        traits: [trait('title', 'CFO', { ago: 60, knownAgo: -1 })],
        events: [event('page_viewed', 2, { knownAgo: 0 })],
      }),
    ]
    const feature = { people: {} }
    const definition = definitionWith([feature], { ...ASKED, not_engagement: ['unsubscribed'] })
    const registry = fitRegistry(defineRegistry(definition), {})
    const facts = factsOf(account(people))
    const row = new Float64Array(registry.columns.length)
    registry.computeRow(facts, row)
    const told = registry.columns.map(({ name }, i) => [name, row[i], registry.describe(facts, i, row[i]!)])
    expect(told).toEqual([
      ['people.known', 5, '5 people known'],
      ['people.engaged', 3, '3 engaged people in the last 30 days'],
      ['people.departments', 2, 'engaged people in the last 30 days of 2 departments'],
      ['people.seniorities', 3, 'engaged people in the last 30 days of 3 ranks'],
      ['people.decision_makers', 2, 'engaged people in the last 30 days: 2 executives, VPs or directors'],
    ])
    expect(columnsOf(feature, account([titled('l1', 'CTO', 31)]))['people.departments']).toEqual([
      0,
      'no engaged people in the last 30 days',
    ])
  })

  it('did what its people did, in order of time', () => {
    const people = [
      lead('l1', { events: [event('page_viewed', 9), event('page_viewed', 1)] }),
      lead('l2', { events: [event('demo_requested', 5), event('page_viewed', 3, { knownAgo: -1 })] }),
    ]
    const facts = factsOf(account(people))
    expect(facts.events.map(({ eventId }) => eventId)).toEqual([
      'page_viewed-9-9',
      'demo_requested-5-5',
      'page_viewed-1-1',
    ])
    expect(facts.colleagues).toEqual([])
    const count = { behaviour: { event: 'page_viewed', label: 'view', measures: ['count'] } }
    expect(columnsOf(count, account(people))['page_viewed.count']).toEqual([2, '2 views within a year'])
  })

  it('has the interest that each of its leads has: of the first contact fully, of others the share', () => {
    const demo = { event: 'demo_requested', label: 'demo request', weight: 4, half_life: '10d' }
    const feature = { interest: { share: 0.25, events: [demo] } }
    const first = lead('l9', { createdAt: AS_OF - 200 * DAY, events: [event('demo_requested', 10)] })
    const other = lead('l1', { events: [event('demo_requested', 20)] })
    expect(columnsOf(feature, account([other, first]))).toEqual({
      interest: [
        4 * 0.5 + 0.25 * 4 * 0.25,
        'interest 3.3 times that of an account without any activity: mostly demo request of the first contact',
      ],
    })
    const { events, createdAt } = first
    expect(numberOf(feature, { lead: { leadId: 'l9', events, createdAt }, colleagues: [other] })).toBe(2.25)
  })

  it('answers for a lead by its first contact of that time, whoever is discovered later', () => {
    const late = lead('l2', {
      createdAt: AS_OF - 400 * DAY,
      traits: [trait('country', 'France', { ago: 400, knownAgo: 5 })],
      events: [],
    })
    const people = [lead('l1', { traits: [trait('country', 'Germany')] }), late]
    const before = factsOf(account(people), AS_OF - 6 * DAY)
    expect([before.leadTrait('country'), before.createdAt]).toEqual(['Germany', AS_OF - 120 * DAY])
    const after = factsOf(account(people))
    expect([after.leadTrait('country'), after.createdAt, after.firstContactId]).toEqual([
      'France',
      AS_OF - 400 * DAY,
      'l2',
    ])
    // Moments at which it becomes a row are counted from whom we knew it by.
    expect(accountSubject(account(people))!.leads[0].createdAt).toBe(AS_OF - 120 * DAY)
    const nobody = factsOf(account(people), AS_OF - 500 * DAY)
    expect([nobody.leadTrait('country'), nobody.createdAt, nobody.people, nobody.firstContactId]).toEqual([
      undefined,
      Number.POSITIVE_INFINITY,
      [],
      'a1',
    ])
    // Of several who came at one time, whoever is first by id and was known: not whoever stands first.
    const twins = ['l8', 'l7', 'l6'].map((leadId) =>
      lead(leadId, { traits: [trait('country', leadId, { ago: 9, knownAgo: leadId === 'l6' ? -1 : 9 })] }),
    )
    const [one, other] = [twins, twins.toReversed()].map((given) => factsOf(account(given)))
    expect([one?.firstContactId, other?.firstContactId, one?.leadTrait('country')]).toEqual([
      'l7',
      'l7',
      'l7',
    ])
  })

  it('has its own deals, and none of other accounts; without an account it is no subject', () => {
    const deal = (dealId: string, accountId: string | null) => ({
      dealId,
      accountId,
      pipeline: 'new_business',
      openedAt: 1,
      closedAt: null,
      knownAt: 1,
      outcome: 'open' as const,
      amount: null,
      currency: null,
      lostReason: null,
      contacts: [{ leadId: 'l1', isPrimary: false }],
      stages: [],
    })
    const deals = [deal('d1', 'a1'), deal('d2', 'a2'), deal('d3', null)]
    const subject = accountSubject(account([lead('l1')], { deals }))!
    expect(subject.deals.map(({ dealId, contacts }) => [dealId, contacts])).toEqual([
      ['d1', [{ leadId: 'a1', isPrimary: true }]],
      ['d3', [{ leadId: 'a1', isPrimary: true }]],
    ])
    expect(accountSubject(account([lead('l1', { accountId: null })], { accountId: null }))).toBeNull()
    expect(factsOf(account([])).people).toEqual([])
  })

  it('refuses features that it cannot have, by name', () => {
    const asked = (feature: unknown) => () => definitionWith([feature], ASKED)
    expect(asked({ colleagues: {} })).toThrowError(/colleagues: is for "entity: lead" only\. Given: account/)
    expect(asked({ seniority: {} })).toThrowError(/of: must be one of: account, first_contact/)
    expect(() => definitionWith([{ people: {} }])).toThrowError(/people: is for "entity: account" only/)
    expect(asked({ seniority: { of: 'first_contact' } })).not.toThrowError()
  })
})
