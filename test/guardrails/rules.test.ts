import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countryCodeOf } from '../../src/features/country-code.ts'
import { DAY, parseTime, type TraitValue } from '../../src/glossary.ts'
import { type Guardrails, parseGuardrails } from '../../src/guardrails/guardrails.ts'
import { judge, rulesThatHold } from '../../src/guardrails/judge.ts'
import { parseLists } from '../../src/guardrails/lists.ts'
import { AS_OF, anyCondition, anySubject, LISTS, type Subject, viewOf } from './subjects.ts'

const CONTEXT = { bands: ['cold', 'cool', 'warm', 'hot'], countryCodeOf }

function parse(...rules: readonly string[]): Guardrails {
  const written = rules.map((rule, i) => `  - { id: r${i}, owner: us, reason: R., ${rule} }`)
  return parseGuardrails(`rules:\n${written.join('\n')}\n`, 'g.yaml', LISTS, CONTEXT)
}

/** The condition in words, or null where it does not hold. */
function ask(when: string, subject: Subject): string | null {
  return judge(parse(`when: ${when}, then: review`), viewOf(subject)).rules[0]?.condition ?? null
}

const holds = (when: string, value: TraitValue) =>
  ask(`{ trait: x, ${when} }`, { traits: { x: value } }) !== null

describe('operators', () => {
  it('look into text: parts, whole words, both ends, wildcards; one of several is enough', () => {
    const title = 'Sales Intern (EMEA), International'
    expect(holds('contains: [nothing, INTERN]', title)).toBe(true)
    expect(holds('has_word: intern', title)).toBe(true)
    expect(holds('has_word: intern', 'International Sales')).toBe(false)
    expect(holds('has_word: intérn', 'Über-Intérn')).toBe(true)
    expect(holds('starts_with: sales', ' Sales')).toBe(true)
    expect(holds('ends_with: [.edu, .ac.uk]', 'cs.EXAMPLE.edu')).toBe(true)
    expect(holds('matches: "*.gov.*"', 'tax.gov.uk')).toBe(true)
    for (const [pattern, text, expected] of [
      ['a*b*c', 'a-b-b-c', true],
      ['a*b*c', 'a-c-b', false],
      ['ab*ba', 'aba', false],
      ['*', '', true],
      ['a', 'ab', false],
    ] as const)
      expect([pattern, text, holds(`matches: "${pattern}"`, text)]).toEqual([pattern, text, expected])
    expect(holds('all_of: [sap, crm]', ['CRM', 'SAP', 'erp'])).toBe(true)
    expect(holds('all_of: [sap, crm]', ['sap'])).toBe(false)
  })

  it('match wildcards as a regular expression would', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*'), minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(text, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 }), (pattern, found) => {
        const reference = new RegExp(`^${pattern.replaceAll('*', '.*')}$`)
        expect(holds(`matches: ${JSON.stringify(pattern)}`, found)).toBe(reference.test(found))
      }),
      { numRuns: 100 },
    )
  })

  it('read countries however they are written; what names none is neither in nor out', () => {
    expect(holds('in_countries: [Germany, AT]', 'Deutschland')).toBe(true)
    expect(holds('not_in_countries: [DE]', 'Österreich')).toBe(true)
    expect(holds('not_in_countries: [DE]', 'Bavaria')).toBe(false)
    expect(() => parse('when: { trait: x, in_countries: [DE, Narnia] }, then: review')).toThrow(
      /g\.yaml:2: rules\[0\]\.when\.in_countries: must be a list of countries.*"Narnia"/,
    )
  })

  it('read dates, in the calendar and from the moment of judging; each bound on its side', () => {
    const at = (time: number) => new Date(time).toISOString()
    expect(holds('before: 2026-11-21', '2026-11-20')).toBe(true)
    expect(holds('before: 2026-11-21', '2026-11-21')).toBe(false)
    expect(holds('after: 2026-11-20T12:00:00+01:00', '2026-11-20T11:00:00.001Z')).toBe(true)
    expect(holds('older_than: 90d', at(AS_OF - 90 * DAY))).toBe(false)
    expect(holds('older_than: 90d', at(AS_OF - 90 * DAY - 1))).toBe(true)
    expect(holds('within_last: 90d', at(AS_OF - 90 * DAY))).toBe(true)
    expect(holds('within_last: 90d', at(AS_OF + 1))).toBe(false)
    expect(holds('within_next: 30d', at(AS_OF + 30 * DAY))).toBe(true)
    expect(holds('within_next: 30d', at(AS_OF))).toBe(false)
    for (const nothing of ['soon', '2026-02-31', 20_261_121, true])
      expect(holds('after: 1970-01-01', nothing)).toBe(false)
  })

  it('ask for scores, probabilities and grades after scoring; without them nothing holds', () => {
    const scored: Subject = { scores: { conversion: 71 }, grade: 'B1' }
    expect(ask('{ score: conversion, at_least: 71 }', scored)).toBe(
      'the score of conversion is 71, at least 71',
    )
    expect(ask('{ probability: conversion, below: 0.71 }', scored)).toBeNull()
    expect(ask('{ grade: fit, one_of: [A, B] }', scored)).toBe('the grade of fit is "B", one of A, B')
    expect(ask('{ grade: intent, equals: "1" }', scored)).toBe('the grade of intent is "1"')
    expect(ask('{ grade: pair, equals: B1 }', scored)).not.toBeNull()
    for (const nothing of ['{ score: win, above: 0 }', '{ grade: pair, starts_with: B }'])
      expect(ask(nothing, {})).toBeNull()
    expect(parse('when: { score: a, known: true }, then: review').asksScores).toBe(true)
    expect(parse('when: { trait: a, known: true }, then: review').asksScores).toBe(false)
  })

  it('count events of several types, by one of several values of a property', () => {
    const events = ['hard', 'block', 'soft'].map((kind) => ({
      type: 'bounced',
      daysAgo: 2,
      properties: { kind },
    }))
    expect(
      ask('{ event: [bounced, failed], where: { kind: [hard, Block] }, within: 3d, at_least: 2 }', {
        events,
      }),
    ).toBe('bounced or failed (kind hard or Block) within 3d: 2 times, the last at 2026-11-19T00:00:00Z')
  })

  it('have lists of mail providers without a file, which a file of the same name replaces', () => {
    const free = parseLists({})['free-mail-domains']!
    expect(free).toContain('gmail.com')
    expect(parseLists({ 'free-mail-domains': 'mail.example' })['free-mail-domains']).toEqual(['mail.example'])
  })
})

describe('actions', () => {
  const known = 'when: { trait: x, known: false }'

  it('bound the decision by the lowest cap and the highest raise, and exclude channels, beside the status', () => {
    const guardrails = parse(
      `${known}, then: { cap: warm }`,
      `${known}, then: { cap: cool }`,
      `${known}, then: { raise: cold }`,
      `${known}, then: { raise: warm }`,
      `${known}, then: { exclude: [phone, email] }`,
      `${known}, then: { exclude: ads }`,
    )
    const { rules, ...verdict } = judge(guardrails, viewOf({}))
    expect(verdict).toEqual({
      status: 'eligible',
      cap: 'cool',
      raise: 'warm',
      excludedChannels: ['ads', 'email', 'phone'],
    })
    expect(rules.map(({ id, action }) => `${id} ${action}`)).toEqual([
      ...['r0 cap', 'r1 cap', 'r2 raise', 'r3 raise', 'r4 exclude', 'r5 exclude'],
    ])
  })

  it('is required, and told what it may be', () => {
    expect(() => parse(known)).toThrow(/rules\[0\]\.then: is required and must be one of disqualify, review,/)
  })

  it.each([
    ['{ cap: lukewarm }', 'rules[0].then.cap', 'cold, cool, warm, hot'],
    ['{ cap: hot, raise: hot }', 'rules[0].then', 'disqualify, review, { cap: BAND }'],
    ['{ exclude: [Tele Phone] }', 'rules[0].then.exclude', 'a list of channels'],
    ['{ exclude: [] }', 'rules[0].then.exclude', 'a list of channels'],
    ['null', 'rules[0].then', '{ exclude: [CHANNEL] }'],
  ])('%s is refused with what is allowed', (action, field, allowed) => {
    let fault: unknown
    try {
      parse(`${known}, then: ${action}`)
    } catch (error) {
      fault = error
    }
    expect(fault).toMatchObject({ place: { file: 'g.yaml', line: 2, field } })
    expect(String(fault)).toContain(allowed)
  })

  it('hold from valid_from to just before valid_until; history may be asked whenever', () => {
    const guardrails = parse(`${known}, then: review, valid_from: 2026-11-20, valid_until: 2026-11-22`)
    const at = (text: string) => judge(guardrails, viewOf({ asOf: parseTime(text) })).status
    expect([at('2026-11-19T23:59:59Z'), at('2026-11-20T00:00:00Z')]).toEqual(['eligible', 'review'])
    expect([at('2026-11-21T23:59:59Z'), at('2026-11-22T00:00:00Z')]).toEqual(['review', 'eligible'])
    const early = viewOf({ asOf: parseTime('2020-01-01T00:00:00Z') })
    expect(rulesThatHold(guardrails, early, true)).toHaveLength(1)
    expect(() => parse(`${known}, then: review, valid_from: 2026-11-22, valid_until: 2026-11-22`)).toThrow(
      /valid_until: must be after valid_from/,
    )
  })
})

describe('many rules', () => {
  it('say what each of them says alone: the screen leaves out nothing that holds', () => {
    fc.assert(
      fc.property(
        fc.array(anyCondition, { minLength: 1, maxLength: 12 }),
        fc.array(anySubject, { minLength: 1, maxLength: 4 }),
        (conditions, subjects) => {
          const together = parse(...conditions.map((when) => `when: ${when}, then: review`))
          for (const subject of subjects) {
            const found = judge(together, viewOf(subject)).rules.map(
              ({ id, condition }) => `${id} ${condition}`,
            )
            const alone = conditions.flatMap((when, i) => {
              // Not of a need: asked whatever the screen says.
              const inverted = ask(`{ not: { not: ${when} } }`, subject)
              return inverted === null ? [] : [`r${i} ${inverted}`]
            })
            expect(found).toEqual(alone)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})
