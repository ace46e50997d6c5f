import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Definition, parseDefinition } from '../../src/features/definition.ts'
import { canonicalJson, sha256Hex } from '../../src/model/canonical.ts'
import { scoreLead, scoreWithInput } from '../../src/scoring/engine.ts'
import { familiesOf } from '../../src/scoring/families.ts'
import { type LoadedModel, loadModel } from '../../src/scoring/load-model.ts'
import type { ModelScore } from '../../src/scoring/scored-lead.ts'
import { WORLD_YAML } from '../training/world.ts'
import { AS_OF, engine, type LeadShape, logisticArtifact, records } from './fixture.ts'

const SEGMENTS = {
  outbound: { source: ['outbound'] },
  german: { country: ['DE'] },
  'german-outbound': { source: ['outbound', 'event'], country: ['DE'] },
  /** As many conditions as outbound, and before it by name. */
  acme: { source: ['outbound', 'partner'] },
} as const

type SegmentName = keyof typeof SEGMENTS
type Traits = NonNullable<LeadShape['lead']>

function definitionWith(
  segments: readonly SegmentName[],
  all: Readonly<Record<SegmentName, object>> = SEGMENTS,
): Definition {
  const lines = segments.map((name) => {
    const when = Object.entries(all[name]).map(
      ([trait, values]) => `{ trait: ${trait}, one_of: [${values}] }`,
    )
    return `  - { name: ${name}, when: [${when}] }`
  })
  const head = WORLD_YAML.split('features:')[0]!.replace('name: world', 'name: conversion')
  const features = `features:
  - number: { trait: employees, of: account, label: number of employees, transform: log1p }
  - category: { trait: industry, of: account, label: industry }
  - behaviour: { event: pricing_page_viewed, label: pricing page visit, half_life: 10d, measures: [decayed, count] }
`
  const text = `${head}${features}${lines.length > 0 ? `segments:\n${lines.join('\n')}\n` : ''}`
  return parseDefinition(text, 'conversion.yaml')
}

/** Each segment has another base, so that every model gives another probability. */
function modelOf(
  segment: SegmentName | '',
  of: readonly SegmentName[],
  base: number,
  all?: Readonly<Record<SegmentName, object>>,
): LoadedModel {
  const artifact = { ...logisticArtifact(definitionWith(of, all), { base }), segment }
  const body = canonicalJson(artifact)
  return loadModel({ name: 'conversion', segment, version: 2, sha256: sha256Hex(body), body })
}

const ALL = ['outbound', 'german', 'german-outbound'] as const
const EVERYONE = modelOf('', ALL, -3)
const INSIDE = ALL.map((name, place) => modelOf(name, ALL, place))

function scored(models: readonly LoadedModel[], lead: Traits): ModelScore {
  const { account, lead: record } = records({ lead })
  return scoreLead(engine(models), account, record, AS_OF, { explain: false }).scores.conversion!
}

describe('the models of one name', () => {
  it('are asked by the facts: the most specific that applies answers, and says why', () => {
    const models = [...INSIDE, EVERYONE]
    const answer = (lead: Traits, of = models) => {
      const found = scored(of, lead)
      return found.applies ? [found.model.segment, found.model.because] : [found.why]
    }
    expect(answer({ source: 'Outbound' })).toEqual([
      'outbound',
      'the segment outbound applies: source is outbound',
    ])
    expect(answer({ source: 'event', country: 'DE' })).toEqual([
      'german-outbound',
      'the segment german-outbound applies: source is event and country is DE',
    ])
    expect(answer({ country: 'DE' })).toEqual(['german', 'the segment german applies: country is DE'])
    expect(answer({ source: 'event' })).toEqual([null, 'no segment applies'])
    expect(answer({ source: 'outbound' }, [EVERYONE])).toEqual([
      null,
      'there is no champion for the segment outbound',
    ])
    expect(answer({ source: 'outbound' }, [modelOf('', [], -3)])).toEqual([
      null,
      'it is the model for everyone',
    ])
    expect(answer({}, [INSIDE[0]!])).toEqual(['no segment applies, and conversion has no model for everyone'])
  })

  it('do not answer for each other: each segment has the probability of its own model', () => {
    const of = (lead: Traits) => {
      const found = scored([...INSIDE, EVERYONE], lead)
      return found.applies ? found.probability : null
    }
    const answers = [
      of({}),
      of({ source: 'outbound' }),
      of({ country: 'DE' }),
      of({ source: 'outbound', country: 'DE' }),
    ]
    expect(new Set(answers).size).toBe(4)
  })

  it('answer alike in whatever order the engine has them', () => {
    const value = fc.constantFrom('outbound', 'event', 'DE', 'other', undefined)
    fc.assert(
      fc.property(
        fc.shuffledSubarray([EVERYONE, ...INSIDE], { minLength: 1 }),
        value,
        value,
        (models, source, country) => {
          const traits = { ...(source ? { source } : {}), ...(country ? { country } : {}) }
          const found = scored(models, traits)
          // Independently: those whose every condition holds, the most conditions first, then as written.
          const holding = models
            .flatMap(({ segment }) => (segment === '' ? [] : [segment as SegmentName]))
            .filter((name) =>
              Object.entries(SEGMENTS[name]).every(([trait, values]) =>
                (values as readonly string[]).includes(traits[trait as keyof typeof traits] ?? '?'),
              ),
            )
            .sort((a, b) => Object.keys(SEGMENTS[b]).length - Object.keys(SEGMENTS[a]).length)
          const expected = holding[0] ?? (models.includes(EVERYONE) ? null : undefined)
          expect(found.applies ? found.model.segment : undefined).toBe(expected)
        },
      ),
      { seed: 7 },
    )
  })

  it('are asked in the order of the definition where they say as much, and so are bands, routes and amounts', () => {
    const of = ['outbound', 'acme', 'german'] as const
    const by = (...with_: (SegmentName | '')[]) => with_.map((name) => modelOf(name, of, name.length))
    const segmentsFor = (models: readonly LoadedModel[], lead: Traits) => {
      const { account, lead: record } = records({ lead })
      const { input, scored } = scoreWithInput(engine(models), account, record, AS_OF, { explain: false })
      const score = scored.scores.conversion!
      return [score.applies ? score.model.segment : null, ...input.segments]
    }
    const both = { source: 'outbound' }
    // Whatever the order of the models: databases give them by name.
    for (const models of [by('', 'acme', 'outbound'), by('outbound', 'acme', '')])
      expect(segmentsFor(models, both)).toEqual(['outbound', 'outbound', 'acme'])
    expect(segmentsFor(by('', 'acme'), both)).toEqual(['acme', 'outbound', 'acme'])
    // Trained when outbound was something else: its leads are those that it was trained for, for the bands as well.
    const moved = modelOf('outbound', ['outbound'], 1)
    const others = { ...SEGMENTS, outbound: { source: ['partner'] } }
    const everyone = modelOf('', of, -3, others)
    expect(segmentsFor([everyone, moved], { source: 'outbound' })).toEqual(['outbound', 'outbound', 'acme'])
    expect(segmentsFor([everyone], { source: 'outbound' })).toEqual([null, 'acme'])
  })

  it('are one family, in the order of the first of each name', () => {
    const models = [INSIDE[0]!, EVERYONE]
    const [family, ...others] = familiesOf(models)
    expect(others).toEqual([])
    expect(family).toMatchObject({ name: 'conversion', everyone: EVERYONE })
    expect(familiesOf(models)).toBe(familiesOf(models))
  })

  it('of a segment that its definition does not have are not loaded', () => {
    const artifact = { ...logisticArtifact(definitionWith(['german'])), segment: 'outbound' }
    const body = canonicalJson(artifact)
    const stored = { name: 'conversion', segment: 'outbound', version: 2, sha256: sha256Hex(body), body }
    expect(() => loadModel(stored)).toThrow(
      expect.objectContaining({
        code: 'artifact_invalid',
        message: expect.stringMatching(/who is in the segment outbound\. Its segments: german\./),
      }),
    )
  })
})
