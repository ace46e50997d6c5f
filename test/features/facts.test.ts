import { describe, expect, it } from 'vitest'
import { factsAt } from '../../src/features/facts.ts'
import { DAY, type Deal, type LeadEvent, type LeadRecord, type Trait } from '../../src/glossary.ts'
import { AS_OF, account, event, lead, trait } from './records.ts'

const MOMENT = 1 / 86_400_000

const factsOf = (parts: { traits?: Trait[]; events?: LeadEvent[] }) => {
  const subject = lead('l1', parts)
  return factsAt(account([subject]), subject, AS_OF)
}

describe('facts', () => {
  it('hold what occurred and was known strictly before', () => {
    const events = [
      event('seen', 5),
      event('just_before', MOMENT),
      event('at_the_moment', 0),
      event('at_the_moment_known_before', 0, { knownAgo: 1 }),
      event('after', -1),
      event('late', 5, { knownAgo: 0 }),
      event('late_enough', 5, { knownAgo: MOMENT }),
      event('known_before_it_occurred', -1, { knownAgo: 5 }),
    ]
    const types = factsOf({ events }).events.map(({ type }) => type)
    expect(types.toSorted()).toEqual(['just_before', 'late_enough', 'seen'])
  })

  it('are in order of occurrence, then of knowledge, then of id, however they were loaded', () => {
    const events = [
      event('e', 1, { eventId: 'b' }),
      event('d', 1, { eventId: 'a' }),
      event('c', 2, { knownAgo: 0.5 }),
      event('b', 2, { knownAgo: 1 }),
      event('a', 3),
    ]
    expect(factsOf({ events }).events.map(({ type }) => type)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('leave what they were given as it was', () => {
    const events = [event('b', 1), event('a', 2), event('c', 0)]
    const copy = [...events]
    expect(factsOf({ events }).events).toHaveLength(2)
    expect(events).toEqual(copy)
  })

  it('take the latest value of a trait, by occurrence first, then by knowledge', () => {
    const title = (...traits: Trait[]) => [
      factsOf({ traits }).leadTrait('title'),
      factsOf({ traits: traits.toReversed() }).leadTrait('title'),
    ]
    const old = trait('title', 'CEO', { ago: 90 })
    expect(title(old, trait('title', 'CTO', { ago: 50 }))).toEqual(['CTO', 'CTO'])
    // Learned later about an earlier time: the later truth stays.
    expect(title(old, trait('title', 'intern', { ago: 95, knownAgo: 1 }))).toEqual(['CEO', 'CEO'])
    // A correction of the same time.
    expect(title(old, trait('title', 'COO', { ago: 90, knownAgo: 10 }))).toEqual(['COO', 'COO'])
    expect(title(old, trait('title', 'CFO', { ago: 50, knownAgo: 0 }))).toEqual(['CEO', 'CEO'])
    // Empty text: known to be unknown from then on.
    expect(title(old, trait('title', '', { ago: 50 }))).toEqual([undefined, undefined])
    // Nothing tells them apart but the source: the same one wins in any order.
    expect(title(old, trait('title', 'Boss', { ago: 90, source: 'zoominfo' }))).toEqual(['Boss', 'Boss'])
    expect(title()).toEqual([undefined, undefined])
  })

  it('keep the traits of lead and account apart', () => {
    const subject = lead('l1', { traits: [trait('country', 'France')] })
    const facts = factsAt(account([subject], { traits: [trait('country', 'Japan')] }), subject, AS_OF)
    expect([facts.leadTrait('country'), facts.accountTrait('country')]).toEqual(['France', 'Japan'])
    expect(facts.leadTrait('constructor')).toBeUndefined()
  })

  it('know the colleagues that existed, with their own events before the moment', () => {
    const subject = lead('l2')
    const others = [
      lead('l3', { events: [event('late', 1, { knownAgo: 0 }), event('seen', 1)] }),
      lead('l1'),
      lead('l4', { createdAt: AS_OF }),
      lead('l5', { createdAt: AS_OF - 1 }),
    ]
    const facts = factsAt(account([subject, ...others]), subject, AS_OF)
    expect(facts.colleagues?.map(({ leadId, events }) => [leadId, events.length])).toEqual([
      ['l1', 0],
      ['l3', 1],
      ['l5', 0],
    ])
  })

  it('know no colleagues without an account', () => {
    const subject = lead('l1', { accountId: null })
    const facts = factsAt(account([subject, lead('l2')], { accountId: null }), subject, AS_OF)
    expect(facts.colleagues).toEqual([])
  })

  describe('of the first contact', () => {
    const subject = lead('l2', { createdAt: AS_OF - 50 * DAY, traits: [trait('title', 'Intern')] })
    const first = (leadId: string, ago: number, ...traits: Trait[]) =>
      lead(leadId, { createdAt: AS_OF - ago * DAY, traits })
    const seenWith = (...others: LeadRecord[]) => {
      const facts = factsAt(account([...others, subject]), subject, AS_OF)
      return [facts.firstContactId === facts.leadId, facts.firstContactTrait('title')]
    }
    const vp = trait('title', 'VP Sales')

    it('take the earliest lead, of equals the first by id, and the lead itself where it is that one', () => {
      expect(seenWith()).toEqual([true, 'Intern'])
      expect(seenWith(first('l1', 49, vp))).toEqual([true, 'Intern'])
      expect(seenWith(first('l1', 50, vp))).toEqual([false, 'VP Sales'])
      expect(seenWith(first('l3', 50, vp))).toEqual([true, 'Intern'])
      expect(seenWith(first('l3', 51, vp), first('l1', 60, trait('title', 'CTO')))).toEqual([false, 'CTO'])
      expect(seenWith(first('l1', 60, trait('phone', '1')))).toEqual([false, undefined])
    })

    it('pass over who was not known yet, and traits that were not', () => {
      const late = trait('title', 'VP Sales', { knownAgo: 0 })
      expect(seenWith(first('l1', 60, late))).toEqual([true, 'Intern'])
      expect(seenWith(first('l1', 60, trait('title', 'CTO'), late))).toEqual([false, 'CTO'])
      expect(seenWith(first('l1', 60))).toEqual([true, 'Intern'])
    })

    it('keep strangers without an account apart', () => {
      const alone = lead('l2', { accountId: null, traits: [trait('title', 'Intern')] })
      const facts = factsAt(account([first('l1', 300, vp), alone], { accountId: null }), alone, AS_OF)
      expect([facts.firstContactId, facts.firstContactTrait('title')]).toEqual(['l2', 'Intern'])
    })
  })

  it('know a customer by a deal won strictly before, in whatever pipeline', () => {
    const subject = lead('l1')
    const isCustomer = (...deals: Partial<Deal>[]) =>
      factsAt(account([subject], { deals: deals.map(deal) }), subject, AS_OF).isCustomer
    expect(isCustomer()).toBe(false)
    expect(isCustomer({ outcome: 'won', closedAt: AS_OF - 1 })).toBe(true)
    expect(isCustomer({ outcome: 'won', closedAt: AS_OF - 1, pipeline: 'expansion' })).toBe(true)
    expect(isCustomer({ outcome: 'won', closedAt: AS_OF })).toBe(false)
    expect(isCustomer({ outcome: 'won', closedAt: AS_OF - DAY, knownAt: AS_OF })).toBe(false)
    expect(isCustomer({ outcome: 'lost', closedAt: AS_OF - 1 }, { outcome: 'open' })).toBe(false)
  })

  it('know no customer by the deal of another account; by contacts where it is not said whose deal it is', () => {
    const consultant = lead('l1')
    const won = { outcome: 'won' as const, closedAt: AS_OF - 1 }
    const isCustomer = (accountId: string | null, parts: Partial<Deal>) => {
      const record = account([lead('l0'), consultant], { accountId, deals: [deal({ ...won, ...parts })] })
      return factsAt(record, consultant, AS_OF).isCustomer
    }
    const contacts = [{ leadId: 'l1', isPrimary: false }]
    expect(isCustomer('a1', { accountId: 'a1', contacts: [] })).toBe(true)
    expect(isCustomer('a1', { accountId: 'a2', contacts })).toBe(false)
    expect(isCustomer('a1', { accountId: null, contacts })).toBe(true)
    expect(isCustomer('a1', { accountId: null, contacts: [{ leadId: 'l9', isPrimary: true }] })).toBe(false)
    expect(isCustomer(null, { accountId: 'a2', contacts })).toBe(true)
  })

  it('say of a record without deals what was said of it, and nothing where nothing was', () => {
    const subject = lead('l1')
    const isCustomer = (customerSince: number | null | 'unknown') =>
      factsAt(account([subject], { customerSince }), subject, AS_OF).isCustomer
    expect([AS_OF - 1, AS_OF, null, 'unknown' as const].map(isCustomer)).toEqual([
      true,
      false,
      false,
      undefined,
    ])
  })
})

function deal(parts: Partial<Deal>): Deal {
  return {
    dealId: 'd1',
    accountId: 'a1',
    pipeline: 'new_business',
    openedAt: AS_OF - 90 * DAY,
    closedAt: null,
    knownAt: AS_OF - 90 * DAY,
    outcome: 'open',
    amount: null,
    currency: null,
    lostReason: null,
    contacts: [],
    stages: [],
    ...parts,
  }
}
