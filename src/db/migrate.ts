/** Brings the schema `wonlost` up to date: numbered SQL files in `migrations/`, run by node-pg-migrate. */
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { WonlostError } from '../errors.ts'
import { asDatabaseError } from './connection-errors.ts'

/** Beside this file, in src and in dist alike. */
const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url))

/** Any constant will do, as long as every version of Wonlost takes the same one. */
const MIGRATION_LOCK = 5_706_117_020_001

const OLDEST_SERVER = 150_000

/**
 * Runs the migrations that are missing, each process after the other: those that come late find nothing to do.
 * Returns their names. Throws `database_not_migrated` when the schema is newer than this code, the server cannot hold
 * it, or a migration fails (then nothing of it stays).
 */
export async function migrate(url: string): Promise<string[]> {
  const client = createClient(url)
  try {
    await client.connect()
    await checkServer(client)
    const known = await knownMigrations()
    if ((await missingMigrations(client, known)).length === 0) return []
    // node-pg-migrate only tries its own lock by default, and says nothing of a newer schema: a blocking lock of ours around both.
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    const missing = await missingMigrations(client, known)
    if (missing.length > 0) await runMigrations(client)
    return missing
  } catch (error) {
    const known = asDatabaseError(error)
    if (known instanceof WonlostError) throw known
    const reason = error instanceof Error ? error.message : String(error)
    throw new WonlostError('database_not_migrated', `The database could not be migrated: ${reason}.`, {
      cause: error,
    })
  } finally {
    // Ends the session, and with it the lock.
    await client.end()
  }
}

/** Throws `database_unavailable` where the URL names a certificate that cannot be read. */
function createClient(url: string): pg.Client {
  try {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'wonlost migrate',
      connectionTimeoutMillis: 10_000,
    })
    // Unheard, a line that breaks between two statements would end the process; the next statement reports it.
    client.on('error', () => {})
    return client
  } catch (error) {
    throw asDatabaseError(error)
  }
}

async function knownMigrations(): Promise<string[]> {
  const files = await readdir(MIGRATIONS)
  return files
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.slice(0, -'.sql'.length))
    .sort()
}

async function missingMigrations(client: pg.Client, known: readonly string[]): Promise<string[]> {
  const { rows: tables } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('wonlost.migrations') IS NOT NULL AS exists`,
  )
  if (!tables[0]?.exists) return [...known]
  const { rows } = await client.query<{ name: string }>('SELECT name FROM wonlost.migrations')
  const done = new Set(rows.map((row) => row.name))
  const unknown = [...done].filter((name) => !known.includes(name)).sort()
  if (unknown.length > 0)
    throw new WonlostError(
      'database_not_migrated',
      `The database was migrated by a newer Wonlost (${unknown.join(', ')}); this one knows up to ${known.at(-1)}. Update Wonlost, or use another database.`,
    )
  return known.filter((name) => !done.has(name))
}

async function runMigrations(client: pg.Client): Promise<void> {
  // Loaded only where there is something to migrate: it brings a TypeScript loader that we do not need.
  const { runner } = await import('node-pg-migrate')
  const quiet = () => {}
  await runner({
    dbClient: client,
    dir: MIGRATIONS,
    direction: 'up',
    migrationsTable: 'migrations',
    migrationsSchema: 'wonlost',
    createMigrationsSchema: true,
    singleTransaction: true,
    noLock: true,
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  })
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string; number: number; encoding: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
            current_setting('server_encoding') AS encoding`,
  )
  const server = rows[0]
  if (server && server.number < OLDEST_SERVER)
    throw new WonlostError(
      'database_not_migrated',
      `Wonlost needs PostgreSQL 15 or newer; this server is ${server.version}.`,
    )
  if (server && server.encoding !== 'UTF8')
    throw new WonlostError(
      'database_not_migrated',
      `Wonlost needs a database with the encoding UTF8; this one has ${server.encoding}.`,
    )
}
