import { afterAll, beforeAll, expect, test } from 'vitest'
import { actingUser } from '../../src/cli/acting-user.ts'
import type { CliCommand, CommandOptions } from '../../src/cli/command.ts'
import { feedbackAddCommand } from '../../src/cli/commands/feedback-add.ts'
import { feedbackListCommand } from '../../src/cli/commands/feedback-list.ts'
import { feedbackReportCommand } from '../../src/cli/commands/feedback-report.ts'
import { overrideClearCommand } from '../../src/cli/commands/override-clear.ts'
import { overrideSetCommand } from '../../src/cli/commands/override-set.ts'
import { DAY, formatTime } from '../../src/glossary.ts'
import { addLead, keepModel, NOW, promote } from '../support/app.ts'
import { runCommand } from '../support/command.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder, type TestModelsFolder } from '../support/models-folder.ts'

let database: TestDatabase
let models: TestModelsFolder
beforeAll(async () => {
  models = createModelsFolder()
  database = await createTestDatabase()
  await promote(database.pool, await keepModel(database.pool), null)
  await addLead(database.pool, 'l_1', 'a_1')
})
afterAll(async () => {
  await database.drop()
  models.remove()
})

const run = (command: CliCommand, args: string[], options: CommandOptions = {}) =>
  runCommand(command, args, options, {
    environment: { DATABASE_URL: database.url, WONLOST_MODELS: models.path },
  })

test('says, lists and reports, by the login name', async () => {
  const set = await run(overrideSetCommand, ['l_1', 'review'], { reason: ' Is it them?\u202e ', until: '2d' })
  expect(set.stdout).toContain(`by ${actingUser()} until ${formatTime(NOW + 2 * DAY)}: Is it them?\uFFFD`)
  expect(set.stdout).toContain('Without it: eligible, hot: call')
  const said = { reason: 'no_budget', comment: 'Next year.\u001b[2J', id: 'mine', json: true }
  const first = (await run(feedbackAddCommand, ['l_1', 'rejected'], said)).json()
  expect(first).toMatchObject({
    repeated: false,
    feedback: { kind: 'rejected', by: actingUser(), seen: { band: 'hot', decision_band: 'review' } },
  })
  expect((await run(feedbackAddCommand, ['l_1', 'rejected'], said)).json()).toEqual({
    ...first,
    repeated: true,
  })
  expect((await run(overrideClearCommand, ['l_1'], { json: true })).json()).toMatchObject({
    verdict: { status: 'eligible', override: null },
  })
  const corrected = await run(feedbackAddCommand, ['l_1', 'corrected', 'employees=7'], { account: true })
  expect(corrected.stdout).toContain('corrected account employees: 7')
  const { stdout } = await run(feedbackListCommand, ['l_1'])
  expect(stdout.split('\n')).toHaveLength(4)
  expect(stdout).toContain('rejected (no_budget)')
  expect(stdout).not.toContain('\u001b')
  const report = await run(feedbackReportCommand, [], { asOf: formatTime(NOW + 1) })
  expect(report.stdout).toMatch(/review {2}1 of 1 .*1 Has no budget/)
  expect(report.stdout).toContain('Traits corrected: 1 account employees')
})

test.each<[CliCommand, string[], CommandOptions, RegExp]>([
  [feedbackAddCommand, ['l_1', 'liked'], {}, /one of contacted, accepted, rejected, corrected/],
  [feedbackAddCommand, ['l_1', 'rejected'], {}, /--reason/],
  [feedbackAddCommand, ['l_1', 'accepted'], { reason: 'no_need' }, /only/],
  [feedbackAddCommand, ['l_1', 'contacted', 'title=CTO'], {}, /only/],
  [feedbackAddCommand, ['l_1', 'corrected'], {}, /one trait/],
  [feedbackAddCommand, ['l_1', 'contacted'], { at: '2027-01-01T00:00:00Z' }, /future/],
  [feedbackAddCommand, ['l_1', 'contacted'], { comment: 'x'.repeat(10_001) }, /1 to 10000/],
  [overrideSetCommand, ['l_1', 'hot'], { reason: 'x', until: '2d' }, /one of eligible/],
  [overrideSetCommand, ['l_1', 'review'], { reason: ' ', until: '2d' }, /1 to 1000/],
  [overrideSetCommand, ['l_1', 'review'], { reason: 'x', until: 'soon' }, /span of days/],
])('refuses what cannot be: %#', async (command, args, options, message) => {
  await expect(run(command, args, options)).rejects.toMatchObject({ code: 'usage', message })
})
