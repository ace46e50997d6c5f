import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createPool, openDatabase, serverVersion, withTransaction } from '../../src/db/database.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await database.pool.query('CREATE TABLE numbers (n bigint)')
})
afterAll(() => database.drop())

/** Port 1 is nobody's. */
const NOBODY = 'postgresql://somebody:secret@127.0.0.1:1/nothing'

describe('openDatabase', () => {
  it('says that the database does not answer, without its password', async () => {
    await expect(openDatabase(readConfig({ DATABASE_URL: NOBODY }))).rejects.toMatchObject({
      code: 'database_unavailable',
      message: expect.not.stringContaining('secret'),
    })
    expect(await serverVersion(NOBODY)).toBeNull()
  })

  it('connects to nothing before the first query when it is not to migrate', async () => {
    const opened = await openDatabase(readConfig({ DATABASE_URL: NOBODY }), { migrate: false })
    await expect(withTransaction(opened.pool, async () => {})).rejects.toMatchObject({
      code: 'database_unavailable',
    })
    await opened.close()
  })

  it('refuses a login as unavailable', async () => {
    const url = new URL(database.url)
    url.username = 'nobody_of_that_name'
    await expect(openDatabase(readConfig({ DATABASE_URL: url.href }))).rejects.toMatchObject({
      code: 'database_unavailable',
    })
  })
})

describe('the pool', () => {
  it('reads bigint and numeric as numbers, and refuses to lose digits', async () => {
    const { rows } = await database.pool.query(
      `SELECT count(*), sum(n), 0.1::numeric AS tenth, 9007199254740991::bigint AS largest FROM (VALUES (1), (2)) AS v (n)`,
    )
    expect(rows).toEqual([{ count: 2, sum: 3, tenth: 0.1, largest: Number.MAX_SAFE_INTEGER }])
    await expect(database.pool.query('SELECT 9007199254740992::bigint')).rejects.toThrow('beyond 2^53')
  })

  it('outlives the end of its idle connections', async () => {
    const pool = createPool(database.url, 2)
    try {
      await pool.query('SELECT 1')
      const lost = new Promise((resolve) => pool.once('remove', resolve))
      await database.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      )
      await lost
      expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    } finally {
      await pool.end()
    }
  })
})

describe('withTransaction', () => {
  const insert = (client: pg.ClientBase) => client.query('INSERT INTO numbers VALUES (1)')
  const count = async () => (await database.pool.query('SELECT count(*) FROM numbers')).rows[0].count

  it('commits what returns, rolls back what throws, and gives the connection back', async () => {
    await withTransaction(database.pool, insert)
    expect(await count()).toBe(1)
    const failing = withTransaction(database.pool, async (client) => {
      await insert(client)
      throw new RangeError('no')
    })
    await expect(failing).rejects.toThrow(RangeError)
    expect(await count()).toBe(1)
    expect(database.pool.idleCount).toBe(database.pool.totalCount)
  })

  it('reports a connection that broke in the middle as unavailable, and drops it', async () => {
    const broken = withTransaction(database.pool, async (client) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
      await database.pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid])
      await client.query('SELECT 1')
    })
    await expect(broken).rejects.toMatchObject({ code: 'database_unavailable' })
    await withTransaction(database.pool, insert)
    expect(await count()).toBe(2)
  })
})
