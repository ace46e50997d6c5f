import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WonlostError } from '../../src/errors.ts'
import { definitionFromPlain, definitionToPlain, parseDefinition } from '../../src/features/definition.ts'
import { defineRegistry, fitRegistry } from '../../src/features/registry.ts'
import { definitionWith } from './records.ts'

const YAML = `name: conversion
description: The chance to win.
entity: lead
population: leads
pipeline: new_business
target: won
horizon: 90d
entry_delay: 1h
landmarks: [entry, 7d, 14d]
learner: auto
seed: 7
features:
  - number: { trait: employees, of: account, label: employees }
  - behaviour:
      event: pricing_page_viewed
      label: pricing page visit
      half_life: 14d
      measures: [decayed, count]
`

/** The error of a definition in which one piece of text is another. */
function errorOf(piece: string, instead: string): WonlostError {
  expect(YAML).toContain(piece)
  try {
    parseDefinition(YAML.replace(piece, instead), 'models/x.yaml')
  } catch (error) {
    if (error instanceof WonlostError) return error
    throw error
  }
  throw new Error('It was accepted.')
}

describe('a definition', () => {
  it('is read with its defaults', () => {
    expect(parseDefinition(YAML, 'models/x.yaml')).toEqual({
      name: 'conversion',
      description: 'The chance to win.',
      entity: 'lead',
      population: 'leads',
      pipeline: 'new_business',
      target: 'won',
      horizonDays: 90,
      entryDelayHours: 1,
      landmarkDays: [0, 7, 14],
      learner: 'auto',
      seed: 7,
      refit: false,
      vocabulary: { minimumCount: 20, maximumSize: 60 },
      ignoreEvents: [],
      notEngagement: [],
      segments: [],
      features: [
        {
          kind: 'number',
          options: { trait: 'employees', of: 'account', label: 'employees', transform: 'identity' },
        },
        {
          kind: 'behaviour',
          options: {
            event: 'pricing_page_viewed',
            label: 'pricing page visit',
            half_life: '14d',
            measures: ['decayed', 'count'],
          },
        },
      ],
    })
  })

  it('keeps what it says about boosting, and nothing where it says nothing', () => {
    const boosting =
      '{ rate: 0.1, min_rows: 5, monotone: { employees: increasing, technologies.sap: decreasing } }'
    const features = 'features:\n  - list: { trait: technologies, label: technologies }'
    const text = YAML.replace('seed: 7', `boosting: ${boosting}\nseed: 7`).replace('features:', features)
    const definition = parseDefinition(text, 'models/x.yaml')
    const given = {
      rate: 0.1,
      min_rows: 5,
      monotone: { employees: 'increasing', 'technologies.sap': 'decreasing' },
    }
    expect(definition.boosting).toEqual(given)
    expect(definitionFromPlain(definitionToPlain(definition))).toEqual(definition)
    expect(definitionToPlain(parseDefinition(YAML, 'models/x.yaml'))).not.toHaveProperty('boosting')
  })

  it.each<[string, string, number, string, string]>([
    [
      'target: won',
      'target: wno',
      6,
      'target',
      'must be one of won, opened, sales_qualified (did you mean "won"?). Given: "wno".',
    ],
    ['target: won', 'target:', 6, 'target', 'must be one of won, opened, sales_qualified. Given: null.'],
    [
      'pipeline:',
      'pipline:',
      5,
      'pipline',
      'unknown field "pipline" (did you mean "pipeline"?); allowed: name, description, entity,',
    ],
    [
      'seed: 7',
      'boosting:\n  rates: 0.1\nseed: 7',
      12,
      'boosting.rates',
      'unknown field "rates" (did you mean "rate"?); allowed: rate, leaves, depth, min_rows, l2, column_share, row_share, trees,',
    ],
    ['seed: 7', 'boosting: { rate: 0 }\nseed: 7', 11, 'boosting.rate', 'must be more than 0. Given: 0.'],
    ['seed: 7', 'boosting: { leaves: 1 }\nseed: 7', 11, 'boosting.leaves', 'must be at least 2. Given: 1.'],
    ['seed: 7', 'boosting: { depth: 33 }\nseed: 7', 11, 'boosting.depth', 'must be at most 32. Given: 33.'],
    [
      'seed: 7',
      'boosting: { trees: 2.5 }\nseed: 7',
      11,
      'boosting.trees',
      'must be a whole number. Given: 2.5.',
    ],
    [
      'seed: 7',
      'boosting:\n  monotone:\n    employees: rising\nseed: 7',
      13,
      'boosting.monotone.employees',
      'must be one of increasing, decreasing. Given: "rising".',
    ],
    [
      'seed: 7',
      'boosting:\n  monotone:\n    employees: increasing\n    pricing_page_viewed.recency: decreasing\nseed: 7',
      14,
      'boosting.monotone.pricing_page_viewed.recency',
      'there is no column "pricing_page_viewed.recency"; allowed: employees, pricing_page_viewed.decayed, pricing_page_viewed.count.',
    ],
    [
      'features:',
      'boosting: { monotone: { seniority: increasing } }\nfeatures:\n  - seniority: { trait: title }',
      12,
      'boosting.monotone.seniority',
      'the categories of "seniority" have no order; allowed: employees,',
    ],
    ['seed: 7', 'seed: 7.5', 11, 'seed', 'must be a whole number. Given: 7.5.'],
    ['seed: 7', 'seed: -1', 11, 'seed', 'must be at least 0. Given: -1.'],
    ['seed: 7', 'seed: seven', 11, 'seed', 'must be a number. Given: "seven".'],
    ['seed: 7', 'refit: 1', 1, 'seed', 'is required and must be a number.'],
    [
      'horizon: 90d',
      'horizon: 90 days',
      7,
      'horizon',
      'must be a duration such as 14d, 12h or 30m, from 1m to 3650d, or none. Given: "90 days".',
    ],
    ['horizon: 90d', 'horizon: 0d', 7, 'horizon', 'must be a duration'],
    [
      'horizon: 90d',
      'horizon: none',
      7,
      'horizon',
      'none is for the population deals only; leads need a duration such as 90d.',
    ],
    ['entry_delay: 1h', 'entry_delay: 0h', 8, 'entry_delay', 'must be a duration'],
    ['[entry, 7d, 14d]', '[entry, 14d, 7d]', 9, 'landmarks', 'must be in ascending order, each once.'],
    ['[entry, 7d, 14d]', '[entry, 7d, 7d]', 9, 'landmarks', 'must be in ascending order, each once.'],
    ['[entry, 7d, 14d]', '\n  - entry\n  - 7 d', 11, 'landmarks[1]', 'Given: "7 d".'],
    ['[entry, 7d, 14d]', '[]', 9, 'landmarks', 'must not be empty. Given: [].'],
    [
      '- number:',
      '- numbr:',
      13,
      'features[0].numbr',
      'unknown kind of feature "numbr" (did you mean "number"?); allowed: number, boolean, category,',
    ],
    [
      'of: account',
      'off: account',
      13,
      'features[0].number.off',
      'unknown field "off" (did you mean "of"?); allowed: trait, of, name, label,',
    ],
    [
      'of: account',
      'of: company',
      13,
      'features[0].number.of',
      'must be one of lead, account, first_contact. Given: "company".',
    ],
    [
      'half_life: 14d',
      'half_life: 14',
      17,
      'features[1].behaviour.half_life',
      'must be a duration such as 14d, 12h or 30m, from 1h to 365d, or learned. Given: 14.',
    ],
    ['half_life: 14d', 'half_life: 366d', 17, 'features[1].behaviour.half_life', 'from 1h to 365d'],
    [
      '[decayed, count]',
      '[decayed, cuont]',
      18,
      'features[1].behaviour.measures[1]',
      'must be one of decayed, count, recency, distinct_days, last_7_days (did you mean "count"?). Given: "cuont".',
    ],
    [
      '[decayed, count]',
      '[count, count]',
      18,
      'features[1].behaviour.measures',
      'must not name a measure twice',
    ],
    ['[decayed, count]', '[decayed, count]\n    label: x', 19, 'features[1].label', 'a feature has one kind'],
    [
      '  - behaviour:',
      '  - number: { trait: employees, label: again }\n  - behaviour:',
      14,
      'features[1].number',
      'features[0] is called employees too',
    ],
    ['seed: 7', 'seed: 7\nseed: 8', 12, '', 'not valid YAML: the key "seed" is there twice.'],
    ['landmarks: [entry', 'landmarks: [[entry', 10, '', 'not valid YAML'],
    ['name: conversion', 'name: Conversion!', 1, 'name', 'must be of lower-case letters'],
    ['name: conversion', 'name: !odd conversion', 1, '', 'not valid YAML: Unresolved tag'],
  ])('with %j -> %j is refused at line %d', (piece, instead, line, field, message) => {
    const error = errorOf(piece, instead)
    expect(error.code).toBe('definition_invalid')
    expect(error.place).toMatchObject({ file: 'models/x.yaml', line })
    if (field !== '') expect(error.place.field).toBe(field)
    expect(error.message).toContain(message)
    expect(error.message.startsWith(`models/x.yaml:${line}: `)).toBe(true)
  })

  it('names all its faults at once', () => {
    const error = errorOf('target: won\nhorizon: 90d', 'target: one\nhorizon: long')
    expect(error.details.map(({ line, field }) => [line, field])).toEqual([
      [6, 'target'],
      [7, 'horizon'],
    ])
  })

  it.each(['', '- a', 'just text', '7', '{', '\u0000', '&a [*a]', `a: &a [x]\nb: [${'*a, '.repeat(50)}]`])(
    'is refused when it is none: %j',
    (text) => {
      expect(() => parseDefinition(text, 'x.yaml')).toThrow(WonlostError)
    },
  )

  it('goes to plain data and back without a change, whatever its durations', () => {
    const duration = fc.integer({ min: 3_600_000, max: 365 * 86_400_000 }).map((span) => `${span}ms`)
    fc.assert(
      fc.property(
        duration,
        duration,
        fc.integer({ min: 0, max: 2_147_483_647 }),
        (horizon, halfLife, seed) => {
          const behaviour = { event: 'page_viewed', label: 'page view', half_life: halfLife }
          const features = [{ behaviour }, { colleagues: {} }, { seniority: null }]
          const definition = definitionWith(features, { horizon, seed, landmarks: ['entry', halfLife] })
          const plain = JSON.parse(JSON.stringify(definitionToPlain(definition)))
          expect(definitionFromPlain(plain)).toEqual(definition)
          expect(definitionToPlain(definitionFromPlain(plain))).toEqual(plain)
        },
      ),
    )
  })

  it('from plain data is checked as strictly, and says which field', () => {
    const plain = definitionToPlain(definitionWith([{ lead_age: {} }]))
    expect(() => definitionFromPlain({ ...plain, entity: 'person' })).toThrow(
      /entity: must be one of lead, account/,
    )
    expect(() => definitionFromPlain(null)).toThrow(WonlostError)
  })

  it('without a horizon is for deals', () => {
    const definition = definitionWith([{ lead_age: {} }], { population: 'deals', horizon: 'none' })
    expect(definition.horizonDays).toBeNull()
    expect(definitionToPlain(definition)['horizon']).toBe('none')
  })

  describe('with a trait that gives the outcome away', () => {
    const withFeature = (feature: string) =>
      YAML.replace('- number: { trait: employees, of: account, label: employees }', `- ${feature}`)
    const read = (feature: string) => parseDefinition(withFeature(feature), 'models/x.yaml')

    it.each([
      [
        'category: { trait: crm_stage, label: x }',
        'category.trait',
        /"crm_stage" says how far sales has come.*lift: reason/,
      ],
      [
        'number: { trait: Lead Score, of: account, name: a, label: x }',
        'number.trait',
        /"Lead Score" is a score/,
      ],
      ['seniority: { trait: lead_status }', 'seniority.trait', /"lead_status" says/],
      [
        'completeness: { lead: [email, last_activity_date] }',
        'completeness.lead',
        /"last_activity_date" is brought up to date/,
      ],
      ['completeness: { account: [is_customer] }', 'completeness.account', /"is_customer" is filled in once/],
      [
        'contradiction: { name: c, label: x, lead: probability, account: country }',
        'contradiction.lead',
        /"probability" is a forecast/,
      ],
      [
        'contradiction: { name: c, label: x, lead: country, account: probability }',
        'contradiction.account',
        /"probability" is a forecast/,
      ],
      ['mail_domain_match: { mail: won }', 'mail_domain_match.mail', /"won" tells/],
      ['mail_domain_match: { domain: won }', 'mail_domain_match.domain', /"won" tells/],
      [
        'category: { trait: funding_stage, label: x, lift: why not }',
        'category.lift',
        /nothing is to be lifted/,
      ],
      ['category: { trait: crm_stage, label: x, lift: 1 }', 'category.lift', /must say in a sentence/],
      ['category: { trait: crm_stage, label: x, lift: " " }', 'category.lift', /must say in a sentence/],
    ])('is refused: %s', (feature, field, message) => {
      expect(() => read(feature)).toThrow(
        expect.objectContaining({
          code: 'definition_invalid',
          message: expect.stringMatching(message),
          place: { file: 'models/x.yaml', line: 13, field: `features[0].${field}` },
        }),
      )
    })

    it('is read with a reason, which the artifact keeps and the fingerprint does not see', () => {
      const lifted = read('category: { trait: crm_stage, label: x, lift: copied on creation }')
      expect(lifted.features[0]).toEqual({
        kind: 'category',
        options: { trait: 'crm_stage', of: 'lead', label: 'x' },
        lift: 'copied on creation',
      })
      expect(definitionFromPlain(JSON.parse(JSON.stringify(definitionToPlain(lifted))))).toEqual(lifted)
      const [feature, ...others] = lifted.features
      const { lift: _, ...without } = feature!
      const vocabularies = { crm_stage: ['new'] }
      const fingerprintOf = (definition: typeof lifted) =>
        fitRegistry(defineRegistry(definition), vocabularies).fingerprint
      expect(fingerprintOf({ ...lifted, features: [without, ...others] })).toBe(fingerprintOf(lifted))
    })

    it('an artifact that learned from one, before it was known for what it is, is still read', () => {
      expect(definitionWith([{ category: { trait: 'crm_stage', label: 'x' } }]).features).toHaveLength(1)
    })
  })
})
