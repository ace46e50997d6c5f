import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countryCodeOf } from '../../src/features/country-code.ts'
import { parseGuardrails } from '../../src/guardrails/guardrails.ts'
import { judge } from '../../src/guardrails/judge.ts'
import { findRuleFaults } from '../../src/guardrails/logic/find-faults.ts'
import { RuleTally } from '../../src/scoring/backtest/tally-rules.ts'
import { DERIVED_DOMAINS } from '../../src/scoring/subject-view.ts'
import { AS_OF, anyCondition, anySubject, LISTS, type Subject, viewOf } from './subjects.ts'

const CONTEXT = { bands: ['cold', 'warm', 'hot'], countryCodeOf, derivedDomains: DERIVED_DOMAINS }
const ASKED = { models: ['conversion', 'm'], now: AS_OF }

/** `then` may have more fields behind it. */
function parse(rules: readonly (readonly [when: string, then: string])[]) {
  const written = rules.map(
    ([when, then], i) => `  - { id: r${i}, owner: us, reason: R., when: ${when}, then: ${then} }`,
  )
  return parseGuardrails(`rules:\n${written.join('\n')}\n`, 'g.yaml', LISTS, CONTEXT)
}

/** `never r0`, `duplicate r1 r0`. */
function faultsOf(...rules: readonly (readonly [when: string, then?: string])[]): string[] {
  const guardrails = parse(rules.map(([when, then = 'review']) => [when, then]))
  return findRuleFaults(guardrails, ASKED).map(({ kind, rule, other }) =>
    [kind, rule, ...(other === null ? [] : [other])].join(' '),
  )
}

describe('one rule', () => {
  it.each([
    ['an age that reaches before 1970', '{ trait: born, older_than: 21900d }', null],
    ['a date before the first that rules may name', '{ trait: born, before: 1970-01-01 }', null],
    [
      'numbers that exclude each other',
      '{ all: [{ trait: n, below: 5 }, { trait: n, at_least: 5 }] }',
      'never r0',
    ],
    ['numbers that meet', '{ all: [{ trait: n, at_most: 5 }, { trait: n, at_least: 5 }] }', null],
    [
      'a score that is known and not',
      '{ all: [{ score: conversion, known: false }, { score: conversion, at_least: 1 }] }',
      'never r0',
    ],
    [
      'a kind that is two kinds',
      '{ all: [{ derived: mail_domain_kind, equals: free }, { derived: mail_domain_kind, equals: student }] }',
      'never r0',
    ],
    [
      'two values of a trait',
      '{ all: [{ trait: p, equals: a }, { trait: p, equals: b }] }',
      'never_unless_list r0',
    ],
    [
      'a value and what it does not contain',
      '{ all: [{ derived: seniority, equals: trainee }, { not: { derived: seniority, contains: train } }] }',
      'never r0',
    ],
    ['parts of a text', '{ all: [{ trait: p, contains: a }, { trait: p, contains: b }] }', null],
    [
      'a country on both sides',
      '{ all: [{ trait: c, in_countries: [DE] }, { trait: c, not_in_countries: [Germany, FR] }] }',
      'never r0',
    ],
    [
      'dates that exclude each other',
      '{ all: [{ trait: d, before: 2026-01-01 }, { trait: d, after: 2026-02-01 }] }',
      'never r0',
    ],
    [
      'dates of the calendar and of the moment',
      '{ all: [{ trait: d, before: 2026-01-01 }, { trait: d, within_last: 30d }] }',
      null,
    ],
    [
      'spans that exclude each other',
      '{ all: [{ trait: d, older_than: 90d }, { trait: d, within_last: 30d }] }',
      'never r0',
    ],
    [
      'a list, and not on it',
      '{ all: [{ derived: mail_domain, in_list: rivals }, { not: { derived: mail_domain, domain_in_list: rivals } }] }',
      'never r0',
    ],
    [
      'fewer within more days',
      '{ all: [{ event: e, within: 7d, at_least: 3 }, { event: e, within: 30d, at_most: 2 }] }',
      'never r0',
    ],
    [
      'three, of which not three lately',
      '{ all: [{ event: e, within: 30d, at_least: 3 }, { not: { event: e, within: 7d, at_least: 3 } }] }',
      null,
    ],
    [
      'more with a property than in all',
      '{ all: [{ event: e, where: { kind: [A] }, within: 7d }, { event: e, where: { kind: [a, b] }, at_most: 0 }] }',
      'never r0',
    ],
    [
      'more of another property',
      '{ all: [{ event: e, where: { kind: a } }, { event: e, where: { kind: b }, at_most: 0 }] }',
      null,
    ],
    [
      'a country by code, and another spelling of it',
      '{ all: [{ trait: c, equals: UK }, { trait: c, in_countries: [GB] }, { not: { trait: c, equals: GB } }] }',
      null,
    ],
    [
      'a country in no spelling that is written',
      '{ all: [{ trait: c, in_countries: [GB] }, { not: { trait: c, one_of: [GB, UK, United Kingdom] } }] }',
      null,
    ],
    [
      'a country by its name, and another country',
      '{ all: [{ trait: c, equals: England }, { trait: c, in_countries: [DE] }] }',
      'never r0',
    ],
    [
      'a country code, which has one spelling',
      '{ all: [{ derived: country_code, in_countries: [United Kingdom] }, { not: { derived: country_code, equals: GB } }] }',
      'never r0',
    ],
    [
      'a number in no spelling that is written',
      '{ all: [{ trait: n, at_least: 5 }, { trait: n, at_most: 5 }, { not: { trait: n, one_of: [5, "5", "5.0"] } }] }',
      null,
    ],
    [
      'a sub-domain that no rule names',
      '{ all: [{ derived: mail_domain, domain_in_list: rivals }, { not: { derived: mail_domain, one_of: [rival.example, a.rival.example, other-rival.example, a.other-rival.example] } }] }',
      null,
    ],
    [
      'a date that is named, and a span from the moment of judging',
      '{ all: [{ trait: d, equals: "2026-11-20" }, { trait: d, within_last: 30d }] }',
      null,
    ],
    [
      'a score between two neighbours',
      '{ all: [{ score: m, above: 80 }, { score: m, below: 81 }] }',
      'never r0',
    ],
    [
      'a probability between two numbers',
      '{ all: [{ probability: m, above: 0.80 }, { probability: m, below: 0.81 }] }',
      null,
    ],
    [
      'known of what is always one of two',
      '{ any: [{ derived: customer, equals: true }, { derived: customer, equals: false }, { derived: customer, known: false }] }',
      'always r0',
    ],
    ['counts that exclude each other', '{ all: [{ event: e }, { event: e, at_most: 0 }] }', 'never r0'],
    [
      'counts of different windows',
      '{ all: [{ event: e, within: 7d, at_least: 2 }, { event: e, at_most: 5 }] }',
      null,
    ],
    ['known or not', '{ any: [{ trait: p, known: true }, { trait: p, known: false }] }', 'always r0'],
    ['a bound, or not', '{ any: [{ trait: n, below: 5 }, { trait: n, at_least: 5 }] }', null],
    ['a model that there is not', '{ score: conversoin, at_least: 5 }', 'unknown_model r0'],
  ])('%s', (_name, when, fault) => {
    expect(faultsOf([when])).toEqual(fault === null ? [] : [fault])
  })
})

describe('a value that never comes', () => {
  const textOf = (when: string) => {
    const [fault, ...others] = findRuleFaults(parse([[when, 'review']]), ASKED)
    expect([fault?.kind, others]).toEqual(['impossible_value', []])
    return fault?.text
  }

  it.each([
    [
      '{ derived: seniority, equals: emperor }',
      'seniority with "emperor" (equals), and it is always one of executive,',
    ],
    ['{ not: { derived: department, one_of: [sales, marketting] } }', 'did you mean "marketing"?'],
    ['{ grade: pair, equals: E1 }', 'a letter from A to D and a digit from 1 to 4'],
    ['{ grade: intent, equals: 1 }', 'text from "1" to "4"'],
    [
      '{ score: m, above: 100.5 }',
      'the score of m with 100.5 (above), and it is always a whole number from 0 to 100.',
    ],
    ['{ score: m, at_most: 150 }', 'from 0 to 100'],
    ['{ score: m, equals: 7.5 }', 'from 0 to 100'],
    ['{ probability: m, at_least: 60 }', 'a number from 0 to 1.'],
    ['{ derived: country_code, in_list: rivals }', 'country with "rivals" (in_list)'],
    ['{ derived: customer, equals: maybe }', 'true or false'],
    ['{ derived: country_code, one_of: [DE, UK] }', 'a code of two capitals, such as DE.'],
    ['{ derived: lead_age_days, below: 0 }', 'from 0 on'],
  ])('%s', (when, text) => {
    expect(textOf(when)).toContain(text)
  })

  it('is not claimed of what may come', () => {
    for (const when of [
      '{ derived: seniority, one_of: [Executive, TRAINEE] }',
      '{ derived: seniority, contains: exec }',
      '{ score: m, above: 80.5 }',
      '{ score: m, at_least: 0 }',
      '{ probability: m, one_of: [0.25, 1] }',
      '{ probability: m, starts_with: "0.2" }',
      '{ derived: country_code, in_list: served }',
      '{ derived: country_code, in_countries: [Deutschland] }',
      '{ derived: mail_domain, equals: emperor }',
      '{ trait: seniority, equals: emperor }',
    ])
      expect([when, faultsOf([when])]).toEqual([when, []])
  })
})

describe('a rule that is not asked', () => {
  const now = 'valid_until: 2026-11-21T00:00:00Z'
  const when = '{ trait: p, equals: a }'

  it('is over from the moment on that ends it; one begins too far off', () => {
    expect(faultsOf([when, `review, ${now}`])).toEqual(['expired r0'])
    expect(faultsOf([when, 'review, valid_until: 2026-11-21T00:00:00.001Z'])).toEqual([])
    expect(faultsOf([when, 'review, valid_from: 2036-01-01'])).toEqual([])
    expect(faultsOf([when, 'review, valid_from: 2206-01-01'])).toEqual(['far_off r0'])
  })

  it('is neither the same as another nor against it: not when it is over, nor when they never meet', () => {
    expect(faultsOf([when, `review, ${now}`], [when])).toEqual(['expired r0'])
    const [before, after] = ['valid_until: 2027-01-01', 'valid_from: 2027-01-01']
    expect(faultsOf([when, `{ cap: cold }, ${before}`], [when, `{ raise: hot }, ${after}`])).toEqual([])
    expect(faultsOf([when, `{ cap: cold }, ${before}`], [when, '{ raise: hot }'])).toEqual([
      'contradiction r1 r0',
    ])
  })

  it('meets no other on data either', () => {
    const tallied = (first: string, second: string) => {
      const guardrails = parse([
        [when, `{ cap: cold }, ${first}`],
        [when, `{ raise: hot }, ${second}`],
      ])
      const tally = new RuleTally(guardrails)
      tally.add(guardrails.rules)
      tally.add([])
      return tally.findings().map(({ kind }) => kind)
    }
    expect(tallied('valid_until: 2027-01-01', 'valid_from: 2027-01-01')).toEqual([])
    expect(tallied('valid_until: 2027-01-02', 'valid_from: 2027-01-01')).toEqual(['contradiction_on_data'])
  })
})

describe('two rules', () => {
  const free = '{ derived: mail_domain_kind, equals: free }'
  const freeAndHot =
    '{ all: [{ score: conversion, at_least: 80 }, { derived: mail_domain_kind, one_of: [Free] }] }'

  it('are the same, one within the other, or against each other', () => {
    expect(faultsOf([free], ['{ derived: mail_domain_kind, one_of: [FREE] }'])).toEqual(['duplicate r1 r0'])
    expect(faultsOf([free], [freeAndHot])).toEqual(['redundant r1 r0'])
    expect(faultsOf([free, 'disqualify'], [freeAndHot, '{ cap: warm }'])).toEqual(['redundant r1 r0'])
    expect(faultsOf([free, 'disqualify'], [freeAndHot, '{ raise: hot }'])).toEqual(['contradiction r1 r0'])
    expect(faultsOf([free, '{ cap: warm }'], [freeAndHot, '{ raise: hot }'])).toEqual(['contradiction r1 r0'])
  })

  it('are the same by whatever name of a country, where a thing has one spelling', () => {
    const named = '{ derived: country_code, in_countries: [United Kingdom] }'
    expect(faultsOf(['{ derived: country_code, equals: gb }'], [named])).toEqual(['duplicate r1 r0'])
    expect(faultsOf(['{ derived: country_code, one_of: [GB, FR] }'], [named])).toEqual(['redundant r1 r0'])
  })

  it('are left alone where both make sense', () => {
    expect(faultsOf([free, '{ cap: hot }'], [freeAndHot, '{ raise: warm }'])).toEqual([])
    expect(faultsOf([freeAndHot, 'disqualify'], [free, 'review'])).toEqual([])
    expect(faultsOf([free, 'disqualify'], [freeAndHot, '{ exclude: phone }'])).toEqual([])
    expect(faultsOf([free], ['{ derived: mail_domain_kind, equals: student }'])).toEqual([])
    // A list of countries is none.
    expect(faultsOf(['{ trait: c, equals: GB }'], ['{ trait: c, in_countries: [GB] }'])).toEqual([])
  })
})

it('claims nothing that a lead disproves', () => {
  fc.assert(
    fc.property(
      anyCondition,
      anyCondition,
      fc.array(anySubject, { minLength: 30, maxLength: 30 }),
      (one, other, subjects) => {
        const guardrails = parse([
          [one, 'review'],
          [other, 'review'],
        ])
        const faults = findRuleFaults(guardrails, ASKED)
        for (const subject of subjects) {
          const held = judge(guardrails, viewOf(subject)).rules.map(({ id }) => id)
          for (const { kind, rule, other: wider } of faults) {
            if (kind === 'never') expect(held).not.toContain(rule)
            if (kind === 'always') expect(held).toContain(rule)
            if (kind === 'never_unless_list' && hasNoList(subject)) expect(held).not.toContain(rule)
            if (kind === 'duplicate') expect(held.includes(rule)).toBe(held.includes(wider!))
            if (kind === 'redundant' && held.includes(rule)) expect(held).toContain(wider)
          }
        }
      },
    ),
    { numRuns: 300 },
  )
})

function hasNoList({ traits = {}, account = {} }: Subject): boolean {
  return [...Object.values(traits), ...Object.values(account)].every((value) => typeof value !== 'object')
}

it('ends soon on rules that nobody could search through', () => {
  const wide = Array.from(
    { length: 40 },
    (_, i) => `{ any: [{ trait: t${i}, contains: a }, { trait: u${i}, at_least: ${i} }] }`,
  )
  const rules = Array.from({ length: 60 }, (_, i): [string, string] => [
    `{ all: [${wide.join(', ')}, { trait: v${i}, equals: x }] }`,
    'review',
  ])
  expect(findRuleFaults(parse(rules), ASKED)).toEqual([])
})
