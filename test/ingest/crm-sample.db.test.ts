import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ImportSummary, summaryToJson } from '../../src/ingest/import-summary.ts'
import { loadImportMap } from '../../src/ingest/load-import-map.ts'
import { type CrmFiles, NOW, openCrmFiles } from './crm-files.ts'

const SAMPLES = fileURLToPath(new URL('../../data/samples', import.meta.url))

/** In the order that the map states. */
const FILES = [
  ['accounts', 'crm-accounts.csv'],
  ['leads', 'crm-leads.csv'],
  ['deals', 'crm-deals.csv'],
  ['deal_contacts', 'crm-people-of-deals.csv'],
  ['deal_stages', 'crm-phases.csv'],
  ['events', 'crm-activities.jsonl'],
] as const

let crm: CrmFiles
let first: readonly ImportSummary[]

async function importAll(): Promise<ImportSummary[]> {
  const map = await loadImportMap(join(SAMPLES, 'crm-sample.yaml'))
  const summaries: ImportSummary[] = []
  for (const [kind, name] of FILES) {
    const file = join(crm.folder, name)
    copyFileSync(join(SAMPLES, name), file)
    const encoding = kind === 'leads' ? { encoding: 'windows-1252' as const } : {}
    summaries.push(await crm.import(kind, file, { map, ...encoding }))
  }
  return summaries
}

beforeAll(async () => {
  crm = await openCrmFiles()
  first = await importAll()
})
afterAll(() => crm.close())

/** Line, column and reason of every row that was turned down. */
function rejected(name: string): string[] {
  const file = join(crm.folder, name.replace(/\.(\w+)$/, '.rejected.$1'))
  const bytes = readFileSync(file)
  const rows: { line: unknown; column: string; reason: string }[] = name.endsWith('.jsonl')
    ? bytes
        .toString()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : parse(bytes, { columns: true, delimiter: [',', ';'], encoding: 'latin1' })
  return rows.map(({ line, column, reason }) => `${line} ${column}: ${reason}`)
}

const times = 'iso or dd/MM/yyyy HH:mm or dd/MM/yyyy or date or epoch_ms'

test('the ugly files go in, but for the rows that cannot', () => {
  expect(
    first.map(({ kind, object, read, changed, repeated, rejected: turnedDown }) => [
      ...[kind, object, read, changed, repeated, turnedDown],
    ]),
  ).toEqual([
    ['accounts', 'companies', 12, 9, 0, 3],
    ['leads', 'people', 23, 15, 1, 7],
    ['deals', 'deals', 12, 6, 0, 6],
    // Of two rows about one thing the second changes nothing.
    ['deal_contacts', 'people_of_deals', 8, 4, 0, 3],
    ['deal_stages', 'phases', 10, 8, 0, 2],
    ['events', 'activities', 12, 7, 0, 5],
  ])
  expect(first.map((summary) => summary.accountsCreated)).toEqual([0, 1, 0, 0, 0, 0])
})

test('each rejected row has its line, column and reason', () => {
  expect(rejected('crm-accounts.csv')).toEqual([
    '11 Staff: (employees) "many" is not a range; write it like 51-200, 1000+ or 250',
    '12 Turnover (EUR): (annual_revenue) "12.34.56" is not a number; write it like 1234,5 or 1.234,5',
    '13 Company No: (account_id) is empty',
  ])
  expect(rejected('crm-leads.csv')).toEqual([
    '16 Contact No: (lead_id) is empty',
    `17 First contact: (created_at) "31/13/2025 08:00" is not a time as the file should write it: ${times}`,
    '18 First contact: (created_at) "01/02/2099 10:00" is in the future (it is 2026-11-21T00:00:00Z)',
    `19 First contact: (created_at) "30/02/2025" is not a time as the file should write it: ${times}`,
    '20 Contact No: (lead_id) "K-1000" is on line 2 already, with other values',
    '22 : the row has 5 cells, the header 15',
    '23 First Name: is not valid windows-1252: is the file damaged, or in another encoding?',
  ])
  expect(rejected('crm-deals.csv')).toEqual([
    '9 Closed or expected: (closed_at) is empty, but the deal is won',
    '10 Closed or expected: (closed_at) is before opened_at (2025-04-21T21:59:59.999Z, 2025-04-21T22:00:00Z)',
    '11 Value: (amount) "-500" is out of range; 0 to 1000000000000000 is allowed',
    '12 Currency: "Euro" is no code of a currency: three letters, like EUR',
    '13 People: (contacts) there is no lead "K-4711"; import leads before deals',
    '14 Phase: is empty, so that nobody can tell the outcome',
  ])
  expect(rejected('crm-people-of-deals.csv')).toEqual([
    '7 Deal No: (deal_id) there is no deal "D-99"; import deals before deal_contacts',
    '8 Contact No: (lead_id) there is no lead "K-4711"; import leads before deal_contacts',
    '9 Main contact: (is_primary) "perhaps" is neither true nor false (yes, no, 1 and 0 are read as well)',
  ])
  expect(rejected('crm-phases.csv')).toEqual([
    '10 Deal No: (deal_id) there is no deal "D-98"; import deals before deal_stages',
    '11 Phase: (stage) is empty',
  ])
  expect(rejected('crm-activities.jsonl')).toEqual([
    '8 mail: (email) there is no lead "nobody@bluebird.example"; import leads before events',
    '9 lead_id: is empty, and so are email, user_id and anonymous_id; one of them is needed',
    `10 when: (occurred_at) "yesterday" is not a time as the file should write it: ${times}`,
    '11 : is not JSON from character 82 on',
    '12 what: (type) is empty',
  ])
})

test('texts, numbers, ranges and times come in as they were meant', async () => {
  const traits = async (id: string): Promise<Record<string, unknown>> => {
    const rows = await crm.query(`SELECT name, value FROM wonlost.traits WHERE subject_id = '${id}'`)
    return Object.fromEntries(rows.map((row) => Object.values(row as object)))
  }
  expect(await traits('F-100')).toEqual({
    ...{ name: 'Nordhafen Logistik GmbH', domain: 'https://www.nordhafen.example/de/', country: 'Germany' },
    // sqrt(201 x 500) = 317.0
    ...{ industry: 'logistics', employees: 317, annual_revenue: 48250000.5 },
    technologies: ['postgres', 'hubspot'],
  })
  expect(await traits('F-101')).toMatchObject({
    employees: 101,
    technologies: ['postgres', 'react', 'snowflake'],
  })
  expect(await traits('F-102')).toMatchObject({ name: 'Café Réunion SARL', employees: 23 })
  expect(await traits('F-102')).not.toHaveProperty('technologies')
  expect(await traits('F-103')).toMatchObject({ name: 'Kestrel Health; Holdings Ltd', employees: 1_000 })
  expect(await traits('F-103')).not.toHaveProperty('annual_revenue')
  expect(await traits('F-104')).toMatchObject({ name: 'Łódź Mühlen AG', employees: 5_000 })
  expect(await traits('F-108')).toMatchObject({ name: 'Grünwald "Bio" eG', annual_revenue: 22.5 })
  expect(await traits('K-1002')).toMatchObject({
    last_name: 'García',
    message: '“We need this by Q3”, he said',
    source: 'inbound_form',
  })
  expect(await traits('K-1003')).toMatchObject({ first_name: 'Zoë', message: 'two\r\nlines, one cell' })
  expect(await traits('K-1004')).toMatchObject({ last_name: 'O’Neill' })
  expect(await traits('K-1007')).toMatchObject({ message: '50 € voucher' })
  expect(await traits('K-1008')).toMatchObject({ consent: 'objected' })
  expect(await traits('K-1011')).toMatchObject({ source: 'Newsletter' })
  expect(await traits('K-1011')).not.toHaveProperty('consent')
  expect(await traits('K-1019')).toEqual({
    email: 'not-an-address',
    message: 'a mail address that is none',
  })

  // Berlin is one hour ahead in winter, two in summer; 02:30 is no time on 30 March, and two on 26 October.
  const created = await crm.query(
    `SELECT lead_id, created_at FROM wonlost.leads WHERE lead_id < 'K-1008' ORDER BY 1`,
  )
  expect(
    created.map((row) => Object.values(row as object).map((value) => value.toISOString?.() ?? value)),
  ).toEqual([
    ['K-1000', '2025-02-14T08:30:00.000Z'],
    ['K-1001', '2025-02-19T23:00:00.000Z'],
    ['K-1002', '2025-02-27T10:00:00.000Z'],
    ['K-1003', '2025-03-02T17:45:00.000Z'],
    ['K-1004', '2025-03-30T01:30:00.000Z'],
    ['K-1005', '2025-10-26T00:30:00.000Z'],
    ['K-1006', '2025-03-20T10:00:00.000Z'],
    ['K-1007', '2025-03-15T23:00:00.000Z'],
  ])
})

test('deals: outcomes by phase, expected dates not taken, people of all sources together', async () => {
  expect(
    await crm.query(
      `SELECT deal_id, outcome, pipeline, closed_at, amount, currency FROM wonlost.deals ORDER BY 1`,
    ),
  ).toEqual([
    // A day ends at 22:00 in London's time, in summer in Berlin.
    {
      ...{ deal_id: 'D-1', outcome: 'won', pipeline: 'new_business', amount: 52300, currency: 'EUR' },
      closed_at: new Date('2025-05-12T21:59:59.999Z'),
    },
    {
      deal_id: 'D-2',
      outcome: 'open',
      pipeline: 'new_business',
      closed_at: null,
      amount: 26600,
      currency: 'EUR',
    },
    {
      ...{ deal_id: 'D-3', outcome: 'lost', pipeline: 'new_business', amount: 4480.5, currency: 'EUR' },
      closed_at: new Date('2025-04-18T21:59:59.999Z'),
    },
    {
      ...{ deal_id: 'D-4', outcome: 'won', pipeline: 'new_business', amount: 482700, currency: 'USD' },
      closed_at: new Date('2025-09-30T21:59:59.999Z'),
    },
    {
      deal_id: 'D-5',
      outcome: 'open',
      pipeline: 'expansion',
      closed_at: null,
      amount: 90000,
      currency: 'USD',
    },
    {
      ...{ deal_id: 'D-6', outcome: 'lost', pipeline: 'new_business', amount: null, currency: null },
      closed_at: new Date('2025-03-17T22:59:59.999Z'),
    },
  ])
  const contacts = await crm.query(
    `SELECT deal_id || ' ' || lead_id || CASE WHEN is_primary THEN ' *' ELSE '' END AS contact
       FROM wonlost.deal_contacts ORDER BY deal_id, lead_id`,
  )
  expect(contacts.map((row) => Object.values(row as object)[0])).toEqual([
    ...['D-1 K-1000 *', 'D-1 K-1001', 'D-2 K-1002 *'],
    // Deals name K-0900, which was merged into K-1003.
    ...[
      'D-3 K-1003 *',
      'D-4 K-1009',
      'D-4 K-1010 *',
      'D-5 K-1009',
      'D-5 K-1010 *',
      'D-6 K-1005',
      'D-6 K-1007 *',
    ],
  ])
})

test('events find their people by mail address, user id and visitor', async () => {
  const events = await crm.query(
    `SELECT type, lead_id, properties FROM wonlost.events ORDER BY occurred_at, lead_id`,
  )
  expect(events).toEqual([
    { type: 'page_viewed', lead_id: 'K-1000', properties: { url: '/preise?a=1&b=2' } },
    { type: 'page_viewed', lead_id: 'K-1000', properties: { url: '/' } },
    { type: 'demo_requested', lead_id: 'K-1002', properties: {} },
    { type: 'email_clicked', lead_id: 'K-1003', properties: {} },
    // The visitor of 10 March said on 16 March who it was.
    { type: 'page_viewed', lead_id: 'K-1007', properties: {} },
    { type: 'demo_requested', lead_id: 'K-1007', properties: {} },
    { type: 'webinar_attended', lead_id: 'K-1002', properties: { minutes: 47, questions: ['price', 'sso'] } },
  ])
})

test('the JSON of the summary names what was left out, and why', () => {
  expect(summaryToJson(first[1]!)).toMatchObject({
    ...{
      kind: 'leads',
      map: 'crm-sample',
      object: 'people',
      read: 23,
      imported: 15,
      changed: 15,
      repeated: 1,
    },
    ...{ rejected: 7, rejected_file: join(crm.folder, 'crm-leads.rejected.csv') },
    columns: [
      {
        code: 'outcome_field',
        column: 'Lead status',
        reason: expect.stringMatching(/how far sales has come/),
      },
    ],
    rejections: [
      { line: 16, column: 'Contact No', reason: '(lead_id) is empty' },
      { line: 17, column: 'First contact' },
      { line: 18, column: 'First contact' },
      { line: 19, column: 'First contact' },
      { line: 20, column: 'Contact No' },
    ],
  })
  expect(first[0]!.notes).toEqual([
    {
      code: 'outcome_field',
      column: 'Customer since',
      reason: expect.stringMatching(/once the lead is a customer/),
    },
  ])
})

test('a second run changes nothing', async () => {
  const before = await crm.dump()
  const again = await importAll()
  expect(await crm.dump()).toEqual(before)
  expect(again.map(({ changed, unchanged }) => [changed, unchanged])).toEqual([
    [0, 9],
    [0, 15],
    [0, 6],
    [0, 5],
    [0, 8],
    [0, 7],
  ])
  expect(before['leads']?.length).toBe(15)
  expect(again.every(({ now }) => now === NOW)).toBe(true)
})
