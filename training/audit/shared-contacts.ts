/**
 * People and companies that stand on both sides: the split keeps accounts whole, but somebody who was entered twice, or a company
 * without an account, is several to it. What was learned of one then helps to tell the other, as it will not for strangers.
 */
import { traitsBefore } from '../../src/features/facts.ts'
import { domainOf, mailDomainKindOf, mailDomainOf } from '../../src/features/mail-domains.ts'
import type { AccountRecord, LeadRecord, Milliseconds } from '../../src/glossary.ts'

export interface SharedContacts {
  readonly mails: SharedKeys
  /** Of companies: of business addresses, and of accounts. */
  readonly domains: SharedKeys
}

export interface SharedKeys {
  /** Different ones among the test accounts. */
  readonly test: number
  /** Of these, those that accounts learned from have too. */
  readonly shared: number
}

export type Side = 'learning' | 'test'

/** @param oneIn Only keys of which so many are one are looked at: the same keys on both sides. */
export function createContactTally(
  cutoff: Milliseconds,
  oneIn: number,
): {
  readonly observe: (side: Side, account: AccountRecord, lead: LeadRecord) => void
  readonly read: () => SharedContacts
} {
  const mails = createKeys(oneIn)
  const domains = createKeys(oneIn)
  return {
    observe(side, account, lead) {
      const mail = traitsBefore(lead.traits, cutoff).get('email')?.value
      const mailDomain = mailDomainOf(mail)
      if (typeof mail === 'string' && mailDomain !== undefined) mails.add(side, mail.trim().toLowerCase())
      const companyDomain = domainOf(traitsBefore(account.traits, cutoff).get('domain')?.value)
      for (const domain of [mailDomain, companyDomain])
        if (domain !== undefined && mailDomainKindOf(domain) === 'business') domains.add(side, domain)
    },
    read: () => ({ mails: mails.read(), domains: domains.read() }),
  }
}

function createKeys(oneIn: number): { add: (side: Side, key: string) => void; read: () => SharedKeys } {
  const keys = { learning: new Set<string>(), test: new Set<string>() }
  return {
    add(side, key) {
      if (hashOf(key) % oneIn === 0) keys[side].add(key)
    },
    read: () => ({
      test: keys.test.size,
      shared: [...keys.test].filter((key) => keys.learning.has(key)).length,
    }),
  }
}

/** FNV-1a, 32 bits, of code units: which keys are looked at, and nothing more, depends on it. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
