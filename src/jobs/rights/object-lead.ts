/** A person who does not want to be scored: from now on never, until that is taken back. For the command line and HTTP alike. */
import type pg from 'pg'
import { withTransaction } from '../../db/database.ts'
import { markDirty } from '../../db/dirty-leads.ts'
import { holdLead } from '../../db/hold-lead.ts'
import { loadObjection, type Objection, removeObjection, saveObjection } from '../../db/objections.ts'
import { holdOverrides } from '../../db/overrides.ts'
import { leadsOfAccounts } from '../../db/people.ts'
import { WonlostError } from '../../errors.ts'
import type { Milliseconds } from '../../glossary.ts'

interface GivenObjection {
  readonly reason: string
  readonly by: string
}

/** What is stored of its scores goes, and nobody is told. Its colleagues are scored again without it. Throws `lead_not_found`. */
export async function setObjection(
  pool: pg.Pool,
  leadId: string,
  { reason, by }: GivenObjection,
  now: Milliseconds,
): Promise<Objection> {
  return withTransaction(pool, async (client) => {
    await holdOverrides(client)
    const root = await holdLead(client, leadId)
    await saveObjection(client, root, { reason, by, objectedAt: now })
    await markPersonAndColleagues(client, root)
    return (await loadObjection(client, root))!
  })
}

/** It is scored again. Throws `lead_not_found` and `objection_not_found`. */
export async function clearObjection(pool: pg.Pool, leadId: string): Promise<void> {
  await withTransaction(pool, async (client) => {
    await holdOverrides(client)
    const root = await holdLead(client, leadId)
    if (!(await removeObjection(client, root))) {
      const message = `The lead ${JSON.stringify(leadId)} did not object to being scored.`
      throw new WonlostError('objection_not_found', message, { field: 'id' })
    }
    await markPersonAndColleagues(client, root)
  })
}

/** Throws `lead_objected` for whoever must not be scored. */
export async function refuseObjecting(client: pg.Pool | pg.ClientBase, leadId: string): Promise<void> {
  if ((await loadObjection(client, leadId)) === null) return
  const message = `The lead ${JSON.stringify(leadId)} objected to being scored. Nothing is computed of it until that is taken back.`
  throw new WonlostError('lead_objected', message, { field: 'id' })
}

async function markPersonAndColleagues(client: pg.ClientBase, leadId: string): Promise<void> {
  const { rows } = await client.query<{ account_id: string }>(
    `SELECT DISTINCT account_id FROM wonlost.leads
      WHERE (lead_id = $1 OR merged_into = $1) AND account_id IS NOT NULL`,
    [leadId],
  )
  const colleagues = await leadsOfAccounts(
    client,
    rows.map((row) => row.account_id),
  )
  await markDirty(client, [...new Set([leadId, ...colleagues])], 'objection')
}
