import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CommandOptions } from '../../src/cli/command.ts'
import { dataMergeCommand } from '../../src/cli/commands/data-merge.ts'
import { loadLead } from '../../src/db/records.ts'
import { runCommand } from '../support/command.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const NOW = Date.parse('2026-11-21T00:00:00Z')

let database: TestDatabase
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wonlost-merge-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(async () => {
  database = await createTestDatabase()
  // The second account is the first once more; =l_3 is one with l_1 in it, l_2 has the address of l_1, l_4 is somebody else.
  await database.pool.query(`
    INSERT INTO wonlost.accounts SELECT id, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'test' FROM unnest('{a_1,a_2}'::text[]) AS id;
    INSERT INTO wonlost.leads SELECT id, account, at::timestamptz, at::timestamptz, 'test' FROM (VALUES
      ('l_1', 'a_1', '2026-02-01T00:00:00Z'), ('l_2', NULL, '2026-03-01T00:00:00Z'),
      ('=l_3', 'a_2', '2026-04-01T00:00:00Z'), ('l_4', 'a_2', '2026-01-01T00:00:00Z')) AS lead (id, account, at);
    INSERT INTO wonlost.traits SELECT kind, id, name, to_jsonb(value), '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z', 'test', false FROM (VALUES
      ('account', 'a_1', 'domain', 'acme.example'), ('account', 'a_2', 'domain', 'www.acme.example'), ('account', 'a_2', 'name', 'Acme GmbH'),
      ('lead', 'l_1', 'first_name', 'Wiebke'), ('lead', 'l_1', 'last_name', 'Zschäpitz'), ('lead', 'l_1', 'email', 'wiebke@acme.example'),
      ('lead', 'l_2', 'email', 'WIEBKE@acme.example'),
      ('lead', '=l_3', 'first_name', 'Wibeke'), ('lead', '=l_3', 'last_name', 'Zschaepitz'), ('lead', '=l_3', 'email', 'wz77@gmail.com'),
      ('lead', 'l_4', 'first_name', 'Wiebke'), ('lead', 'l_4', 'last_name', 'Müller'), ('lead', '=l_3', 'title', E'C\\u001bO'), ('lead', 'l_4', 'email', 'w.mueller@acme.example')
    ) AS trait (kind, id, name, value)`)
  return () => database.drop()
})

const merge = (options: CommandOptions = {}, now = NOW) =>
  runCommand(dataMergeCommand, [], options, { environment: { DATABASE_URL: database.url }, now })
const json = async (options: CommandOptions) => JSON.parse((await merge({ ...options, json: true })).stdout)
const roots = async () => {
  const { rows } = await database.pool.query(
    'SELECT lead_id AS id, merged_into AS root FROM wonlost.leads UNION ALL SELECT account_id, merged_into FROM wonlost.accounts ORDER BY 1',
  )
  return Object.fromEntries(rows.map(({ id, root }) => [id, root]))
}
const NONE = { '=l_3': null, a_1: null, a_2: null, l_1: null, l_2: null, l_4: null }
const ALL = { ...NONE, '=l_3': 'l_1', a_2: 'a_1', l_2: 'l_1' }

describe('wonlost data merge', () => {
  it('shows who would be one and why, and changes nothing', async () => {
    const { stdout, code } = await merge()
    expect(code).toBe(0)
    expect(stdout).toContain('2 accounts looked at: 1 to merge into 1')
    expect(stdout).toContain('the same domain acme.example')
    expect(stdout).toContain('the same mail address wiebke@acme.example')
    expect(stdout).toContain('nearly the same first name: wibeke, wiebke')
    expect(stdout).toContain('Nothing was changed.')
    expect(stdout).toContain('C\uFFFDO')
    expect(await roots()).toEqual(NONE)
    const found = await json({ atLeast: 'certain' })
    expect(found).toMatchObject({
      level: 'certain',
      applied: false,
      found: [{ kind: 'account' }, { kind: 'lead' }],
    })
    expect(found.found[1].merges).toMatchObject([{ from_id: 'l_2', into_id: 'l_1', confidence: 'certain' }])
    expect(found.found[1].possible).toMatchObject([{ from_id: '=l_3', into_id: 'l_1', confidence: 'likely' }])
  })

  it('applies it with who, when and why, once; lists it, and takes it back', async () => {
    expect(await json({ apply: true, by: 'ada' })).toMatchObject({
      applied: true,
      merged: { account: 1, lead: 2 },
    })
    expect(await roots()).toEqual(ALL)
    expect((await loadLead(database.pool, '=l_3'))?.lead).toMatchObject({ leadId: 'l_1', accountId: 'a_1' })
    expect(await json({ apply: true })).toMatchObject({ merged: { account: 0, lead: 0 } })
    const { merges } = await json({ list: true })
    expect(merges).toMatchObject([
      { kind: 'account', from_id: 'a_2', merged_by: 'ada', merged_at: '2026-11-21T00:00:00Z' },
      { kind: 'lead', from_id: '=l_3', evidence: { confidence: 'likely', matched_id: 'l_1' } },
      { kind: 'lead', from_id: 'l_2' },
    ])
    const { stdout } = await merge({ list: true })
    expect(stdout).toContain('a_2 -> a_1')
    await merge({ undo: String(merges[1].merge_id) })
    expect(await roots()).toEqual({ ...ALL, '=l_3': null })
    expect(await json({ undo: 'all' })).toEqual({ undone: 2 })
    expect(await roots()).toEqual(NONE)
  })

  it('merges what a reviewed file says, and by hand', async () => {
    const file = join(folder, 'merges.csv')
    await merge({ out: file, atLeast: 'certain' })
    const lines = readFileSync(file, 'utf8').trim().split('\r\n')
    expect(lines[0]).toBe('apply,kind,from_id,into_id,confidence,probability,evidence,from,into')
    const reviewed = lines.map((line) =>
      line.includes('=l_3') ? line.replace(/^""/, 'X') : line.replace(/^yes,lead/, 'no,lead'),
    )
    expect(reviewed).not.toEqual(lines)
    writeFileSync(file, reviewed.join('\r\n'))
    await merge({ from: file })
    expect(await roots()).toEqual({ ...ALL, l_2: null })
    await merge({ pair: ['l_2', '=l_3'] })
    expect(await roots()).toEqual(ALL)
    await expect(merge({ pair: ['l_1', 'l_2'] })).rejects.toMatchObject({ code: 'merge_refused' })
    await expect(merge({ pair: ['a_1', 'nobody'], only: 'accounts' })).rejects.toMatchObject({
      code: 'account_not_found',
    })
  })

  it.each<[CommandOptions, string]>([
    [{ pair: ['a'] }, '--pair takes two ids'],
    [{ pair: ['a', 'b', 'c'] }, '--pair takes two ids'],
    [{ undo: '1.5' }, '--undo takes the number'],
    [{ list: true, apply: true }, '--list, --apply'],
    [{ undo: 'all', from: 'x.csv' }, '--from, --undo'],
    [{ from: 'x.csv', only: 'leads' }, '--from, --only'],
    [{ list: true, only: 'accounts' }, '--list, --only'],
    [{ apply: true, by: ' ' }, '--by is a name'],
  ])('%j is wrong usage', async (options, message) => {
    await expect(merge(options)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message),
    })
  })

  it.each([
    ['kind,from_id,into_id\n', 'no column apply'],
    ['apply,kind,from_id,into_id\nmaybe,lead,l_1,l_2\n', 'apply is yes, or empty'],
    ['apply,kind,from_id,into_id\nyes,deal,l_1,l_2\n', 'kind is lead or account'],
    ['apply,kind,from_id,into_id\nyes,lead,l_1,\n', 'must not be empty'],
    ['apply,kind,from_id,into_id,Apply\nyes,lead,l_2,l_1,no\n', 'apply is there 2 times'],
  ])('a file of %j is refused with its line, and nothing is merged', async (text, message) => {
    const file = join(folder, 'broken.csv')
    writeFileSync(file, text)
    await expect(merge({ from: file })).rejects.toMatchObject({
      code: 'table_invalid',
      message: expect.stringContaining(message),
      place: { file, line: expect.any(Number) },
    })
  })

  it.each([
    ['lead,l_2,l_1\nyes,lead,007,l_1', 'lead_not_found', 3],
    ['lead,l_2,l_2', 'merge_refused', 2],
    ['lead,l_2,l_1\nyes,lead,l_2,l_4', 'merge_refused', 3],
    ['lead,l_4,l_1\nyes,lead,l_1,l_2\nyes,lead,l_2,l_1', 'merge_refused', 4],
  ])('a row of a file that cannot be merged is refused with its line: %j', async (rows, code, line) => {
    const file = join(folder, 'refused.csv')
    writeFileSync(file, `apply,kind,from_id,into_id\nyes,${rows}\n`)
    await expect(merge({ from: file })).rejects.toMatchObject({ code, place: { file, line } })
    expect(await roots()).toEqual(NONE)
  })

  it('says what it did in words, and of nothing that it was nothing', async () => {
    const file = join(folder, 'twice.csv')
    writeFileSync(file, 'Apply;Kind;From ID;Into ID\r\nYES;Lead;l_2;l_1\r\nyes;lead;l_2;l_1\r\n')
    expect((await merge({ from: file })).stdout).toContain('Merged: no accounts and 1 lead. To take it back')
    const again = await merge({ from: file })
    expect(again.stdout).toBe('\nNothing was merged.\n')
    expect(again.stderr).not.toContain('Scores of what was merged')
  })
})
