import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetMetadata } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepModel, NOW, promote } from '../support/app.ts'
import { tinyArtifact } from '../support/artifacts.ts'
import { compiledFile, startNode } from '../support/cli.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder, type TestModelsFolder } from '../support/models-folder.ts'
import { until } from '../support/until.ts'

const LEADS = 20_000

let database: TestDatabase
let models: TestModelsFolder
let folder: string
let environment: Record<string, string>

/** Leads of 400 accounts, with five events and a note of 2,000 characters each, scored before. */
beforeAll(async () => {
  database = await createTestDatabase()
  models = createModelsFolder()
  folder = mkdtempSync(join(tmpdir(), 'wonlost-export-cli-'))
  environment = {
    DATABASE_URL: database.url,
    WONLOST_MODELS: models.path,
    WONLOST_HOME: join(folder, 'home'),
  }
  const { pool } = database
  const { sha256 } = tinyArtifact()
  await promote(pool, await keepModel(pool), null)
  const time = `'${new Date(NOW - 20 * 86_400_000).toISOString()}'::timestamptz`
  await pool.query(`
    INSERT INTO wonlost.accounts SELECT 'a' || n, ${time}, ${time}, 'test' FROM generate_series(1, 400) n;
    INSERT INTO wonlost.leads SELECT 'l' || n, CASE WHEN n % 2 = 0 THEN 'a' || (1 + n % 400) END, ${time}, ${time}, 'test'
      FROM generate_series(1, ${LEADS}) n;
    INSERT INTO wonlost.traits SELECT 'lead', 'l' || n, 'note', to_jsonb(repeat('x', 2000)), ${time}, ${time}, 'test', false
      FROM generate_series(1, ${LEADS}) n;
    INSERT INTO wonlost.events SELECT 'e' || n || '_' || k, 'l' || n, NULL, 'pricing_page_viewed', ${time} + k * interval '1 day',
      ${time} + k * interval '1 day', 'test', '{}' FROM generate_series(1, ${LEADS}) n, generate_series(1, 5) k;
    INSERT INTO wonlost.scores SELECT 'lead', 'l' || n, 'conversion', '', 1, 'logistic', '${sha256}', ${time} + interval '10 days', 1, 1,
      0.25, 40 + n % 20, 40 + n % 20, 'cold', 'eligible', '{"band": "cold", "grade": null, "action": "nurture", "respond_within": null, "route": null, "route_rule": null}', '[]', ${time} + interval '10 days'
      FROM generate_series(1, ${LEADS}) n;`)
})
afterAll(async () => {
  models.remove()
  rmSync(folder, { recursive: true, force: true })
  await database.drop()
})

const start = (args: readonly string[], node: readonly string[] = []) =>
  startNode([...node, compiledFile('src/cli/main.ts'), ...args], environment)
const run = (args: readonly string[], node: readonly string[] = []) => start(args, node).finished

describe('export scores, as people run it', () => {
  it('of 20,000 leads fits into a memory that could not hold them', async () => {
    const out = join(folder, 'scores.parquet')
    // What is read for the reasons is 60 MB as text alone.
    const ended = await run(['export', 'scores', '--out', out, '--json'], ['--max-old-space-size=96'])
    expect(ended.stderr).toMatch(/exporting scores \(leads\): 20000 of 20000/)
    expect(ended).toMatchObject({ code: 0 })
    expect(JSON.parse(ended.stdout)).toMatchObject({ file: out, rows: LEADS })
    const { num_rows } = parquetMetadata(Uint8Array.from(readFileSync(out)).buffer)
    expect(Number(num_rows)).toBe(LEADS)
  })

  it('shows half a file to nobody, whether it is asked to stop or killed', async () => {
    const out = join(folder, 'killed.csv')
    const partial = `${out}.partial`
    writeFileSync(out, 'of last week')
    for (const signal of ['SIGINT', 'SIGKILL'] as const) {
      const { child, finished } = start(['export', 'scores', '--out', out])
      await until(() => existsSync(partial) && statSync(partial).size > 0)
      child.kill(signal)
      const ended = await finished
      expect(readFileSync(out, 'utf8')).toBe('of last week')
      if (signal === 'SIGKILL') expect(ended.signal).toBe('SIGKILL')
      else {
        expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('Interrupted') })
        expect(existsSync(partial)).toBe(false)
      }
    }
    expect(existsSync(partial)).toBe(true)
    expect(await run(['export', 'scores', '--no-reasons', '--out', out])).toMatchObject({ code: 0 })
    expect(readFileSync(out, 'utf8').split('\r\n')).toHaveLength(LEADS + 2)
    expect(existsSync(partial)).toBe(false)
  })

  it.skipIf(process.platform === 'win32')('stops when nobody reads on, without a word', () => {
    const script = '{ "$1" "$2" export scores; echo "exit $?" >&2; } | head -3'
    const { stdout, stderr } = spawnSync(
      'sh',
      ['-c', script, 'sh', process.execPath, compiledFile('src/cli/main.ts')],
      {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] ?? '', ...environment },
      },
    )
    expect(stdout.split('\r\n')).toHaveLength(4)
    expect(stdout).toMatch(/^lead_id,score,/)
    expect(stderr).toMatch(/exit 0\n$/)
    expect(stderr).not.toMatch(/20000 of 20000|error/i)
  })
})

it('export model has a --version of its own', async () => {
  expect(await run(['export', 'model', 'conversion', '--version', '1'])).toMatchObject({
    code: 0,
    stdout: tinyArtifact().body,
  })
})

describe('score --file, as people run it', () => {
  it('asks no database', async () => {
    const file = join(folder, 'leads.csv')
    const artifact = join(folder, 'conversion.json')
    writeFileSync(artifact, tinyArtifact().body)
    writeFileSync(file, 'lead_id,created_at,account_employees\nl1,2026-01-01T00:00:00Z,120\nl2,yesterday,\n')
    environment = { ...environment, DATABASE_URL: 'postgres://127.0.0.1:1/none' }
    const ended = await run(['score', '--file', file, '--artifact', artifact, '--format', 'jsonl'])
    expect(ended.code).toBe(1)
    expect(JSON.parse(ended.stdout)).toMatchObject({
      lead_id: 'l1',
      reasons_for: expect.stringContaining('120 employees'),
    })
    expect(ended.stderr).toMatch(/1 rows were rejected: see .*leads\.rejected\.csv/)
    expect(existsSync(join(folder, 'home'))).toBe(false)
  })
})
