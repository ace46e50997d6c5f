/** Whom the names of a group of messages lead to, as far as the database says so before they are written. */
import type pg from 'pg'
import {
  findAccountsByDomain,
  type KnownSubjects,
  loadKnownSubjects,
  loadLinks,
  type Name,
} from '../known-subjects.ts'
import { normaliseDomain } from '../mail-address.ts'
import { businessDomain } from '../resolve-rows.ts'
import type { TrackingMap } from '../tracking-map.ts'
import type { TrackingMessage } from '../wire/message.ts'
import { lockVisitors } from './visitor-locks.ts'

export interface KnownNames {
  readonly people: KnownSubjects
  readonly accounts: KnownSubjects
  readonly accountsByDomain: ReadonlyMap<string, string>
  /** Leads found by a visitor that have a user id. */
  readonly users: Set<string>
}

/** Locks the visitors of whom nobody knows who they are. */
export async function loadKnownNames(
  client: pg.ClientBase,
  messages: readonly TrackingMessage[],
  map: TrackingMap,
): Promise<KnownNames> {
  const people = await loadPeople(client, messages, map)
  const accounts = await loadKnownSubjects(client, 'account', accountNames(messages, map))
  const domains = new Set(messages.flatMap((message) => domainOf(message) ?? []))
  const accountsByDomain = await findAccountsByDomain(client, [...domains])
  return { people, accounts, accountsByDomain, users: await loadUsers(client, messages, people) }
}

async function loadPeople(
  client: pg.ClientBase,
  messages: readonly TrackingMessage[],
  map: TrackingMap,
): Promise<KnownSubjects> {
  if (messages.some(saysWhoVisitorIs)) {
    const people = await loadKnownSubjects(client, 'lead', personNames(messages, map))
    await findUnlinkedVisitors(client, messages, people)
    return people
  }
  // Nobody has to have a visitor alone: with all of them locked together with others first, one look is enough.
  const visitors = new Set(messages.flatMap(({ anonymousId }) => anonymousId ?? []))
  await lockVisitors(client, visitors, new Set())
  return loadKnownSubjects(client, 'lead', personNames(messages, map))
}

/** The domain by which a message joins its lead or its account to an account. */
export function domainOf({ type, email, traits }: TrackingMessage): string | null {
  if (type === 'group') {
    const given = ['domain', 'website', 'url']
      .map((name) => traits[name])
      .find((one) => typeof one === 'string')
    return normaliseDomain(String(given ?? ''))
  }
  const address = email?.address ?? null
  return address === null ? null : businessDomain(address)
}

function* personNames(messages: readonly TrackingMessage[], map: TrackingMap): Generator<Name> {
  for (const { userId, anonymousId, previousId, email } of messages) {
    for (const id of [userId, previousId]) {
      if (id === null) continue
      yield ['user_id', id]
      if (map.userIsLead) yield ['crm_id', id]
    }
    for (const id of [anonymousId, previousId]) if (id !== null) yield ['anonymous_id', id]
    if (email?.address != null) yield ['email', email.address]
  }
}

function* accountNames(messages: readonly TrackingMessage[], map: TrackingMap): Generator<Name> {
  for (const { groupId } of messages) {
    if (groupId === null) continue
    yield ['group_id', groupId]
    if (map.groupIsAccount) yield ['crm_id', groupId]
  }
}

/** Whether a visitor may be linked by it. An alias names a user, too. */
function saysWhoVisitorIs({ type, userId, email }: TrackingMessage): boolean {
  return userId !== null || (type === 'identify' && email !== null)
}

/** Looks again, once nobody else can link them. */
async function findUnlinkedVisitors(
  client: pg.ClientBase,
  messages: readonly TrackingMessage[],
  people: KnownSubjects,
): Promise<void> {
  const unlinked = new Set<string>()
  const linking = new Set<string>()
  for (const message of messages)
    for (const visitor of [message.anonymousId, message.previousId]) {
      if (visitor === null || people.find('anonymous_id', visitor) !== null) continue
      unlinked.add(visitor)
      if (saysWhoVisitorIs(message)) linking.add(visitor)
    }
  if (unlinked.size === 0) return
  await lockVisitors(client, unlinked, linking)
  const names = [...unlinked].map((visitor): Name => ['anonymous_id', visitor])
  const links = (await loadLinks(client, 'lead', names)).get('anonymous_id') ?? []
  for (const [visitor, leadId] of links) people.link('anonymous_id', visitor, leadId)
}

/** Of the leads to which an unknown user would belong by its visitor, those that are another user already. */
async function loadUsers(
  client: pg.ClientBase,
  messages: readonly TrackingMessage[],
  people: KnownSubjects,
): Promise<Set<string>> {
  const leads = new Set<string>()
  for (const { userId, anonymousId, previousId } of messages) {
    if (userId === null || people.find('user_id', userId) !== null) continue
    for (const visitor of [anonymousId, previousId]) {
      const lead = visitor === null ? null : people.find('anonymous_id', visitor)
      if (lead !== null) leads.add(lead)
    }
  }
  if (leads.size === 0) return leads
  const { rows } = await client.query<{ subject_id: string }>(
    `SELECT DISTINCT subject_id FROM wonlost.identities
      WHERE subject_kind = 'lead' AND kind = 'user_id' AND subject_id = ANY($1)`,
    [[...leads]],
  )
  return new Set(rows.map((row) => row.subject_id))
}
