/**
 * Writes a group of messages in one transaction: all of it, or nothing. The order of the steps, and in each the order of the keys, is
 * the same for everybody, so that two writers never wait for each other in a ring.
 */
import type pg from 'pg'
import { markDirtyBy } from '../../db/dirty-leads.ts'
import { applyMerges } from '../../db/merges.ts'
import { leadsOfAccounts, rootOf } from '../../db/people.ts'
import { keepRejectedMessages, type RejectedMessage } from '../../db/rejected-messages.ts'
import { countUnknownNames } from '../../db/unknown-names.ts'
import { WonlostError } from '../../errors.ts'
import { DAY, MINUTE, type Milliseconds } from '../../glossary.ts'
import { LOCK_SUPPRESSIONS } from '../suppressions.ts'
import type { TrackingMap } from '../tracking-map.ts'
import type { TrackingMessage } from '../wire/message.ts'
import { withoutErased } from './erased.ts'
import { loadKnownNames } from './known-names.ts'
import type { Learned, NewMerge } from './learned.ts'
import type { TurnedDown } from './prepare-messages.ts'
import { resolveMessages } from './resolve-messages.ts'
import {
  backdateLeads,
  insertAccounts,
  insertEvents,
  insertLeads,
  insertLinks,
  insertTraits,
} from './rows.ts'

export interface Group {
  readonly messages: readonly TrackingMessage[]
  readonly rejected: readonly TurnedDown[]
  readonly map: TrackingMap
  /** Of the body that they came in: what waits is held in memory. */
  readonly bytes: number
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
  const { messages: allowed, rejected } = await withoutErased(client, group)
  const names = await loadKnownNames(client, allowed, group.map)
  const messages = await withoutSeen(client, allowed)
  const learned = resolveMessages(messages, names, group.map)
  const dirty = new Map<string, Set<string>>()
  const mark = (ids: Iterable<string>, cause: string): void => {
    for (const id of ids) dirty.set(id, (dirty.get(id) ?? new Set()).add(cause))
  }
  if (!(await insertLinks(client, learned.links))) throw new NamesChanged()
  await insertAccounts(client, learned.accounts)
  const added = await insertEvents(client, learned.events)
  mark(added.leads, 'event')
  const linked = await linkVisitors(client, learned)
  mark(linked, 'identity')
  mark(await insertLeads(client, learned.leads), 'identity')
  await backdateLeads(client, new Set([...linked, ...lateLeads(learned)]), sourcesOf(messages))
  mark(await joinAccounts(client, learned.accountOf), 'account')
  const traits = await insertTraits(client, learned.traits)
  mark(traits.leads, 'trait')
  mark(await leadsOfAccounts(client, [...traits.accounts]), 'account trait')
  const refused = await merge(client, learned.merges, mark, now)
  await keepRejectedMessages(client, [...rejected, ...refused])
  await markDirtyBy(client, dirty)
  await countUnknownNames(client, [...learned.unknown, ...added.unknown], now)
}

/** Nobody sends a message again after so long. */
const REMEMBERED = 30 * DAY

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
    // Old ones go as new ones come, so that the table stays as large as what comes in that time.
    `WITH old AS (
       DELETE FROM wonlost.seen_messages WHERE message_key IN (
         SELECT message_key FROM wonlost.seen_messages WHERE received_at < $3
          ORDER BY received_at LIMIT $4 FOR UPDATE SKIP LOCKED))
     INSERT INTO wonlost.seen_messages (message_key, received_at)
     SELECT * FROM unnest($1::text[], $2::timestamptz[]) AS given (message_key, received_at)
      ORDER BY message_key COLLATE "C"
     ON CONFLICT DO NOTHING RETURNING message_key`,
    [
      [...others.keys()],
      [...others.values()].map((time) => new Date(time)),
      new Date(Math.max(...others.values()) - REMEMBERED),
      2 * others.size,
    ],
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

/** Leads of which something is told that happened a while ago: they may have been made by what came sooner. */
function lateLeads({ events }: Learned): string[] {
  return events.flatMap(({ message: { occurredAt, receivedAt }, leadId }) =>
    leadId !== null && receivedAt - occurredAt > MINUTE ? [leadId] : [],
  )
}

function sourcesOf(messages: readonly TrackingMessage[]): string[] {
  return [...new Set(messages.map(({ source }) => source))]
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

/** Makes the people one that these are now, whoever they were. Returns aliases of leads that are not there, as rejected messages. */
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
    // The group holds the merges: nobody else changes them meanwhile.
    const from = (await rootOf(client, 'lead', fromId)) ?? fromId
    const into = (await rootOf(client, 'lead', intoId)) ?? intoId
    if (from === into) continue
    try {
      const request = { fromId: from, intoId: into, evidence }
      await applyMerges(client, 'lead', [request], { by: `alias (${source})`, at: now })
      mark([from, into], 'merge')
    } catch (error) {
      // It was refused before anything was written: the transaction goes on.
      if (!(error instanceof WonlostError && error.code === 'lead_not_found')) throw error
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
