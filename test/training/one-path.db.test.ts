/**
 * The one feature path: what training saw of a lead at a moment is, bit for bit, what serving sees of it then. Training streams
 * all records and fills matrices; serving loads one lead, with a registry made from what the artifact carries. Some leads and
 * accounts are merged: what was merged away has no row of its own.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateInto } from '../../data/load.ts'
import { withTransaction } from '../../src/db/database.ts'
import { applyMerges } from '../../src/db/merges.ts'
import { loadLead, streamRecords } from '../../src/db/records.ts'
import { definitionFromPlain, definitionToPlain } from '../../src/features/definition.ts'
import { factsAt } from '../../src/features/facts.ts'
import { defineRegistry, type FittedRegistry, fitRegistry } from '../../src/features/registry.ts'
import { type AccountRecord, DAY, type LeadRecord, type Milliseconds, parseTime } from '../../src/glossary.ts'
import type { Matrix } from '../../training/matrix.ts'
import { randomIntegers } from '../../training/random.ts'
import { createRecordSource } from '../../training/record-source.ts'
import { buildMatrices, type Row, toRow } from '../../training/rows.ts'
import { fitVocabularies } from '../../training/vocabularies.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { shippedDefinition } from '../support/shipped-definition.ts'

const ENDS_AT = parseTime('2026-11-01T00:00:00Z')

const definition = shippedDefinition('conversion')

let database: TestDatabase
/** One moment a lead, anywhere in its life. */
let rows: Row[]
let trained: Matrix
let serving: FittedRegistry

beforeAll(async () => {
  database = await createTestDatabase()
  const simulation = { leads: 1_200, seed: 5, months: 24, endsAt: ENDS_AT, drift: true }
  await generateInto(database.pool, simulation, { reset: false })
  const merged = await mergeSome()
  const nextInteger = randomIntegers(11)
  rows = []
  for await (const account of streamRecords(database.pool)) {
    for (const { leadId, createdAt } of account.leads) {
      expect(merged.has(leadId)).toBe(false)
      const asOf = createdAt + nextInteger(Math.max(1, ENDS_AT - createdAt))
      const landmark = {
        leadId,
        dealId: null,
        asOf,
        day: 0,
        status: 'usable',
        label: 0,
        labelKnownAt: asOf,
      } as const
      rows.push(toRow(landmark, rows.length))
    }
  }
  const records = createRecordSource(database.pool)
  const unfitted = defineRegistry(definition)
  const vocabularies = await fitVocabularies(records, unfitted, rows)
  const matrices = await buildMatrices(records, fitRegistry(unfitted, vocabularies), { replayed: rows })
  trained = matrices.replayed
  const carried = definitionFromPlain(JSON.parse(JSON.stringify(definitionToPlain(definition))))
  serving = fitRegistry(defineRegistry(carried), JSON.parse(JSON.stringify(vocabularies)))
})
afterAll(() => database.drop())

/** The simulator's duplicates, and every tenth account into the one before it. Returns the leads that were merged away. */
async function mergeSome(): Promise<ReadonlySet<string>> {
  const { pool } = database
  const { rows: leads } = await pool.query<{ fromId: string; intoId: string }>(
    `SELECT lead_id AS "fromId", duplicate_of AS "intoId" FROM simulator_truth.leads WHERE duplicate_of IS NOT NULL`,
  )
  const { rows: accounts } = await pool.query<{ fromId: string; intoId: string }>(
    `SELECT "fromId", "intoId" FROM (
       SELECT account_id AS "fromId", lag(account_id) OVER (ORDER BY account_id) AS "intoId", row_number() OVER (ORDER BY account_id) AS place
       FROM wonlost.accounts) numbered WHERE place % 10 = 0`,
  )
  await withTransaction(pool, async (client) => {
    const act = { by: 'test', at: ENDS_AT }
    const asRequest = (pair: { fromId: string; intoId: string }) => ({ ...pair, evidence: {} })
    await applyMerges(client, 'lead', leads.map(asRequest), act)
    await applyMerges(client, 'account', accounts.map(asRequest), act)
  })
  expect(leads.length).toBeGreaterThan(15)
  return new Set(leads.map(({ fromId }) => fromId))
}

function servedRow(account: AccountRecord, lead: LeadRecord, asOf: Milliseconds): Float64Array {
  const row = new Float64Array(serving.columns.length)
  serving.computeRow(factsAt(account, lead, asOf), row)
  return row
}

/** Compared as bytes: NaN equals NaN, and 0 is not -0. */
function bytes(row: Float64Array): Buffer {
  return Buffer.from(row.buffer, row.byteOffset, row.byteLength)
}

function trainedRow(index: number): Float64Array {
  const width = trained.columns.length
  return trained.data.slice(index * width, (index + 1) * width)
}

/** Columns whose numbers differ, for a message that helps. */
function differences(index: number, served: Float64Array): string[] {
  const saw = trainedRow(index)
  return trained.columns.flatMap(({ name }, column) =>
    Object.is(saw[column], served[column]) ? [] : `${name}: ${saw[column]} and ${served[column]}`,
  )
}

describe('training and serving', () => {
  it('see the same of at least 1,000 leads at random moments, bit for bit', async () => {
    expect(rows.length).toBeGreaterThanOrEqual(1_000)
    expect(serving.columns).toEqual(trained.columns)
    let present = 0
    for (const [index, { leadId, asOf }] of rows.entries()) {
      const found = await loadLead(database.pool, leadId)
      const served = servedRow(found!.account, found!.lead, asOf)
      expect(differences(index, served)).toEqual([])
      expect(bytes(served).equals(bytes(trainedRow(index)))).toBe(true)
      present += served.reduce((count, value) => count + (Number.isNaN(value) || value === 0 ? 0 : 1), 0)
    }
    // Rows of nothing would be equal too.
    expect(present).toBeGreaterThan(5 * rows.length)
  })

  it('see nothing that occurs or becomes known at the moment or after it', async () => {
    let dropped = 0
    for (const [index, { leadId, asOf }] of rows.entries()) {
      if (index % 4 !== 0) continue
      const found = await loadLead(database.pool, leadId)
      const isBefore = (fact: { occurredAt: number; knownAt: number }): boolean => {
        const before = fact.occurredAt < asOf && fact.knownAt < asOf
        if (!before) dropped += 1
        return before
      }
      const past = (lead: LeadRecord): LeadRecord => ({
        ...lead,
        traits: lead.traits.filter(isBefore),
        events: lead.events.filter(isBefore),
      })
      const account = {
        ...found!.account,
        traits: found!.account.traits.filter(isBefore),
        leads: found!.account.leads.filter((lead) => lead.createdAt < asOf + DAY).map(past),
        deals: found!.account.deals.filter(({ closedAt }) => closedAt !== null && closedAt < asOf),
      }
      const lead = account.leads.find((candidate) => candidate.leadId === leadId)!
      expect(differences(index, servedRow(account, lead, asOf))).toEqual([])
    }
    expect(dropped).toBeGreaterThan(rows.length)
  })
})
