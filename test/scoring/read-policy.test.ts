import { describe, expect, it } from 'vitest'
import { idleSegments, policyNames, readPolicy } from '../../src/scoring/read-policy.ts'
import { tinyDefinition } from '../support/artifacts.ts'
import { TEST_POLICY } from '../support/models-folder.ts'
import { loaded, logisticArtifact } from './fixture.ts'

const GRADE = `grade:
  fit: { model: fit, A: 65, B: 52, C: 40 }
  intent: { model: intent, 1: 70, 2: 55, 3: 40 }
`
const SEGMENT = 'segments: [{ name: outbound, when: [{ trait: source, one_of: [outbound] }] }]\n'
const BANDS = `segment_bands:
  outbound: [{ name: cold, from: 0, to: 29 }, { name: hot, from: 30, to: 100 }]
`

const definitions = Object.fromEntries(
  ['conversion', 'fit', 'intent'].map((name) => [
    name,
    { file: `${name}.yaml`, text: tinyDefinition(name) + (name === 'conversion' ? SEGMENT : '') },
  ]),
)
const account = {
  file: 'account.yaml',
  text: tinyDefinition('account').replace('entity: lead', 'entity: account'),
}

const read = (text: string, there: Partial<Parameters<typeof policyNames>[0]> = {}) =>
  readPolicy({ text, file: 'policy.yaml' }, policyNames({ definitions, models: [], names: [], ...there }))

const refused = (line: number, message: string) =>
  expect.objectContaining({
    code: 'policy_invalid',
    message: `policy.yaml:${line}: ${message}`,
  })
const lineOf = (text: string, part: string) => text.split('\n').findIndex((one) => one.includes(part)) + 1

describe('a policy that is to decide', () => {
  it('names models of leads that there are, by definition or because they were trained', () => {
    expect(() => read(TEST_POLICY + GRADE)).not.toThrow()
    const typo = TEST_POLICY.replace('decided_by: conversion', 'decided_by: convrsion')
    expect(() => read(typo)).toThrow(
      refused(
        1,
        'decided_by: must be a model that scores leads: conversion, fit, intent (did you mean "conversion"?). Given: "convrsion".',
      ),
    )
    expect(() => read(typo, { names: ['convrsion'] })).not.toThrow()
    const grade = TEST_POLICY + GRADE.replace('model: intent', 'model: intents')
    expect(() => read(grade)).toThrow(
      refused(
        lineOf(grade, 'intents'),
        'grade.intent.model: must be a model that scores leads: conversion, fit, intent (did you mean "intent"?). Given: "intents".',
      ),
    )
    // A model of accounts never scores a lead.
    expect(() =>
      read(TEST_POLICY.replace('decided_by: conversion', 'decided_by: account'), {
        definitions: { ...definitions, account },
      }),
    ).toThrow(/decided_by: must be a model that scores leads: conversion, fit, intent/)
  })

  it('names segments of the definition or of what serves; of those that nothing was trained with, somebody is told', () => {
    const policy = read(TEST_POLICY + BANDS)
    const typo = TEST_POLICY + BANDS.replace('outbound', 'outbond')
    expect(() => read(typo)).toThrow(
      refused(
        lineOf(typo, 'outbond'),
        'segment_bands.outbond: must be a segment of the definition conversion: outbound (did you mean "outbound"?). Given: "outbond".',
      ),
    )
    // What serves has no segments: the policy does not stand in the way of a roll-back to it.
    const models = [loaded(logisticArtifact())]
    expect(() => read(TEST_POLICY + BANDS, { models, names: ['conversion'] })).not.toThrow()
    expect(idleSegments(policy, models)).toEqual(['outbound'])
    expect(idleSegments(read(TEST_POLICY), models)).toEqual([])
    expect(idleSegments(policy, [])).toEqual([])
  })

  it('reads countries as the features do, and refuses what names none', () => {
    const places = (countries: string) => `${TEST_POLICY}territories:\n  islands: ${countries}\n`
    expect(read(places('[UK, Ireland, Deutschland, "NO"]')).territories).toEqual({
      islands: ['GB', 'IE', 'DE', 'NO'],
    })
    const none = places('[GB, ZZ]')
    expect(() => read(none)).toThrow(
      refused(
        lineOf(none, 'islands'),
        'territories.islands[1]: must be a country, such as DE or Germany. Given: "ZZ".',
      ),
    )
  })

  it('has no key twice', () => {
    expect(() => read(`${TEST_POLICY}decided_by: fit\n`)).toThrow(/the key "decided_by" is there twice/)
  })
})
