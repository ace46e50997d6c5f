/** Leads whose stored scores are out of date: marked in the transaction that changed what is known of them. */
import type { ClientBase } from 'pg'

/** Whoever marks for these marks all whom it concerns. */
export const OF_EVERYBODY: readonly string[] = ['colleague', 'account trait', 'deal', 'erasure', 'objection']

/** The times of the facts tell what was learned. Of other causes it is not known: merges move old facts, identities and imports bring them. */
export const TOLD_BY_FACTS: readonly string[] = ['event', 'trait', 'feedback']

const TELLING = `ARRAY[${[...OF_EVERYBODY, ...TOLD_BY_FACTS].map((cause) => `'${cause}'`).join(', ')}]`

/** Of two marks of one lead the first, but for one after which nobody could tell whom else it concerns. */
const STRONGER = `CASE WHEN dirty.cause = ANY(${TELLING}) AND excluded.cause <> ALL(${TELLING}) THEN excluded.cause ELSE dirty.cause END`

/** Ends an INSERT of marks into `wonlost.dirty_leads AS dirty`. A mark of what happened just now is one, whatever was there before. */
const OR_RAISE = `ON CONFLICT (lead_id) DO UPDATE
  SET revision = dirty.revision + 1, cause = ${STRONGER}, is_bulk = dirty.is_bulk AND excluded.is_bulk,
      marked_at = CASE WHEN dirty.is_bulk AND NOT excluded.is_bulk THEN excluded.marked_at ELSE dirty.marked_at END`

/**
 * Marks the leads, or the people that they were merged into; ids of nobody are passed over. `cause` says what changed: `event`,
 * `trait`, `identity` (who it is), `account` (which), `account trait`, `deal`, `merge`, `import`, `erasure` or `objection` (of a
 * colleague). Who is marked already keeps the time of the first mark, and mostly its cause; its `revision` tells whoever scored it
 * meanwhile that there was another.
 */
export async function markDirty(
  client: ClientBase,
  leadIds: readonly string[],
  cause: string,
): Promise<void> {
  await mark(
    client,
    leadIds.map((leadId) => [leadId, cause] as const),
  )
}

/** As `markDirty`, with causes for each lead. In order of the ids: two that mark the same leads never wait for each other in a ring. */
export async function markDirtyBy(
  client: ClientBase,
  causes: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<void> {
  await mark(
    client,
    [...causes].flatMap(([leadId, all]) => [...all].map((cause) => [leadId, cause] as const)),
  )
}

/** As `markDirty`, behind all that happens live. */
export async function markInBulk(
  client: ClientBase,
  leadIds: readonly string[],
  cause: string,
): Promise<void> {
  await mark(
    client,
    leadIds.map((leadId) => [leadId, cause] as const),
    true,
  )
}

async function mark(
  client: ClientBase,
  marks: readonly (readonly [leadId: string, cause: string])[],
  isBulk = false,
): Promise<void> {
  if (marks.length === 0) return
  await client.query(
    `INSERT INTO wonlost.dirty_leads AS dirty (lead_id, cause, marked_at, is_bulk)
     SELECT person, (array_agg(cause ORDER BY cause = ANY(${TELLING}), cause))[1], clock_timestamp(), $3
       FROM (SELECT coalesce(lead.merged_into, lead.lead_id) AS person, changed.cause
               FROM unnest($1::text[], $2::text[]) AS changed (lead_id, cause)
               JOIN wonlost.leads lead ON lead.lead_id = changed.lead_id) known
      GROUP BY person ORDER BY person ${OR_RAISE}`,
    [marks.map(([leadId]) => leadId), marks.map(([, cause]) => cause), isBulk],
  )
}

/** Marks, behind all that happens live, the people that the leads of `leadIds` (SQL) are now. One statement, however many there are. */
export async function markSelected(client: ClientBase, leadIds: string, cause: string): Promise<void> {
  await client.query(
    `INSERT INTO wonlost.dirty_leads AS dirty (lead_id, cause, marked_at, is_bulk)
     SELECT DISTINCT coalesce(merged_into, lead_id) AS person, $1::text, now(), true
       FROM wonlost.leads WHERE lead_id IN (${leadIds}) ORDER BY person ${OR_RAISE}`,
    [cause],
  )
}
