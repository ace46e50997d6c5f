/** Opens the database: the one that DATABASE_URL names, or else the embedded one. Who opens, closes. */
import { Socket } from 'node:net'
import pg from 'pg'
import type { Config } from '../config.ts'
import { WonlostError } from '../errors.ts'
import { type Milliseconds, SECOND } from '../glossary.ts'
import { asDatabaseError, isConnectionError } from './connection-errors.ts'
import { acquireEmbedded } from './embedded/embedded.ts'
import { migrate } from './migrate.ts'

export interface Database {
  readonly url: string
  readonly pool: pg.Pool
  readonly embedded: boolean
  /** Ends the pool, and gives the embedded server back: its last user stops it. */
  close(): Promise<void>
}

export interface OpenOptions {
  /** Bring the schema up to date first. false: nothing connects until the first query. Default true. */
  readonly migrate?: boolean
  /** Told what takes long: the embedded server is initialised, another process is waited for. */
  readonly say?: (text: string) => void
  /**
   * A query that has no answer for so long fails with `database_unavailable`, and its connection is dropped: a line that died
   * silently holds it for a quarter of an hour otherwise. The server ends it too, a moment later. Default: none; what trains or imports
   * may take its time.
   */
  readonly queryTimeout?: Milliseconds
  readonly signal?: AbortSignal
}

/**
 * Opens a pool of at most `config.poolSize` connections.
 * Throws `database_unavailable`, `database_not_migrated`, `embedded_unsupported` or `embedded_failed`.
 */
export async function openDatabase(config: Config, options: OpenOptions = {}): Promise<Database> {
  const { migrate: migrateFirst = true, say = () => {}, queryTimeout, signal } = options
  const server =
    config.databaseUrl === undefined
      ? await acquireEmbedded(config.home, { say, ...(signal ? { signal } : {}) })
      : { url: config.databaseUrl, revive: async () => {}, release: async () => {} }
  let reviving: Promise<void> | null = null
  const onBroken = (): void => {
    reviving ??= server
      .revive()
      .catch((error: unknown) => say(error instanceof Error ? error.message : String(error)))
      .finally(() => {
        reviving = null
      })
  }
  const pool = createPool(server.url, config.poolSize, onBroken, queryTimeout)
  const close = async (): Promise<void> => {
    try {
      await pool.end()
      await reviving
    } finally {
      await server.release()
    }
  }
  try {
    signal?.throwIfAborted()
    if (migrateFirst) await migrate(server.url)
  } catch (error) {
    await close()
    throw error
  }
  return { url: server.url, pool, embedded: config.databaseUrl === undefined, close }
}

/** Throws `database_unavailable` when the server does not answer, or refuses the login. */
export async function serverVersion(url: string): Promise<string> {
  const pool = createPool(url, 1)
  try {
    const { rows } = await pool.query<{ server_version: string }>('SHOW server_version')
    return rows[0]?.server_version ?? ''
  } catch (error) {
    throw asDatabaseError(error)
  } finally {
    await pool.end()
  }
}

/** The server gives up after whoever asked, who then says why. */
const SERVER_GIVES_UP_LATER = SECOND

/** Nothing connects before the first query. `onBroken` is told when a connection cannot be made, or breaks. */
export function createPool(
  url: string,
  size: number,
  onBroken: () => void = () => {},
  queryTimeout?: Milliseconds,
): pg.Pool {
  const pool = new pg.Pool({
    stream: () => new Socket().once('error', onBroken),
    connectionString: url,
    max: size,
    application_name: 'wonlost',
    connectionTimeoutMillis: 10_000,
    ...(queryTimeout === undefined ? {} : timeouts(queryTimeout)),
    types: { getTypeParser },
  })
  // An idle connection that breaks is dropped by the pool and the next query opens another; unheard, the event would end the process.
  pool.on('error', () => {})
  return pool
}

/**
 * That whoever asked has gone the server sees only when it answers, and works on for nobody until then. It is told in a statement: a pooler
 * refuses a connection that begins with such a parameter.
 */
function timeouts(queryTimeout: Milliseconds): pg.PoolConfig {
  const onConnect = async (client: pg.ClientBase): Promise<void> => {
    await client.query(`SET statement_timeout = ${queryTimeout + SERVER_GIVES_UP_LATER}`)
  }
  return { query_timeout: queryTimeout, onConnect }
}

const INT8 = pg.types.builtins.INT8
const NUMERIC = pg.types.builtins.NUMERIC

/** bigint and numeric become numbers: counts and sums, which the code computes with. Where that would lose digits, it is an error. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') => {
  if (format !== 'binary' && oid === INT8) return parseInteger
  if (format !== 'binary' && oid === NUMERIC) return Number
  return pg.types.getTypeParser(oid, format)
}

function parseInteger(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value)) return value
  throw new WonlostError('internal', `A bigint from the database is beyond 2^53: ${text}.`)
}

/** Runs `run` in one transaction: committed when it returns, rolled back when it throws. Connection errors become `database_unavailable`. */
export async function withTransaction<T>(
  pool: pg.Pool,
  run: (client: pg.PoolClient) => Promise<T>,
  begin = 'BEGIN',
): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw asDatabaseError(error)
  })
  let broken: Error | undefined
  const onError = (error: Error): void => {
    broken = error
  }
  client.on('error', onError)
  try {
    await client.query(begin)
    const result = await run(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    // Nobody answers a ROLLBACK on a line that broke: waiting for it would double the time. Without the line it is rolled back.
    if (error instanceof Error && isConnectionError(error)) broken = error
    else
      await client.query('ROLLBACK').catch((rollbackError: Error) => {
        broken = rollbackError
      })
    throw asDatabaseError(error)
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}
