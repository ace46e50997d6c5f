/**
 * Removes an earlier simulation: its rows, and whatever came of its leads and accounts since, by hand or live. Nothing else: leads of other
 * sources stay with all that is theirs.
 */
import type pg from 'pg'
import { PERSONAL_TABLES } from '../../src/db/personal-data.ts'
import { SIMULATOR } from '../simulator/records.ts'

/** Tables whose rows say what source they are from. Contacts and stages go with their deals. */
const SOURCED = ['identities', 'deals', 'events', 'traits', 'leads', 'accounts'] as const

/** Columns of tables without a kind that say whose a row is. */
const OWNERS: Readonly<Record<string, 'lead' | 'account'>> = { lead_id: 'lead', account_id: 'account' }

export async function removeSimulated(client: pg.ClientBase): Promise<void> {
  const simulated = (kind: string): string => `SELECT ${kind}_id FROM wonlost.${kind}s WHERE source = $1`
  const remove = (table: string, condition: string) =>
    client.query(`DELETE FROM wonlost.${table} WHERE ${condition}`, [SIMULATOR])
  for (const { table, idColumns, kindColumn } of PERSONAL_TABLES) {
    if (table === 'leads' || table === 'accounts') continue
    if (kindColumn === undefined) {
      for (const column of idColumns) {
        const kind = OWNERS[column]
        if (kind !== undefined) await remove(table, `${column} IN (${simulated(kind)})`)
      }
      continue
    }
    for (const kind of ['lead', 'account'] as const) {
      const isOne = idColumns.map((column) => `${column} IN (${simulated(kind)})`).join(' OR ')
      await remove(table, `${kindColumn} = '${kind}' AND (${isOne})`)
    }
  }
  for (const table of SOURCED) await remove(table, 'source = $1')
  // Where nobody is left, the next scoring is the first again.
  await client.query('DELETE FROM wonlost.first_scoring WHERE NOT EXISTS (SELECT FROM wonlost.leads)')
}
