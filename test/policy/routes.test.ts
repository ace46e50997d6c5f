import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WonlostError } from '../../src/errors.ts'
import { decide, type PolicyInput } from '../../src/policy/decide.ts'
import { parsePolicy } from '../../src/policy/policy.ts'
import { NONE, type Routed, type RouteLine, routeFaults, routeOf } from '../../src/policy/routes.ts'
import { TEST_POLICY } from '../support/models-folder.ts'

const SHIPPED = readFileSync(new URL('../../models/policy.yaml', import.meta.url), 'utf8')
const shipped = parsePolicy(SHIPPED, '/somewhere/models/policy.yaml')

const POLICY = `${TEST_POLICY}grade:
  fit: { model: fit, A: 65, B: 52, C: 40 }
  intent: { model: intent, 1: 70, 2: 55, 3: 40 }
`

const ROUTES = `territories:
  dach: [DE, AT]
  alps: [AT, CH]
routes:
  - { name: first, when: { band: hot, territory: dach, grade: [A*, '*1'] }, queue: east }
  - { name: second, when: { source: [Partner, none], consent: granted }, queue: partners, nurture: tips }
  - { name: third, when: { segment: outbound }, queue: outbound }
  - { name: rest, queue: all }
`

const policyOf = (routes: string) => parsePolicy(`${POLICY}${routes}`, 'policy.yaml')

function faultOf(text: string): WonlostError {
  try {
    policyOf(text)
  } catch (error) {
    if (error instanceof WonlostError) return error
    throw error
  }
  throw new Error('the policy was accepted')
}

const input = (changes: Partial<PolicyInput>): PolicyInput => ({
  scores: {
    conversion: { score: 90, probability: 0.3 },
    fit: { score: 70, probability: 0.1 },
    intent: { score: 10, probability: 0.1 },
  },
  verdict: 'eligible',
  cap: null,
  raise: null,
  segments: [],
  country: null,
  source: 'web',
  consent: null,
  openDeal: null,
  ...changes,
})

describe('routes', () => {
  const policy = policyOf(ROUTES)
  const landing = (changes: Partial<PolicyInput>) => {
    const { route, routeRule, nurture } = decide(policy, null, input(changes))
    return [route, routeRule, nurture]
  }

  it('takes the first line all of whose conditions hold, and names it with its place in the file', () => {
    const line = (name: string) =>
      POLICY.concat(ROUTES)
        .split('\n')
        .findIndex((one) => one.includes(`name: ${name}`)) + 1
    expect(landing({ country: 'AT' })).toEqual(['east', `first (policy.yaml:${line('first')})`, null])
    // CH is in another territory; the source is compared without regard to case.
    expect(landing({ country: 'CH', source: ' PARTNER ', consent: 'Granted' })).toEqual([
      'partners',
      `second (policy.yaml:${line('second')})`,
      'tips',
    ])
    expect(landing({ segments: ['other', 'outbound'] })[0]).toBe('outbound')
    expect(landing({ country: 'DE', verdict: 'review' })[0]).toBe('all')
  })

  it('takes "none" for what is not known, and for nothing else', () => {
    expect(landing({ source: null, consent: 'granted' })[0]).toBe('partners')
    expect(landing({ source: 'web', consent: 'granted' })[0]).toBe('all')
    const noGrade = policyOf(
      'routes:\n  - { name: a, when: { grade: none, territory: none }, queue: q }\n  - { name: b, queue: r }\n',
    )
    const queue = (changes: Partial<PolicyInput>) => decide(noGrade, null, input(changes)).route
    expect(queue({ scores: {} })).toBe('q')
    expect(queue({})).toBe('r')
  })

  it('has no grade to ask for where the policy has none', () => {
    const asking = (grade: string) =>
      parsePolicy(
        `${TEST_POLICY}routes:\n  - { name: a, when: { grade: ${grade} }, queue: q }\n  - { name: b, queue: r }\n`,
        'policy.yaml',
      )
    expect(() => asking('A1')).toThrow('routes[0].when.grade: must be of none. Given: "A1"')
    expect(decide(asking('none'), null, input({}))).toMatchObject({
      grade: null,
      gradeAction: null,
      route: 'q',
    })
  })

  it('names neither folder nor machine', () => {
    expect(shipped.routes?.[0]?.rule).toMatch(/^stopped \(policy\.yaml:\d+\)$/)
  })

  it.each([
    [
      'a last line with conditions',
      '  - { name: a, when: { band: hot }, queue: q }',
      'routes[0].when',
      'the last line must have no conditions',
    ],
    [
      'a name twice',
      '  - { name: a, when: { band: hot }, queue: q }\n  - { name: a, queue: q }',
      'routes[1].name',
      'must be none of a. Given: "a"',
    ],
    [
      'a band that there is not',
      '  - { name: a, when: { band: [cold, hott] }, queue: q }\n  - { name: b, queue: q }',
      'routes[0].when.band',
      'must be of cold, hot, disqualified, review, unscored (did you mean "hot"?). Given: "hott"',
    ],
    [
      'a territory that there is not',
      '  - { name: a, when: { territory: mars }, queue: q }\n  - { name: b, queue: q }',
      'routes[0].when.territory',
      'must be of none. Given: "mars"',
    ],
    [
      'a line behind one that takes all',
      '  - { name: a, queue: q }\n  - { name: b, queue: q }',
      'routes[1]',
      '"b" is never reached: "a" before it takes all of its leads',
    ],
    [
      'a line behind a wider one',
      '  - { name: a, when: { grade: [A*, none] }, queue: q }\n  - { name: b, when: { grade: [A1, none], source: x }, queue: q }\n  - { name: c, queue: q }',
      'routes[1]',
      '"b" is never reached',
    ],
    ['no queue', '  - { name: a }', 'routes[0].queue', 'is required'],
    [
      'an unknown condition',
      '  - { name: a, when: { bnad: hot }, queue: q }\n  - { name: b, queue: q }',
      'routes[0].when.bnad',
      'unknown field "bnad" (did you mean "band"?); allowed: band, grade',
    ],
    ['no line at all', '  []', 'routes', 'must not be empty'],
  ])('refuses %s, with file, line and what is allowed', (_, lines, field, message) => {
    const fault = faultOf(`routes:\n${lines}\n`)
    expect(fault.code).toBe('policy_invalid')
    expect(fault.place).toMatchObject({ file: 'policy.yaml', field })
    expect(fault.place.line).toBeGreaterThan(POLICY.split('\n').length - 1)
    expect(fault.message).toContain(message)
  })

  const anyOf = <T>(...values: T[]) => fc.constantFrom(...values)
  const some = (...values: [string, ...string[]]) =>
    fc.option(fc.uniqueArray(anyOf(...values), { minLength: 1, maxLength: 3 }), { nil: undefined })
  const when = fc.record(
    {
      band: some('cold', 'hot', 'review'),
      grade: some('A1', 'A*', '*1', 'none', '**'),
      territory: some('dach', 'alps', 'none'),
      segment: some('outbound', 'none'),
      source: some('web', 'none'),
      consent: some('granted', 'none'),
    },
    { requiredKeys: [] },
  )
  const lead: fc.Arbitrary<Routed> = fc.record({
    band: anyOf('cold', 'hot', 'review'),
    grade: anyOf('A1', 'B1', 'D4', null),
    territories: fc.subarray(['dach', 'alps']),
    segments: fc.subarray(['outbound', 'other']),
    source: anyOf('web', 'Web', 'fair', null),
    consent: anyOf('granted', null),
  })

  it('takes every lead by exactly one line, the same as a reference that asks every condition in turn', () => {
    fc.assert(
      fc.property(fc.array(when, { maxLength: 6 }), lead, (conditions, one) => {
        const routes: RouteLine[] = [
          ...conditions.map((asked, i) => ({ name: `r${i}`, when: asked, queue: 'q', nurture: null })),
          { name: 'rest', queue: 'q', nurture: null },
        ]
        const own: Record<string, string[]> = {
          band: [one.band],
          grade: one.grade === null ? [NONE] : [one.grade, `${one.grade[0]}*`, `*${one.grade[1]}`, '**'],
          territory: one.territories.length > 0 ? [...one.territories] : [NONE],
          segment: one.segments.length > 0 ? [...one.segments] : [NONE],
          source: [one.source?.toLowerCase() ?? NONE],
          consent: [one.consent ?? NONE],
        }
        const expected = routes.find(({ when: asked }) =>
          Object.entries(asked ?? {}).every(
            ([name, values]) => values === undefined || values.some((value) => own[name]!.includes(value)),
          ),
        )
        expect(routeOf(routes, one)).toBe(expected)
        // Whatever the checker calls unreachable takes nobody.
        const unreachable = routeFaults(routes, ['cold', 'hot', 'review'], ['dach', 'alps'], true)
          .filter(({ message }) => message.includes('never reached'))
          .map(({ path }) => routes[Number(path[1])])
        expect(unreachable).not.toContain(routeOf(routes, one))
      }),
      { numRuns: 500 },
    )
  })
})

/** Small, so that many can be tried; every section is in it. */
const EVERYTHING = `${POLICY.trimEnd()}
  actions: [{ grade: A1, action: call }, { grade: "**", action: wait }]
  quadrants:
    high_fit: B
    high_intent: 2
    high_fit_high_intent: a
    high_fit_low_intent: b
    low_fit_high_intent: c
    low_fit_low_intent: d
segment_bands:
  outbound: [{ name: cold, from: 0, to: 9 }, { name: hot, from: 10, to: 100 }]
${ROUTES}expected_value: { currency: EUR, rates: { USD: 0.9 }, least_won_deals: 5 }
`

describe('a policy file that somebody broke', () => {
  const words = [
    'band',
    'hot',
    'none',
    '**',
    'A*',
    '0',
    '-1',
    '1e999',
    '.nan',
    'null',
    '[]',
    '{}',
    '&a',
    '*a',
    '!!js',
    '"',
    "'",
    ': ',
    '- ',
    '\n  ',
    '\t',
    '__proto__',
    'routes:',
    'DE',
    'PT1H',
    '\u2028',
    '\u0000',
  ]
  it('may hold no aliases: a few of them would grow to any size', () => {
    const items = Array(8)
      .fill('x')
      .map((_, level) => `k${level}: &k${level} [${level === 0 ? 'x' : Array(9).fill(`*k${level - 1}`)}]`)
    const message = /^policy\.yaml:2: aliases \(\*name\) are not supported/
    expect(() => parsePolicy(items.join('\n'), 'policy.yaml')).toThrow(message)
  })

  it('gives a policy or an error with file, line and place, whatever stands in it', () => {
    const lines = EVERYTHING.split('\n')
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.nat(lines.length - 1),
            fc.constantFrom('put', 'replace', 'drop', 'copy', 'cut'),
            fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 6, unit: 'binary' })),
            fc.nat(60),
          ),
          { minLength: 1, maxLength: 4 },
        ),
        (edits) => {
          const text = [...lines]
          for (const [at, how, word, column] of edits) {
            const line = text[at] ?? ''
            if (how === 'put') text[at] = line.slice(0, column) + word + line.slice(column)
            if (how === 'replace') text[at] = line.replace(/: .*$/, `: ${word}`)
            if (how === 'drop') text.splice(at, 1)
            if (how === 'copy') text.splice(at, 0, line)
            if (how === 'cut') text[at] = line.slice(0, column)
          }
          try {
            parsePolicy(text.join('\n'), 'policy.yaml')
          } catch (error) {
            expect(error).toBeInstanceOf(WonlostError)
            const { code, place, message } = error as WonlostError
            expect(code).toBe('policy_invalid')
            expect(place.file).toBe('policy.yaml')
            expect(place.line).toBeGreaterThan(0)
            expect(place.line).toBeLessThanOrEqual(text.join('\n').split('\n').length)
            expect(message).toMatch(/^policy\.yaml:\d+: /)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
