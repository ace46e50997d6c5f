/** Whom a model is about, by what was known at the moment. */
import { describe, expect, it } from 'vitest'
import { DAY, type Deal } from '../../src/glossary.ts'
import { wasOver, whyNotApplicable } from '../../src/scoring/applicability.ts'
import { scoreWithInput } from '../../src/scoring/engine.ts'
import { accountFacts } from '../../src/server/account-facts.ts'
import { leadFacts } from '../../src/server/lead-facts.ts'
import { AS_OF, deal, definition, engine, records } from './fixture.ts'

const ago = (days: number): number => AS_OF - days * DAY

/** Ended 30 days ago, which was learned 10 days ago. */
const ended = (outcome: 'won' | 'lost'): Deal =>
  deal({ outcome, closedAt: ago(30), knownAt: ago(10), amount: 700, currency: 'EUR', lostReason: 'price' })

function whyAt(name: 'leads' | 'deals' | 'customers', deals: readonly Deal[], asOf: number, leadId = 'l_1') {
  const { account, lead } = records({ deals })
  return whyNotApplicable(definition('any', name), account, { ...lead, leadId }, asOf)
}

describe('what was not known then', () => {
  it('is not judged by: a deal that had ended was open as long as nobody knew', () => {
    for (const outcome of ['won', 'lost'] as const) {
      const deals = [ended(outcome)]
      expect([30, 20, 10].map((days) => whyAt('leads', deals, ago(days)))).toEqual([null, null, null])
      expect([30, 20, 10].map((days) => whyAt('deals', deals, ago(days)))).toEqual([null, null, null])
      expect(whyAt('leads', deals, ago(10) + 1)).toMatch(/ in the pipeline new_business since 2026-10-22/)
      expect(whyAt('deals', deals, ago(10) + 1)).toBe('has no open deal in the pipeline new_business')
    }
    expect(whyAt('customers', [ended('won')], ago(10))).toBe('not a customer')
  })

  it('still leaves no moment to history that asks what became of a lead', () => {
    const { account, lead } = records({ deals: [ended('won')] })
    const over = (asOf: number) => wasOver(definition(), account, lead, asOf)
    expect([ago(30), ago(30) + 1, ago(5)].map(over)).toEqual([false, true, true])
  })

  it('is neither shown nor expected: no end, no reason, and no amount of later', () => {
    const { account, lead } = records({ deals: [ended('lost')] })
    const open = { outcome: 'open', closed_at: null, amount: null, lost_reason: null }
    const closed = { outcome: 'lost', closed_at: '2026-10-22T00:00:00Z', amount: 700, lost_reason: 'price' }
    for (const [asOf, then] of [
      [ago(10), open],
      [ago(9), closed],
    ] as const) {
      expect(leadFacts(account, lead, null, asOf).deals).toMatchObject([then])
      expect(accountFacts(account, asOf).deals).toMatchObject([then])
    }
    const openDealAt = (asOf: number, given: Deal) => {
      const record = records({ deals: [given] })
      return scoreWithInput(engine(), record.account, record.lead, asOf, { explain: false }).input.openDeal
    }
    expect(openDealAt(ago(40), ended('lost'))).toBeNull()
    const running = deal({ amount: 700, currency: 'EUR' })
    expect(openDealAt(ago(40), running)).toEqual({ amount: 700, currency: 'EUR' })
  })
})

describe('deals', () => {
  it('of other accounts are shown of the lead that is a contact, and of nobody else', () => {
    const { account, lead } = records({
      deals: [deal({ dealId: 'd_1' }), deal({ dealId: 'd_2', accountId: 'a_2' })],
    })
    const colleague = { ...lead, leadId: 'l_2' }
    const both = { ...account, leads: [lead, colleague] }
    const ids = ({ deals }: { deals: readonly { deal_id: string }[] }) => deals.map(({ deal_id }) => deal_id)
    expect(ids(accountFacts(both, AS_OF))).toEqual(['d_1'])
    expect(ids(leadFacts(both, lead, null, AS_OF))).toEqual(['d_1', 'd_2'])
    expect(ids(leadFacts(both, colleague, null, AS_OF))).toEqual(['d_1'])
  })

  it('are asked about by their primary contact alone, as they are learned from', () => {
    const contacts = [
      { leadId: 'l_0', isPrimary: false },
      { leadId: 'l_1', isPrimary: true },
    ]
    const deals = [deal({ contacts })]
    expect(whyAt('deals', deals, AS_OF)).toBeNull()
    expect(whyAt('deals', deals, AS_OF, 'l_0')).toBe(
      'is not the primary contact of an open deal in the pipeline new_business',
    )
    expect(whyAt('deals', deals, AS_OF, 'l_2')).toBe('has no open deal in the pipeline new_business')
  })
})
