/** Mail addresses. Companies and schools are made up (schools in the shapes that schools have); the providers of free and disposable mail are real. */
import { happens, integerBetween, oneOf, type Random } from '../random.ts'
import type { PersonName } from './names.ts'
import type { MailKind } from './people.ts'

const FREE_PROVIDERS = [
  'gmail.com',
  'gmail.com',
  'gmail.com',
  'outlook.com',
  'hotmail.com',
  'yahoo.com',
  'gmx.de',
  'web.de',
  'icloud.com',
  'proton.me',
]
const DISPOSABLE_PROVIDERS = ['mailinator.com', 'guerrillamail.com', '10minutemail.com', 'yopmail.com']
const SCHOOLS = [
  'larkhollow.edu',
  'brackwater.ac.uk',
  'students.westmere.example',
  'stud.fjordby.example',
  'etu.valmorin.example',
]

/** `companyDomain`: of the account; a lead without one who should have business mail gets free mail. */
export function mailFor(
  random: Random,
  kind: MailKind,
  name: PersonName,
  companyDomain: string | null,
): string {
  const first = plain(name.first)
  const last = plain(name.last)
  const local = oneOf(random, [
    `${first}.${last}`,
    `${first[0] ?? ''}${last}`,
    first,
    `${first}_${last}`,
    `${last}.${first}`,
  ])
  if (kind === 'business' && companyDomain !== null) {
    const mail = `${local}@${companyDomain}`
    // Some type their own address in capitals.
    return happens(random, 0.03) ? mail.toUpperCase() : mail
  }
  const domains = kind === 'disposable' ? DISPOSABLE_PROVIDERS : kind === 'student' ? SCHOOLS : FREE_PROVIDERS
  return `${local}${integerBetween(random, 1, 9_999)}@${oneOf(random, domains)}`
}

/** A letter only of a to z. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/ø/g, 'o')
    .replace(/ü/g, 'ue')
    .replace(/[^a-z]/g, '')
}
