/**
 * The exports of a CRM, imported into an empty database by the built-in map, give the training rows of the simulator's own tables,
 * bit for bit, apart from what data/exports/losses.ts names.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { viewOf } from '../../data/exports/account-view.ts'
import type { CrmExport } from '../../data/exports/define-export.ts'
import * as hubspot from '../../data/exports/hubspot/record-ids.ts'
import { CRM_EXPORTS } from '../../data/exports/index.ts'
import { LOSSES } from '../../data/exports/losses.ts'
import { contactRecordId, leadRecordId, peopleOf } from '../../data/exports/salesforce/people.ts'
import { dealNumber, longId, numberOf } from '../../data/exports/salesforce/record-ids.ts'
import { writeExport } from '../../data/exports/write-export.ts'
import { generateInto } from '../../data/load.ts'
import { simulate } from '../../data/simulator/simulate.ts'
import { streamRecords } from '../../src/db/records.ts'
import type { Definition } from '../../src/features/definition.ts'
import { defineRegistry, type FittedRegistry, fitRegistry } from '../../src/features/registry.ts'
import type { AccountRecord, Trait } from '../../src/glossary.ts'
import { importFile } from '../../src/ingest/import-file.ts'
import { IMPORT_KINDS } from '../../src/ingest/kinds/index.ts'
import { loadImportMap } from '../../src/ingest/load-import-map.ts'
import type { Matrix } from '../../training/matrix.ts'
import type { RecordSource } from '../../training/record-source.ts'
import { buildMatrices, collectRows, type Row } from '../../training/rows.ts'
import { fitVocabularies } from '../../training/vocabularies.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { shippedDefinition } from '../support/shipped-definition.ts'
import { optionsOf } from './helpers.ts'
import { type DatedRecord, LOSE } from './losses.ts'

const options = optionsOf({ leads: 1_500, seed: 7 })
const definition: Definition = shippedDefinition('conversion')

let simulated: TestDatabase
let own: readonly DatedRecord[]

beforeAll(async () => {
  simulated = await createTestDatabase()
  await generateInto(simulated.pool, options, { reset: false })
  const { rows } = await simulated.pool.query<{ account_id: string; created_at: Date }>(
    'SELECT account_id, created_at FROM wonlost.accounts',
  )
  const createdAt = new Map(rows.map((row) => [row.account_id, row.created_at.getTime()]))
  own = (await recordsOf(simulated.pool)).map((record) => ({
    ...record,
    createdAt: createdAt.get(record.accountId ?? '') ?? Number.NaN,
  }))
})
afterAll(() => simulated.drop())

describe.each(CRM_EXPORTS)('$crm', (crm) => {
  let imported: readonly AccountRecord[]

  beforeAll(async () => {
    const database = await createTestDatabase()
    const folder = mkdtempSync(join(tmpdir(), 'wonlost-exports-'))
    try {
      await writeExport(crm, folder, options, { reset: false })
      await importAll(database.pool, crm, folder)
      imported = await recordsOf(database.pool)
    } finally {
      rmSync(folder, { recursive: true })
      await database.drop()
    }
  })

  test('imported, it gives the rows of the tables of the simulator, apart from what an export cannot carry', async () => {
    const losses = lossesOf(crm)
    const reduced = reducedBy(losses)
    const rename = renaming(crm.crm)
    const expected = await rowsOf(renamed(reduced, rename), null)
    const found = await rowsOf(imported, expected.registry)
    const landmarks = ({ rows }: Rows): string[] => rows.map((row) => JSON.stringify(row))
    expect(differingTexts(landmarks(found), landmarks(expected))).toEqual([])
    expect(found.vocabularies).toEqual(expected.vocabularies)
    expect(found.rows.length).toBeGreaterThan(5_000)
    expect(differingRows(found, expected)).toEqual([])

    const events = (records: readonly AccountRecord[]): string[] => records.flatMap(eventTexts)
    const facts = (records: readonly AccountRecord[]): string[] => renamed(records, rename).flatMap(factTexts)
    expect(differingTexts(events(imported), events(renamed(own, rename)))).toEqual([])
    expect(differingTexts(imported.flatMap(factTexts), facts(reduced))).toEqual([])
    // Whatever is named is really lost.
    for (const name of losses) {
      const others = reducedBy(losses.filter((other) => other !== name))
      expect(differingTexts(imported.flatMap(factTexts), facts(others)), name).not.toEqual([])
    }

    const whole = await rowsOf(renamed(own, rename), expected.registry)
    expect(differingRows(found, whole).length).toBeGreaterThan(whole.rows.length / 20)
  })
})

type LossName = keyof typeof LOSE

function lossesOf({ crm }: CrmExport): LossName[] {
  return LOSSES.filter(({ crms }) => (crms as readonly string[]).includes(crm)).map(({ name }) => name)
}

function reducedBy(losses: readonly LossName[]): readonly DatedRecord[] {
  return losses.reduce((records, name) => records.map(LOSE[name]), own)
}

async function importAll(pool: pg.Pool, crm: CrmExport, folder: string): Promise<void> {
  const map = await loadImportMap(crm.crm)
  for (const { kind, file, mapped } of crm.imports) {
    const summary = await importFile(
      pool,
      IMPORT_KINDS.find(({ name }) => name === kind)!,
      join(folder, file),
      {
        now: Date.UTC(2026, 10, 20),
        trustedTimes: true,
        ...(mapped ? { map } : {}),
      },
    )
    expect(summary).toMatchObject({ rejected: 0, repeated: 0, ofUnknownLeads: 0 })
  }
}

async function recordsOf(pool: pg.Pool): Promise<AccountRecord[]> {
  const records: AccountRecord[] = []
  for await (const record of streamRecords(pool)) records.push(record)
  return records
}

/** What only the CRM tells; and planted fields that give the outcome away, which the import passes over or calls as the CRM does. */
const OTHER_FIELDS =
  /^(company|is_converted|rating|status|hs_|lifecyclestage|last|num_|recent_|notes_|type$|crm_stage|onboarding_status)/

function eventTexts({ leads }: AccountRecord): string[] {
  return leads.flatMap(({ leadId, events }) =>
    events.map((event) =>
      JSON.stringify([leadId, event.eventId, event.type, event.occurredAt, event.knownAt, event.properties]),
    ),
  )
}

/** All else that a record says, a text each, but for where it comes from. A value that is said twice in a row is said once. */
function factTexts(record: AccountRecord): string[] {
  const traits = (id: string | null, all: readonly Trait[]): string[] =>
    all
      .filter((trait, place) => {
        const before = all.slice(0, place).findLast(({ name }) => name === trait.name)
        return !OTHER_FIELDS.test(trait.name) && JSON.stringify(before?.value) !== JSON.stringify(trait.value)
      })
      .map(({ name, value, occurredAt, knownAt }) => JSON.stringify([id, name, value, occurredAt, knownAt]))
  return [
    ...traits(record.accountId, record.traits),
    ...record.leads.flatMap(({ leadId, accountId, createdAt, traits: own }) => [
      JSON.stringify([leadId, accountId, createdAt]),
      ...traits(leadId, own),
    ]),
    ...record.deals.map((deal) =>
      JSON.stringify([
        [deal.dealId, deal.accountId, deal.pipeline, deal.openedAt, deal.closedAt, deal.outcome],
        [deal.amount, deal.lostReason],
        deal.contacts.map(({ leadId, isPrimary }) => [leadId, isPrimary]),
        deal.stages.map(({ stage, enteredAt }) => [stage, enteredAt]),
      ]),
    ),
  ]
}

interface Rows {
  readonly rows: readonly Row[]
  readonly vocabularies: Readonly<Record<string, readonly string[]>>
  readonly registry: FittedRegistry
  readonly matrix: Matrix
}

/** Training rows of these records; with the vocabularies of `given`, or else with their own. */
async function rowsOf(records: readonly AccountRecord[], given: FittedRegistry | null): Promise<Rows> {
  const source: RecordSource = {
    async *read() {
      yield* records
    },
  }
  const { rows } = await collectRows(source, definition, options.endsAt)
  const usable = rows.filter((row) => row.usable)
  const unfitted = defineRegistry(definition)
  const vocabularies = await fitVocabularies(source, unfitted, usable)
  const registry = given ?? fitRegistry(unfitted, vocabularies)
  const { all } = await buildMatrices(source, registry, { all: usable })
  return { rows, vocabularies, registry, matrix: all }
}

/** The first texts that are not in both; or that the order differs. */
function differingTexts(found: readonly string[], expected: readonly string[]): string[] {
  if (found.length === expected.length && found.every((text, at) => text === expected[at])) return []
  const [inFound, inExpected] = [new Set(found), new Set(expected)]
  return [
    ...found.filter((text) => !inExpected.has(text)).map((text) => `imported: ${text}`),
    ...expected.filter((text) => !inFound.has(text)).map((text) => `simulated: ${text}`),
    'or in another order',
  ].slice(0, 30)
}

/** Rows whose numbers are not the same bits, with their columns. */
function differingRows({ matrix: a, rows }: Rows, { matrix: b, rows: others }: Rows): string[] {
  const width = a.columns.length
  const places = new Map(others.filter((row) => row.usable).map((row, place) => [keyOf(row), place]))
  return rows
    .filter((row) => row.usable)
    .flatMap((row, at) => {
      const other = places.get(keyOf(row))
      if (other === undefined) return [`${keyOf(row)}: no such row`]
      const columns = a.columns.filter(
        (_, column) => !Object.is(a.data[at * width + column], b.data[other * width + column]),
      )
      return columns.length === 0 ? [] : [`${keyOf(row)}: ${columns.map(({ name }) => name).join(', ')}`]
    })
}

function keyOf({ leadId, asOf, label }: Row): string {
  return `${leadId} ${asOf} ${label}`
}

interface Renaming {
  readonly account: (id: string) => string
  readonly lead: (id: string) => string
  readonly deal: (id: string) => string
}

/** The id under which a subject is known after the import. */
function renaming(crm: CrmExport['crm']): Renaming {
  if (crm === 'hubspot') {
    return { account: hubspot.companyId, lead: hubspot.contactId, deal: hubspot.dealId }
  }
  const leads = new Map<string, string>()
  for (const account of simulate(options)) {
    for (const person of peopleOf(viewOf(account, options))) {
      const { leadId } = person.lead
      leads.set(leadId, person.isLead ? leadRecordId(person) : contactRecordId(leadId))
    }
  }
  return {
    account: (id) => longId('account', numberOf(id)),
    lead: (id) => leads.get(id)!,
    deal: (id) => longId('opportunity', dealNumber(id)),
  }
}

/** The records under other ids, in the order in which the database gives them. */
function renamed(records: readonly AccountRecord[], { account, lead, deal }: Renaming): AccountRecord[] {
  const accountId = (id: string | null): string | null => (id === null ? null : account(id))
  const byId = (a: string, b: string): number => (a < b ? -1 : 1)
  return records
    .map((record) => ({
      ...record,
      accountId: accountId(record.accountId),
      leads: record.leads
        .map((one) => ({ ...one, leadId: lead(one.leadId), accountId: accountId(one.accountId) }))
        .sort((a, b) => byId(a.leadId, b.leadId)),
      deals: record.deals
        .map((one) => ({
          ...one,
          dealId: deal(one.dealId),
          accountId: accountId(one.accountId),
          contacts: one.contacts
            .map((contact) => ({ ...contact, leadId: lead(contact.leadId) }))
            .sort((a, b) => byId(a.leadId, b.leadId)),
        }))
        .sort((a, b) => a.openedAt - b.openedAt || byId(a.dealId, b.dealId)),
    }))
    .sort((a, b) =>
      a.accountId === null || b.accountId === null
        ? Number(a.accountId === null) - Number(b.accountId === null) ||
          byId(a.leads[0]?.leadId ?? '', b.leads[0]?.leadId ?? '')
        : byId(a.accountId, b.accountId),
    )
}
