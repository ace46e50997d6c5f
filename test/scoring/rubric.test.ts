import { readFileSync } from 'node:fs'
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

function score(shape: LeadShape) {
  const model = loadRubric(rubricFor(definition(), RUBRIC, 'rubric.yaml'))
  const { account, lead } = records(shape)
  const found = scoreLead(engine([model]), account, lead, AS_OF, { explain: true }).scores.conversion
  if (!found?.applies) throw new Error('applies')
  return found
}

function faultOf(text: string): WonlostError {
  try {
    rubricFor(definition(), text, 'rubric.yaml')
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
