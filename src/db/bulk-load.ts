/**
 * Loads many rows: COPY into a temporary staging table, then one upsert, chunk by chunk, in the caller's transaction.
 * While PostgreSQL works on a chunk the next one is being encoded, so memory holds two chunks, however many rows there are.
 */
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { LoadableColumn, LoadableTable } from './loadable-tables.ts'
import { TOUCHED } from './touched.ts'

/** A timestamptz column takes a Date or Milliseconds; a jsonb column takes JSON text. null is NULL. */
export type LoadableValue = string | number | boolean | Date | null

const CHUNK_ROWS = 20_000
const CHUNK_CHARACTERS = 8 * 1024 * 1024

/**
 * Upserts `rows` (values in the order of `table.columns`) and returns how many were read and how many rows of the table
 * really changed: a second run of the same rows writes 0. Of two rows with the same key the later one counts; in a table that
 * keeps everything it has, the earlier.
 * Call it inside a transaction if nothing may stay behind when it fails. `onProgress` gets the rows read so far;
 * `changed` collects the subjects (`table.subject`) of the rows that changed. With `touches` it is remembered what is to be scored again
 * for them (touched.ts).
 */
export async function bulkLoad(
  client: pg.ClientBase,
  table: LoadableTable,
  rows: AsyncIterable<readonly LoadableValue[]> | Iterable<readonly LoadableValue[]>,
  onProgress?: (read: number) => void,
  changed?: Set<string>,
  touches = false,
): Promise<{ read: number; written: number }> {
  const statements = statementsOf(table, touches)
  await client.query(statements.create)
  let read = 0
  let written = 0
  let chunk = ''
  let chunkRows = 0
  let loading: Promise<void> = Promise.resolve()

  const load = async (body: Buffer, readWithIt: number): Promise<void> => {
    const stream = client.query(copyFrom(statements.copy))
    stream.end(body)
    await finished(stream)
    if (statements.prepare !== '') await client.query(statements.prepare)
    if (changed) {
      const { rows: subjects } = await client.query<{ id: string }>(statements.upsertReturning)
      for (const { id } of subjects) changed.add(id)
      written += subjects.length
    } else written += (await client.query(statements.upsert)).rowCount ?? 0
    await client.query('TRUNCATE pg_temp.staging')
    onProgress?.(readWithIt)
  }
  const startLoading = async (): Promise<void> => {
    await loading
    loading = load(Buffer.from(chunk), read)
    // A failure is thrown at the next await of `loading`; until then it must not count as unhandled.
    loading.catch(() => {})
    chunk = ''
    chunkRows = 0
  }

  try {
    for await (const row of rows) {
      chunk += copyLine(table.columns, row)
      chunkRows += 1
      read += 1
      if (chunkRows >= CHUNK_ROWS || chunk.length >= CHUNK_CHARACTERS) await startLoading()
    }
    if (chunkRows > 0) await startLoading()
  } finally {
    await loading
  }
  await client.query('DROP TABLE pg_temp.staging')
  return { read, written }
}

/** One line of COPY's text format. https://www.postgresql.org/docs/current/sql-copy.html */
function copyLine(columns: readonly LoadableColumn[], row: readonly LoadableValue[]): string {
  if (row.length !== columns.length)
    throw new TypeError(`A row has ${row.length} values, the table ${columns.length} columns.`)
  let line = ''
  for (let i = 0; i < columns.length; i++) {
    if (i > 0) line += '\t'
    line += copyValue(columns[i]!.type, row[i]!)
  }
  return `${line}\n`
}

const TO_ESCAPE = /[\\\t\n\r]/
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function copyValue(type: LoadableColumn['type'], value: LoadableValue): string {
  if (value === null) return '\\N'
  if (typeof value === 'string')
    return TO_ESCAPE.test(value) ? value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character]!) : value
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (typeof value === 'number') return type === 'timestamptz' ? new Date(value).toISOString() : String(value)
  return value.toISOString()
}

function statementsOf(
  table: LoadableTable,
  touches: boolean,
): {
  create: string
  copy: string
  prepare: string
  upsert: string
  upsertReturning: string
} {
  const names = table.columns.map((column) => column.name).join(', ')
  const key = table.columns.filter((column) => column.rule === 'key').map((column) => column.name)
  const staged = key.map((name) => `s.${name}`).join(', ')
  const isKept = table.columns.every(({ rule }) => rule === 'key' || rule === 'keep')
  const upsert = `INSERT INTO wonlost.${table.name} AS t (${names})
      SELECT DISTINCT ON (${staged}) ${names} FROM pg_temp.staging s
      ${table.condition ? `WHERE ${table.condition}` : ''}
      ORDER BY ${staged}, s.ctid ${isKept ? 'ASC' : 'DESC'}
      ON CONFLICT (${key.join(', ')}) ${onConflict(table.columns)}`
  const returning = `${upsert} RETURNING t.${table.subject} AS id`
  const noting = touches && table.touches ? notingOf(returning, table.touches) : null
  return {
    // Without a transaction a failed load would leave its staging table to the next user of the connection.
    create: `DROP TABLE IF EXISTS pg_temp.staging;
      CREATE TEMPORARY TABLE staging (${table.columns.map(stagingColumn).join(', ')})`,
    copy: `COPY pg_temp.staging (${names}) FROM STDIN`,
    prepare: [table.prepare, noting && formerAccounts(table, key)].filter(Boolean).join('; '),
    upsert: noting ? `${noting} SELECT FROM written` : upsert,
    upsertReturning: noting ? `${noting} SELECT id FROM written` : returning,
  }
}

/** What is written notes as well what is to be scored again for it. */
function notingOf(returning: string, [kind, id]: NonNullable<LoadableTable['touches']>): string {
  return `WITH written AS (${returning}, ${kind} AS touched_kind, ${id} AS touched_id),
    noted AS (INSERT INTO ${TOUCHED} SELECT DISTINCT touched_kind, touched_id FROM written WHERE touched_id IS NOT NULL)`
}

/** Those that a row leaves for others. */
function formerAccounts({ name, columns }: LoadableTable, key: readonly string[]): string | null {
  if (!columns.some((column) => column.name === 'account_id' && column.rule === 'fill')) return null
  return `INSERT INTO ${TOUCHED} SELECT DISTINCT 'account', t.account_id
    FROM pg_temp.staging s JOIN wonlost.${name} t USING (${key.join(', ')}) WHERE t.account_id <> s.account_id`
}

/** Sorted by bytes, as the tables themselves are. */
function stagingColumn({ name, type }: LoadableColumn): string {
  return `${name} ${type}${type === 'text' ? ' COLLATE "C"' : ''}`
}

/** DO UPDATE guarded by IS DISTINCT FROM: rows that would stay the same are not written. */
function onConflict(columns: readonly LoadableColumn[]): string {
  const assigned = columns.filter((column) => column.rule !== 'key' && column.rule !== 'keep')
  if (assigned.length === 0) return 'DO NOTHING'
  const differs = (some: readonly LoadableColumn[]): string =>
    `(${some.map((column) => `t.${column.name}`).join(', ')}) IS DISTINCT FROM (${some.map(expression).join(', ')})`
  const expression = ({ name, rule }: LoadableColumn): string => {
    if (rule === 'fill') return `COALESCE(EXCLUDED.${name}, t.${name})`
    if (rule === 'earliest') return `LEAST(EXCLUDED.${name}, t.${name})`
    if (typeof rule === 'object') {
      const told = assigned.filter((column) => rule.changeOf.includes(column.name))
      return `CASE WHEN ${differs(told)} THEN EXCLUDED.${name} ELSE LEAST(EXCLUDED.${name}, t.${name}) END`
    }
    return `EXCLUDED.${name}`
  }
  const set = assigned.map((column) => `${column.name} = ${expression(column)}`).join(', ')
  return `DO UPDATE SET ${set} WHERE ${differs(assigned)}`
}
