import { describe, expect, it } from 'vitest'
import { definitionFromPlain, definitionToPlain, parseDefinition } from '../../src/features/definition.ts'
import { MOST_LISTED_DOMAINS } from '../../src/features/listed-domains.ts'
import { shippedDefinition, shippedLists } from '../support/shipped-definition.ts'
import { columnsOf, trait } from './records.ts'

const rival = (options: object) => ({ listed_domain: { name: 'rival', label: 'competitor', ...options } })
const given = (mail: string | null, domain: string | null) => ({
  lead: { traits: mail === null ? [] : [trait('email', mail)] },
  account: { traits: domain === null ? [] : [trait('domain', domain)] },
})

describe('listed_domain', () => {
  it.each([
    ['ada@rival.example', null, 1],
    ['ada@mail.RIVAL.example', 'acme.com', 1],
    ['ada@acme.com', 'https://www.rival.example/about', 1],
    ['ada@notrival.example', 'example', 0],
    ['ada@acme.com', null, 0],
    [null, 'acme.com', 0],
    ['no address', null, Number.NaN],
    [null, null, Number.NaN],
  ])('of %s at %s is %s', (mail, domain, expected) => {
    const domains = ['Rival.example', 'other.example']
    const words = { 1: 'competitor', 0: 'no competitor' }[expected] ?? 'not known whether competitor'
    expect(columnsOf(rival({ domains }), given(mail, domain))).toEqual({ rival: [expected, words] })
  })

  it('is missing where nobody has said what is on the list', () => {
    const { rival: told } = columnsOf(rival({ list: 'rivals' }), given('ada@rival.example', null))
    expect(told).toEqual([Number.NaN, 'not known whether competitor'])
  })

  const yamlWith = (options: string) => `name: test
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
  - listed_domain: { name: rival, label: rival${options} }
`
  const domainsRead = (rivals: readonly string[], options = ', list: rivals') =>
    parseDefinition(yamlWith(options), 'test.yaml', { rivals }).features[0]!.options['domains']

  it('takes the list into the definition when that is read, and refuses one that there is not', () => {
    const competitor = shippedDefinition('conversion').features.find(({ kind }) => kind === 'listed_domain')
    expect(competitor?.options['domains']).toEqual(shippedLists().competitors)
    const yaml = yamlWith(', list: rivlas')
    expect(() => parseDefinition(yaml, 'test.yaml', { rivals: ['rival.example'] })).toThrow(
      /test\.yaml:12: .*list: there is no list "rivlas".*rivals/,
    )
    expect(() => parseDefinition(yaml, 'test.yaml')).not.toThrow()
  })

  it('is missing where nobody is on the list', () => {
    const { rival: told } = columnsOf(rival({ domains: domainsRead([]) }), given('ada@rival.example', null))
    expect(told).toEqual([Number.NaN, 'not known whether competitor: nobody is on the list'])
  })

  it('reads entries that mean a domain and what is below it, in a list and beside the feature', () => {
    const written = ['*.evil.com', '@evil.org', '.evil.net', '*@evil.io', 'EVIL.com', 'https://www.evil.de/x']
    const read = ['evil.com', 'evil.org', 'evil.net', 'evil.io', 'evil.de']
    expect(domainsRead(written)).toEqual(read)
    const beside = domainsRead([], `, domains: ${JSON.stringify(written)}`) as string[]
    expect([...new Set(beside)]).toEqual(read)
    const { rival: told } = columnsOf(rival({ domains: written }), given('ada@mail.evil.org', null))
    expect(told?.[0]).toBe(1)
  })

  it.each([
    ['an address', 'ada@evil.com'],
    ['two words', 'evil.com extra'],
    ['a name', 'evil'],
    ['nothing below a star', '*.'],
    ['a pattern', '*evil.com'],
    ['what would be read otherwise the next time', 'www.www.evil.com'],
    ['what is too long', `${'x'.repeat(300)}.com`],
  ])('refuses %s, by its list or its line', (_, entry) => {
    expect(() => domainsRead(['good.com', entry])).toThrow(
      /test\.yaml:12: .*the list "rivals" has an entry that is no domain: ".*Allowed, one a line: example\.com/,
    )
    const beside = `, domains: ${JSON.stringify(['good.com', entry])}`
    expect(() => domainsRead([], beside)).toThrow(/test\.yaml:12: .*domains\[1\]: must be a domain: .*Given/)
  })

  it('refuses neither and both of list and domains; an artifact has both', () => {
    expect(() => domainsRead([], '')).toThrow(
      /test\.yaml:12: .*listed_domain: must have a "list", .* or "domains"/,
    )
    expect(() => domainsRead(['evil.com'], ', list: rivals, domains: [evil.com]')).toThrow(
      /test\.yaml:12: .*list: stands beside domains/,
    )
    const definition = parseDefinition(yamlWith(', list: rivals'), 'test.yaml', { rivals: ['evil.com'] })
    expect(definitionFromPlain(definitionToPlain(definition))).toEqual(definition)
  })

  it('refuses a list that is too long for an artifact, with its name and the limit', () => {
    const long = Array.from({ length: MOST_LISTED_DOMAINS + 1 }, (_, i) => `d${i}.com`)
    expect(() => domainsRead(long)).toThrow(
      /test\.yaml:12: .*the list "rivals" has 250,001 domains; allowed: at most 250,000/,
    )
  })
})
