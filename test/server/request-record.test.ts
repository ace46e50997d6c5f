/** What `GET /v1/leads/:id` answers, sent to `POST /v1/score`, makes the row that the stored lead has. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factsAt } from '../../src/features/facts.ts'
import { defineRegistry, fitRegistry } from '../../src/features/registry.ts'
import { type AccountRecord, DAY, type Deal } from '../../src/glossary.ts'
import { leadFacts } from '../../src/server/lead-facts.ts'
import { recordOf } from '../../src/server/request-record.ts'
import { scoreRequestSchema } from '../../src/server/schemas/score-request.ts'
import { AS_OF, account, event, lead, trait } from '../features/records.ts'
import { shippedDefinition } from '../support/shipped-definition.ts'

const unfitted = defineRegistry(shippedDefinition('conversion'))
const registry = fitRegistry(
  unfitted,
  Object.fromEntries(unfitted.vocabularyFeatures.map((feature) => [feature, ['software', 'webinar']])),
)
const CUSTOMER = registry.columns.findIndex(({ name }) => name === 'customer')

const subject = lead('l1', {
  traits: [trait('email', 'ada@acme.example'), trait('source', 'webinar')],
  events: [event('pricing_page_viewed', 3), event('demo_requested', 1)],
})

function rowOf(record: AccountRecord, asOf = AS_OF): Float64Array {
  const row = new Float64Array(registry.columns.length)
  registry.computeRow(factsAt(record, record.leads[0]!, asOf), row)
  return row
}

function rowOfRequest(change: (account: Record<string, unknown>) => object, stored: AccountRecord) {
  const { lead: shown, account: known, events, as_of } = leadFacts(stored, subject, AS_OF)
  const body: unknown = JSON.parse(
    JSON.stringify({ lead: shown, account: change({ ...known }), events, as_of }),
  )
  const record = recordOf(scoreRequestSchema.parse(body), AS_OF)
  return rowOf(record.account, record.asOf)
}

const won = (closedAt: number, knownAt: number): Deal => ({
  ...{ dealId: 'd1', accountId: 'a1', pipeline: 'new_business', openedAt: AS_OF - 90 * DAY },
  ...{
    closedAt,
    knownAt,
    outcome: 'won',
    amount: 10,
    currency: null,
    lostReason: null,
    contacts: [],
    stages: [],
  },
})

describe('a stored lead and the request that tells the same of it', () => {
  const storedWith = (...deals: Deal[]) =>
    account([subject], { traits: [trait('industry', 'software')], deals })

  it('have one row, bit for bit, whenever its account became a customer', () => {
    const time = fc.integer({ min: -5, max: 5 }).map((days) => AS_OF + days * DAY)
    const deals = fc.array(fc.record({ closedAt: time, knownAt: time }), { maxLength: 3 })
    const seen = new Set<number>()
    fc.assert(
      fc.property(deals, (given) => {
        const stored = storedWith(...given.map(({ closedAt, knownAt }) => won(closedAt, knownAt)))
        const row = rowOf(stored)
        expect(Buffer.from(rowOfRequest((shown) => shown, stored).buffer)).toEqual(Buffer.from(row.buffer))
        seen.add(row[CUSTOMER]!)
      }),
    )
    expect([...seen].sort()).toEqual([0, 1])
  })

  it('differ by what is missing where the request does not say whether it is a customer', () => {
    const stored = storedWith(won(AS_OF - DAY, AS_OF - DAY))
    const row = rowOf(stored)
    expect(row[CUSTOMER]).toBe(1)
    row[CUSTOMER] = Number.NaN
    expect(rowOfRequest(({ customer_since: _, ...shown }) => shown, stored)).toEqual(row)
  })

  it('no customer begins in the future', () => {
    const body = { lead: { lead_id: 'x' }, account: { customer_since: '2026-03-02T00:00:00Z' } }
    expect(() => recordOf(scoreRequestSchema.parse(body), AS_OF)).toThrow(
      /account\.customer_since must not lie/,
    )
    const soon = { ...body, account: { customer_since: '2026-03-01T00:00:05Z' } }
    const { account: record, asOf } = recordOf(scoreRequestSchema.parse(soon), AS_OF)
    expect(factsAt(record, record.leads[0]!, asOf).isCustomer).toBe(true)
  })
})
