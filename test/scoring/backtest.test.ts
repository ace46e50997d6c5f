import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { accountRecords } from '../../data/simulated-records.ts'
import { simulate } from '../../data/simulator/simulate.ts'
import { backtestLines } from '../../src/cli/guardrails-text.ts'
import { type AccountRecord, DAY, type LeadRecord, parseTime } from '../../src/glossary.ts'
import { parseGuardrails } from '../../src/guardrails/guardrails.ts'
import { parseLists } from '../../src/guardrails/lists.ts'
import { Backtest } from '../../src/scoring/backtest/backtest.ts'
import { changedVerdict } from '../../src/scoring/backtest/compare-verdicts.ts'
import { runRuleTests } from '../../src/scoring/run-rule-tests.ts'
import { wilsonInterval } from '../../src/statistics/wilson.ts'
import { optionsOf } from '../data/helpers.ts'
import { deal, definition, engine } from './fixture.ts'

const UNTIL = parseTime('2026-11-21T00:00:00Z')
const CREATED = UNTIL - 200 * DAY
const BAD = '{ trait: plan, equals: bad }'
const WORSE = '{ trait: plan, one_of: [worse, bad] }'

function rules(...written: readonly (readonly [id: string, when: string, then: string])[]) {
  const lines = written.map(
    ([id, when, then]) => `  - { id: ${id}, owner: us, reason: R., when: ${when}, then: ${then} }`,
  )
  return parseGuardrails(
    `rules:${lines.length === 0 ? ' []' : `\n${lines.join('\n')}`}\n`,
    'g.yaml',
    parseLists({}),
    {
      bands: ['low', 'high'],
    },
  )
}

/** Of these plans: each from the day on that stands behind it. */
function lead(leadId: string, ...plans: readonly (readonly [plan: string, day: number])[]): LeadRecord {
  const traits = plans.map(([value, day]) => {
    const time = CREATED + day * DAY - 1
    return { name: 'plan', value, occurredAt: time, knownAt: time, source: 'test', undated: false }
  })
  return { leadId, accountId: 'a', createdAt: CREATED, traits, events: [] }
}

function account(leads: readonly LeadRecord[], ...deals: AccountRecord['deals']): AccountRecord {
  return { accountId: 'a', traits: [], leads, deals }
}

const won = (dealId: string, amount: number, openedAfter: number, ...contacts: readonly string[]) =>
  deal({
    dealId,
    amount,
    outcome: 'won',
    openedAt: CREATED + openedAfter * DAY,
    closedAt: CREATED + (openedAfter + 10) * DAY,
    knownAt: CREATED + (openedAfter + 10) * DAY,
    contacts: contacts.map((leadId) => ({ leadId, isPrimary: false })),
  })

it('counts by hand: who was stopped when, what came of them, and the deals that nobody would have called about', () => {
  const guardrails = rules(
    ['bad', BAD, 'disqualify'],
    ['worse', WORSE, 'disqualify'],
    ['look', BAD, 'review'],
  )
  const plan = { ...definition(), landmarkDays: [0, 30] }
  const backtest = new Backtest({ engine: engine(), guardrails, definition: plan, until: UNTIL })
  // Bad from the beginning, and won: lost to both rules.
  backtest.add(account([lead('1', ['bad', 0])], won('d1', 100, 5, '1')))
  // Worse for a while, good again at the hand-off: stopped, but no deal is lost.
  backtest.add(account([lead('2', ['worse', 0], ['good', 20])], won('d2', 200, 25, '2')))
  // One of two contacts is bad: touched, for the other would have been called. Who came after the opening does not count.
  backtest.add(
    account(
      [lead('3', ['worse', 0]), lead('4', ['good', 0]), lead('5', ['bad', 60])],
      won('d3', 400, 5, '3', '4', '5'),
    ),
  )
  // Becomes bad at the second landmark, wins nothing.
  backtest.add(account([lead('6', ['good', 0], ['bad', 25])]))
  const { rules: found, disqualified, ...world } = backtest.report(false)
  expect(world).toMatchObject({
    leads: 6,
    won_deals: 3,
    currency: null,
    revenue: 700,
    revenue_unconverted: {},
    until: '2026-11-21T00:00:00Z',
    notes: [],
  })
  const figures = Object.fromEntries(
    [...found, { id: 'all', ...disqualified }].map(({ id, stopped, rest, won_deals: deals }) => [
      id,
      [
        stopped.leads,
        stopped.won,
        rest.leads,
        rest.won,
        deals.lost,
        deals.revenue_lost,
        deals.touched,
        deals.lost_by_this_alone,
      ],
    ]),
  )
  // Lead 5 is known only after its deal was won: there is nothing to predict any more.
  expect(figures).toEqual({
    bad: [2, 1, 3, 3, 1, 100, 0, 0],
    worse: [4, 3, 1, 1, 1, 100, 1, 0],
    look: [2, 1, 3, 3, 1, 100, 0, 0],
    all: [4, 3, 1, 1, 1, 100, 1, 1],
  })
  expect(found[0]?.fired).toEqual({ moments: 2, of: 7 })
  expect(found[0]?.won_deals.examples).toEqual(['d1'])
  expect(found[0]?.stopped.rate).toBe(0.5)
  expect(found[0]?.stopped.interval?.[0]).toBeGreaterThan(0)
})

/** Who has an engine whose policy brings dollars into euros. */
const inEuro = () => {
  const serving = engine()
  const expected_value = { currency: 'EUR', rates: { USD: 0.5 }, least_won_deals: 20 }
  return { ...serving, policy: { ...serving.policy, expected_value } }
}

it('adds amounts in the currency of the policy only; what has no rate stands apart, by currency', () => {
  const replay = (serving: ReturnType<typeof engine>) => {
    const guardrails = rules(['bad', BAD, 'disqualify'])
    const backtest = new Backtest({ engine: serving, guardrails, definition: definition(), until: UNTIL })
    const inCurrencies = ['EUR', null, 'USD', 'GBP', 'CHF', 'GBP'].map((currency, i) => ({
      ...won(`d${i}`, 100, 5, i < 4 ? '1' : '2'),
      currency,
    }))
    backtest.add(account([lead('1', ['bad', 0]), lead('2', ['good', 0])], ...inCurrencies))
    return backtest.report(false)
  }
  const found = replay(inEuro())
  expect(found).toMatchObject({ currency: 'EUR', revenue: 250, revenue_unconverted: { CHF: 100, GBP: 200 } })
  expect(found.rules[0]?.won_deals).toMatchObject({
    revenue_lost: 250,
    revenue_lost_unconverted: { GBP: 100 },
  })
  expect(found.notes).toEqual([expect.stringMatching(/no rate for CHF, GBP /)])
  const text = backtestLines(found).join('\n')
  expect(text).toContain('6 won deals worth 250 EUR, beside 100 CHF and 200 GBP, up to')
  expect(text).toContain('4 of 6 won deals, worth 250 EUR, beside 100 GBP')
  // Without rates nothing is known to be worth the same.
  const { currency, revenue, revenue_unconverted } = replay(engine())
  expect([currency, revenue]).toEqual([null, 100])
  expect(revenue_unconverted).toEqual({ CHF: 100, EUR: 100, GBP: 200, USD: 100 })
})

it('counts a deal with contacts at two companies once, lost only where nobody at either would have been called', () => {
  const guardrails = rules(['bad', BAD, 'disqualify'])
  const backtest = new Backtest({ engine: engine(), guardrails, definition: definition(), until: UNTIL })
  const [shared, lost] = [won('shared', 100, 5, '1', '2'), won('lost', 10, 5, '1', '3')]
  backtest.add(account([lead('1', ['bad', 0])], shared, lost))
  backtest.add({ ...account([lead('2', ['good', 0])], shared), accountId: 'b' })
  backtest.add({ ...account([lead('3', ['bad', 0])], lost), accountId: 'c' })
  const { won_deals, revenue, rules: found, notes } = backtest.report(false)
  expect([won_deals, revenue, notes]).toEqual([2, 110, []])
  expect(found[0]?.won_deals).toMatchObject({ judged: 2, lost: 1, touched: 1, revenue_lost: 10 })
})

it('ends just before its moment, and asks rules of a summer about all of history', () => {
  const text = `rules:\n  - { id: bad, owner: us, reason: R., when: ${BAD}, then: disqualify, valid_from: 2999-01-01 }\n`
  const guardrails = parseGuardrails(text, 'g.yaml', {})
  const backtest = new Backtest({ engine: engine(), guardrails, definition: definition(), until: UNTIL })
  const closing = (dealId: string, closedAt: number) => ({ ...won(dealId, 1, 5, '1'), closedAt })
  const later = { ...lead('later'), createdAt: UNTIL }
  backtest.add(account([lead('1', ['bad', 0]), later], closing('before', UNTIL - 1), closing('after', UNTIL)))
  const { leads, won_deals, rules: found } = backtest.report(false)
  expect([leads, won_deals]).toEqual([1, 1])
  expect(found[0]).toMatchObject({ stopped: { leads: 1 }, won_deals: { lost: 1, examples: ['before'] } })
})

it('takes colleagues for what they are, also where none of them won', () => {
  const guardrails = rules(['bad', BAD, 'disqualify'])
  const backtest = new Backtest({ engine: engine(), guardrails, definition: definition(), until: UNTIL })
  const people = (plan: string) => [0, 1, 2, 3].map((n) => lead(String(n), [plan, 0]))
  for (let n = 0; n < 10; n++) {
    backtest.add(account(people('bad')))
    const contacts = n < 3 ? ['0', '1', '2', '3'] : []
    backtest.add(account(people('good'), won(`d${n}`, 1, 5, ...contacts)))
  }
  const { stopped, rest } = backtest.report(false).rules[0]!
  // Ten companies, whatever the number of leads.
  expect(stopped).toMatchObject({ leads: 40, won: 0 })
  expect(stopped.interval).toEqual(wilsonInterval(0, 10))
  expect(rest).toMatchObject({ leads: 40, won: 12 })
  const tenth = wilsonInterval(3, 10)
  rest.interval?.forEach((end, i) => {
    expect(end).toBeCloseTo(tenth[i]!, 12)
  })
})

it('says what another file tells a lead, and is silent where it says the same', () => {
  const one = lead('1', ['bad', 0])
  const before = rules(['bad', BAD, 'disqualify'])
  const ask = (after: ReturnType<typeof rules>) =>
    changedVerdict(engine(), before, after, account([one]), one, UNTIL)
  expect(ask(rules(['bad', WORSE, 'disqualify']))).toBeNull()
  // Who came later is told nothing yet.
  const later = { ...one, createdAt: UNTIL }
  expect(changedVerdict(engine(), before, rules(), account([later]), later, UNTIL)).toBeNull()
  expect(changedVerdict(engine(), before, rules(), account([later]), later, UNTIL + 1)).not.toBeNull()
  expect(ask(rules(['bad', BAD, '{ cap: low }'], ['off', BAD, '{ exclude: phone }']))).toEqual({
    lead_id: '1',
    before: { status: 'disqualified', cap: null, raise: null, excluded_channels: [], rules: ['bad'] },
    after: {
      status: 'eligible',
      cap: 'low',
      raise: null,
      excluded_channels: ['phone'],
      rules: ['bad', 'off'],
    },
  })
})

it('asks for scores where a rule does, and says that they know the history', () => {
  const guardrails = rules(['low', '{ score: conversion, below: 101 }', 'review'])
  const backtest = new Backtest({ engine: engine(), guardrails, definition: definition(), until: UNTIL })
  backtest.add(account([lead('1', ['good', 0])]))
  const { rules: found, notes } = backtest.report(false)
  expect(found[0]?.stopped.leads).toBe(1)
  expect(notes[0]).toMatch(/learned from this history/)
})

const read = (name: string) => readFileSync(new URL(`../../models/${name}`, import.meta.url), 'utf8')
const SHIPPED_LISTS = parseLists({
  competitors: read('lists/competitors.txt'),
  'served-countries': read('lists/served-countries.txt'),
})

it('finds on the simulator that competitors and students never buy, and that a rule on free mail costs won deals', () => {
  const options = optionsOf({ leads: 2_500, seed: 3 })
  const planted = read('guardrails.yaml').replace(
    'rules:\n',
    'rules:\n  - { id: free-mail, owner: us, reason: Free., when: { derived: mail_domain_kind, equals: free }, then: disqualify }\n',
  )
  const guardrails = parseGuardrails(planted, 'guardrails.yaml', SHIPPED_LISTS)
  const plan = { ...definition(), landmarkDays: [0, 30, 90] }
  const backtest = new Backtest({ engine: inEuro(), guardrails, definition: plan, until: options.endsAt })
  for (const one of simulate(options)) for (const record of accountRecords(one)) backtest.add(record)
  const report = backtest.report(false)
  const of = (id: string) => report.rules.find((rule) => rule.id === id)!
  expect(of('competitor').stopped.leads + of('student').stopped.leads).toBeGreaterThan(20)
  expect([of('competitor').stopped.won, of('student').stopped.won]).toEqual([0, 0])
  expect([of('competitor').won_deals.lost, of('student').won_deals.lost]).toEqual([0, 0])
  expect(of('free-mail').won_deals.lost).toBeGreaterThan(20)
  expect(of('free-mail').won_deals.revenue_lost).toBeGreaterThan(100_000)
  expect(of('free-mail').stopped.rate).toBeGreaterThan(0.04)
})

it('runs the tests of a file: the shipped ones pass, a wrong one says what came and why', () => {
  const shipped = parseGuardrails(read('guardrails.yaml'), 'guardrails.yaml', SHIPPED_LISTS)
  expect(shipped.tests.length).toBeGreaterThan(4)
  expect(runRuleTests(shipped, UNTIL)).toEqual([])
  const tests = `tests:
  - { name: right, lead: { plan: bad }, as_of: 2026-01-05, events: [{ type: e, days_ago: 0 }], expect: review, rules: [r, e] }
  - { name: wrong, lead: { plan: bad }, as_of: 2026-01-04, customer: true, expect: eligible, excluded_channels: [] }
  - { name: scored, scores: { m: 90 }, grade: A1, probabilities: { m: 0.5 }, expect: eligible, raise: high, rules: [s] }
`
  const text = `rules:
  - { id: r, owner: us, reason: R., when: ${BAD}, then: review, valid_from: 2026-01-05 }
  - { id: e, owner: us, reason: R., when: { event: e, within: 1d }, then: { exclude: phone } }
  - { id: c, owner: us, reason: R., when: { derived: customer, equals: true }, then: disqualify }
  - { id: s, owner: us, reason: R., when: { all: [{ score: m, above: 80 }, { probability: m, at_least: 0.5 }, { grade: fit, equals: A }] }, then: { raise: high } }
${tests}`
  const guardrails = parseGuardrails(text, 'g.yaml', {}, { bands: ['low', 'high'] })
  expect(runRuleTests(guardrails, UNTIL)).toEqual([
    {
      name: 'wrong',
      line: 8,
      differences: ['expect should be eligible, but is disqualified', 'what held: c: customer is true'],
    },
  ])
  expect(() =>
    parseGuardrails(text.replace('[r, e]', '[r, ee]'), 'g.yaml', {}, { bands: ['low', 'high'] }),
  ).toThrow(/g\.yaml:7: tests\[0\]\.rules\[1\]: must be the id of a rule.*r, e, c, s/)
})
