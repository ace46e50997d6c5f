import { expect, it } from 'vitest'
import { factsAt } from '../../src/features/facts.ts'
import { DAY, type Deal } from '../../src/glossary.ts'
import { firstWonDeal } from '../../src/scoring/applicability.ts'
import { policyInputOf } from '../../src/scoring/decision.ts'
import { AS_OF, deal, engine, records } from './fixture.ts'

/** The amount of the open deal, as the policy sees it. */
function openAmount(...deals: readonly Partial<Deal>[]): number | undefined {
  const { account, lead } = records({ deals: deals.map((one) => deal({ amount: 7, ...one })) })
  const facts = factsAt(account, lead, AS_OF)
  return policyInputOf(engine(), account, lead, facts, [], new Map(), { status: 'eligible' }).openDeal?.amount
}

it('an open deal counts from the moment on at which it was opened and known', () => {
  expect(openAmount({ openedAt: AS_OF - DAY, knownAt: AS_OF - 1 })).toBe(7)
  expect(openAmount({ openedAt: AS_OF - DAY, knownAt: AS_OF })).toBeUndefined()
  expect(openAmount({ openedAt: AS_OF, knownAt: AS_OF - 1 })).toBeUndefined()
})

it('a deal that has ended since has no amount for the past: what it was to be worth then is not kept', () => {
  const ended = { outcome: 'won', closedAt: AS_OF, knownAt: AS_OF + DAY } as const
  expect(openAmount(ended, { amount: 3 })).toBe(3)
  expect(openAmount(ended)).toBeUndefined()
})

it('of several open deals the one opened last counts, of those with an amount', () => {
  expect(openAmount({ amount: 1 }, { amount: 2 }, { amount: null })).toBe(2)
})

it('the deal that made a customer is the one that we knew of first, not the one that was won first', () => {
  const won = (dealId: string, closed: number, known: number) =>
    deal({ dealId, outcome: 'won', closedAt: AS_OF - closed * DAY, knownAt: AS_OF - known * DAY })
  expect(firstWonDeal([won('early', 20, 1), won('told', 10, 10)])?.dealId).toBe('told')
  // Nothing is known to be won before it is.
  expect(firstWonDeal([won('ahead', 5, 30), won('told', 10, 10)])?.dealId).toBe('told')
})
