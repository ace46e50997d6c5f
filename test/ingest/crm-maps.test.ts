/** The maps that come with the package, and what the guide says to export for them. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fieldKey } from '../../src/field-names.ts'
import { parseImportMap } from '../../src/ingest/import-map.ts'
import { IMPORT_KINDS } from '../../src/ingest/kinds/index.ts'
import { importMapNames, loadImportMap } from '../../src/ingest/load-import-map.ts'
import { planRows } from '../../src/ingest/plan-rows.ts'
import type { RowPlan } from '../../src/ingest/row-plan.ts'

const GUIDE = readFileSync(new URL('../../docs/bring-your-own-data.md', import.meta.url), 'utf8')
const hubspot = await loadImportMap('hubspot')
const salesforce = await loadImportMap('salesforce')

function plan(map: typeof hubspot, kindName: string, header: readonly string[]): RowPlan {
  return planRows(IMPORT_KINDS.find(({ name }) => name === kindName)!, header, 'file.csv', { map })
}
/** Theirs to ours, of what is read. */
const readFrom = ({ columns }: RowPlan): string[] => columns.map(({ source }) => source)

test.each(await importMapNames())('%s: no name of a column stands for two things', async (name) => {
  const twice = (await loadImportMap(name)).objects.map((object) => {
    const names = [...object.columns.flatMap(({ from }) => from), ...object.ignore].map(fieldKey)
    return [object.name, names.filter((key, i) => names.indexOf(key) !== i)]
  })
  expect(twice.filter(([, names]) => names!.length > 0)).toEqual([])
})

const QUERIES = [...GUIDE.matchAll(/^SELECT ([\w\s,]+?) FROM (\w+)/gm)].map(
  ([, fields, object]) => [object!, fields!.split(/,\s*/)] as const,
)

test.each(QUERIES)('what the guide selects from %s is read by the object of that name', (name, fields) => {
  const object = salesforce.objects.find((other) => other.name === name)!
  const made = plan(salesforce, object.kind, fields)
  expect(made.object).toBe(name)
  // Of a calendar entry the beginning tells what the file is, and is not read.
  const unread = fields.filter((field) => !readFrom(made).includes(field))
  const known: Readonly<Record<string, string[]>> = { Lead: ['IsConverted'], Event: ['StartDateTime'] }
  // The column of the flags of an outcome is that of the winner.
  expect(unread).toEqual(name === 'Opportunity' ? ['IsClosed'] : (known[name] ?? []))
})
test('the guide selects from every object', () => {
  expect(QUERIES.map(([name]) => name).sort()).toEqual(salesforce.objects.map(({ name }) => name).sort())
})

const LISTS = [...GUIDE.matchAll(/^\| (companies|contacts|deals|events) \| (.*?) \| (.*?) \|$/gm)].map(
  ([, object, must, worth]) => [object!, must!.split(', '), worth!.split('. ')[0]!.split(', ')] as const,
)

test.each(LISTS)('the columns of HubSpot that the guide names for %s are read', (name, must, worth) => {
  const object = hubspot.objects.find((other) => other.name === name)!
  const made = plan(hubspot, object.kind, [...must, ...worth])
  expect(made.object).toBe(name)
  const unread = [...must, ...worth].filter((column) => !readFrom(made).includes(column))
  expect(unread).toEqual(name === 'deals' ? ['Is Deal Closed?'] : [])
  // Each that it must have is needed.
  for (const column of must)
    expect(
      () =>
        plan(
          hubspot,
          object.kind,
          must.filter((other) => other !== column),
        ),
      column,
    ).toThrow(/fits no object|misses/)
})

test('a lead and a contact of Salesforce are told apart by what only they have; what neither has is an error', () => {
  const both = ['Id', 'CreatedDate', 'Email', 'LastName', 'Title', 'Phone', 'LeadSource']
  expect(plan(salesforce, 'leads', [...both, 'Company']).object).toBe('Lead')
  expect(plan(salesforce, 'leads', [...both, 'AccountId']).object).toBe('Contact')
  expect(() => plan(salesforce, 'leads', both)).toThrow(/fits Lead and Contact .* equally well/)
})

test.each([
  [
    'leads',
    hubspot,
    ['Record ID', 'Create Date', 'Company name', 'Company Domain Name', 'Industry', 'Phone Number'],
    'companies',
    'accounts',
  ],
  [
    'leads',
    hubspot,
    ['hs_object_id', 'createdate', 'closedate', 'hs_is_closed', 'hs_is_closed_won', 'amount'],
    'deals',
    'deals',
  ],
  [
    'accounts',
    hubspot,
    ['Record ID', 'Create Date', 'Email', 'First Name', 'Company Name', 'Country/Region'],
    'contacts',
    'leads',
  ],
  [
    'leads',
    salesforce,
    ['Id', 'CreatedDate', 'Name', 'Website', 'Industry', 'AnnualRevenue'],
    'Account',
    'accounts',
  ],
  [
    'accounts',
    salesforce,
    ['Id', 'CreatedDate', 'Email', 'LastName', 'Company', 'Website', 'Industry'],
    'Lead',
    'leads',
  ],
] as const)('a file of %s that is none is refused: %#', (asked, map, header, name, kind) => {
  expect(() => plan(map, asked, header)).toThrow(
    new RegExp(
      `The header is that of ${name} rather than .* Import it as ${kind}; if it does hold ${asked}, give a map without ${name}\\.`,
    ),
  )
})

test('contacts may have more columns of their companies than of themselves', () => {
  const firm = [
    'Company name',
    'Website URL',
    'Industry',
    'Number of Employees',
    'Annual Revenue',
    'Country/Region',
  ]
  expect(plan(hubspot, 'leads', ['Record ID', 'Create Date', 'Email', ...firm]).object).toBe('contacts')
})

test('a flat file, whose rows name a person and a company by ids of their own, serves both', () => {
  const flat = parseImportMap(
    'map: flat\nobjects: { people: { kind: leads, columns: { lead_id: Person, created_at: Made } }, firms: { kind: accounts, columns: { account_id: Firm, created_at: Made, name: Firm name, industry: Branch } } }',
    'flat.yaml',
  )
  const header = ['Person', 'Firm', 'Made', 'Firm name', 'Branch']
  expect([plan(flat, 'leads', header).object, plan(flat, 'accounts', header).object]).toEqual([
    'people',
    'firms',
  ])
})

test('a file of deals without the flags is not said to hold contacts, and how to go on is', () => {
  const header = ['Record ID', 'Create Date', 'Close Date', 'Deal Stage', 'Amount', 'Pipeline']
  expect(() => plan(hubspot, 'deals', header)).toThrow(
    /deals misses a column that tells the outcome \("hs_is_closed" or .*Another map may find them: --suggest writes one for this file\. Given:/,
  )
  expect(() => plan(hubspot, 'deals', header)).not.toThrow(/It fits/)
})
