/** Removes an earlier simulation: its rows, and what was said of its leads and accounts. Rows of other sources stay. */
import type pg from 'pg'
import { PERSONAL_TABLES } from '../../src/db/personal-data.ts'
import { SIMULATOR } from '../simulator/records.ts'

/** Tables whose rows say what source they are from. Contacts and stages go with their deals. */
const SOURCED = ['identities', 'deals', 'events', 'traits', 'leads', 'accounts'] as const

export async function removeSimulated(client: pg.ClientBase): Promise<void> {
  // What was said of a lead or an account has no source of its own.
  for (const { table, idColumns, kindColumn } of PERSONAL_TABLES) {
    if (kindColumn === undefined || (SOURCED as readonly string[]).includes(table)) continue
    for (const kind of ['lead', 'account'] as const) {
      const simulated = `SELECT ${kind}_id FROM wonlost.${kind}s WHERE source = $1`
      const isOne = idColumns.map((column) => `${column} IN (${simulated})`).join(' OR ')
      await client.query(`DELETE FROM wonlost.${table} WHERE ${kindColumn} = '${kind}' AND (${isOne})`, [
        SIMULATOR,
      ])
    }
  }
  for (const table of SOURCED) {
    await client.query(`DELETE FROM wonlost.${table} WHERE source = $1`, [SIMULATOR])
  }
}
