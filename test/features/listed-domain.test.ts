import { describe, expect, it } from 'vitest'
import { parseDefinition } from '../../src/features/definition.ts'
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

  it('takes the list into the definition when that is read, and refuses one that there is not', () => {
    const competitor = shippedDefinition('conversion').features.find(({ kind }) => kind === 'listed_domain')
    expect(competitor?.options['domains']).toEqual(shippedLists().competitors)
    const yaml = `name: test
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
  - listed_domain: { name: rival, label: rival, list: rivlas }
`
    expect(() => parseDefinition(yaml, 'test.yaml', { rivals: ['rival.example'] })).toThrow(
      /test\.yaml:12: .*list: there is no list "rivlas".*rivals/,
    )
    expect(() => parseDefinition(yaml, 'test.yaml')).not.toThrow()
  })
})
