/** A sales history with which nothing is wrong, and a database of it to be cloned and damaged. */
import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { inject } from 'vitest'
import { findDataEnd } from '../../../src/db/data-end.ts'
import { createPool } from '../../../src/db/database.ts'
import type { Definition } from '../../../src/features/definition.ts'
import { type AccountRecord, DAY } from '../../../src/glossary.ts'
import { measureData } from '../../../training/data-check/check-data.ts'
import { checkReport, type DataCheckReport } from '../../../training/data-check/report.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { administer, databaseUrl } from '../../support/database-server.ts'
import { loadRecords } from '../load-records.ts'
import { trait } from '../records.ts'
import { createWorld, WORLD_DEFINITION, WORLD_END } from '../world.ts'

const COUNTRIES = ['DE', 'FR', 'US']
export const NOW = WORLD_END + 10 * DAY

/** Companies with a domain and a country; their people have addresses there and say the same country. Nothing lies after the end. */
export function cleanWorld(): AccountRecord[] {
  return createWorld(600)
    .map(untilTheEnd)
    .filter(({ leads }) => leads.length > 0)
    .map((account, index) => {
      const country = COUNTRIES[index % COUNTRIES.length]!
      const domain = `${account.accountId}.example`
      const since = Math.min(...account.leads.map((lead) => lead.createdAt))
      return {
        ...account,
        traits: [trait('domain', domain, since), trait('country', country, since)],
        leads: account.leads.map((lead) => ({
          ...lead,
          traits: [
            ...lead.traits,
            trait('email', `${lead.leadId}@${domain}`, lead.createdAt),
            trait('country', country, lead.createdAt),
          ],
        })),
      }
    })
}

function untilTheEnd(account: AccountRecord): AccountRecord {
  const leads = account.leads
    .filter(({ createdAt }) => createdAt < WORLD_END)
    .map((lead) => ({ ...lead, events: lead.events.filter(({ occurredAt }) => occurredAt < WORLD_END) }))
  const known = new Set(leads.map(({ leadId }) => leadId))
  const deals = account.deals.filter(
    ({ openedAt, contacts }) => openedAt < WORLD_END && contacts.every(({ leadId }) => known.has(leadId)),
  )
  return { ...account, leads, deals }
}

/** Nobody may be connected to it while it is cloned. */
export async function createCleanDatabase(): Promise<{ name: string; drop: () => Promise<void> }> {
  const database = await createTestDatabase()
  await loadRecords(database.pool, cleanWorld())
  await database.pool.query('ANALYZE')
  await database.pool.end()
  const name = new URL(database.url).pathname.slice(1)
  return { name, drop: () => administer(inject('serverUrl'), `DROP DATABASE ${name} WITH (FORCE)`) }
}

export async function cloneDatabase(template: string): Promise<Pick<TestDatabase, 'pool' | 'drop' | 'url'>> {
  const server = inject('serverUrl')
  const name = `wonlost_test_${randomBytes(6).toString('hex')}`
  await administer(server, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  const url = databaseUrl(server, name)
  const pool = createPool(url, 3)
  return {
    url,
    pool,
    drop: async () => {
      await pool.end()
      await administer(server, `DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

/** As the command does it. */
export async function check(
  pool: pg.Pool,
  definition: Definition = WORLD_DEFINITION,
  given: { asOf?: number; now?: number } = {},
): Promise<DataCheckReport> {
  const now = given.now ?? NOW
  const dataEnd = await findDataEnd(pool, now)
  const asOf = given.asOf ?? dataEnd.newest ?? now
  return checkReport(await measureData(pool, definition, { asOf, now, dataEnd }))
}
