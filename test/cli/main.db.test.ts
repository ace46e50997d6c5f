import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packageVersion } from '../../src/package-folder.ts'
import { compiledFile, type Finished, startNode } from '../support/cli.ts'

let home: string
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'wonlost-cli-'))
})
afterAll(() => {
  rmSync(home, { recursive: true, force: true })
})

function wonlost(args: readonly string[], environment: Record<string, string> = {}): Promise<Finished> {
  return startNode([compiledFile('src/cli/main.ts'), ...args], { WONLOST_HOME: home, ...environment })
    .finished
}

it('prints its version', async () => {
  expect(await wonlost(['--version'])).toMatchObject({ code: 0, stdout: `${packageVersion()}\n` })
})

describe('wrong usage', () => {
  it.each([
    [[], 'Usage: wonlost'],
    [['improt', 'leads', 'x.csv'], 'Did you mean import?'],
    [
      ['import', 'lead', 'x.csv'],
      'Allowed choices are accounts, leads, deals, deal-contacts, deal-stages, events',
    ],
    [['import', 'leads'], 'A file is needed, or --from-sql'],
    [['migrate', 'now'], 'too many arguments'],
    [['db', 'start', '--force'], "unknown option '--force'"],
    [['export', 'model'], "missing required argument 'NAME[@VERSION]'"],
    [['score'], 'score takes ids of leads, --account, --all or --file. Given: neither.'],
    [['serve', '--port', 'abc'], 'wonlost: --port: must be a whole number'],
  ])('%j exits with 64 and says what is wrong', async (args, says) => {
    const ended = await wonlost(args)
    expect(ended).toMatchObject({ code: 64, stdout: '' })
    expect(ended.stderr).toContain(says)
    expect(ended.stderr).not.toMatch(/^ +at /m)
  })

  it('is one document on standard output with --json', async () => {
    const ended = await wonlost(['migrate', '--json', '--frce'])
    expect(ended.code).toBe(64)
    expect(JSON.parse(ended.stdout)).toEqual({
      error: { code: 'usage', message: "unknown option '--frce'", details: [] },
    })
  })

  it('of a file that is not there starts no database', async () => {
    const ended = await wonlost(['import', 'leads', join(home, 'missing.csv')])
    expect(ended).toMatchObject({
      code: 64,
      stderr: expect.stringMatching(/missing\.csv: There is no such file/),
    })
    expect(existsSync(join(home, 'postgres'))).toBe(false)
  })
})

it('tells of a certificate that DATABASE_URL names and nobody can read', async () => {
  const url = 'postgres://u:secret@127.0.0.1:1/x?sslmode=verify-full&sslrootcert=/missing.pem'
  const ended = await wonlost(['migrate'], { DATABASE_URL: url })
  expect(ended.code).toBe(1)
  expect(ended.stderr).toMatch(/^wonlost: The database does not answer: ENOENT.*missing\.pem/)
})

it('db status hides a password wherever DATABASE_URL holds it', async () => {
  const url = 'postgres://u:hidden1@127.0.0.1:1/x?password=hidden2'
  const ended = await wonlost(['db', 'status', '--json'], { DATABASE_URL: url })
  expect(JSON.parse(ended.stdout)).toMatchObject({
    running: false,
    problem: expect.stringContaining('ECONNREFUSED'),
  })
  expect(ended.stdout + ended.stderr).not.toContain('hidden')
})

it('ends a search on the first Ctrl-C, and goes on with the best so far', async () => {
  const table = join(home, 'leads.csv')
  const rows = Array.from(
    { length: 3_000 },
    (_, i) => `${(i * 7_919) % 1_000},${(i * 31) % 7},${(i * i) % 11 < 4}`,
  )
  writeFileSync(table, ['size,source,won', ...rows].join('\n'))
  const asked = ['--target', 'won', '--learner', 'boosting', '--search', '--json']
  const { child, finished } = startNode([compiledFile('src/cli/main.ts'), 'fit-table', table, ...asked], {})
  let told = ''
  child.stderr?.on('data', (text: string) => {
    if (told.includes('best so far')) return
    told += text
    if (told.includes('best so far')) child.kill('SIGINT')
  })
  const { code, stdout, stderr } = await finished
  expect(code).toBe(0)
  expect(stderr).toContain('Ending early, with the best so far. Ctrl-C once more breaks off.')
  const { search, metrics } = JSON.parse(stdout)
  expect(search).toMatchObject({ ended_by: 'interrupt', rungs: [{ folds: 1, candidates: 29 }] })
  expect(search.settings).not.toBeNull()
  expect(search.tried.length).toBeLessThan(29)
  expect(metrics.rows).toBe(600)
})

describe.skipIf(process.platform === 'win32')('when nobody reads what it prints', () => {
  const shell = (script: string) =>
    spawnSync('sh', ['-c', script, 'sh', process.execPath, compiledFile('src/cli/main.ts')], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', WONLOST_HOME: home },
    })

  it('ends in silence on a closed pipe', () => {
    const { stderr, stdout } = shell('{ sleep 0.2; "$1" "$2" import --help; echo "exit $?" >&2; } | true')
    expect([stdout, stderr]).toEqual(['', 'exit 0\n'])
  })

  it.skipIf(!existsSync('/dev/full'))('says that a disk is full, and fails', () => {
    const { stderr, status } = shell('"$1" "$2" db status > /dev/full')
    expect(status).toBe(1)
    expect(stderr).toMatch(/^wonlost: standard output cannot be written: ENOSPC/)
    expect(stderr).not.toMatch(/^ +at /m)
  })
})
