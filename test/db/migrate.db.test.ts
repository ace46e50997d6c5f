import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterEach, beforeEach, expect, inject, it } from 'vitest'
import { migrate } from '../../src/db/migrate.ts'
import { administer, databaseUrl } from '../support/database-server.ts'
import { MIGRATIONS } from '../support/migrations.ts'

let name: string
let url: string
beforeEach(() => {
  name = `wonlost_test_${randomBytes(6).toString('hex')}`
  url = databaseUrl(inject('serverUrl'), name)
})
afterEach(() => administer(inject('serverUrl'), `DROP DATABASE ${name} WITH (FORCE)`))

const create = (options = '') =>
  administer(inject('serverUrl'), `CREATE DATABASE ${name} TEMPLATE template0 ${options}`)

async function query(text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await client.query(text)
  } finally {
    await client.end()
  }
}

it('migrates once however many begin at once, and leaves no lock behind', async () => {
  await create()
  const done = await Promise.all(Array.from({ length: 10 }, () => migrate(url)))
  expect(done.flat()).toEqual(MIGRATIONS)
  expect((await query('SELECT name FROM wonlost.migrations')).rows).toEqual(
    MIGRATIONS.map((migration) => ({ name: migration })),
  )
  expect(await migrate(url)).toEqual([])
  const locks = await query(
    `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  )
  expect(locks.rowCount).toBe(0)
})

it('changes nothing when a migration fails', async () => {
  await create()
  // Something of another owner stands in the way.
  await query('CREATE SCHEMA wonlost; CREATE TABLE wonlost.deals ()')
  await expect(migrate(url)).rejects.toMatchObject({
    code: 'database_not_migrated',
    message: expect.stringContaining('relation "deals" already exists'),
  })
  const { rows } = await query(
    `SELECT table_name FROM information_schema.tables WHERE table_schema = 'wonlost' ORDER BY 1`,
  )
  expect(rows).toEqual([{ table_name: 'deals' }, { table_name: 'migrations' }])
  await query('DROP TABLE wonlost.deals')
  expect(await migrate(url)).toEqual(MIGRATIONS)
})

it('refuses a schema that is newer than the code', async () => {
  await create()
  await migrate(url)
  await query(`INSERT INTO wonlost.migrations (name, run_on) VALUES ('9999_from_the_future', now())`)
  await expect(migrate(url)).rejects.toMatchObject({
    code: 'database_not_migrated',
    message: expect.stringContaining('9999_from_the_future'),
  })
})

it('refuses a database that cannot hold every letter', async () => {
  await create(`ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'`)
  await expect(migrate(url)).rejects.toMatchObject({
    code: 'database_not_migrated',
    message: 'Wonlost needs a database with the encoding UTF8; this one has SQL_ASCII.',
  })
})
