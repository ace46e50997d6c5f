/**
 * All that a rule may look at, as it was known at one moment. Scoring fills it from facts; guardrails know nothing of where
 * it comes from, and add nothing to it.
 */
import type { LeadEvent, Milliseconds, TraitValue } from '../glossary.ts'

/**
 * Derived fields: what a rule may ask beyond plain traits, and how people call it. Scoring must provide each of them.
 * mail_domain_kind: business, free, disposable or student. country_code: ISO 3166-1 alpha-2 of the account's country, or
 * else the lead's; not known when the text is no country for certain. completeness: share of the essential traits, 0 to 1.
 */
export const DERIVED_FIELDS = {
  mail_domain: 'domain of the mail address',
  mail_domain_kind: 'kind of mail domain',
  country_code: 'country',
  completeness: 'share of the essential fields that is known',
} as const

export type DerivedField = keyof typeof DERIVED_FIELDS

export interface DerivedValue {
  /** undefined: not known. */
  readonly value: TraitValue | undefined
  /** Added to the value in words: `missing: industry, country`. */
  readonly note?: string
}

export interface SubjectView {
  readonly asOf: Milliseconds
  trait(name: string): TraitValue | undefined
  accountTrait(name: string): TraitValue | undefined
  /** The lead's own of one type, all of them before `asOf`. */
  eventsOf(type: string): readonly LeadEvent[]
  derived(field: DerivedField): DerivedValue
}
