import { expect, it } from 'vitest'
import { DAY } from '../../src/glossary.ts'
import { parseGuardrails } from '../../src/guardrails/guardrails.ts'
import { scoreLead } from '../../src/scoring/engine.ts'
import { AS_OF, engine, type LeadShape, records } from './fixture.ts'

const CONTEXT = { bands: ['low', 'high'] }

/** Scored with these rules, and without any. */
function scored(shape: LeadShape, when: string, then: string, isOverridden = false) {
  const { account, lead } = records(shape)
  const text = `rules:\n  - { id: r, owner: us, reason: R., when: ${when}, then: ${then} }\n`
  const override = isOverridden
    ? { status: 'eligible' as const, reason: 'Known.', setBy: 'ann', setAt: AS_OF - DAY, expiresAt: null }
    : null
  const answer = (rules: string) => {
    const guardrails = { ...parseGuardrails(rules, 'g.yaml', {}, CONTEXT), version: 1 }
    return scoreLead({ ...engine(), guardrails }, account, lead, AS_OF, { explain: true, override })
  }
  return { ruled: answer(text), plain: answer('rules: []') }
}

it('a rule on a score bounds the decision and leaves every score as it is, bit for bit', () => {
  const rare = scored({}, '{ score: conversion, at_least: 0 }', '{ raise: high }')
  const common = scored({}, '{ probability: conversion, below: 1 }', '{ cap: low }')
  expect(rare.ruled.scores).toEqual(rare.plain.scores)
  expect(common.ruled.scores).toEqual(common.plain.scores)
  expect(rare.ruled.decision.band).toBe('high')
  expect(common.ruled.decision.band).toBe('low')
  expect(new Set([rare.plain.decision.band, common.plain.decision.band]).size).toBe(1)
  expect(common.ruled.verdict).toMatchObject({
    status: 'eligible',
    cap: 'low',
    raise: null,
    excluded_channels: [],
  })
  expect(common.ruled.verdict.rules[0]?.condition).toMatch(
    /^the probability of conversion is 0\.\d+, below 1$/,
  )
})

it('an override lifts the bounds, what the rules say stays, and channels stay excluded', () => {
  for (const bound of ['cap', 'raise'] as const) {
    const band = bound === 'cap' ? 'low' : 'high'
    const { ruled, plain } = scored({}, '{ trait: title, has_word: cto }', `{ ${bound}: ${band} }`, true)
    expect(ruled.decision.band).toBe(plain.decision.band)
    expect(ruled.verdict[bound]).toBe(band)
  }
  const { ruled } = scored({}, '{ trait: title, has_word: cto }', '{ exclude: [email] }', true)
  expect(ruled.verdict.excluded_channels).toEqual(['email'])
})
