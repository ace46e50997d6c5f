import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modelsReportCommand } from '../../src/cli/commands/models-report.ts'
import { readConfig } from '../../src/config.ts'
import { loadReportPage, saveReportPage } from '../../src/db/model-reports.ts'
import { saveModel } from '../../src/db/models.ts'
import type { ModelKind } from '../../src/glossary.ts'
import { createTestApp, NOW, type TestApp } from '../support/app.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder, type TestModelsFolder } from '../support/models-folder.ts'
import { sampleReport } from '../training/report/html/sample-report.ts'

let database: TestDatabase
let folder: TestModelsFolder
let running: TestApp
const out = mkdtempSync(join(tmpdir(), 'wonlost-report-'))

beforeAll(async () => {
  database = await createTestDatabase()
  folder = createModelsFolder()
  running = createTestApp(database, folder.path)
  await running.app.ready()
  const keep = (kind: ModelKind, artifactBody: string, report: unknown) =>
    saveModel(database.pool, {
      name: 'conversion',
      segment: '',
      kind,
      artifactBody,
      definitionVersion: 1,
      report,
      cutoff: NOW,
      createdAt: NOW,
      createdBy: 'test',
    })
  await keep('logistic', '{"a":1}', sampleReport())
  await keep('imported', '{"a":2}', { note: 'made elsewhere' })
  await keep('logistic', '{"a":3}', { format: 'wonlost.recalibration_report', from_version: 1 })
})
afterAll(async () => {
  await running.app.close()
  await database.drop()
  folder.remove()
  rmSync(out, { recursive: true, force: true })
})

const ask = (version: number, accept?: string) =>
  running.app.inject({
    url: `/v1/models/conversion/versions/${version}/report`,
    headers: accept === undefined ? {} : { accept },
  })

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

async function report(args: string[], options: Readonly<Record<string, string>> = {}) {
  const printed: string[] = []
  await modelsReportCommand.run(
    {
      config: readConfig({ DATABASE_URL: database.url, WONLOST_MODELS: folder.path, WONLOST_POOL_SIZE: '2' }),
      json: true,
      print: (text) => printed.push(text),
      write: async () => true,
      say: () => {},
      progress: () => {},
      now: () => NOW,
      signal: new AbortController().signal,
      endEarly: (work) => work(new AbortController().signal),
    },
    args,
    options,
  )
  return JSON.parse(printed.join('\n'))
}

describe('the report of a version', () => {
  it('is made and kept when the command asks first, and is the same file ever after, in the place of an earlier one', async () => {
    expect((await ask(1, BROWSER)).json()).toMatchObject({
      code: 'report_not_found',
      status: 404,
      detail: expect.stringContaining('wonlost models report conversion 1'),
    })
    const file = join(out, 'conversion.html')
    const written = await report(['conversion@1'], { out: file })
    const page = readFileSync(file, 'utf8')
    expect(written).toEqual({
      file,
      name: 'conversion',
      segment: null,
      version: 1,
      bytes: Buffer.byteLength(page),
    })
    expect(page).toContain('<title>conversion, version 1: training report</title>')
    expect(await loadReportPage(database.pool, { name: 'conversion', segment: '', version: 1 })).toBe(page)
    // What was decided by stays.
    await saveReportPage(database.pool, { name: 'conversion', segment: '', version: 1 }, 'another')
    await report(['conversion@1', '1'], { out: file })
    expect(readFileSync(file, 'utf8')).toBe(page)

    const answered = await ask(1, BROWSER)
    expect(answered.statusCode).toBe(200)
    expect(answered.body).toBe(page)
    expect(answered.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      vary: 'accept',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'unsafe-inline'; /),
    })
  })

  it('is JSON for whoever does not ask for a page', async () => {
    for (const accept of [
      undefined,
      '*/*',
      'application/json',
      'text/html;q=0.5, application/json',
      'text/html;q=0',
    ]) {
      const answered = await ask(1, accept)
      expect(answered.headers['content-type']).toMatch('application/json')
      expect(answered.json()).toEqual(sampleReport())
    }
  })

  it('is not there of what was imported or recalibrated, which is said', async () => {
    expect((await ask(2)).json()).toEqual({ note: 'made elsewhere' })
    expect((await ask(2, 'text/html')).json()).toMatchObject({
      code: 'report_not_found',
      detail: expect.stringContaining('imported'),
    })
    await expect(report(['conversion@2'])).rejects.toMatchObject({ code: 'report_not_found' })
    expect((await ask(3, 'text/html')).json().detail).toMatch(
      /level moved.*wonlost models report conversion 1\.$/,
    )
    await expect(report(['conversion@1', '2'])).rejects.toMatchObject({ code: 'usage' })
    await expect(report(['conversion', '7'])).rejects.toMatchObject({ code: 'model_not_found' })
  })
})

it('has of a report what versions are compared by; of others only what they have', async () => {
  const figures = async (version: number) => {
    const answer = await running.app.inject(`/v1/models/conversion/versions/${version}/figures`)
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json()
  }
  const report = sampleReport()
  const trained = await figures(1)
  const [judged, shown] = [report.evaluation[0]!, trained.evaluation[0]]
  expect(shown.metrics.auc).toBe(judged.metrics.auc)
  expect(shown.reliability).toEqual(judged.reliability)
  expect(shown.baselines.map(({ name }: { name: string }) => name)).toEqual(
    judged.baselines.map(({ name }) => name),
  )
  expect(trained.curves.rankings[0].gain).toEqual(report.curves?.rankings[0]?.gain)
  expect(trained.curves.rankings[0]).not.toHaveProperty('roc')
  expect(trained.half_lives.events.length).toBe(report.half_lives?.events.length)
  expect(trained.gate.verdict).toBe(report.gate?.verdict)
  const nothing = { evaluation: null, curves: null, half_lives: null, gate: null }
  expect(await figures(2)).toMatchObject({ version: '2', kind: 'imported', has_page: false, ...nothing })
  expect((await running.app.inject('/v1/models/conversion/versions/99/figures')).statusCode).toBe(404)
})
