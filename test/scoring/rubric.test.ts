import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WonlostError } from '../../src/errors.ts'
import { parseDefinition } from '../../src/features/definition.ts'
import { canonicalJson } from '../../src/model/canonical.ts'
import { parseArtifact } from '../../src/model/parse-artifact.ts'
import { scoreLead } from '../../src/scoring/engine.ts'
import { loadRubric } from '../../src/scoring/load-model.ts'
import { rubricFor } from '../../src/scoring/rubric.ts'
import { AS_OF, definition, engine, event, type LeadShape, records } from './fixture.ts'

const RUBRIC = `
base_points: 20
rules:
  - { column: employees, at_least: 100, points: 5 }
  - { column: employees, at_least: 400, points: 7 }
  - { column: employees, at_most: 9, points: -8 }
  - { column: industry, one_of: [ Software, Media ], points: 10 }
  - { column: industry, one_of: [ retail ], points: -4 }
  - { column: pricing_page_viewed.decayed, at_least: 0.5, points: 6 }
`

const FIT_ONLY = `
name: fit
description: For tests.
entity: lead
population: leads
pipeline: new_business
target: won
horizon: 90d
landmarks: [entry]
learner: logistic
seed: 1
features:
  - number: { trait: employees, of: account, label: number of employees, group: company size }
`

/** With a behaviour `visits` whose half-life is left to training, or pinned. */
function openDefinition(halfLife: string) {
  const visits = `behaviour: { event: pricing_page_viewed, name: visits, label: pricing page visit, half_life: ${halfLife}, measures: [decayed] }`
  const more = `${FIT_ONLY.replace('name: fit', 'name: conversion').replace('label: number', 'unit: employee, label: number')}  - category: { trait: industry, of: account, label: industry }\n  - ${visits}\n`
  return parseDefinition(more, 'conversion.yaml')
}

function score(shape: LeadShape) {
  const model = loadRubric(rubricFor(definition(), RUBRIC, 'rubric.yaml'))
  const { account, lead } = records(shape)
  const found = scoreLead(engine([model]), account, lead, AS_OF, { explain: true }).scores.conversion
  if (!found?.applies) throw new Error('applies')
  return found
}

function faultOf(text: string, about = definition()): WonlostError {
  try {
    rubricFor(about, text, 'rubric.yaml')
  } catch (error) {
    if (error instanceof WonlostError) return error
    throw error
  }
  throw new Error('the rubric was accepted')
}

describe('a rubric', () => {
  it('adds the points of the rules that hold, both bounds included, and gives no probability', () => {
    const found = score({ events: [event('pricing_page_viewed', 10)] })
    expect(found).toMatchObject({
      basis: 'rubric',
      probability: null,
      raw_points: 20 + 5 + 7 + 10 + 6,
      score: 48,
      band: 'low',
      model: { version: '0' },
    })
    expect(found.explanation).toMatchObject({
      base: null,
      calibration: null,
      log_odds: null,
      base_points: 20,
    })
    expect(found.explanation?.contributions).toEqual([
      {
        feature: 'employees',
        group: 'company size',
        side: 'fit',
        value: 403,
        log_odds: null,
        points: 12,
        text: '403 employees',
      },
      {
        feature: 'industry',
        group: 'industry',
        side: 'fit',
        value: 'software',
        log_odds: null,
        points: 10,
        text: 'industry software',
      },
      {
        feature: 'pricing_page_viewed.decayed',
        group: 'pricing page',
        side: 'behaviour',
        value: 0.5,
        log_odds: null,
        points: 6,
        text: '1 pricing page visit, 10 days ago',
      },
    ])
  })

  it('gives nothing for what is not known or named by no rule, and keeps the score within 0 and 100', () => {
    expect(score({ account: {} })).toMatchObject({ raw_points: 20, score: 20 })
    expect(score({ account: { industry: 'farming' } }).raw_points).toBe(20)
    const low = RUBRIC.replace('base_points: 20', 'base_points: -50')
    const { account, lead } = records({})
    const model = loadRubric(rubricFor(definition(), low, 'rubric.yaml'))
    const found = scoreLead(engine([model]), account, lead, AS_OF, { explain: false }).scores.conversion
    expect(found).toMatchObject({ raw_points: -28, score: 0 })
  })

  it('decays by the half-life of its rule, counts up to the most, and says why before the facts', () => {
    const card = `
base_points: 20
half_life: 90d
rules:
  - { column: visits.decayed, half_life: 10d, each: 4, up_to: 10, reason: looks at prices }
  - { column: employees, at_least: 100, points: 5, and: [{ column: industry, one_of: [Software] }], reason: suits us }
`
    const open = openDefinition('learned')
    const model = loadRubric(rubricFor(open, card, 'rubric.yaml'))
    const scored = (events: LeadShape['events']) => {
      const { account, lead } = records({ events: events ?? [] })
      const found = scoreLead(engine([model]), account, lead, AS_OF, { explain: true }).scores.conversion
      if (!found?.applies) throw new Error('applies')
      return found
    }
    // Ages of 10, 20 and 30 days at a half-life of 10: 0.5 + 0.25 + 0.125.
    const few = scored([10, 20, 30].map((days) => event('pricing_page_viewed', days)))
    expect(few.raw_points).toBeCloseTo(20 + 4 * 0.875 + 5, 10)
    expect(few.explanation?.contributions.map(({ text }) => text)).toEqual([
      'suits us: 403 employees',
      'looks at prices: 3 pricing page visits, the last 10 days ago',
    ])
    expect(scored([1, 2, 3, 4].map((days) => event('pricing_page_viewed', days))).raw_points).toBe(35)
  })

  it('leaves out of a definition the rules that need columns it has not, also besides', () => {
    const card = `
base_points: 1
rules:
  - { column: employees, at_least: 1, points: 2, and: [{ column: pricing_page_viewed.count, at_most: 0 }] }
  - { column: employees, at_least: 5, points: 3 }
`
    const fit = parseDefinition(FIT_ONLY, 'fit.yaml')
    expect(rubricFor(fit, card, 'rubric.yaml', definition()).rules).toEqual([
      { column: 'employees', at_least: 5, points: 3 },
    ])
  })

  it('survives being written and read as an artifact', () => {
    const artifact = rubricFor(definition(), RUBRIC, 'rubric.yaml')
    expect(parseArtifact(canonicalJson(artifact), 'test')).toEqual(artifact)
    expect(artifact.vocabularies).toEqual({ industry: ['media', 'retail', 'software'] })
  })

  it.each([
    [
      'an unknown column',
      '{ column: employes, at_least: 1, points: 1 }',
      'rules[0].column',
      'employees, industry',
    ],
    ['no condition', '{ column: employees, points: 1 }', 'rules[0].column', 'at_least, at_most'],
    [
      'two conditions',
      '{ column: employees, at_least: 1, at_most: 5, points: 1 }',
      'rules[0].column',
      'exactly one',
    ],
    [
      'one_of for a number',
      '{ column: employees, one_of: [x], points: 1 }',
      'rules[0].one_of',
      'at_least, at_most',
    ],
    ['a bound for a category', '{ column: industry, at_least: 1, points: 1 }', 'rules[0].at_least', 'one_of'],
    ['points that are text', '{ column: employees, at_least: 1, points: "1" }', 'rules[0].points', 'number'],
    [
      'points that are not finite',
      '{ column: employees, at_least: 1, points: .inf }',
      'rules[0].points',
      'number',
    ],
  ])('refuses %s with file, line, field and what is allowed', (_name, rule, field, allowed) => {
    const fault = faultOf(`base_points: 1\nrules:\n  - ${rule}\n`)
    expect(fault.code).toBe('rubric_invalid')
    expect(fault.place).toEqual({ file: 'rubric.yaml', line: 3, field })
    expect(fault.message).toContain(allowed)
  })
})

describe('a card that says one thing and would do another', () => {
  it.each([
    ['each without a most', '{ column: visits.decayed, each: 2 }', 'each', 'needs up_to'],
    ['each against its most', '{ column: visits.decayed, each: 2, up_to: -4 }', 'up_to', 'Given: 2 and -4'],
    ['each of 0', '{ column: visits.decayed, each: 0, up_to: 4 }', 'up_to', 'neither 0'],
    [
      'each and points',
      '{ column: visits.decayed, each: 2, up_to: 4, points: 4 }',
      'points',
      'does not go with each',
    ],
    ['each of a category', '{ column: industry, each: 2, up_to: 4 }', 'each', 'is a category'],
    [
      'each with a condition',
      '{ column: visits.decayed, each: 2, up_to: 4, at_least: 1 }',
      'at_least',
      'Ask for it under "and"',
    ],
    [
      'a most without each',
      '{ column: employees, at_least: 1, points: 2, up_to: 4 }',
      'up_to',
      'goes with each',
    ],
    [
      'a half-life of what does not decay',
      '{ column: employees, at_least: 1, points: 2, half_life: 5d }',
      'half_life',
      'visits.decayed. Given: "employees"',
    ],
    [
      'another half-life than half_lives',
      '{ column: visits.decayed, each: 2, up_to: 4, half_life: 5d }',
      'half_life',
      'half_lives.pricing_page_viewed says 7d. Given: 5d',
    ],
    [
      'an unknown column besides',
      '{ column: employees, at_least: 1, points: 2, and: [{ column: industri, one_of: [x] }] }',
      'and[0].column',
      'did you mean "industry"',
    ],
  ])('refuses %s', (_name, rule, field, allowed) => {
    const text = `base_points: 1\nhalf_lives: { pricing_page_viewed: 7d }\nrules:\n  - ${rule}\n`
    const fault = faultOf(text, openDefinition('learned'))
    expect(fault.place).toEqual({ file: 'rubric.yaml', line: 4, field: `rules[0].${field}` })
    expect(fault.message).toContain(allowed)
  })

  it('refuses two half-lives of one column, and another than the definition pins', () => {
    const rule = (halfLife: string) =>
      `  - { column: visits.decayed, each: 1, up_to: 2, half_life: ${halfLife} }\n`
    const card = (...halfLives: string[]) => `base_points: 1\nrules:\n${halfLives.map(rule).join('')}`
    expect(faultOf(card('5d', '6d'), openDefinition('learned')).message).toMatch(
      /another rule on the column says 5d/,
    )
    expect(faultOf(card('5d'), openDefinition('10d')).message).toMatch(/conversion pins it at 10d. Given: 5d/)
    expect(() => rubricFor(openDefinition('10d'), card('10d', '10d'), 'rubric.yaml')).not.toThrow()
  })

  it('never crashes on a card that is none, and says where', () => {
    const about = definition()
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('rules', 'base_points', 'half_lives', 'learned_until'),
        (value, field) => {
          const card = {
            base_points: 1,
            rules: [{ column: 'employees', at_least: 1, points: 1 }],
            [field]: value,
          }
          try {
            rubricFor(about, JSON.stringify(card), 'rubric.yaml')
          } catch (error) {
            if (!(error instanceof WonlostError)) throw error
            expect(error.code).toBe('rubric_invalid')
            expect(error.message).toMatch(/^rubric\.yaml:1: /)
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('the shipped rubric', () => {
  const read = (name: string) => readFileSync(new URL(`../../models/${name}.yaml`, import.meta.url), 'utf8')
  const conversion = parseDefinition(read('conversion'), 'conversion.yaml')

  it.each(['conversion', 'fit', 'intent'])('serves %s, with the rules whose columns it has', (name) => {
    const artifact = rubricFor(
      parseDefinition(read(name), `${name}.yaml`),
      read('rubric'),
      'rubric.yaml',
      conversion,
    )
    const sides = new Set(
      artifact.rules.map((rule) => artifact.columns.find((column) => column.name === rule.column)?.side),
    )
    expect(artifact.rules.length).toBeGreaterThan(10)
    if (name === 'fit') expect([...sides]).toEqual(['fit'])
    expect(() => loadRubric(artifact)).not.toThrow()
  })
})
