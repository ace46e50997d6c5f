import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CliCommand, CommandOptions } from '../../src/cli/command.ts'
import { modelsListCommand } from '../../src/cli/commands/models-list.ts'
import { modelsPromoteCommand } from '../../src/cli/commands/models-promote.ts'
import { modelsRollbackCommand } from '../../src/cli/commands/models-rollback.ts'
import { modelsShowCommand } from '../../src/cli/commands/models-show.ts'
import { monitorCommand } from '../../src/cli/commands/monitor.ts'
import { trainCommand } from '../../src/cli/commands/train.ts'
import { readConfig } from '../../src/config.ts'
import { DAY, formatTime } from '../../src/glossary.ts'
import { promote } from '../../src/jobs/change-champion.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { loadEngine } from '../../src/server/engine.ts'
import { createTestApp } from '../support/app.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder, type TestModelsFolder } from '../support/models-folder.ts'
import { loadRecords } from '../training/load-records.ts'
import { isEvent, SEGMENTED_YAML, turnedWorld } from '../training/segmented-world.ts'
import { WORLD_END } from '../training/world.ts'

let database: TestDatabase
let models: TestModelsFolder
beforeAll(async () => {
  database = await createTestDatabase()
  await loadRecords(database.pool, [...turnedWorld])
  models = createModelsFolder()
  models.write('world.yaml', SEGMENTED_YAML)
})
afterAll(async () => {
  models.remove()
  await database.drop()
})

async function run(command: CliCommand, args: string[], options: CommandOptions = {}) {
  const out: string[] = []
  const heard: string[] = []
  const config = readConfig({
    DATABASE_URL: database.url,
    WONLOST_MODELS: models.path,
    WONLOST_POOL_SIZE: '3',
  })
  const context = {
    config,
    json: options.json === true,
    print: (text: string) => out.push(text),
    write: async () => true,
    say: (text: string) => heard.push(text),
    progress: () => {},
    now: () => WORLD_END + DAY,
    signal: new AbortController().signal,
    endEarly: <Result>(work: (ended: AbortSignal) => Promise<Result>) => work(new AbortController().signal),
  }
  const code = await command.run(context, args, options)
  return {
    code,
    text: out.join('\n'),
    heard: heard.join('\n'),
    documents: () => out.map((line) => JSON.parse(line)),
  }
}

const config = () => readConfig({ DATABASE_URL: database.url, WONLOST_MODELS: models.path })
const eventLead = turnedWorld.flatMap(({ leads }) => leads).findLast(isEvent)!
const otherLead = turnedWorld
  .flatMap(({ leads, deals }) => (deals.length === 0 ? leads : []))
  .findLast((lead) => !isEvent(lead))!

describe('models of segments', () => {
  it('are trained after the one for everyone, each judged against it; of too few it is said, and no failure', async () => {
    const { code, documents, heard } = await run(trainCommand, ['world'], {
      json: true,
      cutoff: formatTime(WORLD_END),
    })
    expect(code).toBe(0)
    expect(documents()).toMatchObject([
      { name: 'world', segment: null, version: 1, alias: 'champion' },
      {
        name: 'world',
        segment: 'events',
        version: 1,
        alias: 'champion',
        reason: 'first model of the segment events, and every check of the gate passed',
        report: { gate: { against: { without: [{ segment: null, version: 1 }] } } },
      },
      { name: 'world', segment: 'rare', error: { code: 'too_little_data' } },
    ])
    expect(heard).toMatch(
      /world \(rare\) was not trained: A model needs 40 .* Until then the model for everyone serves\./,
    )
    const asked = await run(trainCommand, ['world'], { segment: 'rare' })
    expect(asked.code).toBe(3)
    await expect(run(trainCommand, ['world'], { segment: 'nobody' })).rejects.toThrow('Allowed: events, rare')
  })

  it('are listed, shown and watched by name and segment', async () => {
    expect((await run(modelsListCommand, [])).text).toMatch(/world \(events\) +1 +champion/)
    const { text } = await run(modelsShowCommand, ['world'], { segment: 'events' })
    expect(text).toMatch(/Of the segment events only: source is event\./)
    expect(text).toMatch(/Champions of world \(events\), the newest first/)
    await expect(run(modelsShowCommand, ['world'], { segment: 'rare' })).rejects.toThrow(
      'There is no world for the segment "rare". Allowed: everyone, events.',
    )
    const watched = await run(monitorCommand, ['world'], {
      json: true,
      window: '90d',
      asOf: formatTime(WORLD_END),
    })
    const [everyone, events] = watched.documents()
    expect([everyone.segment, events.segment]).toEqual(['', 'events'])
    const newLeads = ({ volume }: typeof events) =>
      volume.weeks.reduce((sum: number, count: number) => sum + count, 0)
    const weeks = events.volume.weeks.length
    const inWindow = turnedWorld
      .flatMap(({ leads }) => leads)
      .filter(
        ({ createdAt }) =>
          createdAt + 3_600_000 >= WORLD_END - 7 * weeks * DAY && createdAt + 3_600_000 < WORLD_END,
      )
    expect(newLeads(everyone)).toBe(inWindow.length)
    expect(newLeads(events)).toBe(inWindow.filter(isEvent).length)
  })

  it('score their leads, stored as answered, and say which and why; what does not apply says why', async () => {
    const engine = await loadEngine(database.pool, config())
    await scoreLeads(database.pool, engine, { asOf: WORLD_END, scoredAt: WORLD_END, cause: 'score' })
    const { app } = createTestApp(database, models.path)
    await app.ready()
    const scores = async (leadId: string, query = '') =>
      (await app.inject(`/v1/leads/${leadId}/score${query}`)).json().scores
    try {
      const stored = await scores(eventLead.leadId)
      expect(stored.world.model).toMatchObject({
        segment: 'events',
        because: 'the segment events applies: source is event',
      })
      const fresh = await scores(eventLead.leadId, `?as_of=${formatTime(WORLD_END)}&explain=false`)
      expect(stored).toEqual(fresh)
      expect((await scores(otherLead.leadId)).world.model).toMatchObject({
        segment: null,
        because: 'no segment applies',
      })
      const winner = turnedWorld
        .flatMap(({ deals }) => deals)
        .find(({ outcome, closedAt }) => outcome === 'won' && closedAt !== null)!
      const won = await scores(winner.contacts[0]!.leadId)
      expect(Object.keys(won)).toContain('world')
      expect(won.world).toMatchObject({
        applies: false,
        why: expect.stringMatching(/has won in the pipeline/),
      })
    } finally {
      await app.close()
    }
  })

  it('are promoted and rolled back by segment, only where what they were compared with still serves', async () => {
    const trained = await run(trainCommand, ['world'], { segment: 'events', seed: '8', json: true })
    expect(trained.documents()).toMatchObject([{ segment: 'events', version: 2, alias: 'challenger' }])
    const reason = { segment: 'events', reason: 'a try' }
    const promoted = await run(modelsPromoteCommand, ['world', '2'], { ...reason, force: true })
    expect(promoted.text).toMatch(/^world \(events\) version 2 is the champion now; version 1 was it before/)
    const back = await run(modelsRollbackCommand, ['world'], { ...reason, json: true })
    expect(back.documents()).toMatchObject([{ name: 'world', segment: 'events', version: 1, previous: 2 }])
    // The first of a segment was compared with the champion for everyone: with another, the verdict is void.
    await run(trainCommand, ['world'], { segment: 'everyone', seed: '9' })
    await database.pool.query("DELETE FROM wonlost.model_aliases WHERE segment = 'events'")
    const change = { name: 'world', reason: 'x', changedBy: 'x', now: WORLD_END }
    const { rows } = await database.pool.query(
      "SELECT max(version) AS version FROM wonlost.models WHERE segment = ''",
    )
    await promote(database.pool, rows[0].version, { ...change, segment: '', force: true })
    await expect(promote(database.pool, 1, { ...change, segment: 'events', force: false })).rejects.toThrow(
      /compared it with version 1 for everyone, and now version \d+ for everyone is the champion\. Train again/,
    )
    // Its leads are scored by the one for everyone meanwhile, and the answer says so.
    const engine = await loadEngine(database.pool, config())
    expect(engine.models.filter(({ name }) => name === 'world').map(({ segment }) => segment)).toEqual([''])
  })
})
