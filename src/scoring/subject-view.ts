/** Facts as the guardrails see them. Facts are strictly before `asOf`, so the guardrails see nothing else either. */

import { COUNTRY_CODES, countryCodeOf } from '../features/country-code.ts'
import type { Facts } from '../features/facts.ts'
import { MAIL_DOMAIN_KINDS, mailDomainKindOf, mailDomainOf } from '../features/mail-domains.ts'
import { remember } from '../features/memo.ts'
import { DEPARTMENTS, readTitle, SENIORITIES } from '../features/titles.ts'
import { DAY, type LeadEvent, type Milliseconds, type TraitValue } from '../glossary.ts'
import { type Domain, oneOf } from '../guardrails/domain.ts'
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
const titleOf = remember(readTitle)

const DERIVED: Readonly<Record<DerivedField, (facts: Facts) => DerivedValue>> = {
  mail_domain: (facts) => ({ value: mailDomainOf(facts.leadTrait('email')) }),
  mail_domain_kind(facts) {
    const domain = mailDomainOf(facts.leadTrait('email'))
    return { value: domain && kindOfDomain(domain) }
  },
  // Text of the company that names no country does not hide what the lead says.
  country_code: (facts) => ({
    value: countryCodeOf(facts.accountTrait('country')) ?? countryCodeOf(facts.leadTrait('country')),
  }),
  completeness: completenessOf,
  seniority: (facts) => ({ value: titleReadingOf(facts)?.seniority }),
  department: (facts) => ({ value: titleReadingOf(facts)?.department }),
  customer: (facts) => ({ value: facts.isCustomer }),
  lead_age_days: (facts) => ({ value: Math.max(0, (facts.asOf - facts.createdAt) / DAY) }),
}

/** What they may be: those that are not here may be anything. */
export const DERIVED_DOMAINS: Readonly<Partial<Record<DerivedField, Domain>>> = {
  mail_domain_kind: oneOf(MAIL_DOMAIN_KINDS),
  country_code: { words: 'a code of two capitals, such as DE', values: COUNTRY_CODES },
  completeness: {
    words: 'a share from 0 to 1',
    values: Array.from({ length: ESSENTIALS.length + 1 }, (_, missing) => shareKnown(missing)),
  },
  seniority: oneOf(SENIORITIES),
  department: oneOf(DEPARTMENTS),
  customer: { words: 'true or false', values: [true, false] },
  lead_age_days: { words: 'a number from 0 on', least: 0, most: Number.POSITIVE_INFINITY },
}

/** What the models say of the lead: for rules that ask for scores, probabilities or grades. */
export interface ViewedScores {
  score(model: string): number | undefined
  probability(model: string): number | undefined
  grade(): string | undefined
}

/** For who has no scores: rules that ask for one do not hold. */
const NO_SCORES: ViewedScores = {
  score: () => undefined,
  probability: () => undefined,
  grade: () => undefined,
}

/** Nothing is looked up before a rule asks; who asks remembers it (src/guardrails/lookups.ts). */
export function viewOf(facts: Facts, scores: ViewedScores = NO_SCORES): SubjectView {
  return new FactsView(facts, scores)
}

/** A class, for one is made for every lead: an object of closures takes several times as long. */
class FactsView implements SubjectView {
  readonly asOf: Milliseconds
  readonly #facts: Facts
  readonly #scores: ViewedScores

  constructor(facts: Facts, scores: ViewedScores) {
    this.asOf = facts.asOf
    this.#facts = facts
    this.#scores = scores
  }

  get events(): readonly LeadEvent[] {
    return this.#facts.events
  }

  trait(name: string): TraitValue | undefined {
    return this.#facts.leadTrait(name)
  }

  accountTrait(name: string): TraitValue | undefined {
    return this.#facts.accountTrait(name)
  }

  derived(field: DerivedField): DerivedValue {
    return DERIVED[field](this.#facts)
  }

  score(model: string): number | undefined {
    return this.#scores.score(model)
  }

  probability(model: string): number | undefined {
    return this.#scores.probability(model)
  }

  grade(): string | undefined {
    return this.#scores.grade()
  }
}

function titleReadingOf(facts: Facts): ReturnType<typeof readTitle> | undefined {
  const title = facts.leadTrait('title')
  return typeof title === 'string' ? titleOf(title) : undefined
}

function countryOf(facts: Facts): TraitValue | undefined {
  return facts.accountTrait('country') ?? facts.leadTrait('country')
}

function completenessOf(facts: Facts): DerivedValue {
  const missing = ESSENTIALS.filter(({ read }) => !isKnown(read(facts))).map(({ label }) => label)
  const value = shareKnown(missing.length)
  return missing.length === 0 ? { value } : { value, note: `missing: ${missing.join(', ')}` }
}

function shareKnown(missing: number): number {
  return 1 - missing / ESSENTIALS.length
}

function isKnown(value: TraitValue | undefined): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
}
