/** Gives the events of an anonymous visitor to the lead, once an import says who it was. */
import type pg from 'pg'
import { TOUCHED } from '../db/touched.ts'
import { lockAllVisitors } from './tracking/visitor-locks.ts'

export interface EventLinker {
  /** The visitors that a batch names, after it was written. */
  collect(anonymousIds: ReadonlySet<string>): Promise<void>
  /** Returns how many events found their lead. */
  link(): Promise<number>
}

/** @param touches Notes the leads whose events they are. */
export async function createEventLinker(client: pg.ClientBase, touches = false): Promise<EventLinker> {
  await client.query(
    'CREATE TEMPORARY TABLE linked (anonymous_id text COLLATE "C" PRIMARY KEY, lead_id text) ON COMMIT DROP',
  )
  let collected = 0
  return {
    async collect(anonymousIds) {
      if (anonymousIds.size === 0) return
      const { rowCount } = await client.query(
        `INSERT INTO pg_temp.linked
         SELECT value, subject_id FROM wonlost.identities
          WHERE kind = 'anonymous_id' AND subject_kind = 'lead' AND value = ANY($1)
         ON CONFLICT DO NOTHING`,
        [[...anonymousIds]],
      )
      collected += rowCount ?? 0
    },
    async link() {
      if (collected === 0) return 0
      // Live events of these visitors wait until the links can be seen.
      await lockAllVisitors(client)
      // What this transaction wrote has no statistics yet, and without them the plan may be quadratic.
      await client.query('ANALYZE pg_temp.linked')
      await client.query('ANALYZE wonlost.events')
      const { rowCount } = await client.query(
        `WITH found AS (
           UPDATE wonlost.events event SET lead_id = linked.lead_id
             FROM pg_temp.linked
            WHERE event.lead_id IS NULL AND event.anonymous_id = linked.anonymous_id
           RETURNING event.lead_id)
         ${touches ? `, noted AS (INSERT INTO ${TOUCHED} SELECT DISTINCT 'lead', lead_id FROM found)` : ''}
         SELECT FROM found`,
      )
      return rowCount ?? 0
    },
  }
}
