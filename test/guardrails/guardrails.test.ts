import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WonlostError } from '../../src/errors.ts'
import { DAY, type LeadEvent, parseTime, type TraitValue } from '../../src/glossary.ts'
import { parseGuardrails } from '../../src/guardrails/guardrails.ts'
import { judge } from '../../src/guardrails/judge.ts'
import { parseList } from '../../src/guardrails/lists.ts'
import type { DerivedField, DerivedValue, SubjectView } from '../../src/guardrails/subject-view.ts'

const AS_OF = parseTime('2026-11-21T00:00:00Z')
const LISTS = { rivals: ['rival.example', '*.Other-Rival.example'], served: ['DE', 'us'] }

const read = (name: string) => readFileSync(new URL(`../../models/${name}`, import.meta.url), 'utf8')
const SHIPPED_LISTS = {
  competitors: parseList(read('lists/competitors.txt')),
  'served-countries': parseList(read('lists/served-countries.txt')),
}

interface Subject {
  traits?: Record<string, TraitValue>
  account?: Record<string, TraitValue>
  derived?: Partial<Record<DerivedField, DerivedValue>>
  scores?: Record<string, number>
  grade?: string
  events?: readonly { type: string; daysAgo: number; properties?: Record<string, unknown> }[]
}

function view({
  traits = {},
  account = {},
  derived = {},
  events = [],
  scores = {},
  grade,
}: Subject): SubjectView {
  return {
    asOf: AS_OF,
    trait: (name) => traits[name],
    accountTrait: (name) => account[name],
    derived: (field) => derived[field] ?? { value: undefined },
    events: events.map(
      ({ type, daysAgo, properties = {} }, index): LeadEvent => ({
        eventId: String(index),
        type,
        occurredAt: AS_OF - daysAgo * DAY,
        knownAt: AS_OF - daysAgo * DAY,
        source: 'test',
        properties,
      }),
    ),
    score: (model) => scores[model],
    probability: (model) => scores[model] && scores[model] / 100,
    grade: () => grade,
  }
}

const rule = (when: string, id = 'a-rule', then = 'disqualify', priority = 0) =>
  `  - { id: ${id}, owner: us, reason: Because., when: ${when}, then: ${then}, priority: ${priority} }\n`

/** The condition that held in words, or null when it did not hold. */
function ask(when: string, subject: Subject): string | null {
  const guardrails = parseGuardrails(`rules:\n${rule(when)}`, 'g.yaml', LISTS)
  return judge(guardrails, view(subject)).rules[0]?.condition ?? null
}

function faultOf(text: string): WonlostError {
  try {
    parseGuardrails(text, 'g.yaml', LISTS)
  } catch (error) {
    if (error instanceof WonlostError) return error
    throw error
  }
  throw new Error('the rules were accepted')
}

describe('conditions', () => {
  it('compare values, text without regard to case, and say what was found', () => {
    expect(ask('{ trait: consent, equals: objected }', { traits: { consent: ' Objected ' } })).toBe(
      'consent is " Objected "',
    )
    expect(ask('{ trait: plan, one_of: [free, trial] }', { traits: { plan: 'TRIAL' } })).toBe(
      'plan is "TRIAL", one of free, trial',
    )
    expect(ask('{ account_trait: employees, at_least: 10 }', { account: { employees: 10 } })).toBe(
      "the account's employees is 10, at least 10",
    )
    expect(ask('{ account_trait: employees, at_least: 10 }', { account: { employees: 9.99 } })).toBeNull()
    expect(ask('{ account_trait: employees, at_most: 10 }', { account: { employees: 10 } })).not.toBeNull()
    expect(ask('{ account_trait: employees, below: 10 }', { account: { employees: 10 } })).toBeNull()
    expect(ask('{ trait: title, contains: intern }', { traits: { title: 'Summer INTERN' } })).not.toBeNull()
    expect(ask('{ trait: tools, equals: sap }', { traits: { tools: ['crm', 'SAP'] } })).not.toBeNull()
    // As features read them: no form slips past a rule by sending text.
    for (const yes of [true, 'true', ' Yes ', '1', 1])
      expect(ask('{ trait: student, equals: true }', { traits: { student: yes } })).not.toBeNull()
    for (const no of [false, 'false', 'no', 'maybe', 2, ''])
      expect(ask('{ trait: student, one_of: [true] }', { traits: { student: no } })).toBeNull()
    expect(ask('{ trait: code, equals: 1 }', { traits: { code: '1' } })).toBeNull()
    expect(
      ask('{ account_trait: employees, at_least: 10 }', { account: { employees: ' 10.0 ' } }),
    ).not.toBeNull()
    expect(ask('{ account_trait: employees, below: 10 }', { account: { employees: '9 people' } })).toBeNull()
    expect(ask('{ account_trait: employees, at_least: 10 }', { account: { employees: true } })).toBeNull()
  })

  it('look into lists; a sub-domain belongs to its domain, a longer name does not', () => {
    const domain = (value: string) =>
      ask('{ derived: mail_domain, domain_in_list: rivals }', { derived: { mail_domain: { value } } })
    expect(domain('mail.RIVAL.example')).toBe(
      'domain of the mail address is "mail.RIVAL.example", which is on the list rivals',
    )
    // "*.x" and the like mean x and what is below it, as they do to features.
    expect(domain('other-rival.example')).not.toBeNull()
    expect(domain('mail.other-rival.example')).not.toBeNull()
    expect(domain('notrival.example')).toBeNull()
    expect(domain('rival.example.org')).toBeNull()
    const country = (value: string | undefined) =>
      ask('{ derived: country_code, not_in_list: served }', { derived: { country_code: { value } } })
    expect(country('IR')).toBe('country is "IR", which is not on the list served')
    expect([country('US'), country('de'), country(undefined)]).toEqual([null, null, null])
  })

  it('hold for nothing that is not known, but known: false', () => {
    const operators = [
      'equals: x',
      'one_of: [x]',
      'contains: x',
      'in_list: rivals',
      'not_in_list: rivals',
      'domain_in_list: rivals',
      'at_least: 0',
      'at_most: 0',
      'below: 0',
      'known: true',
    ]
    for (const operator of operators) expect(ask(`{ trait: a, ${operator} }`, {})).toBeNull()
    expect(ask('{ trait: a, known: false }', {})).toBe('a is not known')
  })

  it('count events by type, properties and window; exactly at the edge of the window counts', () => {
    const bounced = (kind: string, daysAgo: number) => ({
      type: 'email_bounced',
      daysAgo,
      properties: { kind },
    })
    const hard = '{ event: email_bounced, where: { kind: hard } }'
    expect(ask(hard, { events: [bounced('soft', 1)] })).toBeNull()
    expect(ask(hard, { events: [bounced('Hard', 1)] })).toBe(
      'email bounced (kind hard): once, at 2026-11-20T00:00:00Z',
    )
    const twice = '{ event: email_bounced, within: 30d, at_least: 2 }'
    expect(ask(twice, { events: [bounced('soft', 30), bounced('soft', 2)] })).toBe(
      'email bounced within 30d: 2 times, the last at 2026-11-19T00:00:00Z',
    )
    expect(ask(twice, { events: [bounced('soft', 30.001), bounced('soft', 2)] })).toBeNull()
    expect(ask('{ event: visit, at_most: 0 }', {})).toBe('visit: never')
    expect(ask('{ event: visit, at_most: 1 }', { events: [{ type: 'visit', daysAgo: 1 }] })).not.toBeNull()
  })

  it('tell of any only what held, and of not what was found instead', () => {
    const any = '{ any: [{ trait: a, equals: x }, { trait: b, equals: y }] }'
    expect(ask(any, { traits: { a: 'x', b: 'z' } })).toBe('a is "x"')
    const not = '{ not: { all: [{ trait: a, one_of: [x] }, { trait: b, known: true }] } }'
    expect(ask(not, { traits: { a: 'x' } })).toBe('b is not known')
    expect(ask(not, { traits: { a: 'q', b: 'r' } })).toBe('a is "q"')
  })

  it('obey De Morgan', () => {
    const leaf = fc.constantFrom('{ trait: a, equals: x }', '{ trait: b, known: true }', '{ event: e }')
    const subject = fc.record({
      a: fc.constantFrom('x', 'y'),
      b: fc.option(fc.constant('q')),
      e: fc.boolean(),
    })
    fc.assert(
      fc.property(leaf, leaf, subject, (p, q, { a, b, e }) => {
        const lead: Subject = {
          traits: { a, ...(b === null ? {} : { b }) },
          events: e ? [{ type: 'e', daysAgo: 1 }] : [],
        }
        const left = ask(`{ not: { any: [${p}, ${q}] } }`, lead)
        const right = ask(`{ all: [{ not: ${p} }, { not: ${q} }] }`, lead)
        expect(left === null).toBe(right === null)
        expect(left).toBe(right)
      }),
    )
  })
})

describe('judge', () => {
  it('lets disqualify win over review whatever the priority, and keeps every rule that held', () => {
    const always = '{ trait: a, known: false }'
    const text = `rules:\n${rule(always, 'look', 'review', 900)}${rule(always, 'low', 'disqualify', 1)}${rule(always, 'high', 'disqualify', 2)}`
    const { status, rules } = judge(parseGuardrails(text, 'g.yaml', LISTS), view({}))
    expect(status).toBe('disqualified')
    expect(rules.map(({ id }) => id)).toEqual(['high', 'low', 'look'])
    expect(rules[2]).toEqual({
      id: 'look',
      action: 'review',
      reason: 'Because.',
      condition: 'a is not known',
    })
  })

  it('leaves a lead eligible when no rule holds, and without rules', () => {
    expect(judge(parseGuardrails('rules: []', 'g.yaml', LISTS), view({}))).toEqual({
      status: 'eligible',
      cap: null,
      raise: null,
      excludedChannels: [],
      rules: [],
    })
  })
})

describe('the shipped rules', () => {
  const guardrails = parseGuardrails(read('guardrails.yaml'), 'guardrails.yaml', SHIPPED_LISTS)
  const complete: Subject = { derived: { completeness: { value: 1 }, country_code: { value: 'DE' } } }
  const verdict = (subject: Subject) => {
    const { status, rules } = judge(
      guardrails,
      view({ ...subject, derived: { ...complete.derived, ...subject.derived } }),
    )
    return [status, ...rules.map(({ id }) => id)]
  }

  it('disqualify competitors, objections, students, unserved countries and hard bounces; review what is incomplete', () => {
    expect(verdict({})).toEqual(['eligible'])
    expect(verdict({ derived: { mail_domain: { value: 'eu.rivalsoft.example' } } })).toEqual([
      'disqualified',
      'competitor',
    ])
    expect(verdict({ account: { domain: 'leadpilot.example' } })).toEqual(['disqualified', 'competitor'])
    expect(verdict({ traits: { consent: 'objected' } })).toEqual(['disqualified', 'objection'])
    expect(verdict({ traits: { do_not_call: true } })).toEqual(['disqualified', 'objection'])
    expect(verdict({ traits: { do_not_call: false } })[1]).not.toBe('objection')
    expect(verdict({ events: [{ type: 'unsubscribed', daysAgo: 300 }] })).toEqual([
      'disqualified',
      'objection',
    ])
    expect(verdict({ traits: { student: true } })).toEqual(['disqualified', 'student'])
    expect(verdict({ derived: { country_code: { value: 'KP' } } })).toEqual([
      'disqualified',
      'country-not-served',
    ])
    const bounce = { type: 'email_bounced', daysAgo: 1, properties: { kind: 'hard' } }
    expect(verdict({ events: [bounce] })).toEqual(['disqualified', 'hard-bounce'])
    expect(verdict({ derived: { completeness: { value: 0.33 } } })).toEqual(['review', 'incomplete'])
  })

  it('do not touch free mail, careers-page visits, soft bounces or an unknown country', () => {
    expect(verdict({ derived: { mail_domain_kind: { value: 'free' } } })).toEqual(['eligible'])
    expect(verdict({ events: [{ type: 'careers_page_viewed', daysAgo: 1 }] })).toEqual(['eligible'])
    expect(
      verdict({ events: [{ type: 'email_bounced', daysAgo: 1, properties: { kind: 'soft' } }] }),
    ).toEqual(['eligible'])
    expect(verdict({ derived: { country_code: { value: undefined } } })).toEqual(['eligible'])
  })
})

describe('faults in the file', () => {
  const twoRules = (second: string) =>
    `rules:\n  - id: fine\n    owner: us\n    reason: Fine.\n    when: { trait: a, known: true }\n    then: review\n${second}`
  const second = (lines: string) =>
    twoRules(`  - id: other\n    owner: us\n    reason: Other.\n    then: review\n    when:\n${lines}`)

  it.each([
    ['a misspelt operator', second('      trait: a\n      equls: x\n'), 13, 'rules[1].when.equls', 'equals'],
    [
      'two operators',
      second('      trait: a\n      equals: x\n      known: true\n'),
      14,
      'rules[1].when.known',
      'exactly one of',
    ],
    ['no operator', second('      trait: a\n'), 11, 'rules[1].when', 'exactly one of equals'],
    [
      'two kinds',
      second('      any:\n        - { trait: a, known: true, event: b }\n'),
      13,
      'rules[1].when.any[0].event',
      'exactly one of all',
    ],
    [
      'an unknown list',
      second('      derived: mail_domain\n      in_list: rivalz\n'),
      13,
      'rules[1].when.in_list',
      'rivals, served',
    ],
    [
      'an unknown derived field',
      second('      derived: mail\n      equals: x\n'),
      12,
      'rules[1].when.derived',
      'mail_domain',
    ],
    [
      'an operator of values on events',
      second('      event: a\n      equals: x\n'),
      13,
      'rules[1].when.equals',
      'at_least',
    ],
    [
      'a count that is none',
      second('      event: a\n      at_least: 1.5\n'),
      13,
      'rules[1].when.at_least',
      'whole number',
    ],
    [
      'bounds that cross',
      second('      event: a\n      at_least: 3\n      at_most: 2\n'),
      14,
      'rules[1].when.at_most',
      'at_least',
    ],
    [
      'a window that is none',
      second('      event: a\n      within: 2 weeks\n'),
      13,
      'rules[1].when.within',
      '14d',
    ],
    ['an empty any', second('      any: []\n'), 12, 'rules[1].when.any', 'empty'],
    [
      'an id twice',
      twoRules('  - { id: fine, owner: us, reason: R., when: { trait: a, known: true }, then: review }\n'),
      7,
      'rules[1].id',
      'rules[0]',
    ],
    [
      'an unknown action',
      twoRules('  - { id: b, owner: us, reason: R., when: { trait: a, known: true }, then: delete }\n'),
      7,
      'rules[1].then',
      'disqualify, review',
    ],
    [
      'no reason',
      twoRules('  - { id: b, owner: us, when: { trait: a, known: true }, then: review }\n'),
      7,
      'rules[1].reason',
      'required',
    ],
  ])('%s: file, line, field and what is allowed', (_name, text, line, field, allowed) => {
    const fault = faultOf(text)
    expect(fault.code).toBe('guardrails_invalid')
    expect(fault.place).toEqual({ file: 'g.yaml', line, field })
    expect(fault.message).toContain(allowed)
  })

  it.each([70, 400, 900, 1500, 20_000])('refuses %i levels of nesting', (depth) => {
    const fault = faultOf(
      `rules:\n${rule(`${'{ not: '.repeat(depth)}{ trait: a, known: true }${' }'.repeat(depth)}`)}`,
    )
    expect(fault.code).toBe('guardrails_invalid')
    expect(fault.place.line).toBe(2)
  })

  it('accepts 20 levels', () => {
    const when = `${'{ all: [{ not: '.repeat(10)}{ trait: a, known: true }${' }] }'.repeat(10)}`
    expect(ask(when, { traits: { a: 'x' } })).toBe('a is "x"')
  })

  /** A file that somebody is typing: parts left out, doubled, swapped and mistyped, and text that means something to YAML. */
  const pieces = fc.constantFrom(
    ...[
      'rules:',
      'tests:',
      '\n',
      '\n  - ',
      '\n    ',
      '{',
      '}',
      '[',
      ']',
      ', ',
      ': ',
      '- ',
      '#',
      '"',
      "'",
      '|',
      '&a',
      '*a',
      '!!x',
      '---',
    ],
    ...[
      'id: fine',
      'owner: us',
      'reason: R',
      'when: ',
      'then: ',
      'priority: 9e99',
      'valid_from: soon',
      'all: ',
      'any: ',
      'not: ',
    ],
    ...[
      'trait: a',
      'score: m',
      'grade: pair',
      'event: [e]',
      'where: {k: [1]}',
      'within: 99999d',
      'at_least: -1',
      'at_most: .nan',
    ],
    ...[
      'one_of: []',
      'matches: "**"',
      'in_list: constructor',
      'in_countries: [XX]',
      'before: 9999-99-99',
      'equals: null',
    ],
    ...[
      'cap: __proto__',
      'exclude: []',
      'expect: eligible',
      'lead: {a: []}',
      'events: [{}]',
      '\u0000',
      '\u2028',
      '\ud800',
      '1e999',
      '\t',
    ],
  )
  const file = read('guardrails.yaml')

  it('never crashes on damaged text, and always says where and what', () => {
    const damaged = fc
      .tuple(
        fc.constantFrom(file, second('      trait: a\n      equals: x\n')),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(20), pieces), {
          minLength: 1,
          maxLength: 3,
        }),
      )
      .map(([text, changes]) =>
        changes.reduce((changed, [place, cut, put]) => {
          const at = Math.floor(place * changed.length)
          return changed.slice(0, at) + put + changed.slice(at + cut)
        }, text),
      )
    const invented = fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(damaged, invented), (text) => {
        try {
          parseGuardrails(text, 'g.yaml', SHIPPED_LISTS, { bands: ['cold', 'hot'] })
        } catch (error) {
          if (!(error instanceof WonlostError)) throw error
          const { code, message, place } = error
          expect(code).toBe('guardrails_invalid')
          expect(place.file).toBe('g.yaml')
          expect(place.line).toBeGreaterThanOrEqual(1)
          expect(message.startsWith(`g.yaml:${place.line}: `)).toBe(true)
          expect(message).toMatch(
            /must|allowed|required|unknown field|does not go with|not valid YAML|not supported/,
          )
        }
      }),
      { numRuns: 150 },
    )
  })

  it.each([
    ['open brackets', '['.repeat(20_000)],
    ['open braces', 'rules: [{ a: '.repeat(5_000)],
    ['lists in lists', '- '.repeat(30_000)],
    [
      'aliases of aliases',
      `a: &a [x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [*a, *a]\n`).join('')}`,
    ],
    ['one long line', `rules: ${'x'.repeat(500_000)}`],
    ['many keys', Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n')],
    ['nothing', ''],
    ['a list', '- rules'],
    ['too many rules', `rules:\n${rule('{ trait: a, known: true }').repeat(2_001)}`],
  ])('%s: refused with file and line', (_name, text) => {
    const fault = faultOf(text)
    expect(fault.code).toBe('guardrails_invalid')
    expect(fault.place).toMatchObject({ file: 'g.yaml', line: expect.any(Number) })
  })
})

describe('parseList', () => {
  it('drops comments, blanks, a byte order mark and carriage returns', () => {
    expect(parseList('\uFEFF# rivals\r\na.example  # the first\r\n\r\n b.example \n')).toEqual([
      'a.example',
      'b.example',
    ])
  })
})
