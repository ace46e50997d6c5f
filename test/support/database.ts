/** A database of its own for a test file: a clone of the migrated template. */
import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { inject } from 'vitest'
import { createPool } from '../../src/db/database.ts'
import { administer, databaseUrl } from './database-server.ts'

export interface TestDatabase {
  readonly url: string
  readonly pool: pg.Pool
  /** Ends the pool and removes the database. */
  drop(): Promise<void>
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('serverUrl')
  const name = `wonlost_test_${randomBytes(6).toString('hex')}`
  await administer(server, `CREATE DATABASE ${name} TEMPLATE ${inject('templateDatabase')}`)
  const url = databaseUrl(server, name)
  const pool = createPool(url, 8)
  return {
    url,
    pool,
    drop: async () => {
      await pool.end()
      await administer(server, `DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}
