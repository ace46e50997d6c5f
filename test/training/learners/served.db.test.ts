/**
 * A boosted model from the training run to the answer: trained on simulated history, promoted, and asked for leads as people ask.
 * What it says adds up, and is bit for bit what training would have said of the same rows.
 */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateInto } from '../../../data/load.ts'
import type { CliCommand, CommandOptions } from '../../../src/cli/command.ts'
import { modelsPromoteCommand } from '../../../src/cli/commands/models-promote.ts'
import { modelsShowCommand } from '../../../src/cli/commands/models-show.ts'
import { scoreCommand } from '../../../src/cli/commands/score.ts'
import { trainCommand } from '../../../src/cli/commands/train.ts'
import { readConfig } from '../../../src/config.ts'
import { aliasOf } from '../../../src/db/model-aliases.ts'
import { loadArtifactBody } from '../../../src/db/models.ts'
import { streamRecords } from '../../../src/db/records.ts'
import { formatTime, parseTime } from '../../../src/glossary.ts'
import { logit } from '../../../src/model/link.ts'
import { loadArtifact } from '../../../src/scoring/load-model.ts'
import type { ScoredLead } from '../../../src/scoring/scored-lead.ts'
import { probabilitiesOf } from '../../../training/predictions.ts'
import { createRecordSource } from '../../../training/record-source.ts'
import { buildMatrices, type Row, toRow } from '../../../training/rows.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { createModelsFolder, type TestModelsFolder } from '../../support/models-folder.ts'

const ENDS_AT = parseTime('2026-11-01T00:00:00Z')
const shipped = (file: string): string =>
  readFileSync(new URL(`../../../models/${file}`, import.meta.url), 'utf8')
const YAML = shipped('conversion.yaml')

let database: TestDatabase
let models: TestModelsFolder
beforeAll(async () => {
  database = await createTestDatabase()
  const simulation = { leads: 3_000, seed: 5, months: 24, endsAt: ENDS_AT, drift: true }
  await generateInto(database.pool, simulation, { reset: false })
  models = createModelsFolder()
  models.write('rubric.yaml', shipped('rubric.yaml'))
  const boosting = 'learner: boosting\nboosting: { leaves: 8, monotone: { employees: increasing } }\n'
  models.write('conversion.yaml', YAML.replace(/^learner: .*\n/m, boosting))
  const { code } = await run(trainCommand, ['conversion'], { promote: false })
  expect(code).toBe(0)
  await run(modelsPromoteCommand, ['conversion', '1'], { reason: 'to be tested', force: true })
})
afterAll(async () => {
  models.remove()
  await database.drop()
})

async function run(command: CliCommand, args: string[], options: CommandOptions = {}) {
  const out: string[] = []
  const context = {
    config: readConfig({ DATABASE_URL: database.url, WONLOST_MODELS: models.path, WONLOST_POOL_SIZE: '2' }),
    json: options.json === true,
    print: (text: string) => out.push(text),
    write: async () => true,
    say: () => {},
    progress: () => {},
    now: () => ENDS_AT,
    signal: new AbortController().signal,
    endEarly: <Result>(work: (ended: AbortSignal) => Promise<Result>) => work(new AbortController().signal),
  }
  return { code: await command.run(context, args, options), out }
}

/** Leads that are there at the end, one in nine. */
async function someLeads(): Promise<string[]> {
  const ids: string[] = []
  for await (const { leads } of streamRecords(database.pool))
    for (const { leadId, createdAt } of leads) if (createdAt < ENDS_AT) ids.push(leadId)
  return ids.filter((_, i) => i % 9 === 0)
}

const replayed = (leadId: string, place: number): Row =>
  toRow(
    { leadId, dealId: null, asOf: ENDS_AT, day: 0, status: 'usable', label: 0, labelKnownAt: ENDS_AT },
    place,
  )

describe('a boosted champion', () => {
  it('answers with sums that add up to 1e-9, and with what training would have said, bit for bit', async () => {
    const ids = await someLeads()
    expect(ids.length).toBeGreaterThan(250)
    const options = { json: true, explain: true, asOf: formatTime(ENDS_AT) }
    const { out } = await run(scoreCommand, ids, options)
    const answers = out.map((line) => JSON.parse(line) as ScoredLead)

    const champion = await aliasOf(database.pool, 'conversion', '', 'champion')
    expect(champion?.version).toBe(1)
    const { rows: stored } = await database.pool.query<{ sha256: string }>(
      "SELECT artifact_sha256 AS sha256 FROM wonlost.models WHERE name = 'conversion' AND version = 1",
    )
    const body = await loadArtifactBody(database.pool, stored[0]!.sha256)
    const { registry, predictor } = loadArtifact(body!, 'the champion')
    const matrices = await buildMatrices(createRecordSource(database.pool), registry, {
      replayed: ids.map(replayed),
    })
    const told = probabilitiesOf(predictor, matrices.replayed)

    const seen = new Set<number>()
    let applied = 0
    for (const [i, { lead_id: leadId, scores }] of answers.entries()) {
      const score = scores['conversion']!
      expect(leadId).toBe(ids[i])
      // Customers are not asked about.
      if (!score.applies) continue
      if (!score.explanation) throw new Error(`${leadId} is not explained`)
      expect(score.basis).toBe('boosting')
      expect(score.probability).toBe(told[i])
      const { base, calibration, contributions } = score.explanation
      const sum = contributions.reduce(
        (total, { log_odds: logOdds }) => total + logOdds!,
        base! + calibration!,
      )
      expect(Math.abs(sum - logit(score.probability!))).toBeLessThan(1e-9)
      expect(Math.abs(calibration!)).toBeLessThan(1e-9)
      seen.add(score.probability!)
      applied++
    }
    expect(applied).toBeGreaterThan(200)
    // A model that says the same of everybody would add up too.
    expect(seen.size).toBeGreaterThan(100)
  })

  it('is shown with its trees, what it goes by, and logistic regression beside it', async () => {
    const [text = ''] = (await run(modelsShowCommand, ['conversion'])).out
    expect(text).toMatch(/boosting of \d+ trees with [\d,]+ leaves/)
    expect(text).toMatch(/boosting was asked for\. It (wins|does not win) by more than the noise/)
    expect(text).toMatch(/What it goes by: points that it moves the answer by/)
    expect(text).toMatch(/ {2}logistic regression +0\.\d+/)
    expect(text).toMatch(/conversion version 1 \(champion\), boosting, sha256/)
  })
})
