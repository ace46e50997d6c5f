import { describe, expect, it } from 'vitest'
import { accountRecords } from '../../data/simulated-records.ts'
import { simulate } from '../../data/simulator/simulate.ts'
import { countryCodeOf } from '../../src/features/country-code.ts'
import { factsAt } from '../../src/features/facts.ts'
import type { DerivedField } from '../../src/guardrails/subject-view.ts'
import { DERIVED_DOMAINS, viewOf } from '../../src/scoring/subject-view.ts'
import { optionsOf } from '../data/helpers.ts'
import { AS_OF, CREATED_AT, event, type LeadShape, records } from './fixture.ts'

function derived(field: DerivedField, shape: LeadShape, asOf = AS_OF) {
  const { account, lead } = records(shape)
  return viewOf(factsAt(account, lead, asOf)).derived(field)
}

describe('countryCodeOf', () => {
  it('reads codes, names in English and at home, and spellings of forms', () => {
    const written = [
      'DE',
      'de',
      ' Germany',
      'Deutschland',
      'USA',
      'U.S.',
      'united states',
      'España',
      'espana',
      '日本',
      'UK',
      "Cote d'Ivoire",
    ]
    expect(written.map(countryCodeOf)).toEqual([
      'DE',
      'DE',
      'DE',
      'DE',
      'US',
      'US',
      'US',
      'ES',
      'ES',
      'JP',
      'GB',
      'CI',
    ])
  })

  it('reads names with spaces, words and signs that do not name anything', () => {
    const written = {
      'The  United States ': 'US',
      'Germany\u200b': 'DE',
      'North  Korea': 'KP',
      'The Democratic People’s Republic of Korea': 'KP',
      'Trinidad and Tobago': 'TT',
      'Bosnia & Herzegovina': 'BA',
      'Saint Lucia': 'LC',
      'The Netherlands': 'NL',
    }
    for (const [text, code] of Object.entries(written)) expect(countryCodeOf(text)).toBe(code)
  })

  it('does not guess', () => {
    for (const text of ['', 'Bavaria', 'D', 'XX', 'n/a', 'x'.repeat(10_000), 49, true, ['DE'], undefined]) {
      expect(countryCodeOf(text)).toBeUndefined()
    }
  })
})

describe('viewOf', () => {
  it('derives mail domain, its kind and the country: the account comes before the lead', () => {
    expect(derived('mail_domain', { lead: { email: 'Ann@Mail.ACME.example' } }).value).toBe(
      'mail.acme.example',
    )
    expect(derived('mail_domain_kind', { lead: { email: 'ann@gmail.com' } }).value).toBe('free')
    expect(derived('mail_domain', { lead: { email: 'ann' } }).value).toBeUndefined()
    expect(derived('country_code', { lead: { country: 'France' } }).value).toBe('DE')
    expect(derived('country_code', { lead: { country: 'France' }, account: {} }).value).toBe('FR')
    expect(derived('country_code', { account: { country: 'Narnia' } }).value).toBeUndefined()
    expect(derived('country_code', { lead: { country: 'France' }, account: { country: 'n/a' } }).value).toBe(
      'FR',
    )
  })

  it('counts what is essential, and says what is missing', () => {
    expect(derived('completeness', {})).toEqual({ value: 1 })
    expect(derived('completeness', { account: { employees: 0, name: '' } })).toEqual({
      value: 0.5,
      note: 'missing: company name, industry, country',
    })
  })

  it('shows nothing that was not known before as_of', () => {
    expect(derived('mail_domain', {}, CREATED_AT).value).toBeUndefined()
    const { account, lead } = records({ events: [event('unsubscribed', 0), event('page_viewed', 1, 1)] })
    const view = viewOf(factsAt(account, lead, AS_OF))
    expect(view.events.map(({ eventId, type }) => [eventId, type])).toEqual([['e1', 'page_viewed']])
  })
})

it('derived fields are never anything but what checks of rules take them to be', () => {
  const options = optionsOf({ leads: 300, seed: 5 })
  const seen = new Map<string, Set<unknown>>()
  for (const account of [...simulate(options)].flatMap(accountRecords)) {
    for (const lead of account.leads) {
      const view = viewOf(factsAt(account, lead, options.endsAt))
      for (const [field, domain] of Object.entries(DERIVED_DOMAINS)) {
        const { value } = view.derived(field as DerivedField)
        if (value === undefined) continue
        seen.set(field, (seen.get(field) ?? new Set()).add(value))
        const isIn =
          'values' in domain
            ? domain.values.includes(value)
            : Number(value) >= domain.least && Number(value) <= domain.most
        expect([field, value, isIn]).toEqual([field, value, true])
      }
    }
  }
  // Of each there was more than one value.
  for (const field of Object.keys(DERIVED_DOMAINS))
    expect([field, seen.get(field)!.size > 1]).toEqual([field, true])
})
