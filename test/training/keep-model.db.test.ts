import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findDataEnd } from '../../src/db/data-end.ts'
import { aliasOf } from '../../src/db/model-aliases.ts'
import { loadReportPage } from '../../src/db/model-reports.ts'
import { champions, listModels, loadArtifactBody } from '../../src/db/models.ts'
import { DAY } from '../../src/glossary.ts'
import { loadModel } from '../../src/scoring/load-model.ts'
import { type KeepOptions, keepModel } from '../../training/keep-model.ts'
import { trainModel } from '../../training/pipeline.ts'
import { createRecordSource } from '../../training/record-source.ts'
import { reportPage } from '../../training/report/html/page.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { loadRecords } from './load-records.ts'
import { createWorld, WORLD_DEFINITION, WORLD_END } from './world.ts'

const world = createWorld(1_200)
let database: TestDatabase
let mirrored: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  mirrored = await createTestDatabase()
  await loadRecords(database.pool, world)
  await loadRecords(mirrored.pool, [...world].reverse())
})
afterAll(async () => {
  await database.drop()
  await mirrored.drop()
})

const keep = (given: Partial<KeepOptions> = {}): KeepOptions => ({
  definitionText: 'name: world',
  promote: true,
  createdBy: 'test',
  now: WORLD_END,
  ...given,
})

const train = (given: TestDatabase, name: string, seed = 7) =>
  trainModel(given.pool, { ...WORLD_DEFINITION, name, seed }, { cutoff: WORLD_END })

describe('trainModel on a database', () => {
  it('gives the same bytes however the rows came into the tables, and when they do not fit into memory', async () => {
    const first = await train(database, 'world')
    expect((await train(mirrored, 'world')).artifactBody).toBe(first.artifactBody)
    const streamed = createRecordSource(database.pool, { heldFacts: 100 })
    const options = { cutoff: WORLD_END, records: streamed }
    const again = await trainModel(database.pool, { ...WORLD_DEFINITION, name: 'world' }, options)
    expect(again.artifactBody).toBe(first.artifactBody)
    expect(again.report).toEqual(first.report)
  })

  it('leaves no connection behind when it is interrupted in the middle of a stream', async () => {
    const interrupt = new AbortController()
    const records = createRecordSource(database.pool, { signal: interrupt.signal, heldFacts: 100 })
    const reading = (async () => {
      for await (const account of records.read()) {
        if (account.accountId === 'a000500') interrupt.abort(new Error('enough'))
      }
    })()
    await expect(reading).rejects.toThrowError('enough')
    expect(database.pool.idleCount).toBe(database.pool.totalCount)
  })
})

describe('findDataEnd', () => {
  it('is the newest thing that happened, whatever the clock says, and nothing dated in the future', async () => {
    const leads = world.flatMap((account) => account.leads)
    const events = leads.flatMap((lead) => lead.events.map((event) => event.occurredAt))
    const deals = world.flatMap(({ deals }) => deals.flatMap((deal) => [deal.openedAt, deal.closedAt ?? 0]))
    const times = [...leads.map((lead) => lead.createdAt), ...events, ...deals]
    const end = await findDataEnd(database.pool, WORLD_END + 1_000 * DAY)
    expect(end).toEqual({ newest: Math.max(...times), newestDeal: Math.max(...deals) })
    const early = await findDataEnd(database.pool, WORLD_END - 300 * DAY)
    expect(early.newest).toBe(Math.max(...times.filter((time) => time <= WORLD_END - 300 * DAY)))
  })
})

describe('keepModel', () => {
  it('makes the first good model of a name its champion, and what serves is what was trained', async () => {
    const trained = await train(database, 'first')
    const kept = await keepModel(database.pool, trained, keep())
    expect(kept).toMatchObject({ version: 1, alias: 'champion', promoted: true })
    expect(kept.reason).toBe('first model of its name, and every check of the gate passed')
    const champion = (await champions(database.pool)).find(({ name }) => name === 'first')!
    const body = await loadArtifactBody(database.pool, champion.artifactSha256)
    const loaded = loadModel({ name: 'first', segment: '', version: 1, sha256: kept.sha256, body })
    expect(loaded.artifact).toEqual(trained.artifact)
    const [model] = await listModels(database.pool, 'first')
    expect(model).toMatchObject({ report: trained.report, cutoff: WORLD_END, definitionVersion: 1 })
    const page = await loadReportPage(database.pool, { name: 'first', segment: '', version: 1 })
    expect(page).toBe(reportPage(trained.report, { version: 1, sha256: kept.sha256, createdAt: WORLD_END }))
  })

  it('changes nothing when the same is trained again', async () => {
    await keepModel(database.pool, await train(database, 'same'), keep())
    const again = await keepModel(
      database.pool,
      await train(database, 'same'),
      keep({ now: WORLD_END + DAY }),
    )
    expect(again).toMatchObject({ version: 1, alias: 'champion', promoted: false })
    expect(await listModels(database.pool, 'same')).toHaveLength(1)
    expect(await aliasOf(database.pool, 'same', '', 'champion')).toEqual({ version: 1, revision: 1 })
  })

  it('never replaces a champion by itself: later models are challengers, each in its turn', async () => {
    await keepModel(database.pool, await train(database, 'later'), keep())
    for (const [seed, version] of [
      [8, 2],
      [9, 3],
    ] as const) {
      const kept = await keepModel(database.pool, await train(database, 'later', seed), keep())
      expect(kept).toMatchObject({ version, alias: 'challenger', promoted: false })
      expect(kept.reason).toMatch(/version 1 is the champion/)
    }
    expect((await aliasOf(database.pool, 'later', '', 'champion'))?.version).toBe(1)
    expect(await aliasOf(database.pool, 'later', '', 'challenger')).toEqual({ version: 3, revision: 2 })
  })

  it('waits for a person with --no-promote, or where the gate did not let it pass', async () => {
    const wanted = await keepModel(database.pool, await train(database, 'waits'), keep({ promote: false }))
    expect(wanted).toMatchObject({ alias: 'challenger', promoted: false })
    const trained = await train(database, 'few')
    const gate = { ...trained.report.gate!, verdict: 'by_hand', because: '99 reached it: too few.' } as const
    const few = await keepModel(database.pool, { ...trained, report: { ...trained.report, gate } }, keep())
    expect(few.alias).toBe('challenger')
    expect(few.reason).toBe('the gate did not let it pass: 99 reached it: too few')
    expect((await champions(database.pool)).map(({ name }) => name)).not.toContain('few')
  })

  it('makes one champion of two that are first at the same moment, and the other its challenger', async () => {
    const trained = await train(database, 'raced')
    const other = {
      ...trained,
      artifactBody: trained.artifactBody.replace('"name":"raced"', '"name": "raced"'),
    }
    const both = await Promise.all([trained, other].map((model) => keepModel(database.pool, model, keep())))
    expect(both.map(({ alias }) => alias).toSorted()).toEqual(['challenger', 'champion'])
    const last = both.find(({ alias }) => alias === 'challenger')!
    expect(last.reason).toMatch(/only a person replaces a champion; the gate let it pass/)
    // The same again, judged against another than before: a version of its own, so that no report ever changes.
    const gate = { ...trained.report.gate!, against: { ...trained.report.gate!.against, version: 7 } }
    const kept = both.find(({ version }) => version === 2)!
    const again = [trained, other][both.indexOf(kept)]!
    const judged = await keepModel(database.pool, { ...again, report: { ...again.report, gate } }, keep())
    const isChampion = kept.alias === 'champion'
    expect(judged).toMatchObject({ version: isChampion ? 2 : 3, sha256: kept.sha256 })
  })

  it('keeps nothing when it fails half way', async () => {
    const trained = await train(database, 'broken')
    // jsonb holds no NUL: the version of the definition is written by then, the model is not.
    const report = { ...trained.report, description: 'a\u0000b' }
    await expect(keepModel(database.pool, { ...trained, report }, keep())).rejects.toThrowError()
    expect(await listModels(database.pool, 'broken')).toEqual([])
    const { rows } = await database.pool.query(
      "SELECT FROM wonlost.configurations WHERE kind = 'definition' AND name = 'broken'",
    )
    expect(rows).toEqual([])
  })
})
