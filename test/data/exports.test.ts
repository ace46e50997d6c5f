import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CRM_EXPORTS } from '../../data/exports/index.ts'
import { LOSSES } from '../../data/exports/losses.ts'
import { longId, shortId } from '../../data/exports/salesforce/record-ids.ts'
import { type WriteSettings, type WrittenExport, writeExport } from '../../data/exports/write-export.ts'
import type { CommandContext, CommandOptions } from '../../src/cli/command.ts'
import { generateCommand } from '../../src/cli/commands/generate.ts'
import { optionsOf } from './helpers.ts'

const options = optionsOf({ leads: 300 })
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wonlost-exports-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(crm: string, into: string, settings: Partial<WriteSettings> = {}): Promise<WrittenExport> {
  const one = CRM_EXPORTS.find((candidate) => candidate.crm === crm)!
  return writeExport(one, into, options, { reset: false, ...settings })
}

const read = (file: string): Record<string, string>[] =>
  parse(readFileSync(join(folder, file)), { columns: true, relax_column_count: false })

const column = (file: string, name: string): string[] => read(file).map((row) => row[name]!)

const contents = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )

describe.each(CRM_EXPORTS.map(({ crm }) => crm))('%s', (crm) => {
  test('equal options give equal files, whose rows are those that were counted, each with an id of its own', async () => {
    const { files, tally } = await write(crm, folder)
    const first = contents()
    expect(Object.keys(first)).toEqual(files.map(({ file }) => file).sort())
    for (const { file, rows } of files) {
      const found = read(file)
      expect(found.length).toBe(rows)
      expect(new Set(found.map((row) => Object.values(row)[0])).size).toBe(rows)
    }
    expect(read('events.csv').length).toBe(tally.events)
    await write(crm, folder, { reset: true })
    expect(contents()).toEqual(first)
  })

  test('goes into an empty folder only; --reset replaces what an export wrote and leaves other files', async () => {
    mkdirSync(join(folder, 'own'))
    await expect(write(crm, folder)).rejects.toMatchObject({
      code: 'folder_not_empty',
      message: expect.stringContaining('own'),
    })
    expect(readdirSync(folder)).toEqual(['own'])
    for (const other of CRM_EXPORTS) await write(other.crm, folder, { reset: true })
    const { files } = await write(crm, folder, { reset: true })
    expect(readdirSync(folder).sort()).toEqual(['own', ...files.map(({ file }) => file)].sort())
  })

  test('interrupted it leaves the folder as it was; what a killed run left is no obstacle', async () => {
    const stop = new AbortController()
    stop.abort(new Error('stopped'))
    await expect(write(crm, join(folder, 'a/b'), { signal: stop.signal })).rejects.toThrow('stopped')
    expect(existsSync(join(folder, 'a'))).toBe(false)
    writeFileSync(join(folder, 'events.csv.partial'), 'half')
    await expect(write(crm, folder, { signal: stop.signal })).rejects.toThrow('stopped')
    await write(crm, folder)
    const before = contents()
    expect(Object.keys(before).filter((name) => name.endsWith('.partial'))).toEqual([])
    await expect(write(crm, folder, { reset: true, signal: stop.signal })).rejects.toThrow('stopped')
    expect(contents()).toEqual(before)
  })
})

test('begun again while it runs, the first says so and takes nothing away', async () => {
  const into = join(folder, 'a/b')
  const second: Promise<WrittenExport>[] = []
  const report = (): void => {
    if (second.length === 0) second.push(write('hubspot', into))
  }
  // Much longer than the second, which must have begun all its files before the first replaces one.
  const first = writeExport(CRM_EXPORTS[0]!, into, optionsOf({ leads: 3_000 }), { reset: false, report })
  await expect(first).rejects.toMatchObject({ code: 'file_not_writable' })
  const { files } = await second[0]!
  expect(readdirSync(into)).toEqual(files.map(({ file }) => file).sort())
})

test('a file in the place of the folder, or of one of its files', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  await expect(write('hubspot', file)).rejects.toMatchObject({ code: 'file_not_writable' })
  await expect(write('hubspot', join(file, 'under'))).rejects.toMatchObject({ code: 'file_not_writable' })
  mkdirSync(join(folder, 'deals.csv'))
  await expect(write('hubspot', folder, { reset: true })).rejects.toMatchObject({ code: 'file_not_writable' })
  expect(readdirSync(folder).sort()).toEqual(['deals.csv', 'file'])
})

test('HubSpot: numbers as ids, ISO and milliseconds as times, every reference leads somewhere', async () => {
  await write('hubspot', folder)
  const companies = new Set(column('companies.csv', 'hs_object_id'))
  const contacts = new Set(column('contacts.csv', 'hs_object_id'))
  expect([...companies, ...contacts].filter((id) => !/^\d{11,12}$/.test(id))).toEqual([])
  expect(
    column('contacts.csv', 'associatedcompanyid').filter((id) => id !== '' && !companies.has(id)),
  ).toEqual([])
  expect(column('events.csv', 'lead_id').filter((id) => !contacts.has(id))).toEqual([])
  const deals = read('deals.csv')
  const named = deals.flatMap((deal) => deal['Associated Contact IDs']!.split(';'))
  expect(named.filter((id) => !contacts.has(id))).toEqual([])
  expect(named.length).toBeGreaterThan(deals.length)
  for (const deal of deals) expect(deal['createdate']).toMatch(/^\d{13}$/)
  expect(column('contacts.csv', 'createdate').every((time) => /T.*\.\d{3}Z$/.test(time))).toBe(true)
  const open = deals.filter((deal) => deal['hs_is_closed'] === 'false')
  expect(open.length).toBeGreaterThan(0)
  expect(open.filter((deal) => deal['closedate'] === '')).toEqual([])
})

test('Salesforce: leads that became contacts, leads that did not, contacts that never were leads', async () => {
  await write('salesforce', folder)
  const leads = read('Lead.csv')
  const contactIds = new Set(column('Contact.csv', 'Id'))
  const accountIds = new Set(column('Account.csv', 'Id'))
  const shortAccountIds = new Set([...accountIds].map((id) => id.slice(0, 15)))
  const converted = leads.filter((lead) => lead['IsConverted'] === 'true')
  expect(converted.filter((lead) => !contactIds.has(lead['ConvertedContactId']!))).toEqual([])
  expect(converted.filter((lead) => !accountIds.has(lead['ConvertedAccountId']!))).toEqual([])
  const others = leads.filter((lead) => lead['IsConverted'] === 'false')
  expect(others.length).toBeGreaterThan(5)
  for (const lead of others) expect(lead['ConvertedContactId']! + lead['ConvertedDate']!).toBe('')
  expect(contactIds.size).toBeGreaterThan(converted.length)
  expect(column('Contact.csv', 'AccountId').filter((id) => id !== '' && !shortAccountIds.has(id))).toEqual([])
  const opportunities = new Set(column('Opportunity.csv', 'Id').map((id) => id.slice(0, 15)))
  for (const role of read('OpportunityContactRole.csv')) {
    expect(opportunities.has(role['OpportunityId']!)).toBe(true)
    expect(contactIds.has(role['ContactId']!)).toBe(true)
  }
  const people = new Set([...contactIds, ...leads.map((lead) => lead['Id']!)])
  const named = column('events.csv', 'lead_id')
  expect(named.filter((id) => !people.has(id))).toEqual([])
  // A person who was a lead first has events under both ids.
  const both = converted.filter(
    (lead) => named.includes(lead['Id']!) && named.includes(lead['ConvertedContactId']!),
  )
  expect(both.length).toBeGreaterThan(50)
})

test('the documentation names what is not carried, word for word', () => {
  const names = { hubspot: 'HubSpot', salesforce: 'Salesforce' } as const
  const rows = LOSSES.map(({ crms, what }) => `| ${crms.map((crm) => names[crm]).join(', ')} | ${what} |`)
  const docs = readFileSync(new URL('../../docs/bring-your-own-data.md', import.meta.url), 'utf8')
  const table = docs.slice(docs.indexOf('| of | not carried |')).split('\n\n')[0]!
  expect(table.trim().split('\n').slice(2)).toEqual(rows)
})

test('`generate --as` says how to go on, in the words of the command line; a folder and --as go together', async () => {
  const printed: string[] = []
  const said: string[] = []
  const context = {
    json: true,
    print: (text: string) => printed.push(text),
    say: (text: string) => said.push(text),
    progress: () => {},
    now: () => 0,
    signal: new AbortController().signal,
  } as Partial<CommandContext> as CommandContext
  const given = { leads: '30', seed: '7', months: '6', endsAt: '2026-11-01T00:00:00Z' }
  const into = join(folder, 'with blank')
  expect(await generateCommand.run(context, [into], { ...given, as: 'salesforce' })).toBe(0)
  // It is 1970.
  expect(said).toEqual([expect.stringMatching(/ends in the future/)])
  const { next, files } = JSON.parse(printed[0]!)
  expect(files.length).toBe(7)
  expect(next[4]).toBe(
    `wonlost import deal-contacts '${into}/OpportunityContactRole.csv' --map salesforce --trusted-times`,
  )
  expect(next[6]).toBe(`wonlost import events '${into}/events.csv' --trusted-times`)
  const run = (args: string[], options: CommandOptions): Promise<number> =>
    generateCommand.run(context, args, { ...given, ...options })
  await expect(run([], { as: 'hubspot' })).rejects.toMatchObject({ code: 'usage' })
  await expect(run([into], {})).rejects.toMatchObject({ code: 'usage' })
})

test('Salesforce ids: the case of the short ones counts, the long ones tell it', () => {
  // 001Hp: the fourth of five is a capital, 2^3 = 8, the ninth letter. 0000A: the fifth, 2^4 = 16, the seventeenth.
  expect(longId('account', 10)).toBe('001Hp000000000AIAQ')
  expect(longId('lead', 10)).toBe('00QHp000000000AMAQ')
  expect(shortId('account', 36)).toBe('001Hp000000000a')
  expect(longId('account', 36)).toBe('001Hp000000000aIAA')
  const ids = Array.from({ length: 5_000 }, (_, number) => longId('contact', number))
  expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(ids.length)
  expect(new Set(ids.map((id) => id.slice(0, 15).toLowerCase())).size).toBeLessThan(ids.length)
})
