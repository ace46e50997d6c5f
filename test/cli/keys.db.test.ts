import { afterAll, beforeAll, expect, test } from 'vitest'
import { actingUser } from '../../src/cli/acting-user.ts'
import type { CliCommand, CommandOptions } from '../../src/cli/command.ts'
import { keysCreateCommand } from '../../src/cli/commands/keys-create.ts'
import { keysListCommand } from '../../src/cli/commands/keys-list.ts'
import { keysRevokeCommand } from '../../src/cli/commands/keys-revoke.ts'
import { DAY, formatTime } from '../../src/glossary.ts'
import { NOW } from '../support/app.ts'
import { runCommand } from '../support/command.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const run = (command: CliCommand, args: string[], options: CommandOptions = {}, now = NOW) =>
  runCommand(command, args, options, { environment: { DATABASE_URL: database.url }, now })

test('a key is printed once, listed without its secret, and revoked by how it begins', async () => {
  const made = await run(keysCreateCommand, [], {
    scope: ['score', 'read', 'read'],
    name: 'crm\u001b[2J',
    expires: 'P90D',
  })
  const key = made.stdout.trim()
  expect(key).toMatch(/^wl_[0-9a-f]{8}_[\w-]{43}$/)
  expect(made.stderr).toContain(`may score, read and expires at ${formatTime(NOW + 90 * DAY)}`)
  expect(made.stderr).not.toContain(key.slice(12))
  expect(made.stderr).not.toContain('\u001b')
  const id = key.slice(0, 11)

  const listed = await run(keysListCommand, [])
  expect(listed.stdout).toMatch(new RegExp(`${id} .*score,read .*in force .*never\\n`))
  expect(listed.stdout).not.toContain('\u001b')
  const shown = {
    id,
    scopes: ['score', 'read'],
    created_by: actingUser(),
    expires_at: formatTime(NOW + 90 * DAY),
  }
  const asJson = await run(keysListCommand, [], { json: true }, NOW + 90 * DAY)
  expect(asJson.json()).toMatchObject({ ...shown, status: 'expired', last_used_at: null })

  const revoked = await run(keysRevokeCommand, [id], { json: true })
  expect(revoked.json()).toMatchObject({
    id,
    status: 'revoked',
    revoked_at: formatTime(NOW),
    revoked_by: actingUser(),
  })
  // Who found the whole key may give that; it is revoked since when it was.
  const again = await run(keysRevokeCommand, [key], {}, NOW + DAY)
  expect(again.stdout).toContain(`${id} (crm\uFFFD[2J) is revoked since ${formatTime(NOW)}`)
  for (const { stdout, stderr } of [listed, asJson, revoked, again])
    expect(stdout + stderr).not.toContain(key.slice(12))
})

test('with --json a key comes with all that is kept of it; without a name it is named by how it begins', async () => {
  const made = await run(keysCreateCommand, [], { scope: ['ingest'], json: true })
  const { key, ...kept } = made.json()
  const id = String(key).slice(0, 11)
  expect(kept).toMatchObject({ id, name: id, scopes: ['ingest'], status: 'in force', expires_at: null })
})

test.each<[CommandOptions, string]>([
  [
    { scope: ['read', 'write'] },
    '--scope must be one or more of ingest, score, read, feedback, admin.*Given: "write"',
  ],
  [{ scope: [''] }, '--scope must be .*Given: ""'],
  [{ scope: ['read'], expires: 'P0D' }, '--expires must be a duration such as P90D'],
  [{ scope: ['read'], expires: '90' }, '--expires must be .*Given: "90"'],
  [{ scope: ['read'], expires: formatTime(NOW) }, '--expires must be .* a time to come'],
  [{ scope: ['read'], name: ' ' }, '--name must be a text of 1 to 128 characters'],
])('keys create with %j is refused', async (options, says) => {
  await expect(run(keysCreateCommand, [], options)).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringMatching(new RegExp(says)),
  })
})

test('revoking what is no key says so, without repeating what may be most of one', async () => {
  await expect(run(keysRevokeCommand, ['wl_00000000'])).rejects.toMatchObject({ code: 'key_not_found' })
  await expect(run(keysRevokeCommand, ['wl_00000000_secret'])).rejects.toMatchObject({
    code: 'usage',
    message: expect.not.stringContaining('secret'),
  })
})
