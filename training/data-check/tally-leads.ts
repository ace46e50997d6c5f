/** How consistent and how fresh the leads are, counted while they are read one by one. Merged leads are one by then. */
import type { Counted } from '../../src/db/data-check.ts'
import { countryCodeOf } from '../../src/features/country-code.ts'
import { traitsBefore } from '../../src/features/facts.ts'
import { domainOf, mailDomainKindOf, mailDomainOf, sameDomain } from '../../src/features/mail-domains.ts'
import { normaliseText } from '../../src/features/text.ts'
import { BEHAVIOUR_LIFETIME, type Milliseconds, type Trait, type TraitValue } from '../../src/glossary.ts'
import type { LeadCourses } from '../rows.ts'

export interface LeadTally {
  readonly leads: number
  /** A mail came back. */
  readonly bounced: Counted
  /** Older than a year, and nothing happened within a year before `asOf`. */
  readonly stale: Counted
  /** Did something before it came into being. */
  readonly activeBeforeCreation: Counted
  readonly contradictions: readonly Contradiction[]
}

/** What lead and account say about the same thing. */
interface Contradiction {
  readonly field: string
  /** Leads where both say something. */
  readonly compared: number
  readonly differ: Counted
}

type Traits = ReadonlyMap<string, Trait>

/** Whether they differ; undefined where one of them says nothing. */
const COMPARED: Readonly<Record<string, (lead: Traits, account: Traits) => boolean | undefined>> = {
  country: (lead, account) => differ(countryOf(lead), countryOf(account)),
  industry: (lead, account) =>
    differ(textOf(lead.get('industry')?.value), textOf(account.get('industry')?.value)),
  'mail domain': (lead, account) => {
    const mail = mailDomainOf(lead.get('email')?.value)
    const domain = domainOf(account.get('domain')?.value)
    // People of every company also use private addresses.
    if (mail === undefined || domain === undefined || mailDomainKindOf(mail) !== 'business') return undefined
    return !sameDomain(mail, domain)
  },
}

/** Given every lead; `read` may be asked at the end. */
export function createLeadTally(asOf: Milliseconds): {
  observe: (lead: LeadCourses) => void
  read: () => LeadTally
} {
  let leads = 0
  const bounced = createCounter()
  const stale = createCounter()
  const activeBeforeCreation = createCounter()
  const contradictions = Object.entries(COMPARED).map(([field, compare]) => ({
    field,
    compare,
    compared: 0,
    differ: createCounter(),
  }))
  return {
    observe({ account, lead }) {
      leads += 1
      const { leadId, createdAt, events } = lead
      if (events.some((event) => event.type === 'email_bounced')) bounced.add(leadId)
      if (events.some((event) => event.occurredAt < createdAt)) activeBeforeCreation.add(leadId)
      const yearAgo = asOf - BEHAVIOUR_LIFETIME
      const isFresh = events.some(({ occurredAt }) => occurredAt >= yearAgo && occurredAt < asOf)
      if (createdAt < yearAgo && !isFresh) stale.add(leadId)
      const own = traitsBefore(lead.traits, Number.POSITIVE_INFINITY)
      const ofAccount = traitsBefore(account.traits, Number.POSITIVE_INFINITY)
      for (const contradiction of contradictions) {
        const differs = contradiction.compare(own, ofAccount)
        if (differs === undefined) continue
        contradiction.compared += 1
        if (differs) contradiction.differ.add(leadId)
      }
    },
    read: () => ({
      leads,
      bounced: bounced.read(),
      stale: stale.read(),
      activeBeforeCreation: activeBeforeCreation.read(),
      contradictions: contradictions.map(({ field, compared, differ }) => ({
        field,
        compared,
        differ: differ.read(),
      })),
    }),
  }
}

function createCounter(): { add: (id: string) => void; read: () => Counted } {
  let count = 0
  const examples: string[] = []
  return {
    add(id) {
      count += 1
      if (examples.length < 2) examples.push(id)
    },
    read: () => ({ count, examples: [...examples] }),
  }
}

function differ(a: string | undefined, b: string | undefined): boolean | undefined {
  return a === undefined || b === undefined ? undefined : a !== b
}

/** Text that names no country for certain is not compared. */
function countryOf(traits: Traits): string | undefined {
  return countryCodeOf(traits.get('country')?.value)
}

function textOf(value: TraitValue | undefined): string | undefined {
  return typeof value === 'string' ? normaliseText(value) || undefined : undefined
}
