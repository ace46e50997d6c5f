import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CliCommand, CommandOptions } from '../../src/cli/command.ts'
import { modelsListCommand } from '../../src/cli/commands/models-list.ts'
import { modelsPromoteCommand } from '../../src/cli/commands/models-promote.ts'
import { modelsRollbackCommand } from '../../src/cli/commands/models-rollback.ts'
import { modelsShowCommand } from '../../src/cli/commands/models-show.ts'
import { trainCommand } from '../../src/cli/commands/train.ts'
import { readConfig } from '../../src/config.ts'
import { champions } from '../../src/db/models.ts'
import { DAY, formatTime } from '../../src/glossary.ts'
import { createTestApp } from '../support/app.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder, type TestModelsFolder } from '../support/models-folder.ts'
import { loadRecords } from '../training/load-records.ts'
import { createWorld, WORLD_END, WORLD_YAML } from '../training/world.ts'

let database: TestDatabase
let models: TestModelsFolder
beforeAll(async () => {
  database = await createTestDatabase()
  await loadRecords(database.pool, createWorld(1_200))
  models = createModelsFolder()
  models.write('world.yaml', WORLD_YAML)
  models.write('strict.yaml', WORLD_YAML.replace('name: world', 'name: strict').replace('30d', '180d'))
})
afterAll(async () => {
  models.remove()
  await database.drop()
})

async function run(
  command: CliCommand,
  args: string[],
  options: CommandOptions = {},
  signal = new AbortController().signal,
  { url } = database,
) {
  const out: string[] = []
  const heard: string[] = []
  const config = readConfig({
    DATABASE_URL: url,
    WONLOST_MODELS: models.path,
    WONLOST_POOL_SIZE: '2',
  })
  const context = {
    config,
    json: options.json === true,
    print: (text: string) => out.push(text),
    write: async () => true,
    say: (text: string) => heard.push(text),
    progress: () => {},
    now: () => WORLD_END + 1_000 * DAY,
    signal,
    endEarly: <Result>(work: (ended: AbortSignal) => Promise<Result>) => work(new AbortController().signal),
  }
  const code = await command.run(context, args, options)
  const text = out.join('\n')
  return { code, text, heard: heard.join('\n'), documents: () => out.map((line) => JSON.parse(line)) }
}

const failure = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) })

describe('train, models list, show, promote and rollback', () => {
  it('trains up to where the data ends, prints the report, and makes the first model the champion', async () => {
    const { code, text, heard } = await run(trainCommand, ['world'])
    expect(code).toBe(0)
    expect(text).toMatch(/world: The chance that a lead is a contact of a won deal within 30 days/)
    expect(text).toMatch(
      /^Decision: it may be promoted\.\n {2}passed {2}against what serves .* of the rubric, which serves now/m,
    )
    expect(text).toMatch(/It is the champion: first model of its name, and every check of the gate passed/)
    expect(heard).toMatch(/before 2026-\d\d-\d\dT.*, where the data ends/)
    expect(heard).not.toContain(formatTime(WORLD_END + 1_000 * DAY))
  })

  it('trains the same again without a new version, and another seed as a challenger', async () => {
    const again = await run(trainCommand, ['world'], { json: true })
    expect(again.documents()).toMatchObject([
      { name: 'world', version: 1, alias: 'champion', promoted: false },
    ])
    const other = await run(trainCommand, ['world'], { json: true, seed: '8' })
    expect(other.documents()).toMatchObject([{ version: 2, alias: 'challenger', report: { seed: 8 } }])
  })

  it('trains all definitions, says which have too little data, and exits with 3', async () => {
    const { code, documents } = await run(trainCommand, [], { json: true, promote: false })
    expect(code).toBe(3)
    const results = Object.fromEntries(documents().map((document) => [document.name, document]))
    expect(Object.keys(results).sort()).toEqual(['conversion', 'strict', 'world'])
    expect(results.strict.error.code).toBe('too_little_data')
    expect(results.world.version).toBe(3)
  })

  it('lists versions, and shows the champion or the version named', async () => {
    const { documents } = await run(modelsListCommand, ['world'], { json: true })
    expect(documents().map(({ version, alias }) => [version, alias])).toEqual([
      [3, 'challenger'],
      [2, null],
      [1, 'champion'],
    ])
    expect((await run(modelsListCommand, [])).text).toMatch(/^model +version +alias/)
    expect((await run(modelsShowCommand, ['world'])).text).toMatch(/world version 1 \(champion\), logistic/)
    const [shown] = (await run(modelsShowCommand, ['world@2'], { json: true })).documents()
    expect(shown).toMatchObject({ version: 2, alias: null, report: { model: 'world', seed: 8 } })
    expect((await run(modelsShowCommand, ['world'], { feature: 'source' })).text).toMatch(
      /^source\nIt moves the answer by .*: number \d of \d+ columns\.\n[\s\S]*% {2}█+[▉-▏]? +[\d,]+\n[\s\S]*world version 1 \(champion\)/,
    )
    const [asked] = (await run(modelsShowCommand, ['world'], { feature: 'source', json: true })).documents()
    const { partial_dependence: dependences } = shown.report.effects
    expect(asked).toMatchObject({
      name: 'world',
      version: 1,
      features: [{ column: 'source', kind: 'category' }],
    })
    expect(dependences.map(({ column }: { column: string }) => column)).toContain('source')
    await expect(run(modelsShowCommand, ['world'], { feature: 'sorce' })).rejects.toThrowError(
      failure('usage', /no "sorce" .*did you mean "source".*Allowed, with their groups: .*source/),
    )
    await expect(run(modelsShowCommand, ['world'], { pair: 'source,title' })).rejects.toThrowError(
      failure('usage', /adds up what each column says/),
    )
    await expect(run(modelsShowCommand, ['world'], { pair: 'a,b', feature: 'a' })).rejects.toThrowError(
      failure('usage', /not both/),
    )
    await expect(run(modelsShowCommand, ['world@9'])).rejects.toThrowError(
      failure('model_not_found', /Allowed: 3, 2, 1/),
    )
    await expect(run(modelsShowCommand, ['other'])).rejects.toThrowError(
      failure('model_not_found', /Allowed: .*world/),
    )
    await expect(run(modelsShowCommand, ['world@x'])).rejects.toThrowError(
      failure('usage', /positive integer/),
    )
  })

  it('promotes by hand with a reason, and rolls back to the champion before', async () => {
    const reason = 'better in the north'
    await expect(run(modelsPromoteCommand, ['world', '2'], { reason: ' ' })).rejects.toThrowError(
      failure('usage', /--reason/),
    )
    // Before the first there was none: it is taken back, and may be promoted as before.
    const none = await run(modelsRollbackCommand, ['world'], { reason: 'too early' })
    expect(none.text).toMatch(/^world has no champion any more, as before version 1\. The rubric answers/)
    await expect(run(modelsRollbackCommand, ['world'], { reason })).rejects.toThrowError(
      failure('promotion_refused', /no champion/),
    )
    expect((await run(modelsPromoteCommand, ['world', '1'], { reason: 'after all' })).text).toMatch(
      /^world version 1 is the champion now; it is the first/,
    )
    const promoted = await run(modelsPromoteCommand, ['world', '2'], { reason, json: true })
    expect(promoted.documents()).toEqual([
      { name: 'world', segment: null, version: 2, previous: 1, revision: 4, changed: true, forced: false },
    ])
    const again = await run(modelsPromoteCommand, ['world', '2'], { reason })
    expect(again.text).toMatch(/champion already; nothing changed/)
    const back = await run(modelsRollbackCommand, ['world'], { reason: 'it was not', json: true })
    expect(back.documents()).toMatchObject([{ version: 1, previous: 2, revision: 5 }])
    // Who, when and why.
    const shown = await run(modelsShowCommand, ['world'])
    expect(shown.text).toMatch(
      /Champions of world, the newest first\n {2}20.*Z {2}version 1, by .+: it was not\n.*version 2, by .+: better in the north\n.*version 1, by .+: after all\n.*none any more, by .+: too early\n.*version 1, by .+: first model of its name/,
    )
    expect((await run(modelsListCommand, ['world'])).text).toMatch(
      /world 1 serves since 20.*Z, by .+: it was not/,
    )
    const [served] = (await run(modelsShowCommand, ['world'], { json: true })).documents()
    expect(
      served.history.map(({ alias, version }: { alias: string; version: number }) => `${alias} ${version}`),
    ).toContain('challenger 3')
    expect(await champions(database.pool)).toMatchObject([{ name: 'world', version: 1 }])
  })

  it('refuses to promote what no server could load, and leaves the champion', async () => {
    await database.pool.query(
      `UPDATE wonlost.artifacts SET body = body || ' ' WHERE sha256 =
         (SELECT artifact_sha256 FROM wonlost.models WHERE name = 'world' AND version = 2)`,
    )
    await expect(run(modelsPromoteCommand, ['world', '2'], { reason: 'again' })).rejects.toThrowError(
      failure('artifact_invalid', /damaged/),
    )
    expect(await champions(database.pool)).toMatchObject([{ name: 'world', version: 1 }])
  })

  it('refuses to promote what the gate compared with another champion, unless forced', async () => {
    // Version 3 was judged against version 1.
    await run(modelsPromoteCommand, ['world', '3'], { reason: 'newer' })
    const { documents } = await run(trainCommand, ['world'], { json: true, seed: '11' })
    const [{ version, report }] = documents()
    expect(report.gate.against).toMatchObject({ basis: 'champion', version: 3 })
    await run(modelsRollbackCommand, ['world'], { reason: 'back' })
    const promote = (options: CommandOptions) =>
      run(modelsPromoteCommand, ['world', String(version)], { reason: 'in haste', ...options })
    await expect(promote({})).rejects.toThrowError(
      failure('promotion_refused', /compared it with version 3, and now version 1 is the champion/),
    )
    expect((await promote({ force: true })).text).toMatch(
      /champion now.* against the gate, and the history says so/,
    )
    expect((await run(modelsListCommand, ['world'])).text).toMatch(/forced, though the gate .* Why: in haste/)
  })

  it('says in numbers what is missing, exits with 3, and the server goes on with the rubric', async () => {
    const small = await createTestDatabase()
    try {
      await loadRecords(small.pool, createWorld(80))
      const { code, heard } = await run(trainCommand, ['world'], {}, undefined, small)
      expect(code).toBe(3)
      expect(heard).toMatch(
        /world was not trained: A model needs 40 subjects that reached the target and 40 that did not; there are \d+ and \d+\..*Until then the rubric serves\./,
      )
      expect((await run(modelsListCommand, [], {}, undefined, small)).heard).toMatch(/the rubric serves/)
      const { app } = createTestApp(small, models.path)
      try {
        await app.ready()
        const payload = { lead: { lead_id: 'x' }, models: ['world'] }
        const response = await app.inject({ method: 'POST', url: '/v1/score', payload })
        expect(response.json().scores.world).toMatchObject({ basis: 'rubric', probability: null })
      } finally {
        await app.close()
      }
    } finally {
      await small.drop()
    }
  })

  it('names what is wrong with its arguments', async () => {
    await expect(run(trainCommand, ['worlds'])).rejects.toThrowError(
      failure('model_not_found', /no definition "worlds". Allowed: conversion, strict, world/),
    )
    const cutoffs = ['2026-01-01', 'yesterday', formatTime(WORLD_END + 2_000 * DAY)]
    for (const cutoff of cutoffs)
      await expect(run(trainCommand, ['world'], { cutoff })).rejects.toThrowError(
        failure('usage', /--cutoff must be/),
      )
    for (const seed of ['-1', '1.5', '2147483648', ''])
      await expect(run(trainCommand, ['world'], { seed })).rejects.toThrowError(
        failure('usage', /--seed must be/),
      )
    for (const threads of ['0', '65', 'two'])
      await expect(run(trainCommand, ['world'], { threads })).rejects.toThrowError(
        failure('usage', /--threads must be a whole number from 1 to 64/),
      )
    await expect(run(trainCommand, ['world'], { search: true })).rejects.toThrowError(
      failure('usage', /needs the learner boosting or auto. Given: "learner: logistic" of world/),
    )
    await expect(run(trainCommand, ['world'], { minutes: '5' })).rejects.toThrowError(
      failure('usage', /--minutes is the time of a search/),
    )
    for (const minutes of ['0', '-1', '1e3', '', '99999'])
      await expect(run(trainCommand, ['world'], { search: true, minutes })).rejects.toThrowError(
        failure('usage', /--minutes must be a number above 0, up to 10080/),
      )
    models.write('misnamed.yaml', WORLD_YAML)
    await expect(run(trainCommand, ['misnamed'])).rejects.toThrowError(
      failure('definition_invalid', /must be that of the file/),
    )
  })

  it('keeps nothing of a training that was interrupted', async () => {
    const before = (await run(modelsListCommand, [], { json: true })).text
    const interrupted = AbortSignal.abort(new Error('stopped'))
    await expect(run(trainCommand, ['world'], { seed: '99' }, interrupted)).rejects.toThrowError('stopped')
    expect((await run(modelsListCommand, [], { json: true })).text).toBe(before)
  })
})
