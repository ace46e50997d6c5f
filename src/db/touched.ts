/** What a transaction that writes much has touched: leads, accounts and deals, noted while it writes, and marked at its end. */
import type pg from 'pg'
import { markSelected } from './dirty-leads.ts'

/** Rows of kind and id; one may be there several times. */
export const TOUCHED = 'pg_temp.touched'

/** From now on what is touched can be noted. false: nobody was ever scored, so nothing has to be. */
export async function noteTouched(client: pg.ClientBase): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM wonlost.scores LIMIT 1')
  if (rowCount === 0) return false
  await client.query('CREATE TEMPORARY TABLE touched (kind text, id text COLLATE "C") ON COMMIT DROP')
  return true
}

/** Marks the leads, the contacts of the deals, and all people of the accounts that were noted, and of those of the deals. */
export async function markTouched(client: pg.ClientBase, cause: string): Promise<void> {
  // What this transaction wrote has no statistics yet, and without them the plan may be quadratic.
  await client.query(`ANALYZE ${TOUCHED}`)
  await markSelected(
    client,
    `WITH touched AS MATERIALIZED (SELECT DISTINCT kind, id FROM ${TOUCHED})
     SELECT id FROM touched WHERE kind = 'lead'
     UNION ALL SELECT contact.lead_id FROM touched JOIN wonlost.deal_contacts contact ON contact.deal_id = id WHERE kind = 'deal'
     UNION ALL SELECT one.lead_id FROM wonlost.leads one JOIN wonlost.accounts USING (account_id)
      WHERE coalesce(accounts.merged_into, account_id) IN (
        SELECT coalesce(named.merged_into, named.account_id) FROM wonlost.accounts named WHERE named.account_id IN (
          SELECT id FROM touched WHERE kind = 'account'
          UNION ALL SELECT deal.account_id FROM touched JOIN wonlost.deals deal ON deal.deal_id = id WHERE kind = 'deal'))`,
    cause,
  )
}
