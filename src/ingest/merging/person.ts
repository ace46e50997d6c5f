/** A lead as it is compared with others: the few traits that tell people apart, in the form in which they are compared. */
import type { Milliseconds } from '../../glossary.ts'
import { isDisposableMail, isFreeMail } from '../../mail-providers.ts'
import { normaliseMail } from '../mail-address.ts'
import { foldName, isSameName } from './names.ts'
import { isRoleAddress } from './role-addresses.ts'

/** Traits that are read: the values of each, the newest first. */
export const PERSON_TRAITS = [
  'email',
  'first_name',
  'last_name',
  'name',
  'phone',
  'title',
  'country',
  'source',
] as const
export type PersonTraits = Readonly<Partial<Record<(typeof PERSON_TRAITS)[number], readonly unknown[]>>>

export interface Person {
  readonly id: string
  /** The account it belongs to, after merges. */
  readonly account: string | null
  readonly createdAt: Milliseconds
  /** Folded; '' when not known, also not from the mail address. */
  readonly first: string
  readonly last: string
  /** Normalised, without those of roles. */
  readonly mails: readonly string[]
  /** The last nine digits: with and without country code they are the same. */
  readonly phones: readonly string[]
  /** Folded; '' when not known. */
  readonly title: string
  readonly country: string
  readonly source: string
  /** As people read it: name, mail address, title. */
  readonly label: string
}

/** Nobody has a longer name. What was pasted into the field of a name must not take hours to compare. */
const LONGEST = 60

export function toPerson(
  id: string,
  account: string | null,
  createdAt: Milliseconds,
  traits: PersonTraits,
): Person {
  const addresses = texts(traits.email).flatMap((text) => normaliseMail(text) ?? [])
  const mails = [...new Set(addresses)].filter((mail) => !isRoleAddress(mail))
  const typed = typedName(traits)
  const named = mails.reduce(completeName, {
    first: foldName(typed.first),
    last: foldName(typed.last),
  })
  const phones = texts(traits.phone)
    .map((text) => text.replace(/\D/g, '').slice(-9))
    .filter((digits) => digits.length >= 7 && !/^(\d)\1*$/.test(digits))
  const label = [`${typed.first} ${typed.last}`.trim(), addresses[0] ?? '', texts(traits.title)[0] ?? '']
  return {
    id,
    account,
    createdAt,
    first: named.first.slice(0, LONGEST),
    last: named.last.slice(0, LONGEST),
    mails,
    phones: [...new Set(phones)],
    title: foldName(texts(traits.title)[0] ?? '').slice(0, LONGEST),
    country: foldName(texts(traits.country)[0] ?? ''),
    source: texts(traits.source)[0] ?? '',
    label: label.filter((part) => part !== '').join(', '),
  }
}

export function mailDomain(mail: string): string {
  return mail.slice(mail.lastIndexOf('@') + 1)
}

/** Of an organisation, as far as the lists of providers know. */
export function isBusinessMail(mail: string): boolean {
  const domain = mailDomain(mail)
  return !isFreeMail(domain) && !isDisposableMail(domain)
}

/** What mail programs deliver to one box: without +tag, and at Gmail without dots. */
export function mailBox(mail: string): string {
  const domain = mailDomain(mail)
  const local = mail.slice(0, -domain.length - 1).replace(/(?<=.)\+.*$/, '')
  if (domain !== 'gmail.com' && domain !== 'googlemail.com') return `${local}@${domain}`
  return `${local.replaceAll('.', '')}@gmail.com`
}

function texts(values: readonly unknown[] | undefined): string[] {
  return (values ?? []).filter((value): value is string => typeof value === 'string' && value.trim() !== '')
}

/** Of a full name in one field, the last word is the last name. */
function typedName(traits: PersonTraits): { first: string; last: string } {
  const [first = '', last = ''] = [texts(traits.first_name)[0], texts(traits.last_name)[0]]
  if (first !== '' && last !== '') return { first, last }
  const full = (texts(traits.name)[0] ?? (first || last)).trim()
  const space = full.lastIndexOf(' ')
  return space > 0
    ? { first: full.slice(0, space), last: full.slice(space + 1) }
    : { first, last: last || (first ? '' : full) }
}

interface Name {
  readonly first: string
  readonly last: string
}

/** Fills in what is missing of a name from the address: anna.mueller@, mueller.anna@, amueller@, anna@. */
function completeName(name: Name, mail: string): Name {
  const { first, last } = name
  if (first !== '' && last !== '') return name
  const local = mailBox(mail).split('@')[0]!.replace(/\d+/g, '')
  const words = local
    .split(/[._-]+/)
    .map(foldName)
    .filter((word) => word !== '')
  const known = first || last
  if (words.length === 2) {
    const [one, two] = words as [string, string]
    if (known === '') return { first: one, last: two }
    const other = isSameName(one, known) ? two : isSameName(two, known) ? one : null
    if (other !== null) return first === '' ? { first: other, last } : { first, last: other }
  }
  if (words.length !== 1 || known === '') return name
  const word = words[0]!
  if (isSameName(word, known)) return name
  if (first === '') {
    // amueller of Müller: an initial. Otherwise the address is the first name, if it is not the last name spelt otherwise.
    if (isSameName(word.slice(1), last)) return { first: word.slice(0, 1), last }
    return word[0] === last[0] ? name : { first: word, last }
  }
  if (word.startsWith(first)) return { first, last: word.slice(first.length) }
  return word[0] === first[0] && word.length > 3 ? { first, last: word.slice(1) } : name
}
