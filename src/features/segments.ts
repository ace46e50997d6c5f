/** In which segments of a definition a lead is, by what was known of it. Pure: the same facts give the same answer. */
import type { TraitValue } from '../glossary.ts'
import { countryCodeOf } from './country-code.ts'
import type { Facts } from './facts.ts'
import { mailDomainKindOf, mailDomainOf } from './mail-domains.ts'
import { remember } from './memo.ts'
import type { Segment, SegmentCondition, SegmentField } from './segment-schema.ts'
import { normaliseText } from './text.ts'
import { readTitle } from './titles.ts'

export type { Segment }

/** The most specific first: the one with the most conditions, of equals in the order given. */
export function bySpecificity(segments: readonly Segment[]): readonly Segment[] {
  return segments.toSorted((a, b) => b.when.length - a.when.length)
}

/** All conditions hold. */
export function isInSegment(segment: Segment, facts: Facts): boolean {
  return conditionsOf(segment).every(({ read, values }) => found(read(facts), values) !== undefined)
}

/** The conditions that hold, with what was found, in the words of the definition: "source is outbound and department is sales". */
export function whyInSegment(segment: Segment, facts: Facts): string {
  return conditionsOf(segment)
    .map(({ name, read, values }) => `${name} is ${found(read(facts), values) ?? 'something else'}`)
    .join(' and ')
}

/** The conditions, as people read them: "source is outbound or event, and department is sales". */
export function segmentText({ when }: Segment): string {
  return when
    .map((condition) => `${nameOf(condition)} is ${condition.one_of.map(String).join(' or ')}`)
    .join(', and ')
}

function nameOf({ trait, account_trait, derived }: SegmentCondition): string {
  return account_trait === undefined ? (derived ?? trait ?? '') : `${account_trait} of the account`
}

interface Condition {
  readonly name: string
  readonly read: (facts: Facts) => TraitValue | undefined
  /** As compared, and as the definition writes it. */
  readonly values: ReadonlyMap<string, string>
}

const made = new WeakMap<Segment, readonly Condition[]>()

/** Made once for each segment: scoring asks for every lead. */
function conditionsOf(segment: Segment): readonly Condition[] {
  let conditions = made.get(segment)
  if (!conditions) {
    conditions = segment.when.map(toCondition)
    made.set(segment, conditions)
  }
  return conditions
}

function toCondition(condition: SegmentCondition): Condition {
  const { trait = '', account_trait, derived, one_of } = condition
  const key =
    derived === 'country_code' ? (value: string) => countryCodeOf(value) ?? value : (value: string) => value
  const values = new Map(one_of.map((value) => [normaliseText(key(String(value))), String(value)]))
  const name = nameOf(condition)
  if (derived !== undefined) return { name, read: READ[derived], values }
  if (account_trait !== undefined) return { name, read: (facts) => facts.accountTrait(account_trait), values }
  return { name, read: (facts) => facts.leadTrait(trait), values }
}

const titleOf = remember(readTitle)
const kindOfDomain = remember(mailDomainKindOf)

/** As the kinds of features of these names read them. */
const READ: Readonly<Record<SegmentField, (facts: Facts) => TraitValue | undefined>> = {
  seniority: (facts) => readingOf(facts)?.seniority,
  department: (facts) => readingOf(facts)?.department,
  mail_domain_kind(facts) {
    const domain = mailDomainOf(facts.leadTrait('email'))
    return domain === undefined ? undefined : kindOfDomain(domain)
  },
  country_code: (facts) =>
    countryCodeOf(facts.accountTrait('country')) ?? countryCodeOf(facts.leadTrait('country')),
}

function readingOf(facts: Facts): ReturnType<typeof readTitle> | undefined {
  const title = facts.leadTrait('title')
  return typeof title === 'string' ? titleOf(title) : undefined
}

function found(value: TraitValue | undefined, values: ReadonlyMap<string, string>): string | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'object') return values.get(normaliseText(String(value)))
  for (const entry of value) {
    const one = values.get(normaliseText(entry))
    if (one !== undefined) return one
  }
  return undefined
}
