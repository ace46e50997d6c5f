import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { asDatabaseError } from '../../src/db/connection-errors.ts'
import { createPool, openDatabase, serverVersion, withTransaction } from '../../src/db/database.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { until } from '../support/until.ts'

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
    await expect(serverVersion(NOBODY)).rejects.toMatchObject({ code: 'database_unavailable' })
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

describe('a query without an answer', () => {
  it('fails as unavailable, and holds up neither the next one nor the end', async () => {
    const config = readConfig({ DATABASE_URL: database.url, WONLOST_POOL_SIZE: '2' })
    const opened = await openDatabase(config, { migrate: false, queryTimeout: 200 })
    const mute = () =>
      opened.pool.query('SELECT pg_sleep(600)').catch((error: unknown) => asDatabaseError(error))
    const unavailable = expect.objectContaining({ code: 'database_unavailable' })
    expect(await Promise.all([mute(), mute()])).toEqual([unavailable, unavailable])
    expect((await opened.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    // One ROLLBACK more on that line would wait as long again, and the end for both.
    const statements: string[] = []
    const last = withTransaction(opened.pool, async (client) => {
      const query = client.query.bind(client)
      client.query = ((text: string) => {
        statements.push(text)
        return query(text)
      }) as typeof client.query
      await client.query('SELECT pg_sleep(600)')
    }).catch((error: unknown) => error)
    await expect.poll(() => statements.length).toBe(1)
    await opened.close()
    expect(await last).toEqual(unavailable)
    expect(statements).toEqual(['SELECT pg_sleep(600)'])
    // Nobody waits for them any more: the server does not work on for nobody.
    await until(async () => {
      const { rowCount } = await database.pool.query(
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND query = 'SELECT pg_sleep(600)' AND state = 'active'",
      )
      return rowCount === 0
    })
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

  it('says that a database is read-only, or that permission is missing', async () => {
    const refused = (sql: string) =>
      withTransaction(database.pool, async (client) => {
        await client.query(sql)
        await client.query(`INSERT INTO wonlost.accounts VALUES ('a', now(), now(), 'test')`)
      })
    const error = (reason: string) => ({
      code: 'database_refused',
      message: expect.stringContaining(reason),
    })
    await expect(refused('SET TRANSACTION READ ONLY')).rejects.toMatchObject(error('read-only transaction'))
    await expect(refused('SET LOCAL ROLE pg_monitor')).rejects.toMatchObject(error('permission denied'))
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
