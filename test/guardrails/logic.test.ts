import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countryCodeOf } from '../../src/features/country-code.ts'
import { parseGuardrails } from '../../src/guardrails/guardrails.ts'
import { judge } from '../../src/guardrails/judge.ts'
import { findRuleFaults } from '../../src/guardrails/logic/find-faults.ts'
import { anyCondition, anySubject, LISTS, viewOf } from './subjects.ts'

const CONTEXT = { bands: ['cold', 'warm', 'hot'], countryCodeOf }

function parse(rules: readonly (readonly [when: string, then: string])[]) {
  const written = rules.map(
    ([when, then], i) => `  - { id: r${i}, owner: us, reason: R., when: ${when}, then: ${then} }`,
  )
  return parseGuardrails(`rules:\n${written.join('\n')}\n`, 'g.yaml', LISTS, CONTEXT)
}

/** `never r0`, `duplicate r1 r0`. */
function faultsOf(...rules: readonly (readonly [when: string, then?: string])[]): string[] {
  const guardrails = parse(rules.map(([when, then = 'review']) => [when, then]))
  return findRuleFaults(guardrails, ['conversion']).map(({ kind, rule, other }) =>
    [kind, rule, ...(other === null ? [] : [other])].join(' '),
  )
}

describe('one rule', () => {
  it.each([
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

  it('are left alone where both make sense', () => {
    expect(faultsOf([free, '{ cap: hot }'], [freeAndHot, '{ raise: warm }'])).toEqual([])
    expect(faultsOf([freeAndHot, 'disqualify'], [free, 'review'])).toEqual([])
    expect(faultsOf([free, 'disqualify'], [freeAndHot, '{ exclude: phone }'])).toEqual([])
    expect(faultsOf([free], ['{ derived: mail_domain_kind, equals: student }'])).toEqual([])
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
        const faults = findRuleFaults(guardrails, ['m'])
        for (const subject of subjects) {
          const held = judge(guardrails, viewOf(subject)).rules.map(({ id }) => id)
          for (const { kind, rule, other: wider } of faults) {
            if (kind === 'never') expect(held).not.toContain(rule)
            if (kind === 'always') expect(held).toContain(rule)
            if (kind === 'duplicate') expect(held.includes(rule)).toBe(held.includes(wider!))
            if (kind === 'redundant' && held.includes(rule)) expect(held).toContain(wider)
          }
        }
      },
    ),
    { numRuns: 150 },
  )
})

it('ends soon on rules that nobody could search through', () => {
  const wide = Array.from(
    { length: 40 },
    (_, i) => `{ any: [{ trait: t${i}, contains: a }, { trait: u${i}, at_least: ${i} }] }`,
  )
  const rules = Array.from({ length: 60 }, (_, i): [string, string] => [
    `{ all: [${wide.join(', ')}, { trait: v${i}, equals: x }] }`,
    'review',
  ])
  expect(findRuleFaults(parse(rules), [])).toEqual([])
})
