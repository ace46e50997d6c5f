import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modelsListCommand } from '../../src/cli/commands/models-list.ts'
import { modelsRecalibrateCommand } from '../../src/cli/commands/models-recalibrate.ts'
import { trainCommand } from '../../src/cli/commands/train.ts'
import { loadArtifactBody, loadVersion, setAlias } from '../../src/db/models.ts'
import { DAY, formatTime } from '../../src/glossary.ts'
import { isAtLimit, logit, rawPoints } from '../../src/model/link.ts'
import { type LoadedModel, loadModel } from '../../src/scoring/load-model.ts'
import { createRecordSource } from '../../training/record-source.ts'
import type { RecalibrationReport } from '../../training/report/recalibration-report.ts'
import { buildMatrices, collectRows } from '../../training/rows.ts'
import { runCommand } from '../support/command.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder, type TestModelsFolder } from '../support/models-folder.ts'
import { loadRecords } from '../training/load-records.ts'
import { createWorld, WORLD_END, WORLD_START, WORLD_YAML } from '../training/world.ts'

const CUTOFF = WORLD_START + 400 * DAY

/** The model is version 1, and the rubric that stands in for it until it is promoted is calibrated as version 2. */
const RECALIBRATED = 3

let database: TestDatabase
let models: TestModelsFolder
beforeAll(async () => {
  database = await createTestDatabase()
  // After the cut-off twice as many buy.
  const [usual, eager] = [createWorld(1_200), createWorld(1_200, 1, 2)]
  const isLate = (index: number) => usual[index]!.leads[0]!.createdAt > CUTOFF - 20 * DAY
  await loadRecords(
    database.pool,
    usual.map((account, index) => (isLate(index) ? eager[index]! : account)),
  )
  models = createModelsFolder()
  models.write('world.yaml', WORLD_YAML)
  await run(trainCommand, ['world'], { cutoff: formatTime(CUTOFF), promote: false })
})
afterAll(async () => {
  models.remove()
  await database.drop()
})

function run(...[command, args, options]: Parameters<typeof runCommand>) {
  const environment = { DATABASE_URL: database.url, WONLOST_MODELS: models.path, WONLOST_POOL_SIZE: '2' }
  return runCommand(command, args, options, { environment, now: WORLD_END + 30 * DAY })
}

async function load(version: number): Promise<LoadedModel> {
  const { artifactSha256: sha256 } = await loadVersion(database.pool, 'world', '', version)
  const body = await loadArtifactBody(database.pool, sha256)
  return loadModel({ name: 'world', segment: '', version, sha256, body })
}

const failure = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) })

describe('models recalibrate', () => {
  it('needs a champion', async () => {
    await expect(run(modelsRecalibrateCommand, ['world'], {})).rejects.toThrowError(
      failure('model_not_found', /has no champion to recalibrate/),
    )
    const change = {
      name: 'world',
      segment: '',
      alias: 'champion',
      version: 1,
      expectedRevision: null,
    } as const
    await setAlias(database.pool, { ...change, changedBy: 'test', reason: 'test', now: WORLD_END })
  })

  it('moves the level to what came true, and neither points nor the order of anybody', async () => {
    const { code, stdout } = await run(modelsRecalibrateCommand, ['world'], { json: true })
    expect(code).toBe(0)
    const kept: Readonly<Record<string, unknown>> & { readonly report: RecalibrationReport } =
      JSON.parse(stdout)
    expect(kept).toMatchObject({ name: 'world', version: RECALIBRATED, alias: 'challenger' })
    const { mean_probability: mean, positives, rows, shift, log_loss: loss, ...report } = kept.report
    expect(report).toMatchObject({
      from_version: 1,
      since: formatTime(CUTOFF),
      gate: { against: { basis: 'champion', version: 1 } },
    })
    expect(mean.after).toBeCloseTo(positives / rows, 12)
    expect(shift.log_odds).toBeGreaterThan(0.2)
    expect(shift.interval![0]).toBeGreaterThan(0)
    expect(loss.after).toBeLessThan(loss.before)

    const [before, after] = [await load(1), await load(RECALIBRATED)]
    const records = createRecordSource(database.pool)
    const all = await collectRows(records, before.registry.definition, WORLD_END)
    const { matrix } = await buildMatrices(records, before.registry, { matrix: all.rows })
    expect(matrix.rowCount).toBeGreaterThan(5_000)
    const points = ({ predictor }: LoadedModel, raw: number) =>
      rawPoints(predictor.probability(raw), predictor.base)
    let compared = 0
    for (let row = 0; row < matrix.rowCount; row++) {
      const raw = before.predictor.rawScore(matrix.data, row * matrix.columns.length)
      const [p, q] = [before.predictor.probability(raw), after.predictor.probability(raw)]
      if (isAtLimit(p) || isAtLimit(q)) continue
      compared += 1
      expect(Math.abs(points(after, raw) - points(before, raw))).toBeLessThan(1e-9)
      const [low, high] = before.predictor.interval(raw, p)!
      const [movedLow, movedHigh] = after.predictor.interval(raw, q)!
      if (!isAtLimit(low)) expect(logit(movedLow) - logit(low)).toBeCloseTo(shift.log_odds, 9)
      if (!isAtLimit(high)) expect(logit(movedHigh) - logit(high)).toBeCloseTo(shift.log_odds, 9)
    }
    expect(compared).toBe(matrix.rowCount)
  })

  it('gives the same version again, and tells people what it did', async () => {
    const { stdout } = await run(modelsRecalibrateCommand, ['world'], {})
    expect(stdout).toMatch(/version 1, moved by outcomes that became known from/)
    expect(stdout).toMatch(/said \d+\.\d %, came \d+\.\d %, says now \d+\.\d %/)
    expect(stdout).toMatch(
      new RegExp(`It is version ${RECALIBRATED} \\(sha256 [0-9a-f]{12}\\), the challenger`),
    )
    const { report } = await loadVersion(database.pool, 'world', '', RECALIBRATED)
    const listed = await run(modelsListCommand, ['world'], { json: true })
    expect(JSON.parse(listed.stdout.split('\n')[0]!)).toMatchObject({
      version: RECALIBRATED,
      gate: (report as RecalibrationReport).gate.verdict,
    })
  })

  it('does not let pass what was judged on outcomes that the champion has learned from', async () => {
    const options = { json: true, since: formatTime(WORLD_START) }
    const { stdout } = await run(modelsRecalibrateCommand, ['world'], options)
    expect(JSON.parse(stdout).report.gate).toMatchObject({
      verdict: 'by_hand',
      because: expect.stringMatching(/this one has learned from/),
    })
  })

  it('says so when there are too few outcomes, and refuses times that hold none', async () => {
    const since = formatTime(WORLD_END - 40 * DAY)
    await expect(run(modelsRecalibrateCommand, ['world'], { since })).rejects.toThrowError(
      failure(
        'too_little_data',
        /40 subjects that reached the target and 40 that did not .*; there are \d+ and \d+/,
      ),
    )
    const cutoff = formatTime(CUTOFF - DAY)
    await expect(run(modelsRecalibrateCommand, ['world'], { cutoff })).rejects.toThrowError(
      failure('usage', /Nothing became known between/),
    )
  })
})
