import { describe, expect, it } from 'vitest'
import { DAY, type TraitValue } from '../../src/glossary.ts'
import { AS_OF, columnsOf, lead, numberOf, textOf, trait } from './records.ts'

const ofAccount = (name: string, value: TraitValue) => ({ account: { traits: [trait(name, value)] } })
const ofLead = (name: string, value: TraitValue) => ({ lead: { traits: [trait(name, value)] } })

describe('number', () => {
  const employees = {
    number: { trait: 'employees', of: 'account', label: 'number of employees', unit: 'employee' },
  }

  it.each<[TraitValue, number]>([
    [1200, 1200],
    [0, 0],
    ['1200', 1200],
    [' -3.5 ', -3.5],
    ['1,200', Number.NaN],
    ['51-200', Number.NaN],
    ['', Number.NaN],
    ['0x10', Number.NaN],
    ['Infinity', Number.NaN],
    [Number.NaN, Number.NaN],
    [Number.POSITIVE_INFINITY, Number.NaN],
    [true, Number.NaN],
    [['7'], Number.NaN],
  ])('reads %j as %d', (given, expected) => {
    expect(numberOf(employees, ofAccount('employees', given))).toBe(expected)
  })

  it('is missing without the trait, and does not take it from the other subject', () => {
    expect(numberOf(employees)).toBeNaN()
    expect(numberOf(employees, ofLead('employees', 5))).toBeNaN()
  })

  it('speaks of it', () => {
    expect(textOf(employees, ofAccount('employees', 1200))).toBe('1,200 employees')
    expect(textOf(employees, ofAccount('employees', 1))).toBe('1 employee')
    expect(textOf(employees)).toBe('number of employees is not known')
    const revenue = { number: { trait: 'revenue', label: 'revenue' } }
    expect(textOf(revenue, ofLead('revenue', 2_500_000.125))).toBe('revenue 2,500,000.13')
  })
})

describe('boolean', () => {
  const student = { boolean: { trait: 'student', label: 'student' } }

  it.each<[TraitValue, number]>([
    [true, 1],
    [false, 0],
    ['Yes', 1],
    ['no', 0],
    [1, 1],
    [0, 0],
    ['maybe', Number.NaN],
    ['constructor', Number.NaN],
    [2, Number.NaN],
    [['true'], Number.NaN],
  ])('reads %j as %d', (given, expected) => {
    expect(numberOf(student, ofLead('student', given))).toBe(expected)
  })

  it('speaks of it', () => {
    expect(textOf(student, ofLead('student', true))).toBe('student')
    expect(textOf(student, ofLead('student', false))).toBe('not student')
    expect(textOf(student)).toBe('student: not known')
  })
})

describe('category', () => {
  const industry = { category: { trait: 'industry', of: 'account', label: 'industry' } }
  const vocabularies = { industry: ['software', 'retail'] }

  it('is the code of the fitted vocabulary, whatever the case and spaces', () => {
    expect(numberOf(industry, { ...ofAccount('industry', ' Retail '), vocabularies })).toBe(1)
    expect(numberOf(industry, { ...ofAccount('industry', 'SOFTWARE'), vocabularies })).toBe(0)
    const words = { industry: ['real estate'] }
    for (const value of ['Real  Estate', 'real\u00A0estate\n', 'ＲＥＡＬ estate']) {
      expect(numberOf(industry, { ...ofAccount('industry', value), vocabularies: words })).toBe(0)
    }
  })

  it('is missing when unseen, empty or no text, never another code', () => {
    for (const value of ['mining', '', '  ', ['retail'], 'constructor', '__proto__']) {
      expect(numberOf(industry, { ...ofAccount('industry', value), vocabularies })).toBeNaN()
    }
    expect(numberOf(industry, { vocabularies })).toBeNaN()
  })

  it('speaks of it as it was given', () => {
    expect(textOf(industry, { ...ofAccount('industry', 'Retail'), vocabularies })).toBe('industry Retail')
    expect(textOf(industry, { ...ofAccount('industry', 'Mining'), vocabularies })).toBe(
      'industry Mining, too rare to learn from',
    )
    expect(textOf(industry, { vocabularies })).toBe('industry is not known')
    // Names of machines in words; what people wrote stays as it is.
    expect(textOf(industry, { ...ofAccount('industry', ' real_estate__b2b '), vocabularies })).toBe(
      'industry real estate b2b, too rare to learn from',
    )
    const vocabulary = { industry: ['_a b_c'] }
    expect(textOf(industry, { ...ofAccount('industry', '_a b_c'), vocabularies: vocabulary })).toBe(
      'industry _a b_c',
    )
  })
})

describe('list', () => {
  const technologies = { list: { trait: 'technologies', of: 'account', label: 'technologies' } }
  const vocabularies = { technologies: ['kubernetes', 'react'] }
  const flags = (value: TraitValue) =>
    Object.values(columnsOf(technologies, { ...ofAccount('technologies', value), vocabularies })).map(
      ([flag]) => flag,
    )

  it('has one flag for each entry; no list is missing in all, an empty one is none of them', () => {
    expect(flags(['React', 'cobol', 'react'])).toEqual([0, 1])
    expect(flags('Kubernetes; React')).toEqual([1, 1])
    expect(flags([])).toEqual([0, 0])
    const none = columnsOf(technologies, { vocabularies })
    expect(none['technologies.react']).toEqual([Number.NaN, 'technologies: not known'])
  })

  it('speaks of each', () => {
    const columns = columnsOf(technologies, { ...ofAccount('technologies', ['react']), vocabularies })
    expect(columns['technologies.react']).toEqual([1, 'technologies: react'])
    expect(columns['technologies.kubernetes']).toEqual([0, 'technologies: not kubernetes'])
  })
})

describe('seniority and department', () => {
  it('are codes of fixed vocabularies, and one sentence', () => {
    const given = ofLead('title', 'VP Eng')
    expect(columnsOf({ seniority: {} }, given)).toEqual({ seniority: [1, 'VP in engineering'] })
    expect(columnsOf({ department: {} }, given)['department']?.[1]).toBe('works in engineering')
  })

  it('are missing for a title that does not tell, and without one', () => {
    expect(columnsOf({ seniority: {} }, ofLead('title', 'Blacksmith'))).toEqual({
      seniority: [Number.NaN, 'title "Blacksmith" does not tell the seniority'],
    })
    expect(columnsOf({ department: {} })).toEqual({ department: [Number.NaN, 'title is not known'] })
    expect(numberOf({ seniority: {} }, ofLead('title', 7))).toBeNaN()
  })
})

describe('mail', () => {
  const both = (mail: string, domain: string) => ({
    lead: { traits: [trait('email', mail)] },
    account: { traits: [trait('domain', domain)] },
  })

  it('tells the kind of domain', () => {
    expect(columnsOf({ mail_domain_kind: {} }, ofLead('email', 'ann@acme.com'))).toEqual({
      mail_domain_kind: [0, 'business mail address'],
    })
    expect(textOf({ mail_domain_kind: {} }, ofLead('email', 'Ann@GMAIL.com'))).toBe(
      'mail address at a free provider',
    )
    expect(columnsOf({ mail_domain_kind: {} }, ofLead('email', 'no address'))).toEqual({
      mail_domain_kind: [Number.NaN, 'no mail address is known'],
    })
  })

  it.each([
    ['ann@acme.com', 'acme.com', 1],
    ['ann@mail.acme.com', 'https://www.Acme.com/about', 1],
    ['ann@notacme.com', 'acme.com', 0],
    ['ann@acme.com', 'not a domain', Number.NaN],
    ['acme.com', 'acme.com', Number.NaN],
  ])('compares %s with %s: %d', (mail, domain, expected) => {
    expect(numberOf({ mail_domain_match: {} }, both(mail, domain))).toBe(expected)
  })

  it('speaks of the comparison', () => {
    expect(textOf({ mail_domain_match: {} }, both('a@b.co', 'c.co'))).toBe(
      'mail address elsewhere than the company',
    )
    expect(textOf({ mail_domain_match: {} }, both('a@b.co', 'b.co'))).toBe(
      'mail address at the domain of the company',
    )
    expect(textOf({ mail_domain_match: {} })).toBe('mail domain or company domain is not known')
  })
})

describe('completeness', () => {
  const completeness = { completeness: { lead: ['phone', 'title'], account: ['industry', 'technologies'] } }

  it('is the share of the named traits that hold something', () => {
    const given = {
      lead: { traits: [trait('phone', '+49 1'), trait('title', '  '), trait('hobby', 'chess')] },
      account: { traits: [trait('industry', 'retail'), trait('technologies', [])] },
    }
    expect(columnsOf(completeness, given)).toEqual({ completeness: [0.5, '2 of 4 details are known'] })
    expect(numberOf(completeness)).toBe(0)
    expect(numberOf(completeness, ofLead('phone', false))).toBe(0.25)
  })
})

describe('contradiction', () => {
  const country = { contradiction: { name: 'odd', lead: 'country', account: 'hq', label: 'country' } }
  const both = (mine: TraitValue, theirs: TraitValue) => ({
    lead: { traits: [trait('country', mine)] },
    account: { traits: [trait('hq', theirs)] },
  })

  it('is 1 when both say something else, missing when one says nothing', () => {
    expect(columnsOf(country, both('France', 'Japan'))).toEqual({
      odd: [1, 'country: the lead says France, the company Japan'],
    })
    expect(columnsOf(country, both('france', ' France'))).toEqual({
      odd: [0, 'country: lead and company agree'],
    })
    expect(numberOf(country, both('Deutschland', 'DE'))).toBe(0)
    expect(numberOf(country, both('Deutschland', 'AT'))).toBe(1)
    expect(numberOf(country, both('', 'France'))).toBeNaN()
    expect(numberOf(country)).toBeNaN()
    expect(numberOf(country, both(['b', 'a'], ['a', 'b']))).toBe(0)
  })
})

describe('declared intent', () => {
  it('is a code, none is not missing', () => {
    const intent = { declared_intent: {} }
    expect(columnsOf(intent, ofLead('message', 'Please send a quote'))).toEqual({
      declared_intent: [0, 'wrote about prices or buying'],
    })
    expect(textOf(intent, ofLead('message', 'Hello'))).toBe('message without a clear wish')
    expect(columnsOf(intent, ofLead('message', ' '))).toEqual({
      declared_intent: [Number.NaN, 'no message was written'],
    })
  })
})

describe('country', () => {
  const vocabularies = { country: ['US', 'DE'] }
  const both = (ofTheAccount: TraitValue, ofTheLead: TraitValue) => ({
    ...ofAccount('country', ofTheAccount),
    ...ofLead('country', ofTheLead),
    vocabularies,
  })

  it('is one code of account and lead, however it is written', () => {
    expect(columnsOf({ country: {} }, both('Deutschland', 'France'))).toEqual({ country: [1, 'country DE'] })
    expect(numberOf({ country: {} }, both('', 'U.S.'))).toBe(0)
    expect(numberOf({ country: {} }, both('somewhere', 'Germany'))).toBe(1)
  })

  it('is missing where none is named, or a rare one', () => {
    expect(columnsOf({ country: {} }, both('', 'the moon'))['country']).toEqual([
      Number.NaN,
      'country is not known',
    ])
    expect(columnsOf({ country: {} }, both('Japan', 'US'))['country']).toEqual([
      Number.NaN,
      'country JP, too rare to learn from',
    ])
  })
})

describe('customer', () => {
  const won = (closedAt: number) => ({
    dealId: 'd1',
    accountId: 'a1',
    pipeline: 'new_business',
    openedAt: AS_OF - 90 * DAY,
    closedAt,
    knownAt: closedAt,
    outcome: 'won' as const,
    amount: null,
    currency: null,
    lostReason: null,
    contacts: [],
    stages: [],
  })

  it('is an account that has won', () => {
    expect(columnsOf({ customer: {} })).toEqual({ customer: [0, 'not a customer yet'] })
    expect(columnsOf({ customer: {} }, { account: { deals: [won(AS_OF - 1)] } })).toEqual({
      customer: [1, 'customer already'],
    })
    expect(numberOf({ customer: {} }, { account: { deals: [won(AS_OF)] } })).toBe(0)
    expect(columnsOf({ customer: {} }, { account: { customerSince: 'unknown' } })).toEqual({
      customer: [Number.NaN, 'not known whether customer'],
    })
  })
})

describe('a trait of the first contact', () => {
  const seniority = { seniority: { trait: 'title', of: 'first_contact' } }
  const first = lead('l0', { createdAt: AS_OF - 200 * DAY, traits: [trait('title', 'VP Marketing')] })

  it('is told as such where that is somebody else', () => {
    const intern = ofLead('title', 'Intern')
    expect(textOf(seniority, intern)).toBe('student or trainee')
    expect(textOf(seniority, { ...intern, colleagues: [first] })).toBe('first contact: VP in marketing')
  })
})
