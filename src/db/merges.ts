/**
 * Merges of leads and of accounts: said and taken back here, row by row in `wonlost.merges`. Nothing else is moved, so that taking
 * one back is exact, also for what was learned since. `merged_into` of leads and accounts is worked out from the merges in force.
 */
import type pg from 'pg'
import { type ErrorPlace, WonlostError } from '../errors.ts'
import { formatTime, type Milliseconds, type SubjectKind } from '../glossary.ts'
import { markDirty } from './dirty-leads.ts'
import { removeScoresOfObjecting } from './objections.ts'
import { leadsOfAccounts, personAccount } from './people.ts'

export interface MergeRequest {
  /** What is merged away. */
  readonly fromId: string
  /** What remains, or was merged away itself: then what it was merged into remains. */
  readonly intoId: string
  /** Why, as JSON. */
  readonly evidence: Readonly<Record<string, unknown>>
  /** Where it was asked for; a refusal names it. */
  readonly place?: ErrorPlace
}

export interface StoredMerge extends Omit<MergeRequest, 'place'> {
  readonly mergeId: number
  readonly subjectKind: SubjectKind
  readonly mergedAt: Milliseconds
  readonly mergedBy: string
  /** null while it is in force. */
  readonly undoneAt: Milliseconds | null
  readonly undoneBy: string | null
}

/** Who does it, and when. */
export interface Act {
  readonly by: string
  readonly at: Milliseconds
}

const IN_FORCE = 'merge.subject_kind = $1 AND merge.undone_at IS NULL'

/**
 * Puts merges into force, in whatever order they are given, and removes the scores kept of what is merged away; what remains
 * is marked to be scored. Requests for
 * what is one already are passed over. Returns the new merges' ids. Give it a client in a transaction.
 * Throws `lead_not_found`, `account_not_found`, and `merge_refused` for a merge into itself, in a ring, or of what is merged into
 * something else.
 */
export async function applyMerges(
  client: pg.ClientBase,
  kind: SubjectKind,
  requests: readonly MergeRequest[],
  act: Act,
): Promise<number[]> {
  await lockMerges(client)
  const roots = await rootsOf(client, kind, [...new Set(requests.flatMap((one) => [one.fromId, one.intoId]))])
  const news = new Map<string, MergeRequest>()
  const ends = createEnds(roots)
  for (const request of requests) {
    const { fromId, intoId, place } = request
    for (const id of [fromId, intoId])
      if (!roots.has(id))
        throw new WonlostError(
          `${kind}_not_found`,
          `There is no ${kind} ${JSON.stringify(id)} to merge.`,
          place,
        )
    if (fromId === intoId)
      throw refused(`The ${kind} ${JSON.stringify(fromId)} cannot be merged into itself.`, place)
    const into = roots.get(fromId) ?? news.get(fromId)?.intoId ?? null
    if (into === null) {
      if (ends.of(intoId) === fromId)
        throw refused(
          `The ${kind} ${JSON.stringify(fromId)} would be merged into itself, by way of others. One of these merges has to go the other way, or be undone first.`,
          place,
        )
      news.set(fromId, request)
      ends.set(fromId, intoId)
    } else if (into !== intoId && into !== roots.get(intoId))
      throw refused(
        `The ${kind} ${JSON.stringify(fromId)} is merged into ${JSON.stringify(into)}, and cannot be merged into ${JSON.stringify(intoId)} as well. Undo that first, or merge ${JSON.stringify(into)}.`,
        place,
      )
  }
  const merges = [...news.values()]
  if (merges.length === 0) return []
  const { rows } = await client.query<{ merge_id: number }>(
    `INSERT INTO wonlost.merges (subject_kind, from_id, into_id, evidence, merged_at, merged_by)
     SELECT $1, from_id, into_id, evidence, $5, $6
     FROM unnest($2::text[], $3::text[], $4::jsonb[]) WITH ORDINALITY AS new (from_id, into_id, evidence, place)
     ORDER BY place RETURNING merge_id`,
    [
      kind,
      merges.map((merge) => merge.fromId),
      merges.map((merge) => merge.intoId),
      merges.map((merge) => JSON.stringify(merge.evidence)),
      new Date(act.at),
      act.by,
    ],
  )
  const away = await settleRoots(
    client,
    kind,
    merges.flatMap((merge) => [merge.fromId, merge.intoId]),
  )
  await client.query('DELETE FROM wonlost.scores WHERE subject_kind = $1 AND subject_id = ANY($2)', [
    kind,
    away,
  ])
  // Of one of them an objection holds for all.
  if (kind === 'lead') await removeScoresOfObjecting(client)
  await markMerged(
    client,
    kind,
    merges.flatMap((merge) => [merge.fromId, merge.intoId]),
  )
  return rows.map((row) => row.merge_id)
}

/**
 * Takes merges back, one by one or all that are in force, in whatever order; returns how many. All of them are marked to
 * be scored. Give it a client in a transaction. Throws `merge_not_found`, and `merge_refused` for one that was taken back already.
 */
export async function undoMerges(
  client: pg.ClientBase,
  which: readonly number[] | 'all',
  act: Act,
): Promise<number> {
  await lockMerges(client)
  if (which !== 'all') await refuseUnlessInForce(client, which)
  const { rows } = await client.query<{ kind: SubjectKind; from_id: string; into_id: string }>(
    `UPDATE wonlost.merges SET undone_at = $1, undone_by = $2
     WHERE undone_at IS NULL AND ($3::bigint[] IS NULL OR merge_id = ANY($3))
     RETURNING subject_kind AS kind, from_id, into_id`,
    [new Date(act.at), act.by, which === 'all' ? null : which],
  )
  for (const kind of ['account', 'lead'] as const) {
    const touched = rows.filter((row) => row.kind === kind).flatMap((row) => [row.from_id, row.into_id])
    await settleRoots(client, kind, touched)
    await markMerged(client, kind, touched)
  }
  return rows.length
}

/** In the order in which they were made; those in force only, unless `undone` is asked for as well. */
export async function listMerges(
  pool: pg.Pool,
  options: { readonly undone: boolean },
): Promise<StoredMerge[]> {
  const { rows } = await pool.query<MergeRow>(
    'SELECT * FROM wonlost.merges WHERE $1 OR undone_at IS NULL ORDER BY merge_id',
    [options.undone],
  )
  return rows.map(toMerge)
}

/** As the table has it. */
export interface MergeRow {
  merge_id: number
  subject_kind: SubjectKind
  from_id: string
  into_id: string
  evidence: Record<string, unknown>
  merged_at: Date
  merged_by: string
  undone_at: Date | null
  undone_by: string | null
}

export function toMerge(row: MergeRow): StoredMerge {
  return {
    mergeId: row.merge_id,
    subjectKind: row.subject_kind,
    fromId: row.from_id,
    intoId: row.into_id,
    evidence: row.evidence,
    mergedAt: row.merged_at.getTime(),
    mergedBy: row.merged_by,
    undoneAt: row.undone_at?.getTime() ?? null,
    undoneBy: row.undone_by,
  }
}

/** Whose scores are of others now. */
async function markMerged(client: pg.ClientBase, kind: SubjectKind, ids: readonly string[]): Promise<void> {
  const people =
    kind === 'lead'
      ? [...ids, ...(await leadsOfAccounts(client, await accountsLeft(client, ids)))]
      : await leadsOfAccounts(client, ids)
  await markDirty(client, people, 'merge')
}

/** The accounts of leads that count as people of another one now: who is left there had them as colleagues. */
async function accountsLeft(client: pg.ClientBase, leadIds: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ account_id: string }>(
    `SELECT DISTINCT away.account_id FROM wonlost.leads away JOIN wonlost.leads person ON person.lead_id = away.merged_into
     WHERE away.lead_id = ANY($1) AND away.account_id <> ${personAccount('person')}`,
    [leadIds],
  )
  return rows.map((row) => row.account_id)
}

/** One at a time: two that each see a forest could together make a ring. Readers are not held up. */
async function lockMerges(client: pg.ClientBase): Promise<void> {
  await client.query('LOCK TABLE wonlost.merges IN SHARE ROW EXCLUSIVE MODE')
}

/** What each known id was merged into: null for one that stands for itself. */
async function rootsOf(
  client: pg.ClientBase,
  kind: SubjectKind,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await client.query<{ id: string; merged_into: string | null }>(
    `SELECT ${kind}_id AS id, merged_into FROM wonlost.${kind}s WHERE ${kind}_id = ANY($1)`,
    [ids],
  )
  return new Map(rows.map((row) => [row.id, row.merged_into]))
}

async function refuseUnlessInForce(client: pg.ClientBase, ids: readonly number[]): Promise<void> {
  const { rows } = await client.query<{ merge_id: number; undone_at: Date | null }>(
    'SELECT merge_id, undone_at FROM wonlost.merges WHERE merge_id = ANY($1::bigint[])',
    [ids],
  )
  const known = new Map(rows.map((row) => [row.merge_id, row.undone_at]))
  for (const id of ids) {
    const undoneAt = known.get(id)
    if (undoneAt === undefined)
      throw new WonlostError(
        'merge_not_found',
        `There is no merge ${id}. \`wonlost data merge --list\` shows those in force.`,
      )
    if (undoneAt !== null)
      throw refused(`The merge ${id} was undone at ${formatTime(undoneAt.getTime())} already.`)
  }
}

/**
 * The one place that writes `merged_into`: of every lead or account that merges in force connect with `touched`. Up from these to
 * what remains, then down to all that was merged into it, so that each is met once, however long the chains are.
 * Returns those that are merged away.
 */
async function settleRoots(
  client: pg.ClientBase,
  kind: SubjectKind,
  touched: readonly string[],
): Promise<string[]> {
  if (touched.length === 0) return []
  // What this transaction wrote has no statistics yet, and without them the plan may be quadratic.
  await client.query('ANALYZE wonlost.merges')
  const { rows } = await client.query<{ id: string; root: string }>(
    `WITH RECURSIVE up (id) AS (
       SELECT id COLLATE "C" FROM unnest($2::text[]) AS id
       UNION SELECT merge.into_id FROM up JOIN wonlost.merges merge ON merge.from_id = up.id AND ${IN_FORCE}),
     down (id, root) AS (
       SELECT id, id FROM up
        WHERE NOT EXISTS (SELECT FROM wonlost.merges merge WHERE merge.from_id = up.id AND ${IN_FORCE})
       UNION ALL
       SELECT merge.from_id, down.root FROM down JOIN wonlost.merges merge ON merge.into_id = down.id AND ${IN_FORCE})
     SELECT id, root FROM down`,
    [kind, touched],
  )
  await client.query(
    `UPDATE wonlost.${kind}s SET merged_into = nullif(root, id)
     FROM unnest($1::text[], $2::text[]) AS settled (id, root)
     WHERE ${kind}_id = id AND merged_into IS DISTINCT FROM nullif(root, id)`,
    [rows.map((row) => row.id), rows.map((row) => row.root)],
  )
  return rows.flatMap((row) => (row.root === row.id ? [] : [row.id]))
}

/** Where merges lead to, those included that are about to be made. Paths are shortened, so that long chains stay cheap. */
function createEnds(roots: ReadonlyMap<string, string | null>) {
  const next = new Map([...roots].flatMap(([id, root]) => (root === null ? [] : [[id, root] as const])))
  return {
    of(id: string): string {
      const passed: string[] = []
      let end = id
      for (let to = next.get(end); to !== undefined; to = next.get(end)) {
        passed.push(end)
        end = to
      }
      for (const one of passed) next.set(one, end)
      return end
    },
    set: (fromId: string, intoId: string) => next.set(fromId, intoId),
  }
}

function refused(message: string, place: ErrorPlace = {}): WonlostError {
  return new WonlostError('merge_refused', message, place)
}
