/** The circles in which a lead is looked for again, as keys: those with a key in common are compared. */
import type { Circle } from './compare-people.ts'
import { isBusinessMail, mailBox, mailDomain, type Person } from './person.ts'

/** An account or domain of more leads is not one organisation, but a place where leads without one were put. */
export const LARGEST_CIRCLE = 20_000

export function circleKeys(person: Person): string[] {
  const { first, last, mails, phones, account } = person
  const keys = mails.map((mail) => `mail ${mailBox(mail)}`)
  for (const phone of phones) keys.push(`phone ${phone}`)
  if (account !== null) keys.push(`account ${account}`)
  for (const mail of mails.filter(isBusinessMail)) keys.push(`domain ${mailDomain(mail)}`)
  // Only the initials stay the same when both names are mistyped.
  if (isFromNowhere(person) && first !== '' && last !== '')
    keys.push(`nowhere ${[first[0], last[0]].sort().join('')}`)
  return [...new Set(keys)]
}

/** Without an account and without the address of an organisation: known by name only. */
export function isFromNowhere({ account, mails }: Person): boolean {
  return account === null && !mails.some(isBusinessMail)
}

/** `peopleNowhere`: how many there are from nowhere. */
export function circleOf(key: string, people: readonly Person[], peopleNowhere: number): Circle {
  const blank = key.indexOf(' ')
  const kind = key.slice(0, blank) as Circle['kind']
  const value = key.slice(blank + 1)
  if (kind === 'nowhere') return { kind, name: 'no account, with private addresses', people: peopleNowhere }
  if (kind === 'phone') return { kind, name: 'the circle of one telephone number', people: people.length }
  if (kind === 'mail')
    return { kind, name: 'the circle of one address', people: people.length, isShared: isSharedBox(people) }
  return {
    kind,
    name: `${kind === 'account' ? 'the account' : 'the organisation'} ${value} (${people.length} leads)`,
    people: people.length,
  }
}

/** Several people, or so many without a name that the address was only typed to get past a form. */
function isSharedBox(people: readonly Person[]): boolean {
  const lastNames = new Set(people.map(({ last }) => last).filter((last) => last !== ''))
  return lastNames.size > 3 || (lastNames.size === 0 && people.length > 10)
}
