/**
 * What a SELECT gives in another PostgreSQL, as a source of rows: through a cursor, in a transaction that sees one moment and can
 * change nothing.
 */
import { isUtf8 } from 'node:buffer'
import pg from 'pg'
import { isConnectionError } from '../../db/connection-errors.ts'
import { WonlostError } from '../../errors.ts'
import type { RecordBlock, RowSource } from '../row-source.ts'
import { createJsonRejected } from './json-rejected.ts'
import { openRegularFile } from './regular-file.ts'
import { FORMS, sqlCell } from './sql-values.ts'

const MAX_SQL_BYTES = 1024 * 1024
const FIRST_ROWS = 100
const MOST_ROWS = 10_000
const BLOCK_BYTES = 4 * 1024 * 1024

const DECLARE = 'DECLARE wonlost_source NO SCROLL CURSOR FOR\n'

/**
 * Connects to `url`, which appears in no message: it holds a password. Throws `usage` (no address of a PostgreSQL), `file_not_readable`,
 * `sql_invalid` with the line, and `database_unavailable` or `database_refused` about the other database; also while rows are read.
 */
export async function openSqlSource(path: string, url: string, signal?: AbortSignal): Promise<RowSource> {
  const sql = await readSql(path)
  const client = createClient(url)
  // A connection that breaks while nothing is asked is noticed by the next question.
  client.on('error', () => {})
  const stop = (): void => {
    client.end().catch(() => {})
  }
  signal?.addEventListener('abort', stop, { once: true })
  const close = async (): Promise<void> => {
    signal?.removeEventListener('abort', stop)
    await client.end().catch(() => {})
  }
  const asking = async <T>(question: Promise<T>): Promise<T> => {
    try {
      return await question
    } catch (error) {
      signal?.throwIfAborted()
      throw sourceError(error, path, sql)
    }
  }
  const fetch = async (rows: number): Promise<pg.QueryArrayResult<(string | null)[]>> =>
    client.query<(string | null)[]>({ text: `FETCH FORWARD ${rows} FROM wonlost_source`, rowMode: 'array' })
  try {
    await asking(client.connect())
    await asking(client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'))
    await asking(client.query(FORMS))
    // A named statement goes by the protocol that takes one command only: nothing can follow the SELECT.
    await asking(client.query({ name: 'wonlost_source', text: DECLARE + sql }))
    const { fields } = await asking(fetch(0))
    const toText = await asking(cellReaders(client, fields))
    const header = fields.map((field) => field.name)
    return {
      format: 'sql',
      path,
      header,
      place: 'row',
      unit: 'rows',
      async *records(): AsyncGenerator<RecordBlock> {
        let done = 0
        let next = fetch(FIRST_ROWS)
        for (;;) {
          const { rows } = await asking(next)
          if (rows.length === 0) return
          const records = rows.map((row, i) => {
            const cells = row.map((value, column) => toText[column]!(value))
            return { line: done + i + 1, cells, cellCount: cells.length, raw: null, fault: null }
          })
          // While these rows are imported, the other database looks for the next.
          next = fetch(rowsOfABlock(rows))
          next.catch(() => {})
          done += rows.length
          yield { records, done, total: null }
        }
      },
      createRejected: () => createJsonRejected(path, header, null),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function readSql(path: string): Promise<string> {
  const { handle, size } = await openRegularFile(path)
  try {
    const invalid = (message: string): WonlostError =>
      new WonlostError('sql_invalid', message, { file: path })
    if (size > MAX_SQL_BYTES)
      throw invalid(`The file has ${size} bytes; a SELECT of at most ${MAX_SQL_BYTES} is allowed.`)
    const bytes = await handle.readFile()
    if (!isUtf8(bytes) || bytes.includes(0)) throw invalid('The file is not valid UTF-8 text.')
    const sql = bytes.toString().replace(/^\uFEFF/, '')
    if (sql.trim() === '') throw invalid('The file is empty. It needs one SELECT.')
    return sql
  } finally {
    await handle.close()
  }
}

function createClient(url: string): pg.Client {
  try {
    if (!/^postgres(ql)?:\/\//i.test(url)) throw new Error('another scheme')
    return new pg.Client({
      connectionString: url,
      application_name: 'wonlost',
      connectionTimeoutMillis: 10_000,
      types: { getTypeParser: () => (text: string) => text },
    })
  } catch {
    // The cause would repeat the address.
    throw new WonlostError(
      'usage',
      '--source must be the address of a PostgreSQL: postgres://user:password@host/database. What was given is not shown, as it may hold a password.',
    )
  }
}

async function cellReaders(
  client: pg.Client,
  fields: readonly pg.FieldDef[],
): Promise<readonly ((value: string | null) => string)[]> {
  const { rows } = await client.query<{ oid: string; typelem: string }>(
    `SELECT oid, typelem FROM pg_catalog.pg_type WHERE typcategory = 'A' AND typelem <> 0 AND oid = ANY($1)`,
    [fields.map((field) => field.dataTypeID)],
  )
  const elements = new Map(rows.map(({ oid, typelem }) => [Number(oid), Number(typelem)]))
  return fields.map((field) => sqlCell(field.dataTypeID, elements))
}

function rowsOfABlock(rows: readonly (readonly (string | null)[])[]): number {
  let bytes = 0
  for (const row of rows) for (const value of row) bytes += value?.length ?? 0
  return Math.min(MOST_ROWS, Math.max(1, Math.floor((BLOCK_BYTES * rows.length) / Math.max(bytes, 1))))
}

/** A violation of the protocol: the SELECT asks for parameters ($1), and nobody gives any. */
const NO_PARAMETERS = '08P01'

function sourceError(error: unknown, path: string, sql: string): unknown {
  if (!(error instanceof Error)) return error
  const ofSource = (code: 'database_unavailable' | 'database_refused', what: string): WonlostError =>
    new WonlostError(code, `The database of --source ${what}: ${error.message}.`, { cause: error })
  const isStatement = error instanceof pg.DatabaseError && error.code === NO_PARAMETERS
  if (!isStatement && isConnectionError(error)) return ofSource('database_unavailable', 'does not answer')
  if (!(error instanceof pg.DatabaseError)) return error
  const { code = '', message, detail, hint, position } = error
  if (code === '42501' || code.startsWith('53')) return ofSource('database_refused', 'does not allow this')
  const several = code === '42601' && position === undefined
  const text = several
    ? `The file must hold one SELECT and nothing else: ${message}.`
    : `The SELECT failed: ${[message, detail, hint].filter(Boolean).join('. ')}.`
  const line = position === undefined ? {} : { line: lineOf(Number(position) - DECLARE.length, sql) }
  return new WonlostError('sql_invalid', text, { file: path, ...line, cause: error })
}

/** The line of a position that counts characters from 1, as PostgreSQL does. */
function lineOf(position: number, sql: string): number {
  return Array.from(sql)
    .slice(0, Math.max(position - 1, 0))
    .reduce((line, character) => (character === '\n' ? line + 1 : line), 1)
}
