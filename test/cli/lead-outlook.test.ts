import { expect, it } from 'vitest'
import { leadOutlook } from '../../src/cli/lead-outlook.ts'
import { DAY } from '../../src/glossary.ts'
import { parsePolicy } from '../../src/policy/policy.ts'
import { explainLead } from '../../src/scoring/explain-lead.ts'
import type { Change, LeadExplanation } from '../../src/scoring/lead-explanation.ts'
import { AS_OF, engine, event, POLICY, records } from '../scoring/fixture.ts'

function explained(): LeadExplanation {
  const actionable = 'actionable: [{ event: pricing_page_viewed, label: "a pricing\u001b[31m visit" }]'
  const policy = { ...parsePolicy(`${POLICY}\n${actionable}`, 'policy.yaml'), version: 4 }
  const { account, lead } = records({ events: [event('pricing_page_viewed', 3)] })
  return explainLead({ ...engine(), policy }, account, lead, AS_OF, { since: AS_OF - 20 * DAY })
}

it('tells what changed, adding up, when it falls and what could be done; nothing reaches the terminal as a command', () => {
  const text = leadOutlook(explained())
  expect(text).toContain(
    [
      '',
      'Since 2026-11-01T00:00:00Z: score 60 low -> 64 high',
      '     +4.3  pricing page: 1 pricing page visit, 3 days ago; then: no pricing page visits',
      '     +4.3  from 60.0 to 64.3 raw points; both moments are scored by conversion version 3',
    ].join('\n'),
  )
  expect(text).toContain(
    'The score of conversion falls from high to low in 35 days if nothing new happens, at 2026-12-',
  )
  expect(text).toMatch(
    /\n {5}\+\d\.\d {2}score {2}6\d high +leads like this one with a pricing\ufffd\[31m visit have/,
  )
})

it('says what was kept then, sums up what is small, and why nothing can be told', () => {
  const given = explained()
  if (!given.changed?.applies) throw new Error('it applied')
  const reason = given.changed.reasons[0]!
  const reasons = Array.from({ length: 14 }, (_, i) => ({ ...reason, group: `group ${i}`, points: 1 }))
  const kept = {
    as_of: '2026-10-31T00:00:00Z',
    segment: null,
    version: '2',
    policy_version: '3',
    raw_points: 70,
    score: 70,
    band: 'high',
  }
  const many = leadOutlook({ ...given, changed: { ...given.changed, reasons, kept } })
  expect(many).toContain('     +2.0  2 smaller reasons\n')
  expect(many).toContain('kept then: score 70 high, by version 2 and the policy of version 3')
  const changed: Change = {
    applies: false,
    since: '2020-01-01T00:00:00Z',
    why: 'conversion did not apply then: unknown',
  }
  expect(leadOutlook({ ...given, changed, falls: null, next_steps: [] })).toBe(
    '\n\nWhat changed since 2020-01-01T00:00:00Z cannot be told: conversion did not apply then: unknown.',
  )
})
