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

function rowOf(record: AccountRecord, lead = record.leads[0]!, asOf = AS_OF): Float64Array {
  const row = new Float64Array(registry.columns.length)
  registry.computeRow(factsAt(record, lead, asOf), row)
  return row
}

/** As `GET /v1/leads/:id` shows the lead, and the others of its account by their own. */
function requestOf(
  change: (account: Record<string, unknown>) => object,
  stored: AccountRecord,
  lead = subject,
): ReturnType<typeof recordOf> {
  const { lead: shown, account: known, events, as_of } = leadFacts(stored, lead, null, AS_OF)
  const people = stored.leads
    .filter((other) => other !== lead)
    .map((other) => leadFacts(stored, other, null, AS_OF))
    .map((facts) => ({ ...facts.lead, events: facts.events }))
  const body: unknown = JSON.parse(
    JSON.stringify({ lead: shown, account: change({ ...known, people }), events, as_of }),
  )
  return recordOf(scoreRequestSchema.parse(body), AS_OF)
}

function rowOfRequest(...given: Parameters<typeof requestOf>): Float64Array {
  const { account: record, lead, asOf } = requestOf(...given)
  return rowOf(record, lead, asOf)
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

  describe('with colleagues', () => {
    const early = (leadId: string, ago: number) =>
      lead(leadId, {
        createdAt: AS_OF - ago * DAY,
        traits: [trait('title', 'VP Sales', { ago }), trait('source', 'webinar', { ago })],
        events: [event('demo_requested', 5, { eventId: `${leadId}-1` }), event('docs_viewed', 9)],
      })
    // The first contact comes before the lead, by id and in time; the other after it in both.
    const stored = account([early('l0', 300), subject, early('l2', 20)])
    const columnsWhere = (isSo: (value: number, column: number) => boolean, row: Float64Array) =>
      registry.columns.flatMap(({ name }, column) => (isSo(row[column]!, column) ? [name] : []))

    it('have one row, bit for bit, where the request tells of all people of the account', () => {
      const row = rowOf(stored, subject)
      expect(Buffer.from(rowOfRequest((shown) => shown, stored).buffer)).toEqual(Buffer.from(row.buffer))
      const alone = rowOf(account([subject]), subject)
      const moved = columnsWhere((value, column) => !Object.is(value, alone[column]), row)
      expect(moved).toEqual(
        expect.arrayContaining(['first_seniority', 'colleagues.engaged', 'colleagues.activity', 'interest']),
      )
    })

    it('differ by what is missing where it does not: nobody is taken for alone, and the words say so', () => {
      const { account: record, lead, asOf } = requestOf(({ people: _, ...shown }) => shown, stored)
      const row = rowOf(record, lead, asOf)
      const truth = rowOf(stored, subject)
      const told = (name: string) => {
        const column = registry.columns.findIndex((one) => one.name === name)
        return registry.describe(factsAt(record, lead, asOf), column, row[column]!)
      }
      const lost = columnsWhere((value, column) => Number.isNaN(value) && !Number.isNaN(truth[column]), row)
      expect(lost).toEqual(expect.arrayContaining(['colleagues.engaged', 'colleagues.activity']))
      const others = columnsWhere((value, column) => !Object.is(value, truth[column]), row)
      expect(others.filter((name) => !lost.includes(name))).toEqual(['interest'])
      expect(told('colleagues.engaged')).toBe('not known what its colleagues do')
      expect(told('first_seniority')).toBe('first contact not known')
      expect(told('interest')).toMatch(/^interest \d.* demo request.*; not known what its colleagues do$/)
      // What it did itself counts as that of a first contact.
      expect(row.at(registry.columns.findIndex(({ name }) => name === 'interest'))).toBe(
        rowOf(account([subject]), subject).at(registry.columns.findIndex(({ name }) => name === 'interest')),
      )
    })

    it('are refused where somebody stands in the request twice, or did something in the future', () => {
      const faulty = (people: object[]) => () =>
        recordOf(scoreRequestSchema.parse({ lead: { lead_id: 'x' }, account: { people } }), AS_OF)
      expect(faulty([{ lead_id: 'y' }, { lead_id: 'x' }])).toThrow(
        /account\.people\[1\]\.lead_id is the lead_id of lead too/,
      )
      expect(faulty([{ lead_id: 'y' }, { lead_id: 'y' }])).toThrow(/lead_id of account\.people\[0\] too/)
      const event = { type: 'a', occurred_at: '2026-03-02T00:00:00Z', event_id: 'e' }
      expect(faulty([{ lead_id: 'y', events: [event] }])).toThrow(
        /account\.people\[0\]\.events\[0\]\.occurred_at must not lie in the future/,
      )
      const twice = { ...event, occurred_at: '2026-02-02T00:00:00Z' }
      expect(faulty([{ lead_id: 'y', events: [twice, twice] }])).toThrow(
        /people\[0\]\.events\[1\]\.event_id is the event_id of account\.people\[0\]\.events\[0\] too/,
      )
    })
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
