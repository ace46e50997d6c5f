/**
 * Whether two leads are one person. The same mail address, or the word of the CRM, decides where nothing speaks against it.
 * Otherwise it is weighed, after Fellegi and Sunter (A theory for record linkage, 1969): each thing that the two share adds
 * log2(P(seen | one person) / P(seen | two people)) bits, and a name that is common here adds less (Winkler 1989). To begin with
 * stands how many of those among whom they were found would have to be one with the other. So two of the same name are one person
 * in a firm of ten, not in one of ten thousand.
 */

import { DAY } from '../../glossary.ts'
import { LIKELY, type Match, POSSIBLE, probabilityOf } from './match.ts'
import type { NameCounts } from './name-counts.ts'
import { compareNames, isSameName, type NameLikeness } from './names.ts'
import { isBusinessMail, mailBox, mailDomain, type Person } from './person.ts'

/** Among whom two were found. */
export interface Circle {
  /** `nowhere`: private addresses and no account, so that nothing but the name brings them together. */
  readonly kind: 'account' | 'domain' | 'phone' | 'mail' | 'nowhere'
  /** In words: "the account a_1". */
  readonly name: string
  readonly people: number
  /** A box that several people use, or that stands for none. */
  readonly isShared?: boolean
}

/** Share of leads that are entered twice. Tools for CRM hygiene report 5 to 25 %; less is said here so that less is merged. */
const DUPLICATE_SHARE = 0.05
/** Those who share a telephone number are mostly the same person, or colleagues. */
const PHONE_SHARE = 0.3

/** Chance that one person's name is typed so the second time. */
const TYPED = { same: 0.75, near: 0.015, part: 0.05 }
const INITIAL_BITS = 3
const DIFFERENT_BITS = { first: -6, last: -4.6 }
/** First and last name in each other's field. */
const SWAPPED = 0.02

/** null: nothing says that the two are one. */
export function comparePeople(a: Person, b: Person, circle: Circle, counts: NameCounts): Match | null {
  const name = weighNames(a, b, counts)
  const differs = name.first === 'different' || name.last === 'different'
  const box = sharedBox(a, b)
  if (box !== null && circle.kind === 'mail') {
    const evidence = [
      box.exact ? `the same mail address ${box.mail}` : `mail addresses of one box: ${box.mail}`,
      ...name.evidence,
    ]
    if (differs || circle.isShared)
      return {
        confidence: 'possible',
        probability: POSSIBLE,
        evidence: [...evidence, differs ? 'but another name' : 'but others use it too'],
      }
    const bothKnown = name.first !== 'unknown' || name.last !== 'unknown'
    if (box.exact) return { confidence: 'certain', probability: bothKnown ? 0.999 : 0.99, evidence }
    return { confidence: 'likely', probability: bothKnown ? 0.99 : LIKELY, evidence }
  }
  if (name.bits <= 0 || differs) return null
  const other = weighTheRest(a, b, circle)
  if (other === null) return null
  const twins = numberedTwins(a, b)
  const probability = probabilityOf(priorBits(circle) + name.bits + other.bits)
  if (probability < POSSIBLE) return null
  const evidence = [...name.evidence, `both in ${circle.name}`, ...other.evidence]
  if (twins !== null) return { confidence: 'possible', probability: POSSIBLE, evidence: [...evidence, twins] }
  const isSame = name.first === 'same' && name.last === 'same'
  if (probability < LIKELY) return { confidence: 'possible', probability, evidence }
  const isCertain = isSame && other.samePhone && circle.kind !== 'nowhere'
  return { confidence: isCertain ? 'certain' : 'likely', probability, evidence }
}

/** Whether the names say that two are not one person, whatever else does. */
export function namesContradict(a: Person, b: Person): boolean {
  const { first, last } = likenessOf(a, b)
  return first === 'different' || last === 'different'
}

interface NameEvidence {
  readonly first: NameLikeness
  readonly last: NameLikeness
  readonly bits: number
  readonly evidence: readonly string[]
}

function likenessOf(a: Person, b: Person): { first: NameLikeness; last: NameLikeness; isSwapped: boolean } {
  const isSwapped =
    a.first !== '' && a.last !== '' && isSameName(a.first, b.last) && isSameName(a.last, b.first)
  if (isSwapped) return { first: 'same', last: 'same', isSwapped: !isSameName(a.first, a.last) }
  return {
    first: compareNames(a.first, b.first),
    last: compareNames(a.last, b.last),
    isSwapped: false,
  }
}

function weighNames(a: Person, b: Person, counts: NameCounts): NameEvidence {
  const { first, last, isSwapped } = likenessOf(a, b)
  const share = (kind: 'first' | 'last') => Math.min(counts.share(kind, a[kind]), counts.share(kind, b[kind]))
  if (isSwapped) {
    const bits = Math.log2(SWAPPED / (share('first') * share('last')))
    return { first, last, bits, evidence: ['first and last name the other way round'] }
  }
  const bits = weighName('first', first, share('first')) + weighName('last', last, share('last'))
  const said = (kind: string, likeness: NameLikeness, one: string, other: string): string[] => {
    if (likeness === 'same') return [`the same ${kind} name`]
    if (likeness === 'unknown' || likeness === 'different') return []
    return [`${likeness === 'near' ? 'nearly the same' : 'part of the same'} ${kind} name: ${one}, ${other}`]
  }
  const evidence =
    first === 'same' && last === 'same'
      ? ['the same name']
      : [...said('last', last, a.last, b.last), ...said('first', first, a.first, b.first)]
  return { first, last, bits, evidence }
}

/** `share` of the rarer of the two: that is the one which had to come by chance. */
function weighName(kind: 'first' | 'last', likeness: NameLikeness, share: number): number {
  if (likeness === 'unknown') return 0
  if (likeness === 'different') return DIFFERENT_BITS[kind]
  if (likeness === 'initial') return INITIAL_BITS
  return Math.log2(TYPED[likeness] / share)
}

function priorBits({ kind, people }: Circle): number {
  return Math.log2((kind === 'phone' ? PHONE_SHARE : DUPLICATE_SHARE) / Math.max(1, people - 1))
}

/** Besides the name. null: the name is all there is, and that is not enough. */
function weighTheRest(
  a: Person,
  b: Person,
  circle: Circle,
): { bits: number; evidence: readonly string[]; samePhone: boolean } | null {
  const found: [bits: number, words: string][] = []
  const against: number[] = []
  const samePhone = a.phones.some((phone) => b.phones.includes(phone))
  // Colleagues have the number of the office.
  if (samePhone && circle.kind !== 'phone')
    found.push([circle.kind === 'nowhere' ? 8 : 2, 'the same telephone number'])
  const title = compareNames(a.title, b.title)
  if (title === 'same' || title === 'near') found.push([3, 'the same job title'])
  else if (shareWord(a.title, b.title)) found.push([1, 'similar job titles'])
  else if (title !== 'unknown') against.push(-0.7)
  if (circle.kind !== 'nowhere')
    return { ...sum(found, against), samePhone: samePhone || circle.kind === 'phone' }
  if (a.country !== '' && a.country === b.country) found.push([1.5, 'the same country'])
  // Of other texts nobody knows whether they are other countries: DE and Germany.
  else if (a.country.length === 2 && b.country.length === 2) against.push(-2)
  if (a.source !== '' && a.source === b.source) found.push([1.5, 'the same channel'])
  else if (a.source !== '' && b.source !== '') against.push(-2)
  if (Math.abs(a.createdAt - b.createdAt) <= 45 * DAY) found.push([3, 'within 45 days'])
  else against.push(-1)
  return found.length < 2 ? null : { ...sum(found, against), samePhone }
}

function sum(
  found: readonly [number, string][],
  against: readonly number[],
): { bits: number; evidence: string[] } {
  const bits = [...found.map(([each]) => each), ...against].reduce((total, each) => total + each, 0)
  return { bits, evidence: found.map(([, words]) => words) }
}

function shareWord(a: string, b: string): boolean {
  const words = new Set(a.split(' ').filter((word) => word.length > 2))
  return b.split(' ').some((word) => words.has(word))
}

function sharedBox(a: Person, b: Person): { mail: string; exact: boolean } | null {
  const exact = a.mails.find((mail) => b.mails.includes(mail))
  if (exact !== undefined) return { mail: exact, exact: true }
  const boxes = new Set(b.mails.map(mailBox))
  const mail = a.mails.find((one) => boxes.has(mailBox(one)))
  return mail === undefined ? null : { mail: mailBox(mail), exact: false }
}

/** anna.mueller@ and anna.mueller2@ one firm, or s1234@ and s2345@ one school: that is how those of one name are told apart. */
function numberedTwins(a: Person, b: Person): string | null {
  for (const one of a.mails) {
    for (const other of b.mails) {
      if (one === other || !isBusinessMail(one) || mailDomain(one) !== mailDomain(other)) continue
      const [stem, number] = splitNumber(one)
      const [otherStem, otherNumber] = splitNumber(other)
      if (stem === otherStem || (number !== '' && otherNumber !== '' && number !== otherNumber))
        return `but numbered addresses, as for two people of one name: ${one}, ${other}`
    }
  }
  return null
}

/** anna.mueller and 2 of anna.mueller2@acme.com. */
function splitNumber(mail: string): readonly [stem: string, number: string] {
  const local = mail.slice(0, mail.lastIndexOf('@'))
  const stem = local.replace(/\d+$/, '')
  return [stem, local.slice(stem.length)]
}
