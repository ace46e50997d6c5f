/** Leads whose stored scores are out of date: marked in the transaction that changed what is known of them. */
import type { ClientBase } from 'pg'

/**
 * Marks the leads, or the people that they were merged into; ids of nobody are passed over. `cause` says what changed: `event`,
 * `trait`, `identity` (who it is), `account` (which), `account trait`, `deal`, `merge`, `erasure` or `objection` (of a colleague). Who is marked already keeps the time and cause of the
 * first mark; its `revision` tells whoever scored it meanwhile that there was another.
 */
export async function markDirty(
  client: ClientBase,
  leadIds: readonly string[],
  cause: string,
): Promise<void> {
  await markDirtyBy(client, new Map(leadIds.map((leadId) => [leadId, cause])))
}

/** As `markDirty`, with a cause for each lead. In order of the ids: two that mark the same leads never wait for each other in a ring. */
export async function markDirtyBy(client: ClientBase, causes: ReadonlyMap<string, string>): Promise<void> {
  if (causes.size === 0) return
  await client.query(
    `INSERT INTO wonlost.dirty_leads AS dirty (lead_id, cause, marked_at)
     SELECT person, min(cause), clock_timestamp()
       FROM (SELECT coalesce(lead.merged_into, lead.lead_id) AS person, changed.cause
               FROM unnest($1::text[], $2::text[]) AS changed (lead_id, cause)
               JOIN wonlost.leads lead ON lead.lead_id = changed.lead_id) known
      GROUP BY person ORDER BY person
     ON CONFLICT (lead_id) DO UPDATE SET revision = dirty.revision + 1`,
    [[...causes.keys()], [...causes.values()]],
  )
}
