/**
 * Writes a group of messages in one transaction: all of it, or nothing. The order of the steps, and in each the order of the keys, is
 * the same for everybody, so that two writers never wait for each other in a ring.
 */
import type pg from 'pg'
import { markDirtyBy } from '../../db/dirty-leads.ts'
import { applyMerges } from '../../db/merges.ts'
import { leadsOfAccounts } from '../../db/people.ts'
import { keepRejectedMessages, type RejectedMessage } from '../../db/rejected-messages.ts'
import { countUnknownNames } from '../../db/unknown-names.ts'
import { WonlostError } from '../../errors.ts'
import type { Milliseconds } from '../../glossary.ts'
import { type IsSuppressed, LOCK_SUPPRESSIONS, suppressedAmong } from '../suppressions.ts'
import type { TrackingMap } from '../tracking-map.ts'
import type { TrackingMessage } from '../wire/message.ts'
import { loadKnownNames } from './known-names.ts'
import {
  type Learned,
  leadOfUser,
  leadOfVisitor,
  type NewMerge,
  resolveMessages,
} from './resolve-messages.ts'
import { insertAccounts, insertEvents, insertLeads, insertLinks, insertTraits } from './rows.ts'

export interface Group {
  readonly messages: readonly TrackingMessage[]
  readonly rejected: readonly RejectedMessage[]
  readonly map: TrackingMap
}

/** Begin the transaction of a group with this: nobody is erased, and for an alias nothing else is merged, until it ends. */
export function beginGroup({ messages }: Pick<Group, 'messages'>, lockTimeout: Milliseconds): string {
  // Merges come first wherever both are taken.
  const merging = messages.some(({ type }) => type === 'alias')
  return `BEGIN; SET LOCAL lock_timeout = ${lockTimeout};
    ${merging ? 'LOCK TABLE wonlost.merges IN SHARE ROW EXCLUSIVE MODE;' : ''}
    ${LOCK_SUPPRESSIONS}`
}

/** Somebody else linked a name since it was looked up: the transaction has to be done again. */
export class NamesChanged extends Error {}

/** Throws `NamesChanged`. */
export async function writeMessages(client: pg.ClientBase, group: Group, now: Milliseconds): Promise<void> {
  const isSuppressed = await suppressedAmong(client, suppressionNames(group))
  const allowed = group.messages.filter((message) => !isErased(message, isSuppressed, group.map))
  const rejected = group.rejected.filter((one) => !isErasedRejection(one, isSuppressed, group.map))
  const names = await loadKnownNames(client, allowed, group.map)
  const messages = await withoutSeen(client, allowed)
  const learned = resolveMessages(messages, names, group.map)
  const dirty = new Map<string, string>()
  const mark = (ids: Iterable<string>, cause: string): void => {
    for (const id of ids) if (!dirty.has(id)) dirty.set(id, cause)
  }
  if (!(await insertLinks(client, learned.links))) throw new NamesChanged()
  await insertAccounts(client, learned.accounts)
  const added = await insertEvents(client, learned.events)
  mark(added.leads, 'event')
  mark(await linkVisitors(client, learned), 'identity')
  mark(await insertLeads(client, learned.leads), 'identity')
  mark(await joinAccounts(client, learned.accountOf), 'account')
  const traits = await insertTraits(client, learned.traits)
  mark(traits.leads, 'trait')
  mark(await leadsOfAccounts(client, [...traits.accounts]), 'account trait')
  const refused = await merge(client, learned.merges, mark, now)
  await keepRejectedMessages(client, [...rejected, ...refused])
  await markDirtyBy(client, dirty)
  await countUnknownNames(client, [...learned.unknown, ...added.unknown], now)
}

function* suppressionNames({ messages, rejected, map }: Group) {
  for (const { userId, anonymousId, previousId, email } of messages) {
    for (const id of [userId, previousId])
      if (id !== null) {
        yield ['user_id', id] as const
        yield ['lead_id', leadOfUser(id, map)] as const
      }
    for (const id of [anonymousId, previousId])
      if (id !== null) {
        yield ['anonymous_id', id] as const
        yield ['lead_id', leadOfVisitor(id)] as const
      }
    if (email !== null) yield ['email', email.given] as const
  }
  for (const { userId, anonymousId, email } of rejected) {
    if (userId !== null) yield ['user_id', userId] as const
    if (userId !== null) yield ['lead_id', leadOfUser(userId, map)] as const
    if (anonymousId !== null) yield ['anonymous_id', anonymousId] as const
    if (email !== null) yield ['email', email] as const
  }
}

function isErased(message: TrackingMessage, is: IsSuppressed, map: TrackingMap): boolean {
  const { userId, anonymousId, previousId, email } = message
  return (
    [userId, previousId].some(
      (id) => id !== null && (is('user_id', id) || is('lead_id', leadOfUser(id, map))),
    ) ||
    [anonymousId, previousId].some(
      (id) => id !== null && (is('anonymous_id', id) || is('lead_id', leadOfVisitor(id))),
    ) ||
    (email !== null && is('email', email.given))
  )
}

function isErasedRejection(one: RejectedMessage, is: IsSuppressed, map: TrackingMap): boolean {
  const { userId, anonymousId, email } = one
  return (
    (userId !== null && (is('user_id', userId) || is('lead_id', leadOfUser(userId, map)))) ||
    (anonymousId !== null && is('anonymous_id', anonymousId)) ||
    (email !== null && is('email', email))
  )
}

/** Events have an id of their own; what leaves none is remembered by that of its message. */
async function withoutSeen(
  client: pg.ClientBase,
  messages: readonly TrackingMessage[],
): Promise<readonly TrackingMessage[]> {
  const others = new Map<string, Milliseconds>()
  for (const message of messages)
    if (!leavesEvent(message) && !others.has(message.messageId))
      others.set(message.messageId, message.receivedAt)
  if (others.size === 0) return messages
  const { rows } = await client.query<{ message_key: string }>(
    `INSERT INTO wonlost.seen_messages (message_key, received_at)
     SELECT * FROM unnest($1::text[], $2::timestamptz[]) AS given (message_key, received_at)
      ORDER BY message_key COLLATE "C"
     ON CONFLICT DO NOTHING RETURNING message_key`,
    [[...others.keys()], [...others.values()].map((time) => new Date(time))],
  )
  const news = new Set(rows.map((row) => row.message_key))
  // Only the first of those that have one id.
  return messages.filter((message) => leavesEvent(message) || news.delete(message.messageId))
}

function leavesEvent({ type }: TrackingMessage): boolean {
  return type === 'track' || type === 'page' || type === 'screen'
}

/** Gives the events of visitors to the leads that they turned out to be. Returns these leads. */
async function linkVisitors(client: pg.ClientBase, { links }: Learned): Promise<Set<string>> {
  const visitors = links.filter(({ kind }) => kind === 'anonymous_id')
  if (visitors.length === 0) return new Set()
  const { rows } = await client.query<{ lead_id: string }>(
    `UPDATE wonlost.events event SET lead_id = linked.lead_id
       FROM unnest($1::text[], $2::text[]) AS linked (anonymous_id, lead_id)
      WHERE event.lead_id IS NULL AND event.anonymous_id = linked.anonymous_id
     RETURNING event.lead_id`,
    [visitors.map(({ value }) => value), visitors.map(({ subjectId }) => subjectId)],
  )
  return new Set(rows.map((row) => row.lead_id))
}

/** Returns the leads that had no account and have one now. */
async function joinAccounts(
  client: pg.ClientBase,
  accountOf: ReadonlyMap<string, string>,
): Promise<Set<string>> {
  if (accountOf.size === 0) return new Set()
  const { rows } = await client.query<{ lead_id: string }>(
    `UPDATE wonlost.leads lead SET account_id = joined.account_id
       FROM (SELECT lead_id, joins.account_id
               FROM unnest($1::text[], $2::text[]) AS joins (lead_id, account_id)
               JOIN wonlost.leads USING (lead_id)
               JOIN wonlost.accounts ON accounts.account_id = joins.account_id
              WHERE leads.account_id IS NULL ORDER BY lead_id FOR UPDATE OF leads) joined
      WHERE lead.lead_id = joined.lead_id RETURNING lead.lead_id`,
    [[...accountOf.keys()], [...accountOf.values()]],
  )
  return new Set(rows.map((row) => row.lead_id))
}

/** Returns the aliases that cannot be one person, as rejected messages. */
async function merge(
  client: pg.ClientBase,
  merges: readonly NewMerge[],
  mark: (ids: Iterable<string>, cause: string) => void,
  now: Milliseconds,
): Promise<RejectedMessage[]> {
  const refused: RejectedMessage[] = []
  for (const { fromId, intoId, message } of merges) {
    const { messageId, userId, previousId, source, receivedAt } = message
    const evidence = { alias: { message_id: messageId, user_id: userId, previous_id: previousId } }
    try {
      await applyMerges(client, 'lead', [{ fromId, intoId, evidence }], { by: `alias (${source})`, at: now })
      mark([fromId, intoId], 'merge')
    } catch (error) {
      // It was refused before anything was written: the transaction goes on.
      if (!(error instanceof WonlostError && REFUSALS.has(error.code))) throw error
      refused.push({
        receivedAt,
        source,
        reason: error.message,
        userId,
        anonymousId: message.anonymousId,
        email: message.email?.address ?? null,
        message: JSON.stringify({ type: 'alias', messageId, userId, previousId }),
      })
    }
  }
  return refused
}

const REFUSALS: ReadonlySet<string> = new Set(['merge_refused', 'lead_not_found'])
