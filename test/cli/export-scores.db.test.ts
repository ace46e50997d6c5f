import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { exportModelCommand } from '../../src/cli/commands/export-model.ts'
import { exportScoresCommand } from '../../src/cli/commands/export-scores.ts'
import { readConfig } from '../../src/config.ts'
import { DAY, formatTime, HOUR } from '../../src/glossary.ts'
import { scoreOneLead } from '../../src/jobs/score-lead.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { loadEngine } from '../../src/server/engine.ts'
import { addLead, keepModel, NOW, promote } from '../support/app.ts'
import { tinyArtifact } from '../support/artifacts.ts'
import { type RunOptions, runCommand } from '../support/command.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder, TEST_POLICY, type TestModelsFolder } from '../support/models-folder.ts'

let database: TestDatabase
let models: TestModelsFolder
let folder: string
let environment: Record<string, string>

beforeAll(() => {
  models = createModelsFolder()
  folder = mkdtempSync(join(tmpdir(), 'wonlost-export-'))
})
afterAll(() => {
  models.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** Three leads of one account, one of none; `=cmd` is what a spreadsheet would run. */
beforeEach(async () => {
  database = await createTestDatabase()
  environment = { DATABASE_URL: database.url, WONLOST_MODELS: models.path, WONLOST_POOL_SIZE: '2' }
  await promote(database.pool, await keepModel(database.pool), null)
  await keepModel(database.pool, tinyArtifact({ name: 'fit', weight: 0.1 }))
  await promote(database.pool, 1, null, 'fit')
  for (const lead of ['l_1', 'l_2', '=cmd']) await addLead(database.pool, lead, 'a_1')
  await addLead(database.pool, 'alone', null)
  return () => database.drop()
})

const scoreAll = async (scoredAt: number, asOf = NOW) =>
  scoreLeads(database.pool, await loadEngine(database.pool, readConfig(environment)), {
    asOf,
    scoredAt,
    cause: 'score',
  })

const run = (options: Parameters<typeof runCommand>[2] = {}, more: RunOptions = {}) =>
  runCommand(exportScoresCommand, [], options, { environment, ...more })

const rows = (text: string): Record<string, string>[] => parse(text, { columns: true })
const ids = (text: string) => rows(text).map(({ lead_id }) => lead_id)

describe('export scores', () => {
  it('writes one row a lead: what is stored, and the reasons that explain gives', async () => {
    await scoreAll(NOW + 5)
    const { stdout, code } = await run({ withEmail: true })
    expect(code).toBe(0)
    const table = rows(stdout)
    expect(table.map(({ lead_id }) => lead_id)).toEqual(["'=cmd", 'l_1', 'l_2', 'alone'])
    const engine = await loadEngine(database.pool, readConfig(environment))
    for (const row of table) {
      const leadId = row.lead_id!.replace(/^'/, '')
      const scored = await scoreOneLead(database.pool, engine, leadId, NOW, { explain: true })
      const { conversion, fit } = scored.scores
      if (!conversion?.applies || !fit?.applies) throw new Error('both apply')
      const top = (reasons: readonly { text: string; group: string }[] | undefined) =>
        reasons?.slice(0, 3).map(({ text, group }) => expect.stringContaining(`${text} (${group}, `))
      expect(row).toMatchObject({
        email: 'ada@example.com',
        score: String(conversion.score),
        band: conversion.band,
        probability: String(conversion.probability),
        raw_points: String(conversion.raw_points),
        model: 'conversion',
        model_version: '1',
        grade: scored.decision.grade ?? '',
        verdict: 'eligible',
        decision_band: scored.decision.band,
        action: scored.decision.action,
        as_of: formatTime(NOW),
        scored_at: formatTime(NOW + 5),
        fit_score: String(fit.score),
        fit_model_sha256: fit.model.sha256,
      })
      expect(row.reasons_for!.split('; ').filter(Boolean)).toEqual(top(conversion.explanation?.reasons.for))
      expect(row.reasons_against!.split('; ').filter(Boolean)).toEqual(
        top(conversion.explanation?.reasons.against),
      )
      expect(row.reasons_for).toContain('pricing page')
    }
    // Personal data only when it is asked for.
    expect((await run()).stdout).not.toContain('@')
  })

  it('takes reasons from the version that made the score, not from the champion', async () => {
    await scoreAll(NOW)
    const before = rows((await run()).stdout)
    const other = await keepModel(database.pool, tinyArtifact({ weight: -0.7 }))
    await promote(database.pool, other, 1)
    expect(rows((await run()).stdout)).toEqual(before)
    expect(before[0]).toMatchObject({
      model_version: '1',
      reasons_for: expect.stringContaining('pricing page visit'),
    })
  })

  it('tells of scores that have no reasons (any more), or would come out otherwise', async () => {
    const { pool } = database
    await scoreAll(NOW)
    await pool.query(
      `UPDATE wonlost.scores SET version = 0, artifact_sha256 = 'ff' WHERE model = 'fit' AND subject_id = 'l_1'`,
    )
    await pool.query(`UPDATE wonlost.events SET type = 'other' WHERE lead_id = 'alone'`)
    const { stdout, stderr } = await run()
    expect(rows(stdout)[1]).toMatchObject({ lead_id: 'l_1', fit_reasons_for: '' })
    expect(stderr).toMatch(
      /1 scores have no reasons: the rubric that made the score of fit has changed since/,
    )
    expect(stderr).toMatch(/2 scores would come out otherwise now/)
    expect((await run({ reasons: false })).stderr).toBe('')
  })

  it('--changed-since: another score, band or verdict at that time or later, and nothing else', async () => {
    const { pool } = database
    const since = async (time: number, options = {}) =>
      ids(
        (await run({ changedSince: formatTime(time), reasons: false, ...options }, { now: NOW + DAY }))
          .stdout,
      )
    await scoreAll(NOW)
    expect(await since(NOW)).toHaveLength(4)
    expect(await since(NOW + 1)).toEqual([])
    // The same again: later, and by another version of the model, which history keeps.
    await scoreAll(NOW + 10)
    expect(await since(NOW + 1)).toEqual([])
    await promote(pool, await keepModel(pool, tinyArtifact({ weight: 0.7 + 1e-9 })), 1)
    expect((await scoreAll(NOW + 20)).changed).toBe(4)
    expect(await since(NOW + 1)).toEqual([])
    // l_2 looks at the pricing page twelve times more, and alone is rejected by hand.
    await pool.query(
      `INSERT INTO wonlost.events SELECT 'x' || n, 'l_2', NULL, 'pricing_page_viewed', $1, $1, 'test', '{}' FROM generate_series(1, 12) n`,
      [new Date(NOW - HOUR)],
    )
    await pool.query(
      `INSERT INTO wonlost.overrides VALUES ('lead', 'alone', 'disqualified', 'No.', 'ann', $1, NULL)`,
      [new Date(NOW - 1)],
    )
    await scoreAll(NOW + 30)
    expect(await since(NOW + 30)).toEqual(['l_2', 'alone'])
    expect(await since(NOW + 31)).toEqual([])
    expect(await since(NOW + 1, { model: ['fit'] })).toEqual(['l_2', 'alone'])
    const { stdout } = await run({ reasons: false })
    expect(rows(stdout).find(({ lead_id }) => lead_id === 'alone')).toMatchObject({
      verdict: 'disqualified',
      verdict_reasons: 'No.',
    })
  })

  it('--changed-since: what a new policy decides otherwise, and for what other reasons a rule stops a lead', async () => {
    const guarded = createModelsFolder()
    environment = { ...environment, WONLOST_MODELS: guarded.path }
    const since = async (time: number) =>
      ids((await run({ changedSince: formatTime(time), reasons: false }, { now: NOW + DAY })).stdout)
    const rule = (id: string, title: string, reason: string) =>
      `  - { id: ${id}, owner: me, reason: ${reason}, when: { trait: title, equals: ${title} }, then: disqualify, priority: 9 }\n`
    const titled = 'INSERT INTO wonlost.traits VALUES ($1, $2, $3, $4, $5, $5, $6, false)'
    await database.pool.query(titled, ['lead', 'l_1', 'title', '"CEO"', new Date(NOW - DAY), 'test'])
    try {
      const wholeRule = `rules:\n${rule('one', 'CEO', 'No.')}`
      guarded.write('guardrails.yaml', wholeRule)
      await scoreAll(NOW)
      expect(await since(NOW)).toHaveLength(4)
      // Another rule for l_1, who was stopped before; the others stay eligible.
      guarded.write('guardrails.yaml', wholeRule + rule('two', 'CEO', 'Never.'))
      await scoreAll(NOW + 10)
      expect(await since(NOW + 1)).toEqual(['l_1'])
      // Scores and bands stay: what is to be done does not.
      guarded.write('policy.yaml', TEST_POLICY.replaceAll('action: nurture', 'action: write'))
      await scoreAll(NOW + 20)
      expect(await since(NOW + 11)).toHaveLength(4)
      await scoreAll(NOW + 30)
      expect(await since(NOW + 21)).toEqual([])
    } finally {
      guarded.remove()
    }
  })

  it('does not wait until the model that decides, and that no definition knows, has scored somebody', async () => {
    await scoreAll(NOW)
    const model = tinyArtifact({ name: 'bought' })
    await promote(database.pool, await keepModel(database.pool, model), null, 'bought')
    models.write('policy.yaml', TEST_POLICY.replace('decided_by: conversion', 'decided_by: bought'))
    try {
      expect(ids((await run()).stdout)).toHaveLength(4)
    } finally {
      models.write('policy.yaml', TEST_POLICY)
    }
  })

  it('gives the same values in every format, and says what it wrote', async () => {
    await scoreAll(NOW)
    const out = (ending: string) => join(folder, `scores.${ending}`)
    for (const ending of ['csv', 'jsonl', 'parquet']) {
      const summary = (await run({ out: out(ending), json: true })).json()
      expect(summary).toMatchObject({
        file: out(ending),
        rows: 4,
        notes: [],
        next_changed_since: formatTime(NOW),
      })
      expect(existsSync(`${out(ending)}.partial`)).toBe(false)
    }
    const lines = readFileSync(out('jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ lead_id }) => lead_id)).toEqual(['=cmd', 'l_1', 'l_2', 'alone'])
    const plain = (cell: unknown) => (cell === null || cell === undefined ? '' : String(cell))
    const csv = rows(readFileSync(out('csv'), 'utf8'))
    expect(csv.map((row) => ({ ...row, lead_id: row.lead_id!.replace(/^'/, '') }))).toEqual(
      lines.map((line) =>
        Object.fromEntries(Object.entries(line).map(([name, cell]) => [name, plain(cell)])),
      ),
    )
    const file = Uint8Array.from(readFileSync(out('parquet'))).buffer
    const typed = await parquetReadObjects({ file })
    expect(
      typed.map((row) => ({ ...row, as_of: formatTime(row.as_of), scored_at: formatTime(row.scored_at) })),
    ).toEqual(lines)
  })

  it('leaves nothing behind when it is interrupted, nor asks on when nobody reads', async () => {
    await scoreAll(NOW)
    const out = join(folder, 'interrupted.csv')
    const stop = new AbortController()
    const interrupted = run({ out }, { signal: AbortSignal.abort(new Error('stop')) })
    await expect(interrupted).rejects.toThrow('stop')
    expect([existsSync(out), existsSync(`${out}.partial`)]).toEqual([false, false])
    expect((await run({}, { onWrite: () => false, signal: stop.signal })).code).toBe(0)
  })

  it('refuses what cannot be meant', async () => {
    const refused = (options: Parameters<typeof run>[0]) => expect(run(options)).rejects
    await refused({ format: 'parquet' }).toMatchObject({
      code: 'usage',
      message: 'parquet needs --out FILE.',
    })
    await refused({ out: join(folder, 'x.xlsx') }).toMatchObject({ code: 'usage', message: /Allowed: .csv/ })
    await refused({ out: folder, format: 'csv' }).toMatchObject({ code: 'file_not_writable' })
    await refused({ json: true }).toMatchObject({ code: 'usage' })
    await refused({ model: ['fit', 'conversion', 'fit'] }).toMatchObject({
      code: 'usage',
      message: /names fit twice/,
    })
    await refused({ bom: true, format: 'jsonl' }).toMatchObject({ code: 'usage' })
    await refused({ changedSince: '2026-01-01' }).toMatchObject({ message: /--changed-since must be/ })
    await refused({ model: ['conversoin'] }).toMatchObject({
      code: 'model_not_found',
      message: /nothing is scored yet/,
    })
    expect(await run()).toMatchObject({ code: 0, stderr: expect.stringContaining('wonlost score --all') })
  })

  it('knows nobody who was merged into another', async () => {
    await scoreAll(NOW)
    await database.pool.query(`UPDATE wonlost.leads SET merged_into = 'l_1' WHERE lead_id = 'l_2'`)
    const steps: unknown[] = []
    const onProgress = (_: string, done?: number, total?: number) => {
      steps.push([done, total])
    }
    expect(ids((await run({ reasons: false }, { onProgress })).stdout)).toEqual(["'=cmd", 'l_1', 'alone'])
    expect(steps.at(-1)).toEqual([3, 3])
  })
})

describe('export model', () => {
  const exportModel = (args: string[], options = {}) =>
    runCommand(exportModelCommand, args, options, { environment })

  it('writes the artifact byte for byte, of the champion or the version named', async () => {
    const second = tinyArtifact({ weight: 0.2 })
    await keepModel(database.pool, second)
    const { body, sha256 } = tinyArtifact()
    expect((await exportModel(['conversion'])).stdout).toBe(body)
    const out = join(folder, 'conversion.json')
    expect((await exportModel(['conversion'], { out, json: true })).json()).toMatchObject({
      file: out,
      version: 1,
      sha256,
    })
    expect(readFileSync(out, 'utf8')).toBe(body)
    for (const [name, version] of [
      ['conversion@2', undefined],
      ['conversion', '2'],
      ['conversion@2', '2'],
    ])
      expect((await exportModel([name!], { version })).stdout).toBe(second.body)
  })

  it('refuses what is not there or damaged, and writes nothing then', async () => {
    const out = join(folder, 'none.json')
    await expect(exportModel(['conversion'], { version: '9', out })).rejects.toMatchObject({
      code: 'model_not_found',
    })
    await expect(exportModel(['conversion@1'], { version: '2' })).rejects.toMatchObject({ code: 'usage' })
    await database.pool.query(`UPDATE wonlost.artifacts SET body = body || ' '`)
    await expect(exportModel(['conversion'], { out })).rejects.toMatchObject({ code: 'artifact_invalid' })
    expect([existsSync(out), existsSync(`${out}.partial`)]).toEqual([false, false])
  })
})
