import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRecordSource, restrictTo } from '../../training/record-source.ts'
import { collectRows, eachLead, recordsOf } from '../../training/rows.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { loadRecords } from './load-records.ts'
import { createWorld, WORLD_DEFINITION, WORLD_END } from './world.ts'

/** Every third account is a person alone. */
const world = createWorld(300).map((account, index) =>
  index % 3 > 0
    ? account
    : {
        ...account,
        accountId: null,
        traits: [],
        leads: account.leads.map((lead) => ({ ...lead, accountId: null })),
        deals: [],
      },
)

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await loadRecords(database.pool, world)
})
afterAll(() => database.drop())

async function readAll(source: ReturnType<typeof createRecordSource>) {
  const records = []
  for await (const record of source.read()) records.push(record)
  return records
}

it.each([0, 1_000_000])(
  'reads the records of a sample as all are read, also from memory (%i facts)',
  async (heldFacts) => {
    const source = createRecordSource(database.pool, { heldFacts })
    const limit = { most: 400, seed: 7 }
    const collected = await collectRows(source, WORLD_DEFINITION, WORLD_END, { limit })
    const wanted = new Set(collected.rows.map(({ leadId }) => leadId))
    const all = await readAll(source)
    const some = all.filter(({ leads }) => leads.some(({ leadId }) => wanted.has(leadId)))
    expect(some.length).toBeLessThan(all.length)
    expect(some.filter(({ accountId }) => accountId === null).length).toBeGreaterThan(5)
    expect(await readAll(recordsOf(collected, source))).toEqual(some)
    const groups = new Map<string, number>()
    for await (const { lead, group } of eachLead(recordsOf(collected, source))) groups.set(lead.leadId, group)
    for (const { leadId, group } of collected.rows) expect(groups.get(leadId)).toBe(group)
    expect(await readAll(restrictTo(source, ['nobody']))).toEqual([])
  },
)
