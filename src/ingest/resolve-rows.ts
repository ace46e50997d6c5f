/**
 * Whom the rows of a batch mean, among those who are known. Rows count in their order: what one says is known to the next.
 *
 * A row with an id of its own is about that lead or account, unless the CRM says that it has another id for the same one (a
 * Salesforce lead and the contact that it became): then it is about the one that came first. Mail addresses, user ids and
 * visitors name somebody only where a row has no id: two ids with one address are two records of the CRM, and that they are one
 * person is for `data merge` to say, because a merge can be taken back and what was written under another id cannot.
 * For the same reason nobody is looked up by what was merged: rows are written under the id that they name.
 *
 * The order of files makes no difference to who is one person, with these exceptions: an event that comes before the lead
 * stays under the id it names, also where that is only a further id of the lead; two records that came before the CRM said that
 * they are one stay two, until they are merged; and a lead joins an account by domain only if the account is there by then.
 */
import type pg from 'pg'
import { isDisposableMail, isFreeMail } from '../mail-providers.ts'
import type {
  ContactReference,
  ImportKind,
  ImportRow,
  PersonReference,
  ResolvedRow,
} from './define-import.ts'
import { findAccountsByDomain, type KnownSubjects, loadKnownSubjects, type Name } from './known-subjects.ts'

/** One for each row, in their order. A few queries a batch, however many rows it has. */
export async function resolveRows(
  client: pg.ClientBase,
  kind: ImportKind,
  rows: readonly ImportRow[],
): Promise<readonly ResolvedRow[]> {
  const people = await loadKnownSubjects(client, 'lead', peopleNames(rows))
  const accounts = await loadKnownSubjects(client, 'account', accountNames(rows))
  const domains = new Set(rows.flatMap((row) => domainToJoin(row) ?? []))
  const accountsByDomain = await findAccountsByDomain(client, [...domains])
  return rows.map((row) => {
    const leadId = row.person && resolvePerson(people, row.person, kind.name === 'leads')
    return {
      leadId,
      accountId: resolveAccount(row, leadId),
      contacts: row.contacts && resolveContacts(people, row.contacts),
    }
  })

  function resolveAccount(row: ImportRow, leadId: string | null): string | null {
    const { accountId = null, otherIds = [] } = row.account ?? {}
    const joined =
      accountId !== null
        ? resolveId(accounts, accountId, otherIds, kind.name === 'accounts')
        : // A row that does not say leaves people where they are.
          leadId !== null && people.accountOf(leadId) === null
          ? (accountsByDomain.get(domainToJoin(row) ?? '') ?? null)
          : null
    if (kind.name === 'leads' && leadId !== null && joined !== null) people.setAccount(leadId, joined)
    return joined
  }
}

function* peopleNames(rows: readonly ImportRow[]): Generator<Name> {
  for (const { person, contacts } of rows) {
    if (person?.leadId != null) {
      yield ['crm_id', person.leadId]
      for (const id of person.otherIds) yield ['crm_id', id]
    } else if (person) yield* otherNames(person)
    for (const { leadId } of contacts ?? []) yield ['crm_id', leadId]
  }
}

/** The surest first. */
function* otherNames({ userId, email, anonymousId }: PersonReference): Generator<Name> {
  if (userId !== null) yield ['user_id', userId]
  if (email !== null) yield ['email', email]
  if (anonymousId !== null) yield ['anonymous_id', anonymousId]
}

function* accountNames(rows: readonly ImportRow[]): Generator<Name> {
  for (const { account } of rows) {
    if (account?.accountId == null) continue
    yield ['crm_id', account.accountId]
    for (const id of account.otherIds) yield ['crm_id', id]
  }
}

function resolvePerson(people: KnownSubjects, person: PersonReference, creates: boolean): string | null {
  const { leadId, otherIds, anonymousId } = person
  const found =
    leadId === null ? findByOtherName(people, person) : resolveId(people, leadId, otherIds, creates)
  // A visitor who says who it is, is that person from here on.
  if (found !== null && anonymousId !== null) people.link('anonymous_id', anonymousId, found)
  return found
}

function findByOtherName(people: KnownSubjects, person: PersonReference): string | null {
  for (const [kind, value] of otherNames(person)) {
    const found = people.find(kind, value)
    if (found !== null) return found
  }
  return null
}

/** `creates`: what is not known yet comes into being with this row, and its further ids are known by then. */
function resolveId(
  subjects: KnownSubjects,
  id: string,
  otherIds: readonly string[],
  creates: boolean,
): string {
  const ids = [id, ...otherIds]
  const found = ids.map((one) => subjects.find('crm_id', one)).find((one) => one !== null) ?? id
  if (creates) {
    subjects.add(found)
    for (const one of ids) if (one !== found) subjects.link('crm_id', one, found)
  }
  return found
}

/** A deal has a person once, as its primary contact if any of the ids is. */
function resolveContacts(people: KnownSubjects, contacts: readonly ContactReference[]): ContactReference[] {
  const primary = new Map<string, boolean>()
  for (const { leadId, isPrimary } of contacts) {
    const id = people.find('crm_id', leadId) ?? leadId
    primary.set(id, isPrimary || (primary.get(id) ?? false))
  }
  return Array.from(primary, ([leadId, isPrimary]) => ({ leadId, isPrimary }))
}

/** The domain by which a lead without an account joins one: as the row says, or as its business address does. */
export function domainToJoin({ person, account }: ImportRow): string | null {
  if (person?.leadId == null || account?.accountId != null) return null
  if (account?.domain != null) return account.domain
  return person.email === null ? null : businessDomain(person.email)
}

/** The domain of a normalised mail address; null when it says nothing of an organisation. */
export function businessDomain(address: string): string | null {
  const domain = address.slice(address.lastIndexOf('@') + 1)
  return isFreeMail(domain) || isDisposableMail(domain) ? null : domain
}
