/** People's rights on the command line: what is said, what is refused, and that it is done. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dbRewriteCommand } from '../../src/cli/commands/db-rewrite.ts'
import { leadEraseCommand } from '../../src/cli/commands/lead-erase.ts'
import { leadExportCommand } from '../../src/cli/commands/lead-export.ts'
import { objectionClearCommand } from '../../src/cli/commands/objection-clear.ts'
import { objectionSetCommand } from '../../src/cli/commands/objection-set.ts'
import { addLead } from '../support/app.ts'
import { runCommand } from '../support/command.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await addLead(database.pool, 'l_1', 'a_1')
})
afterAll(() => database.drop())

const run = (...[command, args, options = {}]: Parameters<typeof runCommand>) =>
  runCommand(command, args, options, { environment: { DATABASE_URL: database.url } })

test('a lead objects, and agrees again', async () => {
  const set = await run(objectionSetCommand, ['l_1'], { reason: 'by mail, 3 May', json: true })
  expect(set.json()).toMatchObject({ reason: 'by mail, 3 May', objected_at: '2026-11-21T12:00:00Z' })
  expect((await run(objectionClearCommand, ['l_1'], {})).stdout).toContain('l_1 is scored again')
  await expect(run(objectionClearCommand, ['l_1'], {})).rejects.toMatchObject({ code: 'objection_not_found' })
  for (const command of [objectionSetCommand, objectionClearCommand, leadExportCommand])
    await expect(run(command, ['l_2'], { reason: 'x' })).rejects.toMatchObject({ code: 'lead_not_found' })
})

test('a lead is exported, erased when that is meant, and once only', async () => {
  const exported = (await run(leadExportCommand, ['l_1'], {})).json()
  expect(exported).toMatchObject({ lead_id: 'l_1', names: { emails: ['ada@example.com'] } })
  expect(exported['tables']).toMatchObject({ events: [{}, {}, {}], leads: [{ account_id: 'a_1' }] })
  await expect(run(leadEraseCommand, ['l_1'], {})).rejects.toMatchObject({ code: 'usage' })
  const erased = await run(leadEraseCommand, ['l_1'], { yes: true })
  expect(erased.stdout).toMatch(/^Erased: \d+ rows of one lead\.\n$/)
  expect(erased.stderr).toContain('wonlost db rewrite')
  expect((await run(leadEraseCommand, ['l_1'], { yes: true, json: true })).json()).toMatchObject({
    repeated: true,
    leads: 0,
  })
  await expect(run(leadEraseCommand, ['l_2'], { yes: true })).rejects.toMatchObject({
    code: 'lead_not_found',
  })
})

test('the files of the tables are written anew', async () => {
  const file = async () =>
    (await database.pool.query(`SELECT pg_relation_filenode('wonlost.leads') AS file`)).rows
  const before = await file()
  const done = await run(dbRewriteCommand, [], {})
  expect(done.stdout).toMatch(/^\d+ tables rewritten\.\n$/)
  expect(await file()).not.toEqual(before)
})
