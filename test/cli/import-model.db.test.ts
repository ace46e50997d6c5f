/** import-model and export model on a real database: a model of LightGBM becomes a challenger, is promoted, serves and explains. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CommandOptions } from '../../src/cli/command.ts'
import { explainCommand } from '../../src/cli/commands/explain.ts'
import { exportModelCommand } from '../../src/cli/commands/export-model.ts'
import { importModelCommand } from '../../src/cli/commands/import-model.ts'
import { modelsPromoteCommand } from '../../src/cli/commands/models-promote.ts'
import { modelsShowCommand } from '../../src/cli/commands/models-show.ts'
import { readModelFile } from '../../src/interop/read-model.ts'
import { DEFINITION, MAP } from '../interop/definition.ts'
import { addLead } from '../support/app.ts'
import { type Heard, runCommand } from '../support/command.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder, type TestModelsFolder } from '../support/models-folder.ts'

const FIXTURES = fileURLToPath(new URL('../interop/fixtures/', import.meta.url))
const MODEL = `${FIXTURES}lightgbm-categorical.txt`

let database: TestDatabase
let models: TestModelsFolder
let folder: string
let environment: Record<string, string>
let map: string

beforeAll(async () => {
  database = await createTestDatabase()
  models = createModelsFolder()
  models.write('conversion.yaml', DEFINITION)
  folder = mkdtempSync(join(tmpdir(), 'wonlost-import-model-'))
  map = join(folder, 'map.yaml')
  writeFileSync(map, MAP)
  environment = { DATABASE_URL: database.url, WONLOST_MODELS: models.path }
  await addLead(database.pool, 'l_1', 'a_1')
})
afterAll(async () => {
  await database.drop()
  models.remove()
  rmSync(folder, { recursive: true, force: true })
})

const importModel = (file: string, options: Record<string, string | boolean> = {}): Promise<Heard> =>
  runCommand(importModelCommand, [file], { features: map, json: true, ...options }, { environment })

describe('import-model', () => {
  it('registers a challenger, the same file again the same version', async () => {
    const first = (await importModel(MODEL)).json()
    expect(first).toMatchObject({ name: 'conversion', version: 1, alias: 'challenger', kind: 'imported' })
    expect(first).toMatchObject({
      report: { source: { format: 'lightgbm', file: 'lightgbm-categorical.txt' }, trees: 3 },
    })
    const again = (await importModel(MODEL)).json()
    expect(again).toMatchObject({ version: 1, sha256: first['sha256'], alias: 'challenger' })
    const other = (await importModel(`${FIXTURES}xgboost-categorical.ubj`)).json()
    expect(other).toMatchObject({ version: 2, alias: 'challenger' })
    const named = (await importModel(MODEL, { name: 'theirs', definition: 'conversion' })).json()
    expect(named).toMatchObject({ name: 'theirs', version: 1 })
    const shown = await runCommand(modelsShowCommand, ['conversion@2'], {}, { environment })
    expect(shown.stdout).toContain('xgboost-categorical.ubj')
  })

  it('refuses, and registers nothing', async () => {
    const before = await database.pool.query('SELECT count(*) FROM wonlost.models')
    await expect(importModel(join(folder, 'none.txt'))).rejects.toMatchObject({ code: 'file_not_readable' })
    await expect(importModel(map)).rejects.toMatchObject({ code: 'model_file_invalid' })
    await expect(importModel(MODEL, { definition: 'none' })).rejects.toMatchObject({
      code: 'model_not_found',
    })
    await expect(importModel(MODEL, { name: 'Not A Name', definition: 'conversion' })).rejects.toMatchObject({
      code: 'definition_invalid',
    })
    await expect(importModel(MODEL, { cutoff: 'soon' })).rejects.toMatchObject({ code: 'usage' })
    const after = await database.pool.query('SELECT count(*) FROM wonlost.models')
    expect(after.rows).toEqual(before.rows)
  })

  it('gives a model that is promoted, serves, and adds up', async () => {
    const promote = (options: CommandOptions) =>
      runCommand(modelsPromoteCommand, ['conversion', '1'], { reason: 'better', ...options }, { environment })
    await expect(promote({})).rejects.toMatchObject({ code: 'promotion_refused' })
    expect((await promote({ force: true })).code).toBe(0)
    const heard = await runCommand(explainCommand, ['l_1'], { json: true }, { environment })
    const { probability, explanation, basis } = (JSON.parse(heard.stdout) as { scores: Scores }).scores
      .conversion
    expect(basis).toBe('imported')
    const sum = explanation.contributions.reduce((total, { log_odds: part }) => total + part, 0)
    const logOdds = Math.log(probability / (1 - probability))
    expect(Math.abs(explanation.base + sum + explanation.calibration - logOdds)).toBeLessThan(1e-9)
  })
})

interface Scores {
  readonly conversion: {
    readonly basis: string
    readonly probability: number
    readonly explanation: {
      readonly base: number
      readonly calibration: number
      readonly contributions: readonly { readonly log_odds: number }[]
    }
  }
}

describe('export model --format', () => {
  it.each(['lightgbm', 'xgboost'])('%s is read again', async (format) => {
    const out = join(folder, format)
    const heard = await runCommand(exportModelCommand, ['conversion@1'], { out, format }, { environment })
    expect(heard.code).toBe(0)
    const { trees, format: read } = readModelFile(readFileSync(out), out)
    expect([read, trees.length]).toEqual([format, 4])
  })

  it('says what a format cannot hold, and refuses a format that it does not know', async () => {
    const out = join(folder, 'x.json')
    const options = { out, format: 'xgboost', json: true }
    const heard = await runCommand(exportModelCommand, ['conversion@1'], options, { environment })
    expect(heard.json()).toMatchObject({
      format: 'xgboost',
      notes: [expect.stringContaining('float32'), expect.stringContaining('0 software')],
    })
    const wrong = runCommand(exportModelCommand, ['conversion@1'], { format: 'pmml' }, { environment })
    await expect(wrong).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('artifact, lightgbm'),
    })
  })
})
