/** Facts as the guardrails see them. Facts are strictly before `asOf`, so the guardrails see nothing else either. */

import { countryCodeOf } from '../features/country-code.ts'
import type { Facts } from '../features/facts.ts'
import { mailDomainKindOf, mailDomainOf } from '../features/mail-domains.ts'
import { remember } from '../features/memo.ts'
import type { LeadEvent, TraitValue } from '../glossary.ts'
import type { DerivedField, DerivedValue, SubjectView } from '../guardrails/subject-view.ts'

/** Without most of these, nobody in sales can tell whom they are calling. */
const ESSENTIALS = [
  { label: 'email', read: (facts: Facts) => facts.leadTrait('email') },
  { label: 'title', read: (facts: Facts) => facts.leadTrait('title') },
  { label: 'company name', read: (facts: Facts) => facts.accountTrait('name') },
  { label: 'industry', read: (facts: Facts) => facts.accountTrait('industry') },
  { label: 'employees', read: (facts: Facts) => facts.accountTrait('employees') },
  { label: 'country', read: countryOf },
] as const

const kindOfDomain = remember(mailDomainKindOf)

const DERIVED: Readonly<Record<DerivedField, (facts: Facts) => DerivedValue>> = {
  mail_domain: (facts) => ({ value: mailDomainOf(facts.leadTrait('email')) }),
  mail_domain_kind(facts) {
    const domain = mailDomainOf(facts.leadTrait('email'))
    return { value: domain && kindOfDomain(domain) }
  },
  country_code: (facts) => ({ value: countryCodeOf(countryOf(facts)) }),
  completeness: completenessOf,
}

/** Many rules ask for the same: what is derived, and events by type, are worked out once. */
export function viewOf(facts: Facts): SubjectView {
  const derived = new Map<DerivedField, DerivedValue>()
  const events = new Map<string, readonly LeadEvent[]>()
  return {
    asOf: facts.asOf,
    trait: (name) => facts.leadTrait(name),
    accountTrait: (name) => facts.accountTrait(name),
    eventsOf(type) {
      let found = events.get(type)
      if (!found) {
        found = facts.events.filter((event) => event.type === type)
        events.set(type, found)
      }
      return found
    },
    derived(field) {
      let value = derived.get(field)
      if (!value) {
        value = DERIVED[field](facts)
        derived.set(field, value)
      }
      return value
    },
  }
}

function countryOf(facts: Facts): TraitValue | undefined {
  return facts.accountTrait('country') ?? facts.leadTrait('country')
}

function completenessOf(facts: Facts): DerivedValue {
  const missing = ESSENTIALS.filter(({ read }) => !isKnown(read(facts))).map(({ label }) => label)
  const value = 1 - missing.length / ESSENTIALS.length
  return missing.length === 0 ? { value } : { value, note: `missing: ${missing.join(', ')}` }
}

function isKnown(value: TraitValue | undefined): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
}
