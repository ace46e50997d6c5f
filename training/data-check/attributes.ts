/**
 * What a lead has in common with others at a moment, as short texts: values of traits, rank and department of the title, the kind
 * of its mail address, what it had done. Only of facts before the moment, by the functions that features are made of.
 */

import { countryCodeOf } from '../../src/features/country-code.ts'
import { factsAt, traitsBefore } from '../../src/features/facts.ts'
import { mailDomainKindOf, mailDomainOf } from '../../src/features/mail-domains.ts'
import { remember } from '../../src/features/memo.ts'
import { normaliseText } from '../../src/features/text.ts'
import { readTitle } from '../../src/features/titles.ts'
import type { AccountRecord, LeadRecord, Milliseconds, TraitValue } from '../../src/glossary.ts'
import { numberBand } from './number-bands.ts'

/** `lead.source`, `account.industry`: traits. `title.seniority`, `mail.kind`: read from one. `event`: what it did. */
export type AttributeName = string

/** They name one person or company, or are free text: nobody has them in common. */
const NOBODYS_IN_COMMON: ReadonlySet<string> = new Set([
  'lead.email',
  'lead.name',
  'lead.first_name',
  'lead.last_name',
  'lead.phone',
  'lead.message',
  'lead.title',
  'account.name',
  'account.domain',
])

/** Longer values are no categories. */
const LONGEST_VALUE = 60

const titleOf = remember(readTitle)

/** Each with its values; a list or the events may have several. A trait whose value nobody can share has none. */
export function* attributesAt(
  account: AccountRecord,
  lead: LeadRecord,
  asOf: Milliseconds,
): Generator<readonly [AttributeName, readonly string[]]> {
  const facts = factsAt(account, lead, asOf)
  for (const [name, { value }] of traitsBefore(lead.traits, asOf)) yield* ofTrait(`lead.${name}`, name, value)
  for (const [name, { value }] of traitsBefore(account.traits, asOf))
    yield* ofTrait(`account.${name}`, name, value)
  const title = facts.leadTrait('title')
  if (typeof title === 'string') {
    const { seniority, department } = titleOf(title)
    if (seniority !== undefined) yield ['title.seniority', [seniority]]
    if (department !== undefined) yield ['title.department', [department]]
  }
  const domain = mailDomainOf(facts.leadTrait('email'))
  if (domain !== undefined) yield ['mail.kind', [mailDomainKindOf(domain)]]
  const types = new Set(facts.events.flatMap(({ type }) => (type.includes('@') ? [] : [type])))
  if (types.size > 0) yield ['event', [...types]]
}

function* ofTrait(
  attribute: AttributeName,
  trait: string,
  value: TraitValue,
): Generator<readonly [AttributeName, readonly string[]]> {
  if (!NOBODYS_IN_COMMON.has(attribute)) yield [attribute, valuesOf(trait, value)]
}

function valuesOf(trait: string, value: TraitValue): readonly string[] {
  if (typeof value === 'number') return [numberBand(trait, value)]
  if (typeof value === 'boolean') return [value ? 'yes' : 'no']
  if (typeof value === 'string') return textValues(trait, value)
  return [...new Set(value.flatMap((item) => textValues(trait, item)))]
}

function textValues(trait: string, value: string): readonly string[] {
  const country = trait === 'country' ? countryCodeOf(value) : undefined
  const text = country ?? normaliseText(value)
  return text === '' || text.length > LONGEST_VALUE || text.includes('@') ? [] : [text]
}
