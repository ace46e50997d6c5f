/** What kind of mail domain an address is at. */
import type { TraitValue } from '../glossary.ts'
import { isDisposableMail, isFreeMail, MAIL_PROVIDER_RULES, withoutMark } from '../mail-providers.ts'

export const MAIL_DOMAIN_KINDS = ['business', 'free', 'disposable', 'student'] as const
export type MailDomainKind = (typeof MAIL_DOMAIN_KINDS)[number]

/** By the rules of names: .edu, .edu.au, .ac.uk, k12.ca.us; students.x.org; uni-x.de, univ-x.fr, xuniversity.org. */
const SCHOOL_NAME = [
  /(?:^|\.)(?:edu|(?:edu|ac)\.[a-z]{2}|k12\.[a-z]{2}\.us)$/,
  /(?:^|\.)(?:students?|stud|studenti|etu|etudiants?|alumnos?|alumni)\./,
  /(?:^|\.)(?:uni|univ|tu|fh|th)-[a-z0-9-]+\.(?:de|at|ch|fr)$/,
  /(?:^|\.)[a-z-]*(?:university|universit[aey]|universidad|hochschule|uniwersytet)[a-z-]*\./,
]

/** What decides: it belongs into the fingerprint. */
export const MAIL_DOMAIN_RULES = [...MAIL_PROVIDER_RULES, ...SCHOOL_NAME.map((rule) => rule.source)]

/**
 * The domain of a mail address in lower case, or undefined when the text is none. Not remembered: an address says who somebody
 * is, and what a request tells is not kept.
 */
export function mailDomainOf(mail: TraitValue | undefined): string | undefined {
  if (typeof mail !== 'string' || mail.length > 320) return undefined
  return domainOf(/^[^\s@]+@([^\s@]+)$/.exec(mail.trim())?.[1])
}

/** A host name as it should be: nothing of it is to be changed. */
const PLAIN_HOST = /^(?!www\.)[a-z\d_-]+(?:\.[a-z\d_-]+)+$/

/** A host name in lower case without `https://`, `www.`, a path or a final dot; undefined when the text is none. */
export function domainOf(text: TraitValue | undefined): string | undefined {
  if (typeof text !== 'string' || text.length > 300) return undefined
  if (PLAIN_HOST.test(text)) return text
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/?#:].*$/s, '')
    .replace(/\.$/, '')
  return /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+$/u.test(host) ? host : undefined
}

/** The domain that an entry of a list means, with its sub-domains: `x`, `*.x`, `.x` and `@x` alike. undefined when the text is none. */
export function listedDomainOf(entry: string): string | undefined {
  const domain = domainOf(withoutMark(entry))
  // What is read again must stay what it is: of www.www.x that is not clear.
  return domainOf(domain) === domain ? domain : undefined
}

/** Disposable before school before free: a throw-away address at students.example is throw-away. Sub-domains count as their parent. */
export function mailDomainKindOf(domain: string): MailDomainKind {
  if (isDisposableMail(domain)) return 'disposable'
  if (SCHOOL_NAME.some((rule) => rule.test(domain))) return 'student'
  return isFreeMail(domain) ? 'free' : 'business'
}

/** Whether the one is the other or a sub-domain of it. */
export function sameDomain(a: string, b: string): boolean {
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`)
}
