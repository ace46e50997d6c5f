/** People who objected to being scored. Records leave them out (record-queries.ts), so that no score, no colleague and no model sees them. */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'

export interface Objection {
  readonly reason: string
  readonly objectedAt: Milliseconds
  /** Who wrote it down. */
  readonly by: string
}

/** SQL: the ids that people go by now who objected, under whatever id. */
export const OBJECTING = `(SELECT coalesce(person.merged_into, person.lead_id)
  FROM wonlost.objections JOIN wonlost.leads person USING (lead_id))`

/** The first objection of a person, under whatever id; null: it has none. */
export async function loadObjection(
  client: pg.Pool | pg.ClientBase,
  leadId: string,
): Promise<Objection | null> {
  const { rows } = await client.query<{ reason: string; objected_at: Date; kept_by: string }>(
    `SELECT reason, objected_at, kept_by FROM wonlost.objections JOIN wonlost.leads USING (lead_id)
      WHERE coalesce(merged_into, lead_id) = (SELECT coalesce(merged_into, lead_id) FROM wonlost.leads WHERE lead_id = $1)
      ORDER BY objected_at, lead_id LIMIT 1`,
    [leadId],
  )
  const [row] = rows
  return row ? { reason: row.reason, objectedAt: row.objected_at.getTime(), by: row.kept_by } : null
}

/** The same again changes the reason, not the time. Give it a client that holds the lead, which was not merged away. */
export async function saveObjection(
  client: pg.ClientBase,
  leadId: string,
  { reason, objectedAt, by }: Objection,
): Promise<void> {
  // Whoever keeps a score of the lead holds its row: that one ends first, and the next one sees the objection.
  await client.query('SELECT FROM wonlost.leads WHERE lead_id = $1 FOR UPDATE', [leadId])
  await client.query(
    `INSERT INTO wonlost.objections VALUES ($1, $2, $3, $4)
     ON CONFLICT (lead_id) DO UPDATE SET reason = excluded.reason, kept_by = excluded.kept_by`,
    [leadId, reason, new Date(objectedAt), by],
  )
  await removeScoresOfObjecting(client)
}

/** Returns whether there was one. */
export async function removeObjection(client: pg.ClientBase, leadId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `DELETE FROM wonlost.objections WHERE lead_id IN (
       SELECT lead_id FROM wonlost.leads WHERE lead_id = $1 OR merged_into = $1)`,
    [leadId],
  )
  return (rowCount ?? 0) > 0
}

/** What was scored of them, and what was still to be told of it. */
export async function removeScoresOfObjecting(client: pg.ClientBase): Promise<void> {
  const isTheirs = `subject_kind = 'lead' AND subject_id IN (
    SELECT lead_id FROM wonlost.leads WHERE coalesce(merged_into, lead_id) IN ${OBJECTING})`
  for (const table of ['scores', 'score_history', 'response_promises', 'announced'])
    await client.query(`DELETE FROM wonlost.${table} WHERE ${isTheirs}`)
  await client.query(`DELETE FROM wonlost.outbox WHERE relayed_at IS NULL AND ${isTheirs}`)
  await client.query(
    `DELETE FROM wonlost.webhook_messages WHERE state = 'pending' AND outbox_id IN (
       SELECT outbox_id FROM wonlost.outbox WHERE ${isTheirs})`,
  )
}
