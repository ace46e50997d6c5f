/** Removes what is kept of one person, table by table (personal-data.ts), and what its company's rows say of it. */
import type pg from 'pg'
import { markDirty } from './dirty-leads.ts'
import { mentionPattern } from './mentions.ts'
import { leadsOfAccounts } from './people.ts'
import { allNames } from './person-names.ts'
import { isOfPerson, PERSON_PARAMETERS, PERSONAL_TABLES, type PersonNames } from './personal-data.ts'

/** The leads themselves go last: everything else is found by them. */
const TABLES = [
  ...PERSONAL_TABLES.filter(({ table }) => table !== 'leads'),
  ...PERSONAL_TABLES.filter(({ table }) => table === 'leads'),
]

/**
 * Returns how many rows went, by table. Deals and accounts stay, without the person; a deal that nobody else is a contact of, and that no account has,
 * is the person's own and goes. Colleagues are marked to be scored again.
 */
export async function erasePerson(
  client: pg.ClientBase,
  names: PersonNames,
): Promise<ReadonlyMap<string, number>> {
  const { leadIds, anonymousIds, userIds } = names
  const { rows: accounts } = await client.query<{ account_id: string }>(
    'SELECT DISTINCT account_id FROM wonlost.leads WHERE lead_id = ANY($1) AND account_id IS NOT NULL',
    [leadIds],
  )
  const accountIds = accounts.map((row) => row.account_id)
  const erased = new Map<string, number>()
  erased.set('deals', await eraseFromDeals(client, names))
  for (const entry of TABLES) {
    const condition = isOfPerson(entry)
    if (condition === null) continue
    const { rowCount } = await client.query(
      `DELETE FROM wonlost.${entry.table} WHERE ${PERSON_PARAMETERS} AND ${condition}`,
      [leadIds, anonymousIds, userIds],
    )
    erased.set(entry.table, rowCount ?? 0)
  }
  await client.query(
    `DELETE FROM wonlost.traits WHERE subject_kind = 'account' AND subject_id = ANY($1) AND value::text ~* $2`,
    [accountIds, mentionPattern(allNames(names))],
  )
  await markDirty(client, await leadsOfAccounts(client, accountIds), 'erasure')
  return erased
}

/** Returns how many deals went. */
async function eraseFromDeals(client: pg.ClientBase, names: PersonNames): Promise<number> {
  const { rows: deals } = await client.query<{ deal_id: string }>(
    'SELECT DISTINCT deal_id FROM wonlost.deal_contacts WHERE lead_id = ANY($1)',
    [names.leadIds],
  )
  const dealIds = deals.map((row) => row.deal_id)
  const { rowCount } = await client.query(
    `DELETE FROM wonlost.deals WHERE deal_id = ANY($1) AND account_id IS NULL AND NOT EXISTS (
       SELECT FROM wonlost.deal_contacts other WHERE other.deal_id = deals.deal_id AND other.lead_id <> ALL($2))`,
    [dealIds, names.leadIds],
  )
  await client.query(
    'UPDATE wonlost.deals SET lost_reason = NULL WHERE deal_id = ANY($1) AND lost_reason ~* $2',
    [dealIds, mentionPattern(allNames(names))],
  )
  return rowCount ?? 0
}
