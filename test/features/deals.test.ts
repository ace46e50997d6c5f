import { describe, expect, it } from 'vitest'
import { dealAt, isOwnDeal, representativeOf } from '../../src/features/deals.ts'
import { DAY, type Deal } from '../../src/glossary.ts'
import { AS_OF, account, lead } from './records.ts'

const at = (ago: number): number => AS_OF - ago * DAY

function deal(changes: Partial<Deal>): Deal {
  return {
    ...{ dealId: 'd', accountId: 'a1', pipeline: 'new_business', openedAt: at(50), closedAt: at(20) },
    ...{ knownAt: at(10), outcome: 'lost', amount: 900, currency: 'EUR', lostReason: 'price' },
    contacts: [{ leadId: 'l1', isPrimary: false }],
    stages: [{ stage: 'demo', enteredAt: at(40) }],
    ...changes,
  }
}

describe('a deal', () => {
  it('is of the account that it names; where it names none, or the lead has none, of whoever is a contact', () => {
    const company = account([lead('l1')])
    const nobodys = account([lead('l1', { accountId: null })], { accountId: null })
    const others = [{ leadId: 'l9', isPrimary: true }]
    expect(isOwnDeal(deal({ contacts: others }), company)).toBe(true)
    expect(isOwnDeal(deal({ accountId: 'a2' }), company)).toBe(false)
    expect(isOwnDeal(deal({ accountId: null }), company)).toBe(true)
    expect(isOwnDeal(deal({ accountId: null, contacts: others }), company)).toBe(false)
    expect(isOwnDeal(deal({ accountId: 'a2' }), nobodys)).toBe(true)
    expect(isOwnDeal(deal({ accountId: 'a2', contacts: others }), nobodys)).toBe(false)
  })

  it('was open until its end was known, and was worth nobody knows what', () => {
    const given = deal({})
    const open = {
      ...given,
      ...{ closedAt: null, knownAt: at(50), outcome: 'open', amount: null, currency: null, lostReason: null },
    }
    expect(dealAt(given, at(50))).toBeNull()
    expect(dealAt(given, at(45))).toEqual({ ...open, stages: [] })
    for (const moment of [at(20), at(19), at(10)]) expect(dealAt(given, moment)).toEqual(open)
    expect(dealAt(given, at(10) + 1)).toEqual(given)
    // Known before it happens, it has not happened.
    expect(dealAt(deal({ knownAt: at(30) }), at(20))).toMatchObject({ outcome: 'open', closedAt: null })
    const running = deal({ closedAt: null, outcome: 'open', lostReason: null })
    expect(dealAt(running, at(10))).toBeNull()
    expect(dealAt(running, at(10) + 1)).toEqual(running)
  })

  it('is stood for by its primary contact, else by the first', () => {
    const contacts = ['l3', 'l2', 'l1'].map((leadId) => ({ leadId, isPrimary: leadId === 'l2' }))
    expect(representativeOf(deal({ contacts }))).toBe('l2')
    expect(representativeOf(deal({ contacts: contacts.filter(({ isPrimary }) => !isPrimary) }))).toBe('l1')
    expect(representativeOf(deal({ contacts: [] }))).toBeUndefined()
  })
})
