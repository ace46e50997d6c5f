import { describe, expect, it } from 'vitest'
import { definitionFromPlain, definitionToPlain } from '../../src/features/definition.ts'
import { factsAt } from '../../src/features/facts.ts'
import { FEATURE_KINDS } from '../../src/features/kinds/index.ts'
import { defineRegistry, fitRegistry } from '../../src/features/registry.ts'
import { columnSchema } from '../../src/model/artifact.ts'
import { shippedDefinition } from '../support/shipped-definition.ts'
import { AS_OF, account, definitionWith, lead, trait } from './records.ts'

const industry = { category: { trait: 'industry', of: 'account', label: 'industry' } }
const technologies = { list: { trait: 'technologies', of: 'account', label: 'technologies' } }
const vocabularies = { industry: ['retail'], technologies: ['react'] }
const fingerprintOf = (features: unknown[], more = {}, words: Record<string, string[]> = vocabularies) =>
  fitRegistry(defineRegistry(definitionWith(features, more)), words).fingerprint

describe('an unfitted registry', () => {
  it('tells the values of the features that need a vocabulary, normalised, each once', () => {
    const registry = defineRegistry(definitionWith([industry, { lead_age: {} }, technologies]))
    expect(registry.vocabularyFeatures).toEqual(['industry', 'technologies'])
    const subject = lead('l1')
    const traits = [trait('industry', ' Retail'), trait('technologies', ['React', 'react ', 'Vue'])]
    const values = (record: ReturnType<typeof account>) =>
      Object.fromEntries(registry.rawCategories(factsAt(record, subject, AS_OF)))
    expect(values(account([subject], { traits }))).toEqual({
      industry: ['retail'],
      technologies: ['react', 'vue'],
    })
    expect(values(account([subject]))).toEqual({ industry: [], technologies: [] })
  })
})

describe('a fitted registry', () => {
  it('refuses vocabularies that do not fit', () => {
    const registry = defineRegistry(definitionWith([industry, technologies]))
    expect(() => fitRegistry(registry, { industry: [] })).toThrow(/vocabulary of technologies is missing/)
    expect(() => fitRegistry(registry, { ...vocabularies, color: [] })).toThrow(
      /vocabulary of color belongs to no/,
    )
    expect(() => fitRegistry(registry, { ...vocabularies, industry: ['a', 'a'] })).toThrow(
      /industry repeats a value/,
    )
  })

  it('has a fingerprint of all that decides the rows', () => {
    const base = fingerprintOf([industry, technologies])
    expect(base).toMatch(/^[0-9a-f]{64}$/)
    expect(fingerprintOf([industry, technologies])).toBe(base)
    // Said or by default: the same.
    expect(fingerprintOf([industry, technologies], { refit: true, ignore_events: [] })).toBe(base)
    const others = [
      fingerprintOf([technologies, industry]),
      fingerprintOf([industry, technologies], {}, { ...vocabularies, industry: ['mining'] }),
      fingerprintOf([industry, technologies], { ignore_events: ['email_opened'] }),
      fingerprintOf([industry, technologies], { not_engagement: ['email_opened'] }),
      fingerprintOf([industry, technologies, { lead_age: {} }]),
      fingerprintOf([industry, technologies, { colleagues: {} }]),
      fingerprintOf([industry, technologies, { colleagues: { half_life: '15d' } }]),
    ]
    expect(new Set([base, ...others]).size).toBe(others.length + 1)
  })

  it('describes only columns that it has', () => {
    const subject = lead('l1')
    const registry = fitRegistry(defineRegistry(definitionWith([{ lead_age: {} }])), {})
    expect(() => registry.describe(factsAt(account([subject]), subject, AS_OF), 1, 0)).toThrow(RangeError)
  })
})

describe('the kinds of features', () => {
  it('have names of their own', () => {
    expect(new Set(FEATURE_KINDS.map(({ kind }) => kind)).size).toBe(FEATURE_KINDS.length)
  })

  it('are each used by a shipped definition', () => {
    const used = ['conversion', 'fit', 'intent', 'account'].flatMap((name) =>
      shippedDefinition(name).features.map(({ kind }) => kind),
    )
    expect(FEATURE_KINDS.map(({ kind }) => kind).filter((kind) => !used.includes(kind))).toEqual([])
  })
})

describe.each(['conversion', 'fit', 'intent'])('the shipped definition %s', (name) => {
  const definition = shippedDefinition(name)
  const registry = defineRegistry(definition)
  const fitted = fitRegistry(
    registry,
    Object.fromEntries(registry.vocabularyFeatures.map((feature) => [feature, ['a', 'b']])),
  )

  it('has the name of its file, and the target of them all', () => {
    expect(definition).toMatchObject({
      name,
      entity: 'lead',
      population: 'leads',
      pipeline: 'new_business',
      target: 'won',
      horizonDays: 90,
      entryDelayHours: 1,
      landmarkDays: [0, 7, 14, 30, 60, 90],
    })
  })

  it('has columns of one name each, as an artifact can carry them', () => {
    const names = fitted.columns.map((column) => column.name)
    expect(new Set(names).size).toBe(names.length)
    for (const column of fitted.columns) expect(columnSchema.safeParse(column).error).toBeUndefined()
    const sides = new Set(fitted.columns.map((column) => column.side))
    expect([...sides]).toEqual(
      { conversion: ['fit', 'behaviour'], fit: ['fit'], intent: ['behaviour'] }[name],
    )
  })

  it('has none of the fields that are filled in afterwards', () => {
    expect(JSON.stringify(definition)).not.toMatch(/onboarding_status|crm_stage|consent/)
  })

  it('travels in an artifact and computes the same', () => {
    const plain = JSON.parse(JSON.stringify(definitionToPlain(definition)))
    const again = fitRegistry(defineRegistry(definitionFromPlain(plain)), fitted.vocabularies)
    expect(again.fingerprint).toBe(fitted.fingerprint)
    expect(again.columns).toEqual(fitted.columns)
  })
})

it('conversion has all that fit and intent have', () => {
  const all = shippedDefinition('conversion').features
  expect([...shippedDefinition('fit').features, ...shippedDefinition('intent').features]).toEqual(all)
})
