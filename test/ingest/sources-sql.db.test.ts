import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importSource } from '../../src/ingest/import-file.ts'
import { LEAD_IMPORT } from '../../src/ingest/kinds/leads.ts'
import { openSource } from '../../src/ingest/open-source.ts'
import type { RowSource } from '../../src/ingest/row-source.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let ours: TestDatabase
let theirs: TestDatabase
let folder: string

beforeAll(async () => {
  ours = await createTestDatabase()
  theirs = await createTestDatabase()
  folder = mkdtempSync(join(tmpdir(), 'wonlost-sql-'))
  await theirs.pool.query(`CREATE TABLE public.people (
    id text, made timestamptz, seen timestamp, mail text, tags text[], facts jsonb, size numeric, vip boolean);
    CREATE SEQUENCE public.numbers;
    INSERT INTO public.people VALUES
      ('p_1', '2026-01-31 10:30+01', '2026-01-31 09:30:00.5', 'a@x.example', '{a,"b \\"c",NULL}', '{"k": [1]}', 1234567890123456789.10, true),
      ('p_2', '2026-02-01 00:00Z', NULL, NULL, '{}', NULL, 'NaN', false)`)
})
afterAll(async () => {
  await ours.drop()
  await theirs.drop()
  rmSync(folder, { recursive: true, force: true })
})

const sqlFile = (sql: string | Buffer): string => {
  const path = join(folder, 'leads.sql')
  writeFileSync(path, sql)
  return path
}
const open = (sql: string | Buffer, signal?: AbortSignal, url = theirs.url): Promise<RowSource> =>
  openSource({ sqlFile: sqlFile(sql), url }, signal)

async function rowsOf(sql: string): Promise<{ header: readonly string[]; rows: (readonly string[])[] }> {
  const source = await open(sql)
  try {
    const rows: (readonly string[])[] = []
    for await (const { records, done, total } of source.records()) {
      rows.push(...records.map(({ cells }) => cells))
      expect([done, total]).toEqual([rows.length, null])
      expect(records.at(-1)?.line).toBe(rows.length)
    }
    return { header: source.header, rows }
  } finally {
    await source.close()
  }
}

const failure = async (sql: string | Buffer): Promise<unknown> => {
  try {
    return await rowsOf(String(sql))
  } catch (error) {
    return error
  }
}

test('values come as texts that lose nothing', async () => {
  expect(await rowsOf('SELECT * FROM public.people ORDER BY id; -- all of them')).toEqual({
    header: ['id', 'made', 'seen', 'mail', 'tags', 'facts', 'size', 'vip'],
    rows: [
      [
        'p_1',
        '2026-01-31T09:30:00Z',
        '2026-01-31T09:30:00.5',
        'a@x.example',
        '["a","b \\"c",null]',
        '{"k": [1]}',
        '1234567890123456789.10',
        'true',
      ],
      ['p_2', '2026-02-01T00:00:00Z', '', '', '[]', '', '', 'false'],
    ],
  })
  expect(
    (
      await rowsOf(
        `SELECT '{{1,2},{3,NULL}}'::int[], '{t,f}'::bool[], '{2026-01-01 00:00+00}'::timestamptz[]`,
      )
    ).rows,
  ).toEqual([['[[1,2],[3,null]]', '[true,false]', '["2026-01-01T00:00:00Z"]']])
})

test('many rows, and long ones, come in blocks', async () => {
  const { rows } = await rowsOf(
    `SELECT i, repeat('x', CASE WHEN i % 1000 = 0 THEN 100000 ELSE 10 END) FROM generate_series(1, 25000) i`,
  )
  expect(rows.map(([i]) => Number(i))).toEqual(Array.from({ length: 25_000 }, (_, i) => i + 1))
  expect(rows[999]?.[1]).toHaveLength(100_000)
})

test('it sees one moment, whatever others write meanwhile', async () => {
  const source = await open('SELECT id FROM public.people')
  await theirs.pool.query(`INSERT INTO public.people (id) VALUES ('p_3')`)
  let rows = 0
  for await (const { records } of source.records()) rows += records.length
  await source.close()
  await theirs.pool.query(`DELETE FROM public.people WHERE id = 'p_3'`)
  expect(rows).toBe(2)
})

describe('a SELECT and nothing else', () => {
  test.each([
    ['', /empty/],
    ['SELECT 1; SELECT 2', /one SELECT and nothing else/],
    ['SELECT 1; COMMIT; DROP TABLE public.people', /one SELECT and nothing else/],
    ['DELETE FROM public.people', /syntax error/],
    [
      'WITH gone AS (DELETE FROM public.people RETURNING *) SELECT * FROM gone',
      /must not contain data-modifying/,
    ],
    [`SELECT nextval('public.numbers')`, /read-only transaction/],
    [`SELECT set_config('transaction_read_only', 'off', false)`, /read-write mode/],
    ['SELECT $1', /parameter/],
    [Buffer.from('SELECT \xe9', 'latin1'), /UTF-8/],
  ])('%s', async (sql, message) => {
    await expect(
      open(sql).then(async (source) => {
        for await (const _ of source.records());
      }),
    ).rejects.toMatchObject({
      code: 'sql_invalid',
      message: expect.stringMatching(message),
      place: { file: join(folder, 'leads.sql') },
    })
    expect((await theirs.pool.query('SELECT count(*) FROM public.people')).rows).toEqual([{ count: 2 }])
  })

  test('the line of the fault is told, whatever stands before it', async () => {
    expect(await failure(`-- é🙂\nSELECT id,\n       nothing\n  FROM public.people`)).toMatchObject({
      code: 'sql_invalid',
      message: expect.stringMatching(/"nothing" does not exist/),
      place: { line: 3 },
    })
    expect(await failure('SELECT 1 / (id - 1) FROM generate_series(1, 200) id')).toMatchObject({
      code: 'sql_invalid',
      message: expect.stringMatching(/division by zero/),
    })
  })
})

describe('the address', () => {
  const secret = 's3cret-pa55'

  test.each([
    ['no PostgreSQL', `mysql://u:${secret}@127.0.0.1/x`, 'usage'],
    ['no address', `postgres://u:${secret}@:bad:/x`, 'usage'],
    ['nobody there', `postgres://u:${secret}@127.0.0.1:1/x`, 'database_unavailable'],
  ])('%s: a coded error that keeps the password', async (_, url, code) => {
    const error = await open('SELECT 1', undefined, url).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code })
    expect(`${String(error)} ${error instanceof Error ? error.stack : ''}`).not.toContain(secret)
  })

  test('no such database, or no permission', async () => {
    const url = new URL(theirs.url)
    url.pathname = '/wonlost_none'
    await expect(open('SELECT 1', undefined, url.href)).rejects.toMatchObject({
      code: 'database_unavailable',
      message: expect.stringMatching(/--source does not answer/),
    })
  })
})

test('a signal ends it, also while the other database thinks', async () => {
  const stop = new AbortController()
  const reason = new Error('stopped')
  const source = await open('SELECT pg_sleep(60)', stop.signal)
  setTimeout(() => stop.abort(reason), 100)
  await expect(
    (async () => {
      for await (const _ of source.records());
    })(),
  ).rejects.toBe(reason)
  await source.close()
})

test('imports from another database into ours, and keeps what it turns down', async () => {
  const sql = `SELECT id AS lead_id, made AS created_at, mail AS email, tags AS interests, vip FROM public.people
    UNION ALL SELECT 'p_1', now() + interval '1 day', NULL, NULL, NULL ORDER BY 1, 2`
  const run = async (dryRun: boolean) => {
    const source = await open(sql)
    try {
      return await importSource(ours.pool, LEAD_IMPORT, source, {
        now: Date.now(),
        trustedTimes: true,
        lists: ['interests'],
        dryRun,
      })
    } finally {
      await source.close()
    }
  }
  const rejectedFile = join(folder, 'leads.rejected.jsonl')
  expect(await run(true)).toMatchObject({ dryRun: true, changed: 2, rejected: 1, rejectedFile: null })
  expect(existsSync(rejectedFile)).toBe(false)
  expect(await run(false)).toMatchObject({ read: 3, changed: 2, rejected: 1, rejectedFile, place: 'row' })
  expect(await run(false)).toMatchObject({ changed: 0, unchanged: 2, rejected: 1 })
  const { rows } = await ours.pool.query(
    `SELECT value FROM wonlost.traits WHERE name = 'interests' AND subject_id = 'p_1'`,
  )
  expect(rows).toEqual([{ value: ['a', 'b "c'] }])
  const again = await openSource({ file: rejectedFile })
  expect(again.header).toEqual(['lead_id', 'created_at', 'email', 'interests', 'vip'])
  await again.close()
})
