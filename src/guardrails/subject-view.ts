/**
 * All that a rule may look at, as it was known at one moment. Scoring fills it from facts; guardrails know nothing of where
 * it comes from, and add nothing to it.
 */
import type { LeadEvent, Milliseconds, TraitValue } from '../glossary.ts'

/**
 * Derived fields: what a rule may ask beyond plain traits, and how people call it. Scoring must provide each of them.
 * mail_domain_kind: business, free, disposable or student. country_code: ISO 3166-1 alpha-2 of the account's country, or
 * else the lead's; not known when the text is no country for certain. completeness: share of the essential traits, 0 to 1.
 * seniority and department: read from the title. customer: the account has won a deal. lead_age_days: since first touch.
 */
export const DERIVED_FIELDS = {
  mail_domain: 'domain of the mail address',
  mail_domain_kind: 'kind of mail domain',
  country_code: 'country',
  completeness: 'share of the essential fields that is known',
  seniority: 'seniority',
  department: 'department',
  customer: 'customer',
  lead_age_days: 'age of the lead in days',
} as const

export type DerivedField = keyof typeof DERIVED_FIELDS

/** The parts of a grade: "B2" is fit B, intent 2. */
export const GRADE_PARTS = ['fit', 'intent', 'pair'] as const
export type GradePart = (typeof GRADE_PARTS)[number]

export interface DerivedValue {
  /** undefined: not known. */
  readonly value: TraitValue | undefined
  /** Added to the value in words: `missing: industry, country`. */
  readonly note?: string
}

export interface SubjectView {
  readonly asOf: Milliseconds
  /** The lead's own, all of them before `asOf`. */
  readonly events: readonly LeadEvent[]
  trait(name: string): TraitValue | undefined
  accountTrait(name: string): TraitValue | undefined
  derived(field: DerivedField): DerivedValue
  /** 0 to 100; undefined where the model does not apply. */
  score(model: string): number | undefined
  /** undefined where the model does not apply, or is a rubric without outcomes. */
  probability(model: string): number | undefined
  /** "B2"; undefined without both scores. */
  grade(): string | undefined
}
