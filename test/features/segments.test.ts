import { describe, expect, it } from 'vitest'
import {
  type Definition,
  definitionFromPlain,
  definitionToPlain,
  parseDefinition,
} from '../../src/features/definition.ts'
import { type Facts, factsAt } from '../../src/features/facts.ts'
import { bySpecificity, isInSegment, segmentText, whyInSegment } from '../../src/features/segments.ts'
import type { TraitValue } from '../../src/glossary.ts'
import { WORLD_YAML } from '../training/world.ts'
import { AS_OF, account, definitionWith, lead, trait } from './records.ts'

type Traits = Readonly<Record<string, TraitValue>>

const traits = (given: Traits) => Object.entries(given).map(([name, value]) => trait(name, value))

const factsOf = (own: Traits, ofAccount: Traits = {}) => {
  const subject = lead('l1', { traits: traits(own) })
  return factsAt(account([subject], { traits: traits(ofAccount) }), subject, AS_OF)
}

const segmentsOf = ({ segments }: Definition, facts: Facts) =>
  bySpecificity(segments).filter((segment) => isInSegment(segment, facts))

const withSegments = (segments: unknown) => definitionWith([{ lead_age: {} }], { segments })

const holds = (condition: object, own: Traits, ofAccount: Traits = {}): boolean =>
  segmentsOf(withSegments([{ name: 'some', when: [condition] }]), factsOf(own, ofAccount)).length === 1

describe('a condition of a segment', () => {
  it.each<[string, object, Traits, Traits, boolean]>([
    [
      'text, whatever its case',
      { trait: 'source', one_of: ['Outbound'] },
      { source: ' OUTBOUND ' },
      {},
      true,
    ],
    ['another text', { trait: 'source', one_of: ['outbound'] }, { source: 'outbound call' }, {}, false],
    ['what is not known', { trait: 'source', one_of: ['outbound'] }, {}, {}, false],
    ['what is not known any more', { trait: 'source', one_of: ['outbound'] }, { source: '' }, {}, false],
    ['an entry of a list', { trait: 'uses', one_of: ['b'] }, { uses: ['a', 'B'] }, {}, true],
    ['an empty list', { trait: 'uses', one_of: ['b'] }, { uses: [] }, {}, false],
    ['a number', { trait: 'size', one_of: [3, 4] }, { size: 4 }, {}, true],
    ['yes', { trait: 'student', one_of: [true] }, { student: true }, {}, true],
    ['no is not yes', { trait: 'student', one_of: [true] }, { student: false }, {}, false],
    ['a trait of the account', { account_trait: 'tier', one_of: ['a'] }, {}, { tier: 'A' }, true],
    ['that is not one of the lead', { account_trait: 'tier', one_of: ['a'] }, { tier: 'a' }, {}, false],
    ['a rank', { derived: 'seniority', one_of: ['vice_president'] }, { title: 'VP Sales' }, {}, true],
    ['a department', { derived: 'department', one_of: ['sales'] }, { title: 'VP Sales' }, {}, true],
    ['a mail domain', { derived: 'mail_domain_kind', one_of: ['free'] }, { email: 'a@gmail.com' }, {}, true],
    ['a country by any name', { derived: 'country_code', one_of: ['Germany'] }, { country: 'DE' }, {}, true],
    [
      'that of the account first',
      { derived: 'country_code', one_of: ['de'] },
      { country: 'DE' },
      { country: 'France' },
      false,
    ],
  ])('holds, or not: %s', (_, condition, own, ofAccount, expected) => {
    expect(holds(condition, own, ofAccount)).toBe(expected)
  })

  it('is asked of what was known then', () => {
    const late = lead('l1', { traits: [trait('source', 'outbound', { ago: 50, knownAgo: 10 })] })
    const definition = withSegments([{ name: 'some', when: [{ trait: 'source', one_of: ['outbound'] }] }])
    const at = (daysAgo: number) =>
      segmentsOf(definition, factsAt(account([late]), late, AS_OF - daysAgo * 86_400_000)).length
    expect([at(20), at(10), at(9)]).toEqual([0, 0, 1])
  })
})

describe('segments of a definition', () => {
  const source = { trait: 'source', one_of: ['outbound', 'event'] }
  const size = { account_trait: 'tier', one_of: ['A'] }
  const definition = withSegments([
    { name: 'tier-a', when: [size] },
    { name: 'outbound', when: [source] },
    { name: 'both', when: [source, size] },
  ])

  it('come with the most conditions first, of equals as they are written', () => {
    const found = segmentsOf(definition, factsOf({ source: 'event' }, { tier: 'a' }))
    expect(found.map(({ name }) => name)).toEqual(['both', 'tier-a', 'outbound'])
    expect(segmentsOf(definition, factsOf({ source: 'event' })).map(({ name }) => name)).toEqual(['outbound'])
    expect(segmentsOf(definition, factsOf({}))).toEqual([])
  })

  it('say in words what they are, and what was found', () => {
    const [both] = bySpecificity(definition.segments)
    expect(segmentText(both!)).toBe('source is outbound or event, and tier of the account is A')
    const facts = factsOf({ source: 'Event' }, { tier: 'a' })
    expect(whyInSegment(both!, facts)).toBe('source is event and tier of the account is A')
  })

  it('are the same again from plain data, and without any the plain data does not speak of them', () => {
    expect(definitionFromPlain(JSON.parse(JSON.stringify(definitionToPlain(definition))))).toEqual(definition)
    expect(Object.keys(definitionToPlain(withSegments(undefined)))).not.toContain('segments')
  })

  it.each<[string, string, RegExp]>([
    ['[{ name: a }]', 'segments[0].when', /must be a list/],
    ['[{ name: A, when: [{ trait: x, one_of: [y] }] }]', 'segments[0].name', /lower-case/],
    [
      '[{ name: everyone, when: [{ trait: x, one_of: [y] }] }]',
      'segments[0].name',
      /"everyone" is every lead/,
    ],
    ['[{ name: a, when: [] }]', 'segments[0].when', /must not be empty/],
    [
      '[{ name: a, when: [{ one_of: [y] }] }]',
      'segments[0].when[0]',
      /exactly one of: trait, account_trait, derived\. Given: none/,
    ],
    [
      '[{ name: a, when: [{ trait: x, derived: seniority, one_of: [junior] }] }]',
      'segments[0].when[0]',
      /Given: trait, derived/,
    ],
    [
      '[{ name: a, when: [{ trait: x, equals: y }] }]',
      'segments[0].when[0].equals',
      /unknown field "equals"/,
    ],
    ['[{ name: a, when: [{ trait: x, one_of: [null] }] }]', 'segments[0].when[0].one_of[0]', /Given: null/],
    [
      '[{ name: a, when: [{ derived: seniority, one_of: [boss] }] }]',
      'segments[0].when[0].one_of[0]',
      /one of executive, .*Given: "boss"/,
    ],
    [
      '[{ name: a, when: [{ derived: country_code, one_of: [Atlantis] }] }]',
      'segments[0].when[0].one_of[0]',
      /a country, such as DE or Germany/,
    ],
    [
      '[{ name: a, when: [{ trait: crm_stage, one_of: [new] }] }]',
      'segments[0].when[0].trait',
      /how far sales has come.*before the outcome/,
    ],
    [
      '[{ name: a, when: [{ trait: x, one_of: [y] }] }, { name: a, when: [{ trait: x, one_of: [z] }] }]',
      'segments[1].name',
      /segments\[0\] is called a too/,
    ],
  ])('are refused with line and field: %s', (segments, field, message) => {
    const yaml = `${WORLD_YAML}segments: ${segments}\n`
    expect(() => parseDefinition(yaml, 'world.yaml')).toThrow(
      expect.objectContaining({
        code: 'definition_invalid',
        message: expect.stringMatching(message),
        place: expect.objectContaining({ file: 'world.yaml', line: WORLD_YAML.split('\n').length, field }),
      }),
    )
  })
})
