/** An account as it is compared with others. */
import type { Milliseconds } from '../../glossary.ts'
import { isDisposableMail, isFreeMail } from '../../mail-providers.ts'
import { normaliseDomain } from '../mail-address.ts'
import { foldName } from './names.ts'

/** Traits that are read: the values of each, the newest first. */
export const COMPANY_TRAITS = ['name', 'domain', 'country'] as const
export type CompanyTraits = Readonly<Partial<Record<(typeof COMPANY_TRAITS)[number], readonly unknown[]>>>

export interface Company {
  readonly id: string
  readonly createdAt: Milliseconds
  /** Folded, without the legal form; '' when not known. */
  readonly name: string
  /** '' when the name has none. */
  readonly legalForm: string
  readonly domains: readonly string[]
  readonly country: string
  readonly label: string
}

/** Spellings of legal forms, and which of them mean the same. */
const LEGAL_FORMS: ReadonlyMap<string, string> = new Map(
  [
    'gmbh mbh',
    'ag',
    'kg gmbhcokg gmbhundcokg',
    'ug',
    'ek',
    'ev',
    'inc incorporated corp corporation co company llc llp lp',
    'ltd limited',
    'plc',
    'pty ptyltd',
    'sa',
    'sas sasu',
    'sarl',
    'srl',
    'spa',
    'sl slu',
    'bv',
    'nv',
    'ab',
    'as',
    'aps',
    'oy oyj',
    'kk',
    'kft',
    'doo',
    'spzoo',
    'sro',
    'pvtltd',
  ].flatMap((group) => group.split(' ').map((form) => [form, group.split(' ')[0]!] as const)),
)

/** Longest legal form, in words. */
const FORM_WORDS = 4

export function toCompany(id: string, createdAt: Milliseconds, traits: CompanyTraits): Company {
  const texts = (values: readonly unknown[] | undefined): string[] =>
    (values ?? []).filter((value): value is string => typeof value === 'string' && value.trim() !== '')
  const [label = ''] = texts(traits.name)
  const domains = texts(traits.domain).flatMap((text) => normaliseDomain(text) ?? [])
  return {
    id,
    createdAt,
    ...splitLegalForm(label),
    // The domain of a mail provider stands where somebody took the domain of an address for that of a firm.
    domains: [...new Set(domains)].filter((domain) => !isFreeMail(domain) && !isDisposableMail(domain)),
    country: foldName(texts(traits.country)[0] ?? ''),
    label: [label, domains[0] ?? ''].filter((part) => part !== '').join(', '),
  }
}

/** "Müller & Sons GmbH & Co. KG": the name `muller and sons`, the legal form `kg`. A name of nothing else stays a name. */
export function splitLegalForm(text: string): { name: string; legalForm: string } {
  const words = foldName(text.replace(/[&+]/g, ' and ')).split(' ')
  for (let count = Math.min(FORM_WORDS, words.length - 1); count >= 1; count--) {
    const form = LEGAL_FORMS.get(words.slice(-count).join('').replace('and', ''))
    if (form === undefined) continue
    const rest = splitLegalForm(words.slice(0, -count).join(' '))
    return { name: rest.name, legalForm: form }
  }
  return { name: words.join(' '), legalForm: '' }
}
