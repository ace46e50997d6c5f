import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { monitorCommand } from '../../src/cli/commands/monitor.ts'
import { trainCommand } from '../../src/cli/commands/train.ts'
import { monitorOnThread } from '../../src/cli/monitor-job.ts'
import { readConfig } from '../../src/config.ts'
import { DAY, formatTime, type LeadRecord } from '../../src/glossary.ts'
import { createTestApp } from '../support/app.ts'
import { compiledFile } from '../support/cli.ts'
import { runCommand } from '../support/command.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder, type TestModelsFolder } from '../support/models-folder.ts'
import { loadRecords } from '../training/load-records.ts'
import { trait } from '../training/records.ts'
import { createWorld, WORLD_END, WORLD_YAML } from '../training/world.ts'

const AS_OF = WORLD_END - 12 * DAY
const LATE = WORLD_END - 42 * DAY
const CUTOFF = formatTime(WORLD_END - 60 * DAY)

let still: TestDatabase
let changed: TestDatabase
let models: TestModelsFolder
const run = { now: AS_OF }

const environment = ({ url }: TestDatabase) => ({
  DATABASE_URL: url,
  WONLOST_MODELS: models.path,
  WONLOST_POOL_SIZE: '2',
})
const monitor = ({ url }: TestDatabase, args: string[], options = {}) =>
  runCommand(monitorCommand, args, options, { ...run, environment: environment({ url } as TestDatabase) })

beforeAll(async () => {
  models = createModelsFolder()
  models.write('world.yaml', WORLD_YAML)
  const campaign = (lead: LeadRecord): LeadRecord =>
    lead.createdAt < LATE ? lead : { ...lead, traits: [trait('source', 'webinar', lead.createdAt)] }
  const world = createWorld(2_000)
  const worlds = [world, world.map((account) => ({ ...account, leads: account.leads.map(campaign) }))]
  const made = []
  for (const records of worlds) {
    const database = await createTestDatabase()
    await loadRecords(database.pool, records)
    await runCommand(
      trainCommand,
      ['world'],
      { cutoff: CUTOFF },
      { ...run, environment: environment(database) },
    )
    made.push(database)
  }
  ;[still, changed] = made as [TestDatabase, TestDatabase]
})
afterAll(async () => {
  models?.remove()
  await still?.drop()
  await changed?.drop()
})

describe('wonlost monitor', () => {
  it('ends with 0 where nothing changed, with 2 where a limit was crossed, and says which', async () => {
    const quiet = await monitor(still, ['world'], { json: true })
    expect(quiet.json()).toMatchObject({ model: 'world', version: 1, verdict: 'steady', crossed: [] })
    expect(quiet.code).toBe(0)
    const loud = await monitor(changed, ['world'])
    expect(loud.code).toBe(2)
    expect(loud.stdout).toMatch(/^world version 1 \(logistic\): \d limits? crossed\./)
    expect(loud.stdout).toContain('source at entry: PSI ')
    expect(loud.stdout).toContain('Look first at what changed.')
  })

  it('ends with 3 where nothing can be said, and refuses what it does not know', async () => {
    const nobody = await monitor(still, ['conversion'])
    expect(nobody.code).toBe(3)
    const told = await monitor(still, ['conversion'], { json: true })
    expect(told.json()).toMatchObject({ model: 'conversion', verdict: 'too_little' })
    expect(nobody.stderr).toMatch(/conversion: The rubric answers/)
    await expect(monitor(still, ['nothing'])).rejects.toThrow(/Allowed: conversion, .*world/)
    await expect(monitor(still, [], { window: '3d' })).rejects.toThrow(
      /--window must be a span of whole days, from 7d to 365d/,
    )
  })

  it('is kept, run by run, and read over HTTP page by page', async () => {
    const first = await monitor(changed, ['world'], { json: true, window: '60d' })
    const { app } = createTestApp(changed, models.path)
    await app.ready()
    try {
      const page = await app.inject('/v1/models/world/monitor?limit=1')
      expect(page.json().runs).toHaveLength(1)
      expect(page.json().runs[0]).toMatchObject({
        segment: null,
        version: '1',
        as_of: formatTime(AS_OF),
        window_days: 60,
        verdict: 'crossed',
        report: first.json(),
      })
      const older = await app.inject(`/v1/models/world/monitor?before=${page.json().next_before}`)
      expect(older.json()).toMatchObject({ runs: [{ window_days: 30 }], next_before: null })
      expect((await app.inject('/v1/models/nothing/monitor')).statusCode).toBe(404)
      expect((await app.inject('/v1/models/conversion/monitor')).json()).toEqual({
        runs: [],
        next_before: null,
      })
    } finally {
      await app.close()
    }
  })
})

describe('monitorOnThread', () => {
  const work = () => ({ config: readConfig(environment(still)), url: still.url })
  const script = () => new URL(`file://${compiledFile('src/cli/monitor-thread.ts')}`)

  it('runs on a thread, keeps what it finds, and tells it', async () => {
    // Long after the data ends: that no lead has come is told as what it is.
    const found = await monitorOnThread(work(), new AbortController().signal, script())
    expect(found).toMatchObject([{ model: 'world', version: 1, verdict: 'crossed' }])
    expect(found[0]!.crossed[0]).toMatch(/^0 new leads a week; in training it was/)
    const { rows } = await still.pool.query(
      'SELECT verdict FROM wonlost.monitor_runs ORDER BY run_id DESC LIMIT 1',
    )
    expect(rows).toEqual([{ verdict: 'crossed' }])
  })

  it('ends when it is told to', async () => {
    const stopping = new AbortController()
    const running = monitorOnThread(work(), stopping.signal, script())
    stopping.abort(new Error('the server stops'))
    await expect(running).rejects.toThrow('the server stops')
  })
})
