import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { withTransaction } from '../../src/db/database.ts'
import { type ImportOptions, importFile } from '../../src/ingest/import-file.ts'
import {
  type ImportSummary,
  summaryInWords,
  summaryToJson,
  summaryWarnings,
} from '../../src/ingest/import-summary.ts'
import { IMPORT_KINDS } from '../../src/ingest/kinds/index.ts'
import { suppress } from '../../src/ingest/suppressions.ts'
import { compiledFile, type Finished, startNode } from '../support/cli.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const SAMPLES = fileURLToPath(new URL('../../data/samples', import.meta.url))
const NOW = Date.UTC(2026, 10, 21)
const TABLES = [
  'accounts',
  'leads',
  'traits',
  'deals',
  'deal_contacts',
  'deal_stages',
  'events',
  'identities',
]

let database: TestDatabase
let folder: string

beforeAll(async () => {
  database = await createTestDatabase()
  folder = mkdtempSync(join(tmpdir(), 'wonlost-import-'))
})
afterAll(async () => {
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  await database.pool.query(
    `TRUNCATE ${[...TABLES, 'suppressions'].map((name) => `wonlost.${name}`).join(', ')} CASCADE`,
  )
})

async function importSample(
  kind: string,
  file: string,
  options: Partial<ImportOptions> = {},
): Promise<ImportSummary> {
  return importFile(database.pool, IMPORT_KINDS.find(({ name }) => name === kind)!, file, {
    now: NOW,
    ...options,
  })
}

/** Writes a file of these lines and imports it. */
async function importLines(
  kind: string,
  lines: readonly (string | Buffer)[],
  options: Partial<ImportOptions> = {},
): Promise<ImportSummary> {
  const file = join(folder, `${kind}.csv`)
  writeFileSync(file, Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')])))
  return importSample(kind, file, options)
}

async function importSamples(options: Partial<ImportOptions> = {}): Promise<ImportSummary[]> {
  const summaries: ImportSummary[] = []
  for (const name of ['accounts', 'leads', 'deals', 'events']) {
    const file = join(folder, `${name}.csv`)
    copyFileSync(join(SAMPLES, `${name}.csv`), file)
    summaries.push(await importSample(name, file, options))
  }
  return summaries
}

/** Every row of every table that an import writes. */
async function dump(): Promise<Record<string, unknown[]>> {
  const tables: Record<string, unknown[]> = {}
  for (const table of TABLES)
    tables[table] = (
      await database.pool.query(`SELECT row_to_json(t)::text AS row FROM wonlost.${table} t ORDER BY 1`)
    ).rows
  return tables
}

const query = async (text: string): Promise<unknown[]> => (await database.pool.query(text)).rows

const rejectedRows = (kind: string, delimiter = ','): Record<string, string>[] =>
  parse(readFileSync(join(folder, `${kind}.rejected.csv`)), { columns: true, delimiter })

describe('the samples', () => {
  test('go in whole', async () => {
    const summaries = await importSamples({ trustedTimes: true })
    expect(summaries.map(({ kind, read, changed, rejected }) => [kind, read, changed, rejected])).toEqual([
      ['accounts', 12, 12, 0],
      ['leads', 40, 40, 0],
      ['deals', 9, 9, 0],
      ['events', 167, 167, 0],
    ])
    expect(summaries.flatMap(summaryWarnings)).toEqual([])
    expect(
      await query(`SELECT value, undated, occurred_at = created_at AND trait.known_at = created_at AS at_creation
        FROM wonlost.traits trait JOIN wonlost.leads ON lead_id = subject_id
        WHERE name = 'message' AND subject_id = 'l_2'`),
    ).toEqual([{ value: '"We need this by Q3", said our CFO', undated: false, at_creation: true }])
    expect(
      await query(`SELECT value FROM wonlost.traits WHERE subject_id = 'a_1' AND name = 'technologies'`),
    ).toEqual([{ value: ['postgres', 'hubspot'] }])
    expect(
      await query(`SELECT lead_id, is_primary FROM wonlost.deal_contacts WHERE deal_id = 'd_1' ORDER BY 1`),
    ).toEqual([
      { lead_id: 'l_1', is_primary: true },
      { lead_id: 'l_26', is_primary: false },
      { lead_id: 'l_39', is_primary: false },
    ])
    expect(await query('SELECT count(*) FROM wonlost.events WHERE lead_id IS NULL')).toEqual([{ count: 0 }])
    expect(
      await query(`SELECT subject_id FROM wonlost.identities WHERE value = 'hiro.2@bluebird.example'`),
    ).toEqual([{ subject_id: 'l_2' }])
  })

  test.each([true, false])('change nothing the second time (trusted times: %s)', async (trustedTimes) => {
    await importSamples({ trustedTimes })
    const before = await dump()
    const again = await importSamples({ trustedTimes, now: NOW + 86_400_000 })
    expect(await dump()).toEqual(before)
    expect(again.map(({ changed, unchanged }) => [changed, unchanged])).toEqual([
      [0, 12],
      [0, 40],
      [0, 9],
      [0, 167],
    ])
    expect(again.flatMap(({ written }) => Object.values(written)).every((count) => count === 0)).toBe(true)
  })

  test('without trusted times everything is known from the import on, and the user is told', async () => {
    const summaries = await importSamples()
    expect(summaries.flatMap(summaryWarnings).join()).toMatch(/training on the past cannot.*--trusted-times/)
    expect(await query(`SELECT DISTINCT known_at, undated FROM wonlost.traits`)).toEqual([
      { known_at: new Date(NOW), undated: true },
    ])
    expect(await query(`SELECT DISTINCT known_at FROM wonlost.events`)).toEqual([{ known_at: new Date(NOW) }])
    // Declared later, the times of the file count; undeclared again, what is known stays known.
    await importSamples({ trustedTimes: true })
    expect(await query('SELECT count(*) FROM wonlost.events WHERE known_at <> occurred_at')).toEqual([
      { count: 0 },
    ])
    const before = await dump()
    const undeclared = await importSamples({ now: NOW + 1 })
    expect(await dump()).toEqual(before)
    expect(undeclared.flatMap(summaryWarnings)).toEqual([])
  })
})

describe('rows that cannot be used', () => {
  test('the messy sample: bad rows beside good ones, with line, column and reason, and nothing lost', async () => {
    const file = join(folder, 'messy.csv')
    copyFileSync(join(SAMPLES, 'messy-leads.csv'), file)
    const summary = await importSample('leads', file)
    expect(summary).toMatchObject({ read: 16, changed: 5, repeated: 1, rejected: 10, accountsCreated: 2 })
    const rejected = rejectedRows('messy')
    expect(rejected.map(({ line, column }) => [Number(line), column])).toEqual([
      [5, 'created_at'],
      [6, 'created_at'],
      [7, 'created_at'],
      [8, 'lead_id'],
      [10, ''],
      [11, ''],
      [13, 'lead_id'],
      [15, 'first_name'],
      [16, 'first_name'],
      [18, ''],
    ])
    expect(rejected.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/no time zone/),
      expect.stringMatching(/not a time/),
      expect.stringMatching(/future/),
      'is empty',
      expect.stringMatching(/5 cells, the header 9/),
      expect.stringMatching(/closing quote must be followed/),
      expect.stringMatching(/"m_1" is on line 2 already, with other values/),
      expect.stringMatching(/UTF-8/),
      expect.stringMatching(/NUL/),
      expect.stringMatching(/closing quote never comes/),
    ])
    // Every rejected row stands there byte for byte (quoted as one cell where it is no row).
    const original = readFileSync(file, 'latin1').split('\r\n')
    const written = readFileSync(join(folder, 'messy.rejected.csv'), 'latin1').replaceAll('""', '"')
    for (const { line } of rejected) expect(written).toContain(original[Number(line) - 1])
    expect(
      await query(
        `SELECT name, value FROM wonlost.traits WHERE subject_id IN ('m_2', 'm_9') ORDER BY subject_id, name`,
      ),
    ).toEqual(
      expect.arrayContaining([
        { name: 'message', value: 'two\r\nlines, one cell' },
        { name: 'first_name', value: '🙂 Ia' },
        { name: 'last_name', value: '\u202Eevil\u202C' },
      ]),
    )
  })

  test('corrected, the rejected rows can be imported; a clean run removes the file of an earlier one', async () => {
    const header = 'lead_id,created_at,title'
    await importLines('leads', [header, 'l_1,2026-01-01,"VP, Sales"', 'l_2,2026-01-01T00:00:00Z,CTO'])
    const path = join(folder, 'leads.rejected.csv')
    writeFileSync(
      join(folder, 'fixed.csv'),
      readFileSync(path, 'utf8').replace('2026-01-01,', '2026-01-01T00:00Z,'),
    )
    expect(await importSample('leads', join(folder, 'fixed.csv'))).toMatchObject({ changed: 1, rejected: 0 })
    expect(await query(`SELECT value FROM wonlost.traits WHERE subject_id = 'l_1'`)).toEqual([
      { value: 'VP, Sales' },
    ])
    expect(existsSync(path)).toBe(true)
    expect(await importLines('leads', [header, 'l_1,2026-01-01T00:00:00Z,CTO'])).toMatchObject({
      rejected: 0,
    })
    expect(existsSync(path)).toBe(false)
  })

  test('what several cells of a deal say together', async () => {
    const time = '2026-01-01T00:00:00Z'
    const summary = await importLines('deals', [
      'deal_id;opened_at;closed_at;outcome;amount;currency;contacts',
      `d_1;${time};;open;;;`,
      `d_2;${time};;won;;;`,
      `d_3;${time};${time};open;;;`,
      `d_4;${time};2025-12-31T00:00:00Z;lost;;;`,
      `d_5;${time};;maybe;;;`,
      `d_6;${time};;open;-1;;`,
      `d_7;${time};;open;1e99;;`,
      `d_8;${time};;open;;Euro;`,
      `d_9;${time};;open;;;l_1`,
    ])
    expect(summary).toMatchObject({ changed: 1, rejected: 8 })
    expect(
      rejectedRows('deals', ';').map((row) => `${row['deal_id']} ${row['column']} ${row['reason']}`),
    ).toEqual([
      expect.stringMatching(/^d_2 closed_at is empty, but the deal is won/),
      expect.stringMatching(/^d_3 closed_at must be empty/),
      expect.stringMatching(/^d_4 closed_at is before opened_at/),
      expect.stringMatching(/^d_5 outcome "maybe" is not one of won, lost, open/),
      expect.stringMatching(/^d_6 amount "-1" is out of range/),
      expect.stringMatching(/^d_7 amount "1e99" is out of range/),
      expect.stringMatching(/^d_8 currency ".*" is no code of a currency: three letters/),
      expect.stringMatching(/^d_9 contacts there is no lead "l_1"; import leads before deals/),
    ])
  })

  test('a cell of 10 MB is turned down and kept, its neighbours go in', async () => {
    const long = `"${'x'.repeat(10_000_000)}\nl_9,2026-01-01T00:00:00Z,smuggled"`
    const summary = await importLines('leads', [
      'lead_id,created_at,message',
      'l_1,2026-01-01T00:00:00Z,a',
      `l_2,2026-01-01T00:00:00Z,${long}`,
      `l_3,2026-01-01T00:00:00Z,${'y'.repeat(70_000)}`,
      'l_4,2026-01-01T00:00:00Z,b',
    ])
    expect(summary).toMatchObject({ changed: 2, rejected: 2 })
    expect(summary.rejections.map(({ line, column }) => [line, column])).toEqual([
      [3, 'message'],
      [5, 'message'],
    ])
    expect(rejectedRows('leads')[0]?.['message']).toBe(long.slice(1, -1))
    expect(await query('SELECT lead_id FROM wonlost.leads ORDER BY 1')).toEqual([
      { lead_id: 'l_1' },
      { lead_id: 'l_4' },
    ])
  })

  test.each([
    ['a header and no rows', ['lead_id,created_at'], 'table_invalid'],
    ['nothing', [], 'table_invalid'],
    ['other columns', ['id,date', '1,2'], 'table_invalid'],
  ])('a file with %s is an error', async (_, lines, code) => {
    await expect(importLines('leads', lines)).rejects.toMatchObject({ code })
  })
})

describe('what is there already', () => {
  test('a lead or deal creates the account it names; importing accounts says more of it', async () => {
    const leads = [
      'lead_id,created_at,account_id',
      'l_1,2026-02-02T00:00:00Z,a_1',
      'l_2,2026-01-01T00:00:00Z,a_1',
    ]
    expect(await importLines('leads', leads, { trustedTimes: true })).toMatchObject({ accountsCreated: 1 })
    const created = 'SELECT account_id, created_at FROM wonlost.accounts'
    expect(await query(created)).toEqual([
      { account_id: 'a_1', created_at: new Date('2026-02-02T00:00:00Z') },
    ])
    await importLines('accounts', ['account_id,created_at,employees', 'a_1,2025-05-05T00:00:00Z,12'])
    expect(await importLines('leads', leads, { trustedTimes: true })).toMatchObject({
      accountsCreated: 0,
      changed: 0,
    })
    expect(await query(created)).toEqual([
      { account_id: 'a_1', created_at: new Date('2025-05-05T00:00:00Z') },
    ])
  })

  test('an undated trait is written when it differs from the newest value; an empty cell clears nothing', async () => {
    const values = (name: string): Promise<unknown[]> =>
      query(`SELECT value, known_at FROM wonlost.traits WHERE name = '${name}' ORDER BY known_at`)
    const header = 'lead_id,created_at,title,seats'
    for (const [day, cells] of ['CTO,1', 'CTO,1', 'CEO,', 'CTO,1.0', ',1'].entries())
      await importLines('leads', [header, `l_1,2026-01-01T00:00:00Z,${cells}`], { now: NOW + day })
    expect(await values('title')).toEqual([
      { value: 'CTO', known_at: new Date(NOW) },
      { value: 'CEO', known_at: new Date(NOW + 2) },
      { value: 'CTO', known_at: new Date(NOW + 3) },
    ])
    expect(await values('seats')).toEqual([{ value: 1, known_at: new Date(NOW) }])
  })

  test('known_at of a row dates its traits and events, without trusting the rest of the file', async () => {
    await importLines('leads', [
      'lead_id,created_at,known_at,title',
      'l_1,2026-01-01T00:00:00Z,2026-03-01T00:00:00Z,CTO',
      'l_2,2026-01-01T00:00:00Z,,CTO',
    ])
    expect(await query('SELECT subject_id, occurred_at, undated FROM wonlost.traits ORDER BY 1')).toEqual([
      { subject_id: 'l_1', occurred_at: new Date('2026-03-01T00:00:00Z'), undated: false },
      { subject_id: 'l_2', occurred_at: new Date(NOW), undated: true },
    ])
  })

  test('a deal that is won later, with other contacts', async () => {
    await importLines('leads', [
      'lead_id,created_at',
      ...['l_1', 'l_2', 'l_3'].map((id) => `${id},2026-01-01T00:00:00Z`),
    ])
    const header = 'deal_id,opened_at,closed_at,outcome,amount,contacts'
    await importLines('deals', [header, 'd_1,2026-01-01T00:00:00Z,,open,100,l_1;l_2'])
    const later = [header, 'd_1,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,won,,l_3;l_1']
    expect(await importLines('deals', later, { now: NOW + 1 })).toMatchObject({ changed: 1 })
    expect(await importLines('deals', later, { now: NOW + 2 })).toMatchObject({ changed: 0, unchanged: 1 })
    expect(await query('SELECT outcome, amount, known_at FROM wonlost.deals')).toEqual([
      { outcome: 'won', amount: 100, known_at: new Date(NOW + 1) },
    ])
    expect(await query('SELECT lead_id, is_primary FROM wonlost.deal_contacts ORDER BY 1')).toEqual([
      { lead_id: 'l_1', is_primary: false },
      { lead_id: 'l_3', is_primary: true },
    ])
  })

  test('events without an id: the same content is the same event', async () => {
    const lines = [
      'type,occurred_at,lead_id,properties',
      'page_viewed,2026-01-01T00:00:00Z,l_1,"{""url"":""/a"",""n"":1}"',
      'page_viewed,2026-01-01T00:00:00Z,l_1,"{""n"":1,""url"":""/b""}"',
    ]
    expect(await importLines('events', lines)).toMatchObject({ changed: 2, ofUnknownLeads: 2 })
    const turned = lines.map((line) => line.replace('""url"":""/a"",""n"":1', '""n"":1,""url"":""/a""'))
    expect(await importLines('events', turned)).toMatchObject({ changed: 0, unchanged: 2 })
  })

  test('what an anonymous visitor did becomes what the lead did', async () => {
    const header = 'event_id,type,occurred_at,lead_id,anonymous_id'
    await importLines('events', [
      header,
      'e_1,page_viewed,2026-01-01T00:00:00Z,,v_1',
      'e_2,page_viewed,2026-01-01T00:00:00Z,,v_2',
    ])
    expect(
      await importLines('leads', ['lead_id,created_at,anonymous_id', 'l_1,2026-01-02T00:00:00Z,v_1']),
    ).toMatchObject({ eventsLinked: 1 })
    expect(await importLines('events', [header, 'e_1,page_viewed,2026-01-01T00:00:00Z,,v_1'])).toMatchObject({
      changed: 0,
      eventsLinked: 0,
    })
    expect(await query('SELECT event_id, lead_id FROM wonlost.events ORDER BY 1')).toEqual([
      { event_id: 'e_1', lead_id: 'l_1' },
      { event_id: 'e_2', lead_id: null },
    ])
  })

  test('erased people do not come back: by mail, by id, as a contact of a deal', async () => {
    await withTransaction(database.pool, (client) =>
      suppress(
        client,
        [
          ['email', 'gone@x.example'],
          ['lead_id', 'l_2'],
        ],
        { at: 0, reason: 'erased' },
      ),
    )
    const at = '2026-01-01T00:00:00Z'
    expect(
      await importLines('leads', [
        'lead_id,created_at,email',
        `l_1,${at},GONE@X.example`,
        `l_2,${at},two@x.example`,
        `l_3,${at},three@x.example`,
      ]),
    ).toMatchObject({ changed: 1, suppressed: 2, rejected: 0 })
    expect(
      await importLines('events', [
        'event_id,type,occurred_at,lead_id',
        `e_1,x,${at},l_2`,
        `e_2,x,${at},l_3`,
      ]),
    ).toMatchObject({ changed: 1, suppressed: 1 })
    expect(
      await importLines('deals', ['deal_id,opened_at,outcome,contacts', `d_1,${at},open,l_2;l_3`]),
    ).toMatchObject({ changed: 1, rejected: 0 })
    expect(await query('SELECT lead_id, is_primary FROM wonlost.deal_contacts')).toEqual([
      { lead_id: 'l_3', is_primary: false },
    ])
    expect(JSON.stringify(await dump())).not.toMatch(/l_2|gone@/i)
  })
})

describe('a dry run', () => {
  test('says what an import would do, and changes nothing at all', async () => {
    const at = '2026-01-01T00:00:00Z'
    await importLines('events', ['event_id,type,occurred_at,anonymous_id', `e_1,x,${at},v_1`])
    await importLines('leads', ['lead_id,created_at', `l_1,${at}`, 'l_9,never'])
    const lines = [
      'lead_id,created_at,account_id,anonymous_id,email,lead_status',
      `l_1,${at},a_1,v_1,a@x.example,open`,
      'l_2,never,,,,',
      `l_3,${at},,,,`,
    ]
    const before = [await dump(), readFileSync(join(folder, 'leads.rejected.csv'), 'utf8')]
    const tried = await importLines('leads', lines, { dryRun: true })
    expect(tried).toMatchObject({
      dryRun: true,
      changed: 2,
      rejected: 1,
      accountsCreated: 1,
      eventsLinked: 1,
    })
    expect(tried.rejectedFile).toBeNull()
    expect([await dump(), readFileSync(join(folder, 'leads.rejected.csv'), 'utf8')]).toEqual(before)
    expect(existsSync(join(folder, 'leads.rejected.csv.partial'))).toBe(false)
    const words = summaryInWords(tried)
    expect(words).toMatch(/Only tried/)
    expect(words).toMatch(/would be imported +2 \(2 new or changed/)
    expect(words).toMatch(/would be rejected +1\n +line 3: created_at "never" is not a time/)
    expect(words).toMatch(/lead_status: says how far sales has come/)
    expect(summaryToJson(tried)).toMatchObject({
      dry_run: true,
      rejected_file: null,
      columns: [{ code: 'outcome_field', column: 'lead_status' }],
    })

    const done = await importLines('leads', lines)
    const same = ({
      read,
      changed,
      rejected,
      written,
      accountsCreated,
      eventsLinked,
      rejections,
    }: ImportSummary) => ({
      ...{ read, changed, rejected, written, accountsCreated, eventsLinked, rejections },
    })
    expect(same(done)).toEqual(same(tried))
    expect(summaryInWords(done)).toMatch(
      /\n {2}imported +2 .*\n {2}accounts +1 created.*\n {2}events +1 anon.*\n {2}rejected +1: see /,
    )
  })

  test('leaves nothing behind when it fails, and waits its turn as any import does', async () => {
    const before = await dump()
    await expect(importLines('leads', ['lead_id,created_at'], { dryRun: true })).rejects.toMatchObject({
      code: 'table_invalid',
    })
    expect(await dump()).toEqual(before)
  })
})

describe('any source', () => {
  const rows = [
    {
      lead_id: 'l_1',
      created_at: '2026-01-01T00:00:00Z',
      first_name: 'Zoë',
      interests: '["a","b;c"]',
      seats: '12',
    },
    { lead_id: 'l_2', created_at: '2026-01-02', first_name: 'Žižek €', interests: '', seats: '' },
    { lead_id: 'l_3', created_at: '2026-01-03T00:00:00Z', first_name: '', interests: '[]', seats: '007' },
  ]
  const names = Object.keys(rows[0]!) as (keyof (typeof rows)[number])[]
  const csv = [names, ...rows.map((row) => names.map((name) => row[name]))]
    .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
    .join('\n')
  const jsonl = rows.map((row) => JSON.stringify(row)).join('\n')
  const columnData = names.map((name) => ({
    name,
    data: rows.map((row) => row[name]),
    type: 'STRING' as const,
  }))
  const files: readonly (readonly [name: string, body: string | Buffer])[] = [
    ['people.csv', csv],
    ['people-16.csv', Buffer.from(`\uFEFF${csv}`, 'utf16le')],
    ['people.jsonl', jsonl],
    ['people.parquet', Buffer.from(parquetWriteBuffer({ columnData }))],
  ]

  test('gives the same tables and the same rejected rows', async () => {
    const options = { lists: ['interests'], texts: ['seats'], trustedTimes: true }
    const outcomes: unknown[] = []
    for (const [name, body] of files) {
      await database.pool.query('TRUNCATE wonlost.leads, wonlost.traits, wonlost.identities CASCADE')
      const file = join(folder, name)
      writeFileSync(file, body)
      const summary = await importSample('leads', file, options)
      const tables = await dump()
      const { rejectedFile } = summary
      expect(existsSync(rejectedFile!)).toBe(true)
      // Corrected, the rejected row goes in with the same options.
      const fixed = rejectedFile!.replace('.rejected', '.fixed')
      const encoding = name.includes('16') ? 'utf16le' : 'utf8'
      const corrected = readFileSync(rejectedFile!, encoding).replace(
        /"2026-01-02"(?!.*"2026-01-02")/s,
        '"2026-01-02T00:00:00Z"',
      )
      writeFileSync(fixed, corrected, encoding)
      expect(await importSample('leads', fixed, options)).toMatchObject({ read: 1, changed: 1, rejected: 0 })
      outcomes.push({
        ...tables,
        all: await dump(),
        reasons: summary.rejections.map(({ column, reason }) => [column, reason]),
      })
    }
    expect(outcomes[0]).toMatchObject({ reasons: [['created_at', expect.stringMatching(/no time zone/)]] })
    for (const outcome of outcomes.slice(1)) expect(outcome).toEqual(outcomes[0])
    expect(
      await query(
        `SELECT name, value FROM wonlost.traits WHERE subject_id = 'l_1' OR name = 'seats' ORDER BY subject_id, name`,
      ),
    ).toEqual([
      { name: 'first_name', value: 'Zoë' },
      { name: 'interests', value: ['a', 'b;c'] },
      { name: 'seats', value: '12' },
      { name: 'seats', value: '007' },
    ])
  })
})

describe('the command', () => {
  const at = '2026-01-01T00:00:00Z'
  const environment = (): Record<string, string> => ({ DATABASE_URL: database.url, WONLOST_HOME: folder })
  const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Finished> =>
    startNode([compiledFile('src/cli/main.ts'), 'import', ...args, '--json'], { ...environment(), ...more })
      .finished
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }

  test.each([
    [['leads'], /A file is needed, or --from-sql/],
    [['leads', 'x.csv', '--from-sql', 'x.sql', '--source', 'env:X'], /Either a file or --from-sql/],
    [['leads', '--from-sql', 'x.sql'], /--from-sql needs --source/],
    [['leads', '--from-sql', 'x.sql', '--source', 'env:NO_SUCH'], /"NO_SUCH", which is not set/],
    [['leads', 'x.csv', '--source', 'env:X'], /--source is for --from-sql/],
    [['leads', '--from-sql', 'x.sql', '--source', 'env:X', '--encoding', 'latin1'], /are for files/],
    [['leads', 'x.parquet', '--encoding', 'latin1'], /--encoding is for text/],
    [['leads', 'x.csv', '--suggest', '--dry-run'], /--suggest imports nothing, and takes no --dry-run/],
    [['leads', 'x.csv.gz'], /Compressed files are not read/],
    [['people', 'x.csv'], /Allowed choices are accounts, leads, deals, deal-contacts, deal-stages, events/],
    [['leads', 'x.csv', '--encoding', 'klingon'], /Allowed choices are utf-8/],
  ])('wrong usage: %j', async (args, message) => {
    const { code, stdout } = await run(args)
    expect(code).toBe(64)
    expect(JSON.parse(stdout)).toEqual({
      error: expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) }),
    })
  })

  test('a map that does not exist, and a zone that does not, are told before anything is done', async () => {
    const people = file('people.csv', `lead_id,created_at\nl_1,${at}`)
    for (const [option, value, code] of [
      ['--map', 'hubspott', 'file_not_readable'],
      ['--zone', 'Mars/Base', 'usage'],
    ] as const) {
      const { stdout } = await run(['leads', people, option, value])
      expect(JSON.parse(stdout)).toMatchObject({ error: { code } })
    }
  })

  test('tries, imports, by the encoding of the map, with what is left out in the summary', async () => {
    const map = file(
      'people.yaml',
      'map: people\nencoding: windows-1252\nobjects: { them: { kind: leads, columns: { lead_id: Nr, created_at: Since, first_name: Name } } }',
    )
    const people = file('old.csv', '')
    writeFileSync(people, Buffer.from(`Nr,Since,Name,Lead Status\nl_1,${at},Zo\xeb,open\nl_2,,,`, 'latin1'))
    const tried = await run(['leads', people, '--map', map, '--dry-run'])
    expect(tried.code).toBe(1)
    expect(JSON.parse(tried.stdout)).toMatchObject({
      dry_run: true,
      map: 'people',
      object: 'them',
      imported: 1,
      rejected: 1,
      rejections: [{ line: 3, column: 'Since', reason: expect.stringMatching(/is empty/) }],
      columns: [{ code: 'outcome_field', column: 'Lead Status' }],
    })
    expect(existsSync(join(folder, 'old.rejected.csv'))).toBe(false)
    const done = await run(['leads', people, '--map', map])
    expect(JSON.parse(done.stdout)).toMatchObject({ dry_run: false, changed: 1 })
    expect(await query(`SELECT value FROM wonlost.traits WHERE name = 'first_name'`)).toEqual([
      { value: 'Zoë' },
    ])
  })

  test('suggests a map that can be used as it is, as YAML or as JSON', async () => {
    const people = file(
      'crm.csv',
      `Contact No,First contact,E-Mail\n4711,01.02.2026,a@x.example\n4712,28.02.2026,`,
    )
    const { stdout } = await run(['leads', people, '--suggest'])
    expect(JSON.parse(stdout)).toMatchObject({ map: expect.any(String), objects: expect.anything() })
    const yaml = await startNode(
      [compiledFile('src/cli/main.ts'), 'import', 'leads', people, '--suggest'],
      environment(),
    ).finished
    const map = file('crm.yaml', yaml.stdout)
    expect(await query('SELECT count(*) FROM wonlost.leads')).toEqual([{ count: 0 }])
    const { stdout: imported } = await run(['leads', people, '--map', map, '--zone', 'Europe/Berlin'])
    expect(JSON.parse(imported)).toMatchObject({ changed: 2, rejected: 0 })
    expect(await query('SELECT lead_id, created_at FROM wonlost.leads ORDER BY 1')).toEqual([
      { lead_id: '4711', created_at: new Date('2026-01-31T23:00:00Z') },
      { lead_id: '4712', created_at: new Date('2026-02-27T23:00:00Z') },
    ])
  })

  test('from another PostgreSQL, whose address stands in the environment', async () => {
    const other = await createTestDatabase()
    try {
      await other.pool.query(`CREATE TABLE public.contacts AS
        SELECT 'd_' || i AS deal, 'l_' || i AS lead FROM generate_series(1, 3) i`)
      await importLines('leads', ['lead_id,created_at', `l_1,${at}`, `l_2,${at}`])
      await importLines('deals', ['deal_id,opened_at,outcome', `d_1,${at},open`, `d_2,${at},open`])
      const sql = file(
        'contacts.sql',
        'SELECT deal AS deal_id, lead AS lead_id, true AS is_primary FROM public.contacts ORDER BY 1',
      )
      const args = ['deal-contacts', '--from-sql', sql, '--source', 'env:OTHER']
      const { code, stdout, stderr } = await run(args, { OTHER: other.url })
      expect(JSON.parse(stdout)).toMatchObject({ kind: 'deal_contacts', changed: 2, rejected: 1 })
      expect(code).toBe(1)
      expect(readFileSync(join(folder, 'contacts.rejected.jsonl'), 'utf8')).toBe(
        '{"line":3,"column":"deal_id","reason":"there is no deal \\"d_3\\"; import deals before deal_contacts","row":{"deal_id":"d_3","lead_id":"l_3","is_primary":"true"}}\n',
      )
      expect(stdout + stderr).not.toContain(other.url)
      const wrong = await run(['leads', '--from-sql', sql, '--source', 'mysql://u:s3cret@x/y'])
      expect(JSON.parse(wrong.stdout)).toMatchObject({ error: { code: 'usage' } })
      expect(wrong.stdout + wrong.stderr).not.toContain('s3cret')
    } finally {
      await other.drop()
    }
  })
})

describe('interrupted', () => {
  let file: string

  beforeAll(() => {
    file = join(folder, 'many.csv')
    const lines = ['event_id,lead_id,type,occurred_at', 'bad,l_1,page_viewed,never']
    for (let i = 0; i < 60_000; i++)
      lines.push(`e_${i},l_${i % 100},page_viewed,${new Date(NOW - 1e9 - i * 1_000).toISOString()}`)
    writeFileSync(file, lines.join('\n'))
  })

  test('by a lost connection, or by a signal: an error, and nothing is left behind', async () => {
    let cut = false
    const cutOff = (bytesRead: number): void => {
      if (cut || bytesRead < 1e6) return
      cut = true
      void database.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL`,
      )
    }
    await expect(importSample('events', file, { onProgress: cutOff })).rejects.toMatchObject({
      code: 'database_unavailable',
    })
    const stop = new AbortController()
    await expect(
      importSample('events', file, {
        signal: stop.signal,
        onProgress: () => stop.abort(new Error('stopped')),
      }),
    ).rejects.toThrow('stopped')
    expect(await query('SELECT count(*) FROM wonlost.events')).toEqual([{ count: 0 }])
    expect(existsSync(join(folder, 'many.rejected.csv.partial'))).toBe(false)
  })

  test('two imports at once: the second waits for the first', async () => {
    const said: string[] = []
    const run = (): Promise<ImportSummary> =>
      importSample('events', file, { trustedTimes: true, say: (text) => said.push(text) })
    const [first, second] = await Promise.all([run(), run()])
    expect([first.changed, second.changed].sort()).toEqual([0, 60_000])
    expect(said).toEqual([expect.stringMatching(/Another import or merge is running/)])
  })
})
