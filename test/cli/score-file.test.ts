import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CommandOptions } from '../../src/cli/command.ts'
import { scoreCommand } from '../../src/cli/commands/score.ts'
import { readConfig } from '../../src/config.ts'
import { DAY, formatTime } from '../../src/glossary.ts'
import { modelsFolder } from '../../src/package-folder.ts'
import { NOW } from '../support/app.ts'
import { tinyArtifact } from '../support/artifacts.ts'
import { type RunOptions, runCommand } from '../support/command.ts'
import { richArtifact } from '../support/rich-artifact.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wonlost-score-file-'))
  write('conversion.json', richArtifact('conversion').body)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const path = (name: string) => join(folder, name)
const read = (name: string) => readFileSync(path(name), 'utf8')
function write(name: string, text: string): string {
  writeFileSync(path(name), text)
  return path(name)
}

const HOME = 'home'
/** A database nobody answers at: whoever asks it fails. */
const environment = () => ({
  WONLOST_MODELS: modelsFolder(readConfig({})),
  WONLOST_HOME: path(HOME),
  DATABASE_URL: 'postgres://127.0.0.1:1/none',
})

const score = (options: CommandOptions, run: RunOptions = {}) =>
  runCommand(
    scoreCommand,
    [],
    { artifact: [path('conversion.json')], ...options },
    { environment: environment(), ...run },
  )

const rowsOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

/** Scores these leads, and gives what the table says of them. */
async function scored(leads: string, options: CommandOptions = {}): Promise<Record<string, unknown>[]> {
  const { stdout } = await score({ file: write('leads.csv', leads), format: 'jsonl', ...options })
  return rowsOf(stdout)
}

const CREATED = formatTime(NOW - 30 * DAY)

describe('score --file', () => {
  it('asks no database, starts none, and says what it wrote', async () => {
    const file = write(
      'leads.csv',
      `lead_id,created_at,title\n=l1,${CREATED},CTO\nl2,${CREATED},"a ""b"",\nc"\n`,
    )
    const out = path('scored.csv')
    const { code, stderr, json } = await score({ file, out, json: true })
    expect(code).toBe(0)
    expect(stderr).toBe('')
    expect(json()).toMatchObject({
      file: out,
      rows: 2,
      files: [{ file, read: 2, rejected: 0, rejected_file: null }],
    })
    const [header, first, second] = read('scored.csv').split('\r\n')
    expect(header).toMatch(/^lead_id,score,band,probability,.*reasons_for,reasons_against,grade,verdict,/)
    expect(first).toMatch(/^'=l1,\d+,/)
    expect(second).toMatch(/^l2,\d+,/)
    expect(readdirSync(folder).sort()).toEqual(['conversion.json', 'leads.csv', 'scored.csv'])
    expect(existsSync(path(HOME))).toBe(false)
  })

  it('takes columns account_... for an accounts file of the same content', async () => {
    const traits = `domain,name,industry,employees,country,technologies,plan\n`
    const values = [
      `acme.example,"Acme, Inc.",Software,1200,DE,a;b,pro`,
      `,,retail,,US,b,`,
      `x.example,,,3,,,free`,
    ]
    const ids = ['a1', 'a2', 'a3']
    const lead = (i: number) => `l${i},${CREATED},p${i}@acme.example,CTO,${ids[i]}`
    const prefixed = traits
      .trim()
      .split(',')
      .map((name) => `account_${name}`)
      .join(',')
    const head = 'lead_id,created_at,email,title,account_id'
    const flat = await scored(
      `${head},${prefixed}\n${ids.map((_, i) => `${lead(i)},${values[i]}`).join('\n')}\n`,
    )
    const accounts = `account_id,created_at,${traits}${ids.map((id, i) => `${id},${CREATED},${values[i]}`).join('\n')}\n`
    const apart = await scored(`${head}\n${ids.map((_, i) => lead(i)).join('\n')}\n`, {
      accounts: write('accounts.csv', accounts),
    })
    expect(flat).toEqual(apart)
    expect(new Set(flat.map(({ probability }) => probability)).size).toBe(3)
    // With an accounts file they are what they are in an import: traits of the lead.
    const unused = await scored(`${head},account_industry\n${lead(0)},retail\n`, {
      accounts: path('accounts.csv'),
    })
    expect(unused).toEqual(apart.slice(0, 1))
    // Without an id, the domain tells which account it is; without either it is the lead's own.
    const [byDomain] = await scored(
      `lead_id,created_at,email,title,account_domain\nl0,${CREATED},p0@acme.example,CTO,acme.example\n`,
      {
        accounts: path('accounts.csv'),
      },
    )
    expect(byDomain).toEqual(apart[0])
    const [own] = await scored(`${head},${prefixed}\n${lead(0).replace(/a1$/, '')},${values[0]}\n`)
    expect(own).toEqual(apart[0])
  })

  it('knows what is before --as-of, in the order of the file, whatever came later', async () => {
    const asOf = formatTime(NOW - 10 * DAY)
    const later = formatTime(NOW - DAY)
    const leads = `lead_id,created_at,title\nl2,${CREATED},CTO\nl1,${CREATED},\nnew,${later},CTO\n`
    const head = 'lead_id,type,occurred_at\n'
    const before = `l2,pricing_page_viewed,${formatTime(NOW - 20 * DAY)}\n`
    const all = `${before}l2,pricing_page_viewed,${asOf}\nl2,trial_started,${later}\nnobody,x,${later}\n`
    const events = async (text: string) => scored(leads, { asOf, events: write('events.csv', head + text) })
    const [known, everything] = [await events(before), await events(all)]
    expect(everything).toEqual(known)
    expect(known.map(({ lead_id }) => lead_id)).toEqual(['l2', 'l1', 'new'])
    expect(known[2]).toMatchObject({ score: null, as_of: asOf })
    const now = await scored(leads, { events: path('events.csv') })
    expect(now[0]!['probability']).not.toBe(known[0]!['probability'])
  })

  it('turns down what an import would, beside the file, and exits with 1', async () => {
    const file = write(
      'leads.csv',
      `lead_id,created_at,account_employees,score\nl1,${CREATED},12,9\nl2,yesterday,3,9\nl3,${CREATED},many,9\nl1,${CREATED},13,9\nl1,${CREATED},12,9\nl4,${CREATED}\n`,
    )
    const out = path('scored.jsonl')
    const { code, stderr, stdout } = await score({ file, out })
    expect(code).toBe(1)
    expect(stdout).toContain('the scores of 1 leads')
    expect(rowsOf(read('scored.jsonl')).map(({ lead_id }) => lead_id)).toEqual(['l1'])
    const rejected = read('leads.rejected.csv')
    expect(rejected.split('\n')).toHaveLength(6)
    expect(rejected).toMatch(/^3,created_at,.*yesterday/m)
    expect(rejected).toMatch(/^4,account_employees,.*many.* is not a number/m)
    expect(rejected).toMatch(/^5,lead_id,.*is on line 2 already/m)
    expect(stderr).toMatch(/4 rows were rejected: see .*leads\.rejected\.csv/)
    // A trait that gives the outcome away is left out, and named.
    expect(stderr).toMatch(/the column score /)
    // Corrected, it can be scored itself.
    const again = await score({
      file: write('again.csv', rejected.replaceAll('yesterday', CREATED)),
      format: 'jsonl',
    })
    expect(rowsOf(again.stdout).map(({ lead_id }) => lead_id)).toContain('l2')
  })

  it('reads through a map, as imports do', async () => {
    const map = write(
      'map.yaml',
      `map: ours\ntimes: [dd.MM.yyyy]\nzone: Europe/Berlin\ndecimal: ','\nobjects:\n  people:\n    kind: leads\n    columns:\n      lead_id: [Nr]\n      created_at: [Angelegt]\n      title: [Position]\n`,
    )
    const plain = await scored(`lead_id,created_at,title\n7,2026-10-01T00:00:00+02:00,CTO\n`)
    expect(await scored('Nr;Angelegt;Position\n7;01.10.2026;CTO\n', { map })).toEqual(plain)
  })

  it('takes events in our own names beside a map that knows others', async () => {
    const map = write(
      'map.yaml',
      `map: ours\nobjects:\n  people:\n    kind: leads\n    columns:\n      lead_id: [Nr]\n      created_at: [Angelegt]\n  acts:\n    kind: events\n    columns:\n      lead_id: [Wer]\n      type: [Was]\n      occurred_at: [Wann]\n`,
    )
    const people = `Nr,Angelegt\n7,${CREATED}\n`
    const act = `7,pricing_page_viewed,${formatTime(NOW - DAY)}\n`
    const own = await scored(people, {
      map,
      events: write('own.csv', `lead_id,type,occurred_at\n${act}`),
    })
    const mapped = await scored(people, { map, events: write('mapped.csv', `Wer,Was,Wann\n${act}`) })
    expect(own).toEqual(mapped)
    expect(own).not.toEqual(await scored(people, { map }))
    const neither = scored(people, { map, events: write('neither.csv', `a,b\n1,2\n`) })
    await expect(neither).rejects.toMatchObject({ code: 'table_invalid', message: /map ours/ })
  })

  it('leaves nothing behind when it is interrupted', async () => {
    const file = write('leads.csv', `lead_id,created_at\nl1,${CREATED}\nbad,\n`)
    const out = path('scored.csv')
    const stopped = score({ file, out }, { signal: AbortSignal.abort(new Error('stop')) })
    await expect(stopped).rejects.toThrow('stop')
    expect(readdirSync(folder).sort()).toEqual(['conversion.json', 'leads.csv'])
  })

  it('says what the artifacts do not answer', async () => {
    const fit = write('fit.json', richArtifact('fit').body)
    const file = write('leads.csv', `lead_id,created_at\nl1,${CREATED}\n`)
    const { stderr, stdout } = await score({ file, artifact: [fit], format: 'jsonl' })
    expect(stderr).toMatch(/decides by conversion, and no artifact of it was given/)
    expect(rowsOf(stdout)).toMatchObject([{ model: 'fit', model_version: null }])
    expect(rowsOf(stdout)[0].model_sha256).toBe(richArtifact('fit').sha256)
  })

  it('refuses what cannot be meant, before anything is written', async () => {
    const file = write('leads.csv', `lead_id,created_at\nl1,${CREATED}\n`)
    const refused = (options: CommandOptions, leads: string[] = []) =>
      expect(runCommand(scoreCommand, leads, options, { environment: environment() })).rejects
    const artifact = [path('conversion.json')]
    await refused({ file }).toMatchObject({ code: 'usage', message: /needs --artifact.*export model/ })
    await refused({ file, artifact }, ['l1']).toMatchObject({
      code: 'usage',
      message: /Given: ids and --file/,
    })
    await refused({ all: true, out: 'x.csv' }).toMatchObject({
      code: 'usage',
      message: /--out is for --file/,
    })
    await refused({ file, artifact, out: file }).toMatchObject({
      code: 'usage',
      message: /--out is a file that is read/,
    })
    for (const taken of ['conversion.json', 'leads.rejected.csv'])
      await refused({ file, artifact, format: 'csv', out: path(taken) }).toMatchObject({
        code: 'usage',
        message: /--out is a file that is read, or that rejected rows go to/,
      })
    await refused({ file, artifact: [...artifact, ...artifact] }).toMatchObject({
      code: 'usage',
      message: /Two artifacts/,
    })
    await refused({ file, artifact: [path('none.json')] }).toMatchObject({ code: 'file_not_readable' })
    await refused({ file, artifact: [file] }).toMatchObject({ code: 'artifact_invalid' })
    const other = richArtifact('conversion').body.replace(/"fingerprint":"../, '"fingerprint":"00')
    await refused({ file, artifact: [write('other.json', other)] }).toMatchObject({
      code: 'fingerprint_mismatch',
    })
    await refused({ file: path('none.csv'), artifact }).toMatchObject({ code: 'file_not_readable' })
    await refused({ file: write('x.csv', 'a,b\n1,2\n'), artifact }).toMatchObject({ code: 'table_invalid' })
    await refused({ file, artifact, events: file, out: path('o.csv') }).toMatchObject({
      code: 'table_invalid',
    })
    expect(readdirSync(folder).filter((name) => /partial|rejected|o\.csv/.test(name))).toEqual([])
    expect(existsSync(path(HOME))).toBe(false)
  })

  it('keeps its columns whatever the artifact was trained on', async () => {
    write('conversion.json', tinyArtifact().body)
    const [row] = await scored(`lead_id,created_at,email\nl1,${CREATED},Ann@acme.example\n`, {
      withEmail: true,
      explain: false,
    })
    expect(Object.keys(row!)).toEqual([
      ...[
        'lead_id',
        'email',
        'score',
        'band',
        'probability',
        'raw_points',
        'model',
        'model_segment',
        'model_version',
        'model_sha256',
      ],
      ...[
        'grade',
        'verdict',
        'verdict_reasons',
        'decision_band',
        'action',
        'respond_within',
        'grade_action',
        'quadrant',
        'route',
        'route_rule',
        'nurture',
        'expected_value',
        'expected_value_currency',
        'as_of',
        'scored_at',
      ],
    ])
    expect(row).toMatchObject({ email: 'Ann@acme.example' })
  })
})
