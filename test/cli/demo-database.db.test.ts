/** Into which databases `wonlost demo` writes. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requireDemoDatabase } from '../../src/cli/demo-database.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

async function addFrom(leadId: string, source: string): Promise<void> {
  await database.pool.query('INSERT INTO wonlost.leads VALUES ($1, NULL, now(), now(), $2)', [leadId, source])
}

test('a demo begins in an empty database, and again beside what was sent to it; never in data of somebody’s own', async () => {
  expect(await requireDemoDatabase(database.pool)).toBe(0)
  await addFrom('sent', 'segment')
  await expect(requireDemoDatabase(database.pool)).rejects.toMatchObject({ code: 'usage' })
  await addFrom('simulated', 'simulator')
  expect(await requireDemoDatabase(database.pool)).toBe(1)
  for (let n = 2; n <= 101; n++) await addFrom(`sent ${n}`, 'segment')
  await expect(requireDemoDatabase(database.pool)).rejects.toThrow(/this one holds 101 others/)
  await database.pool.query("DELETE FROM wonlost.leads WHERE lead_id = 'sent 2'")
  expect(await requireDemoDatabase(database.pool)).toBe(100)
  await database.pool.query("DELETE FROM wonlost.leads WHERE source = 'segment'")
  await database.pool.query("INSERT INTO wonlost.accounts VALUES ('imported', now(), now(), 'import')")
  await expect(requireDemoDatabase(database.pool)).rejects.toThrow(/this one holds 1 others/)
})
