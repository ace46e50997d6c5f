/** For whoever changes what is kept of one lead, in a transaction. */
import type pg from 'pg'
import { WonlostError } from '../errors.ts'
import { rootOf } from './people.ts'

/**
 * Until the transaction of `client` ends, the lead is not merged or erased, and nobody else holds it. Returns the id that it goes by now.
 * Throws `lead_not_found`, also for one that was erased.
 */
export async function holdLead(client: pg.ClientBase, leadId: string): Promise<string> {
  // Merges come first wherever both are taken.
  await client.query('LOCK TABLE wonlost.merges IN ROW EXCLUSIVE MODE')
  const root = await rootOf(client, 'lead', leadId)
  const { rowCount } = await client.query('SELECT FROM wonlost.leads WHERE lead_id = $1 FOR NO KEY UPDATE', [
    root,
  ])
  if (root !== null && rowCount === 1) return root
  const message = `There is no lead ${JSON.stringify(leadId)}. Allowed: the id of a lead that was imported.`
  throw new WonlostError('lead_not_found', message, { field: 'lead_id' })
}
