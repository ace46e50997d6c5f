import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoCommand } from '../../src/cli/commands/demo.ts'
import { modelsPromoteCommand } from '../../src/cli/commands/models-promote.ts'
import { modelsShowCommand } from '../../src/cli/commands/models-show.ts'
import { rubricSuggestCommand } from '../../src/cli/commands/rubric-suggest.ts'
import { trainCommand } from '../../src/cli/commands/train.ts'
import { readConfig } from '../../src/config.ts'
import { DAY, formatTime } from '../../src/glossary.ts'
import { scoreOneLead } from '../../src/jobs/score-lead.ts'
import { loadEngine } from '../../src/server/engine.ts'
import { runCommand } from '../support/command.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder, TEST_POLICY, type TestModelsFolder } from '../support/models-folder.ts'
import { loadRecords } from '../training/load-records.ts'
import { createWorld, WORLD_END, WORLD_YAML } from '../training/world.ts'

const CARD = `base_points: 30
rules:
  - { column: source, one_of: [partner], points: 12, reason: sent by others }
  - { column: pricing_page_viewed.decayed, each: 8, up_to: 16, reason: looks at prices }
`

let models: TestModelsFolder
beforeAll(() => {
  models = createModelsFolder()
  models.write('world.yaml', WORLD_YAML)
  models.write('policy.yaml', TEST_POLICY.replace('decided_by: conversion', 'decided_by: world'))
  models.write('rubric.yaml', CARD)
})
afterAll(() => models.remove())

const now = WORLD_END + 1_000 * DAY
const environmentOf = ({ url }: TestDatabase, folder?: string) => ({
  DATABASE_URL: url,
  WONLOST_POOL_SIZE: '2',
  ...(folder === undefined ? {} : { WONLOST_MODELS: folder }),
})

const WORLD = createWorld(500, 1, 2)
/** Of the partners, and nobody of its account has a deal. */
const OPEN_LEAD = WORLD.filter(({ deals }) => deals.length === 0)
  .flatMap(({ leads }) => leads)
  .find(({ traits }) => traits.some(({ value }) => value === 'partner'))!.leadId

/** How a lead is scored by what database and files say now. */
async function answer(database: TestDatabase, leadId = OPEN_LEAD) {
  const engine = await loadEngine(database.pool, readConfig(environmentOf(database, models.path)))
  const scored = await scoreOneLead(database.pool, engine, leadId, WORLD_END, { explain: true })
  const score = scored.scores['world']
  if (!score?.applies) throw new Error('applies')
  return score
}

describe('with 30 closed deals', () => {
  let database: TestDatabase
  let openLead: string
  beforeAll(async () => {
    database = await createTestDatabase()
    // 30 closed deals, and everything else of these accounts.
    let closed = 0
    const few = createWorld(400, 3).filter(({ deals }) => {
      closed += deals.filter(({ outcome }) => outcome !== 'open').length
      return closed <= 30
    })
    await loadRecords(database.pool, few)
    openLead = few.find(({ deals }) => deals.length === 0)!.leads[0]!.leadId
  })
  afterAll(() => database.drop())

  it('says in numbers how many more are needed and about when, and the rubric ranks without a probability', async () => {
    const { rows } = await database.pool.query(
      "SELECT count(*)::int FROM wonlost.deals WHERE outcome <> 'open'",
    )
    expect(rows[0].count).toBe(30)
    const environment = environmentOf(database, models.path)
    const told = await runCommand(trainCommand, ['world'], {}, { environment, now })
    expect(told.code).toBe(3)
    expect(told.stderr).toMatch(
      /When a model of world will be possible: A model needs \d+ more won \(\d+ of 40\) and no more not won \(\d+\)\. At the present pace there will be enough in about \d+ months \(20\d\d-\d\d\)\./,
    )
    expect(told.stderr).toMatch(/The rubric of world ranks by points, without a probability\. .* from 40 /)
    const document = (
      await runCommand(trainCommand, ['world'], { json: true }, { environment, now })
    ).json() as unknown
    expect(document).toMatchObject({
      error: { code: 'too_little_data' },
      outlook: { missing: { not_reached: 0 }, ready_at: expect.stringMatching(/^20\d\d-/) },
      rubric: { because: expect.stringContaining('40') },
    })
    expect(await answer(database, openLead)).toMatchObject({
      basis: 'rubric',
      probability: null,
      model: { version: '0' },
    })
  })
})

describe('from 40 outcomes of each on, until a model is promoted', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
    await loadRecords(database.pool, WORLD)
  })
  afterAll(() => database.drop())
  const train = (options: { cutoff?: string } = {}) =>
    runCommand(
      trainCommand,
      ['world'],
      { promote: false, ...options },
      { environment: environmentOf(database, models.path), now },
    )

  it('puts a probability beside the points, which stay those of the card', async () => {
    const before = await answer(database)
    const { code, stdout } = await train()
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /The rubric of world answers with a probability \(version 2\), until a model is promoted\.\n.*\n.*\n {2}\d+\.\d points more double the odds; AUC of the points 0\.\d/,
    )
    const score = await answer(database)
    expect(score).toMatchObject({ basis: 'rubric', model: { version: '2' }, raw_points: before.raw_points })
    expect(score.probability).toBeGreaterThan(0)
    expect(score.probability).toBeLessThan(1)
    expect(score.interval![0]).toBeLessThanOrEqual(score.probability!)
    expect(score.interval![1]).toBeGreaterThanOrEqual(score.probability!)
    const { base_points: base, contributions, log_odds: logOdds } = score.explanation!
    expect(logOdds).toBeNull()
    expect(contributions.length).toBeGreaterThan(0)
    expect(contributions.reduce((sum, { points }) => sum + points, base)).toBeCloseTo(score.raw_points, 9)

    const shown = await runCommand(
      modelsShowCommand,
      ['world@2'],
      {},
      { environment: environmentOf(database), now },
    )
    expect(shown.stdout).toMatch(/world: the points of the rubric as probabilities, by outcomes known by 20/)
  })

  it('is the same again when trained again; of a card that was changed it has none until then', async () => {
    await train()
    const { rows } = await database.pool.query('SELECT version, kind FROM wonlost.models ORDER BY version')
    expect(rows).toEqual([
      { version: 1, kind: 'logistic' },
      { version: 2, kind: 'rubric' },
    ])
    models.write('rubric.yaml', CARD.replace('points: 12', 'points: 13'))
    expect(await answer(database)).toMatchObject({
      basis: 'rubric',
      probability: null,
      model: { version: '0' },
    })
    models.write('rubric.yaml', CARD)
    expect(await answer(database)).toMatchObject({ probability: expect.any(Number), model: { version: '2' } })
  })

  it('answers by the newest version of the card in force, whatever was calibrated later in time with another', async () => {
    const other = CARD.replace('points: 12', 'points: 14')
    models.write('rubric.yaml', other)
    await train({ cutoff: formatTime(WORLD_END - 30 * DAY) })
    const { model, probability } = await answer(database)
    expect(probability).toEqual(expect.any(Number))
    expect(Number(model.version)).toBeGreaterThan(2)
    models.write('rubric.yaml', CARD)
    expect((await answer(database)).model.version).toBe('2')
    // Of the same card, what was asked for last.
    await train({ cutoff: formatTime(WORLD_END - 30 * DAY) })
    expect(Number((await answer(database)).model.version)).toBeGreaterThan(Number(model.version))
  })

  it('gives way to a model that is promoted', async () => {
    const environment = environmentOf(database, models.path)
    await runCommand(
      modelsPromoteCommand,
      ['world', '1'],
      { reason: 'enough', force: true },
      { environment, now },
    )
    expect(await answer(database)).toMatchObject({ basis: 'logistic', model: { version: '1' } })
    expect((await train()).stdout).not.toMatch(/rubric of world/)
  })

  it('suggests points: the card on standard output, the table beside it; into a file only if asked', async () => {
    const environment = environmentOf(database, models.path)
    const printed = await runCommand(rubricSuggestCommand, [], {}, { environment, now })
    expect(printed.stdout).toMatch(/^base_points: \d+\nlearned_until: 20.*\nrules:\n/)
    expect(printed.stderr).toMatch(/^rule +accounts +reached +95 % +old +new/m)
    expect(readFileSync(join(models.path, 'rubric.yaml'), 'utf8')).toBe(CARD)
    const folder = mkdtempSync(join(tmpdir(), 'wonlost-rubric-'))
    try {
      const file = join(folder, 'new.yaml')
      const { stdout } = await runCommand(rubricSuggestCommand, [], { write: file }, { environment, now })
      expect(stdout).toMatch(/Both cards on [\d,]+ rows of \d+ other accounts/)
      expect(readFileSync(file, 'utf8').trimEnd()).toBe(printed.stdout.trimEnd())
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('demo --leads 60', () => {
  it('ends with a queue from the rubric, and says when a model will be possible', async () => {
    const database = await createTestDatabase()
    try {
      const environment = environmentOf(database)
      const { code, stdout } = await runCommand(
        demoCommand,
        [],
        { leads: '60', seed: '7', once: true },
        { environment, now: Date.UTC(2026, 10, 22, 9) },
      )
      expect(code).toBe(0)
      expect(stdout).toMatch(
        /The 5 best of 60 leads as of 2026-11-22T00:00:00Z\n\nl_\w+ +\d+ +(?:cool|warm|hot) /,
      )
      expect(stdout).toMatch(/ {4}\+ says that it wants to buy: wrote about prices or buying \(/)
      expect(stdout).toMatch(
        /When a model of conversion will be possible: A model needs \d+ more won \(\d+ of 40\) and no more not won \(\d+\)\. At the present pace .* \(20\d\d-\d\d\)\./,
      )
    } finally {
      await database.drop()
    }
  })
})
