/**
 * An import that is interrupted at any moment and run again gives the same tables as running it once: processes of the real command
 * line are held at a moment by a lock, killed there, and run again; another database has every file imported once.
 */
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CRM_EXPORTS } from '../../data/exports/index.ts'
import { writeExport } from '../../data/exports/write-export.ts'
import { compiledFile, type Finished, type Running, startNode } from '../support/cli.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { until } from '../support/until.ts'

const SAMPLES = fileURLToPath(new URL('../../data/samples', import.meta.url))
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
const COMMIT = 'commit'
const SECOND_BATCH = 'second batch'
/** Whoever holds such a lock stops the import at that moment. */
const LOCKS: Readonly<Record<string, number>> = { [COMMIT]: 4_711, [SECOND_BATCH]: 4_712 }

/** What is imported, in this order, and where it is killed. */
const IMPORTS: readonly {
  readonly kind: string
  readonly file: string
  readonly options: readonly string[]
  /** While this table is written first, or one of these moments. */
  readonly killedAt: readonly string[]
}[] = [
  {
    kind: 'accounts',
    file: 'Account.csv',
    options: ['--map', 'salesforce', '--trusted-times'],
    killedAt: ['accounts', COMMIT],
  },
  {
    kind: 'leads',
    file: 'Lead.csv',
    options: ['--map', 'salesforce', '--trusted-times'],
    killedAt: ['traits', 'identities', COMMIT],
  },
  { kind: 'leads', file: 'Contact.csv', options: ['--map', 'salesforce'], killedAt: ['leads', COMMIT] },
  {
    kind: 'deals',
    file: 'Opportunity.csv',
    options: ['--map', 'salesforce', '--trusted-times'],
    killedAt: ['deals', COMMIT],
  },
  {
    kind: 'deal-contacts',
    file: 'OpportunityContactRole.csv',
    options: ['--map', 'salesforce'],
    killedAt: ['deal_contacts', COMMIT],
  },
  {
    kind: 'deal-stages',
    file: 'OpportunityHistory.csv',
    options: ['--map', 'salesforce'],
    killedAt: ['deal_stages', COMMIT],
  },
  { kind: 'events', file: 'events.csv', options: ['--trusted-times'], killedAt: ['events', COMMIT] },
  { kind: 'leads', file: 'leads.jsonl', options: [], killedAt: ['traits', COMMIT] },
  { kind: 'accounts', file: 'accounts.parquet', options: ['--trusted-times'], killedAt: ['traits', COMMIT] },
  { kind: 'events', file: 'many.csv', options: [], killedAt: [SECOND_BATCH, COMMIT] },
]

const startedAt = Date.now()
let folder: string
let killed: TestDatabase
let once: TestDatabase

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wonlost-interrupted-'))
  killed = await createTestDatabase()
  once = await createTestDatabase()
  await killed.pool.query(
    `CREATE FUNCTION public.hold() RETURNS trigger LANGUAGE plpgsql AS
       'BEGIN PERFORM pg_advisory_xact_lock_shared(TG_ARGV[0]::bigint); RETURN NULL; END'`,
  )
  await killed.pool.query(
    `CREATE TRIGGER hold_batch AFTER INSERT ON wonlost.events FOR EACH ROW
       WHEN (NEW.event_id = 'm_15000') EXECUTE FUNCTION public.hold(${LOCKS[SECOND_BATCH]})`,
  )
  for (const table of TABLES) {
    await killed.pool.query(
      `CREATE CONSTRAINT TRIGGER hold AFTER INSERT OR UPDATE OR DELETE ON wonlost.${table}
         DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.hold(${LOCKS[COMMIT]})`,
    )
  }
  await writeFiles(join(folder, 'killed'))
  cpSync(join(folder, 'killed'), join(folder, 'once'), { recursive: true })
})
afterAll(async () => {
  await killed.drop()
  await once.drop()
  rmSync(folder, { recursive: true, force: true })
})

/** A small export, and the samples in other formats; each file ends with a row that cannot be used. */
async function writeFiles(into: string): Promise<void> {
  const salesforce = CRM_EXPORTS.find(({ crm }) => crm === 'salesforce')!
  const simulation = { leads: 40, seed: 7, months: 24, endsAt: Date.UTC(2026, 10, 1), drift: true }
  await writeExport(salesforce, into, simulation, { reset: false })
  for (const file of readdirSync(into)) appendFileSync(join(into, file), 'no,such,row\r\n')
  const sample = (name: string): Record<string, string>[] =>
    parse(readFileSync(join(SAMPLES, name)), { columns: true })
  const lines = sample('leads.csv').map((lead) =>
    JSON.stringify({ ...lead, lead_id: `j_${lead['lead_id']}` }),
  )
  writeFileSync(join(into, 'leads.jsonl'), [...lines, '{"lead_id": "half'].join('\n'))
  const accounts: Record<string, string>[] = [
    ...sample('accounts.csv'),
    { account_id: 'half', created_at: 'never' },
  ]
  const columnData = ['account_id', 'created_at', 'name', 'industry'].map((name) => ({
    name,
    data: accounts.map((account) => account[name] ?? null),
  }))
  writeFileSync(join(into, 'accounts.parquet'), Buffer.from(parquetWriteBuffer({ columnData })))
  const properties = `"{""path"":""/${'x'.repeat(200)}""}"`
  const many = Array.from(
    { length: 25_000 },
    (_, i) => `m_${i},j_l_${i % 40},page_viewed,2026-10-01T00:00:00Z,${properties}`,
  )
  writeFileSync(
    join(into, 'many.csv'),
    ['event_id,lead_id,type,occurred_at,properties', ...many, 'no,such,row'].join('\n'),
  )
}

function run(
  database: TestDatabase,
  into: string,
  { kind, file, options }: (typeof IMPORTS)[number],
): Running {
  const args = [
    compiledFile('src/cli/main.ts'),
    'import',
    kind,
    join(folder, into, file),
    ...options,
    '--json',
  ]
  return startNode(args, { DATABASE_URL: database.url, WONLOST_HOME: folder })
}

/** Nobody writes the table, or nobody commits, until the returned function is called. */
async function hold(moment: string): Promise<() => Promise<void>> {
  const client = await killed.pool.connect()
  await client.query('BEGIN')
  await client.query(
    moment in LOCKS
      ? `SELECT pg_advisory_xact_lock(${LOCKS[moment]})`
      : `LOCK TABLE wonlost.${moment} IN SHARE MODE`,
  )
  let isHeld = true
  return async () => {
    if (!isHeld) return
    isHeld = false
    await client.query('COMMIT')
    client.release()
  }
}

/** Waits until the process is held; gives the process of the server that works for it. */
async function heldBackend(running: Running): Promise<number> {
  const end: { early?: Finished } = {}
  void running.finished.then((finished) => {
    end.early = finished
  })
  let backend = 0
  await until(async () => {
    if (end.early) throw new Error(`It ended before it was held: ${end.early.stderr}${end.early.stdout}`)
    const { rows } = await killed.pool.query<{ pid: number }>(
      `SELECT pid FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()`,
    )
    backend = rows[0]?.pid ?? 0
    return backend !== 0
  })
  return backend
}

async function isGone(backend: number): Promise<boolean> {
  const { rows } = await killed.pool.query('SELECT 1 FROM pg_stat_activity WHERE pid = $1', [backend])
  return rows.length === 0
}

/** Every row of every table that an import writes; times of the import are all alike. */
async function dump({ pool }: TestDatabase): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {}
  for (const table of TABLES) {
    const { rows } = await pool.query<{ row: string }>(
      `SELECT row_to_json(t)::text AS row FROM wonlost.${table} t`,
    )
    tables[table] = rows.map(({ row }) => row.replace(/"[\d-]+T[\d:.]+\+00:00"/g, maskTime)).sort()
  }
  return tables
}

const maskTime = (text: string): string => (Date.parse(JSON.parse(text)) >= startedAt ? '"now"' : text)

/** The rejected rows and what else lies beside the files, by name. */
function filesBeside(into: string): Record<string, string> {
  const names = readdirSync(join(folder, into)).filter((name) => /rejected|partial/.test(name))
  return Object.fromEntries(
    names.sort().map((name) => [name, readFileSync(join(folder, into, name), 'utf8')]),
  )
}

test.each(IMPORTS)(
  'kill -9 of `import $kind $file` while tables are written and at the commit',
  async (what) => {
    const reference = run(once, 'once', what).finished
    let before = await dump(killed)
    for (const moment of what.killedAt) {
      const release = await hold(moment)
      const running = run(killed, 'killed', what)
      try {
        const backend = await heldBackend(running)
        running.child.kill('SIGKILL')
        expect(await running.finished).toMatchObject({ signal: 'SIGKILL', stdout: '' })
        await release()
        await until(() => isGone(backend))
      } finally {
        await release()
      }
      // What the server was told to commit, it commits: nobody is there any more to hear of it.
      if (moment === COMMIT) before = await dump(killed)
      else expect(await dump(killed)).toEqual(before)
    }
    const { code, stdout } = await reference
    expect([code, JSON.parse(stdout).rejected]).toEqual([1, 1])
    expect(before).toEqual(await dump(once))

    const again = await run(killed, 'killed', what).finished
    expect(JSON.parse(again.stdout)).toMatchObject({ changed: 0, rejected: 1 })
    expect(await dump(killed)).toEqual(before)
    expect(filesBeside('killed')).toEqual(filesBeside('once'))
    expect(Object.keys(filesBeside('killed')).filter((name) => name.endsWith('.partial'))).toEqual([])
  },
)

test('Ctrl-C leaves nothing behind, neither rows nor files, and says how to go on', async () => {
  await killed.pool.query(`DELETE FROM wonlost.events WHERE event_id LIKE 'm_%'`)
  const files = filesBeside('killed')
  const before = await dump(killed)
  // The first of three batches: the rest is not read yet.
  const release = await hold('events')
  const running = run(killed, 'killed', IMPORTS.find(({ file }) => file === 'many.csv')!)
  try {
    await heldBackend(running)
    running.child.kill('SIGINT')
  } finally {
    await release()
  }
  const { code, stdout, stderr } = await running.finished
  expect([code, JSON.parse(stdout).error.code]).toEqual([1, 'interrupted'])
  expect(stderr).toMatch(/Run the same command again/)
  expect(await dump(killed)).toEqual(before)
  expect(filesBeside('killed')).toEqual(files)
})
