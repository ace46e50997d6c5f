import { afterEach, beforeEach, expect, test } from 'vitest'
import { canonicalJson, sha256Hex } from '../../src/model/canonical.ts'
import { createTestApp, keepModel, promote, type TestApp } from '../support/app.ts'
import { tinyArtifact, tinyDefinition } from '../support/artifacts.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder, TEST_POLICY, type TestModelsFolder } from '../support/models-folder.ts'
import { until } from '../support/until.ts'

let database: TestDatabase
let folder: TestModelsFolder
let running: TestApp | undefined

beforeEach(async () => {
  database = await createTestDatabase()
  folder = createModelsFolder()
})

afterEach(async () => {
  await running?.app.close()
  running = undefined
  await database.drop()
  folder.remove()
})

/** `every`: how often the server looks by itself; an hour shows that the notice alone is enough. */
async function serve(every?: number): Promise<TestApp> {
  running = createTestApp(database, folder.path, every === undefined ? {} : { every })
  await running.app.ready()
  return running
}

async function answer({ app }: TestApp): Promise<{ version: string; basis: string; weight: string }> {
  const response = await app.inject({
    method: 'POST',
    url: '/v1/score',
    payload: {
      lead: { lead_id: 'x' },
      events: [{ type: 'pricing_page_viewed', occurred_at: '2026-11-20T00:00:00Z' }],
    },
  })
  expect(response.statusCode, response.body).toBe(200)
  const { basis, model, explanation } = response.json().scores.conversion
  const count = explanation.contributions.find((one: { feature: string }) => one.feature.endsWith('.count'))
  return { version: model.version, basis, weight: (count?.log_odds ?? 0).toFixed(6) }
}

/** Of one visit: 0.9 x weight x (ln 2 - 0.6). */
const effect = (weight: number) => (0.9 * weight * (Math.log(2) - 0.6)).toFixed(6)

test('a promoted model goes live while requests run; none fails, none mixes two models', async () => {
  await promote(database.pool, await keepModel(database.pool, tinyArtifact({ weight: 1 })), null)
  const second = await keepModel(database.pool, tinyArtifact({ weight: 2 }))
  const server = await serve(3_600_000)
  // The listener connects after the first load.
  await until(async () => {
    const { rows } = await database.pool.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
    )
    return rows.length > 0
  })
  const seen: { version: string; weight: string }[] = []
  let asking = true
  const askers = Array.from({ length: 4 }, async () => {
    while (asking) seen.push(await answer(server))
  })
  await until(() => seen.length > 20)
  await promote(database.pool, second, 1)
  await until(() => seen.at(-1)?.version === '2')
  await promote(database.pool, 1, 2)
  await until(() => seen.at(-1)?.version === '1')
  asking = false
  await Promise.all(askers)
  expect(new Set(seen.map(({ version, weight }) => `${version} ${weight}`))).toEqual(
    new Set([`1 ${effect(1)}`, `2 ${effect(2)}`]),
  )
})

test('looking every moment finds a promotion whose notice was lost, over HTTP and without a restart', async () => {
  await promote(database.pool, await keepModel(database.pool, tinyArtifact({ weight: 1 })), null)
  const version = await keepModel(database.pool, tinyArtifact({ weight: 2 }))
  const server = await serve()
  // An update by hand sends no notice.
  await database.pool.query(`UPDATE wonlost.model_aliases SET version = $1, revision = revision + 1`, [
    version,
  ])
  await until(async () => (await answer(server)).version === '2')
})

test('promotion by HTTP: compare and set, then back', async () => {
  await promote(database.pool, await keepModel(database.pool, tinyArtifact({ weight: 1 })), null)
  await keepModel(database.pool, tinyArtifact({ weight: 2 }))
  const server = await serve()
  const change = (verb: string, payload: object) =>
    server.app.inject({ method: 'POST', url: `/v1/models/conversion/${verb}`, payload })

  const judged = await change('promote', { version: 2, reason: 'better', expected_revision: 1 })
  expect(judged.json()).toMatchObject({ status: 409, code: 'promotion_refused' })
  const force = { force: true, reason: 'better' }
  const promoted = await change('promote', { version: 2, expected_revision: 1, ...force })
  expect(promoted.json()).toEqual({ name: 'conversion', segment: null, version: '2', revision: 2 })
  const late = await change('promote', { version: 1, reason: 'too late', expected_revision: 1 })
  expect(late.json()).toMatchObject({ status: 409, code: 'promotion_conflict' })
  const unknown = await change('promote', { version: 9, reason: 'x' })
  expect(unknown.json()).toMatchObject({
    status: 404,
    code: 'model_not_found',
    errors: [{ field: 'version' }],
  })
  const never = await change('rollback', { version: 9, reason: 'x' })
  expect(never.json()).toMatchObject({ status: 404, code: 'model_not_found' })
  const beyond = await change('promote', { version: 1, reason: 'x', expected_revision: 2 ** 31 })
  expect(beyond.json()).toMatchObject({ status: 400, errors: [{ field: 'expected_revision' }] })
  const wordless = await change('promote', { version: 1 })
  expect(wordless.json()).toMatchObject({ status: 400, errors: [{ field: 'reason' }] })
  await until(async () => (await answer(server)).version === '2')
  const back = await change('rollback', { reason: 'worse after all' })
  expect(back.json()).toMatchObject({ version: '1', revision: 3 })
  await until(async () => (await answer(server)).version === '1')
  const { versions } = (await server.app.inject('/v1/models/conversion')).json()
  expect(versions.map((one: { version: string; alias: string | null }) => [one.version, one.alias])).toEqual([
    ['2', null],
    ['1', 'champion'],
  ])
  const report = await server.app.inject('/v1/models/conversion/versions/1/report')
  expect(report.json()).toEqual({ auc: 0.75 })
  // Before the first there was none: the rubric answers again.
  const none = await change('rollback', { reason: 'further back' })
  expect(none.json()).toEqual({ name: 'conversion', segment: null, version: null, revision: null })
  await until(async () => (await answer(server)).version === '0')
  const nothing = await change('rollback', { reason: 'nothing to go back from' })
  expect(nothing.json()).toMatchObject({ status: 409, code: 'promotion_refused' })
})

test('until something is trained the rubric answers, without a probability', async () => {
  const server = await serve()
  expect(await answer(server)).toMatchObject({ basis: 'rubric', version: '0' })
  const report = await server.app.inject('/v1/models/conversion/versions/1/report')
  expect(report.json()).toMatchObject({ status: 404, detail: 'conversion has no version 1. Versions: none.' })
  await promote(database.pool, await keepModel(database.pool), null)
  await until(async () => (await answer(server)).basis === 'logistic')
})

test.each([
  ['damaged', { fingerprint: 'f'.repeat(64) }, 'fingerprint_mismatch'],
  ['without its terms', { terms: [] }, 'artifact_invalid'],
])(
  'a champion %s changes nothing: the one before answers, and readiness says why',
  async (_what, damage, code) => {
    await promote(database.pool, await keepModel(database.pool), null)
    const server = await serve()
    const body = canonicalJson({ ...tinyArtifact({ weight: 2 }).artifact, ...damage })
    const bad = { artifact: tinyArtifact().artifact, body, sha256: sha256Hex(body) }
    await promote(database.pool, await keepModel(database.pool, bad), 1)
    await until(() => server.engine.status().problem?.code === code)
    expect(await answer(server)).toMatchObject({ version: '1', weight: effect(0.7) })
    const ready = await server.app.inject('/readyz')
    expect(ready.statusCode).toBe(200)
    expect(ready.json().checks.engine).toMatchObject({ ok: true, problem: { code } })
    // Said once, not every time it looks.
    expect(server.log.filter((line) => line.includes(`"${code}"`)).length).toBe(1)
    // A good one afterwards is taken.
    await promote(database.pool, await keepModel(database.pool, tinyArtifact({ weight: 3 })), 2)
    await until(async () => (await answer(server)).version === '3')
    expect(server.engine.status().problem).toBeNull()
  },
)

test('a damaged champion of one model does not hold up another model', async () => {
  await promote(database.pool, await keepModel(database.pool), null)
  const server = await serve()
  const { artifact } = tinyArtifact({ name: 'other' })
  const body = canonicalJson({ ...artifact, terms: [] })
  const version = await keepModel(database.pool, { artifact, body, sha256: sha256Hex(body) })
  await promote(database.pool, version, null, 'other')
  await until(() => server.engine.status().problem?.code === 'artifact_invalid')
  await promote(database.pool, await keepModel(database.pool, tinyArtifact({ weight: 2 })), 1)
  await until(async () => (await answer(server)).version === '2')
  expect(server.engine.status().problem?.code).toBe('artifact_invalid')
})

test('an artifact whose bytes were changed in the database is refused', async () => {
  await promote(database.pool, await keepModel(database.pool), null)
  const server = await serve()
  const other = tinyArtifact({ weight: 2 })
  const version = await keepModel(database.pool, other)
  await database.pool.query(
    `UPDATE wonlost.artifacts SET body = replace(body, '0.3', '0.4') WHERE sha256 = $1`,
    [other.sha256],
  )
  const refused = await server.app.inject({
    method: 'POST',
    url: '/v1/models/conversion/promote',
    payload: { version, reason: 'better', force: true },
  })
  expect(refused.json()).toMatchObject({ status: 422, code: 'artifact_invalid' })
  await promote(database.pool, version, 1)
  await until(() => server.engine.status().problem?.code === 'artifact_invalid')
  expect(await answer(server)).toMatchObject({ version: '1' })
})

test('a server that starts with a damaged champion does not answer with half an engine', async () => {
  const body = canonicalJson({ ...tinyArtifact().artifact, terms: [] })
  await promote(
    database.pool,
    await keepModel(database.pool, { artifact: tinyArtifact().artifact, body, sha256: '' }),
    null,
  )
  const { app } = await serve()
  const ready = await app.inject('/readyz')
  expect(ready.json()).toMatchObject({
    status: 503,
    code: 'engine_not_loaded',
    checks: { engine: { problem: { code: 'artifact_invalid' } } },
  })
  const scored = await app.inject({ method: 'POST', url: '/v1/score', payload: { lead: { lead_id: 'x' } } })
  expect(scored.json()).toMatchObject({ status: 503, code: 'engine_not_loaded' })
  expect(scored.headers['retry-after']).toBeDefined()
  await promote(database.pool, await keepModel(database.pool), 1)
  await until(async () => (await app.inject('/readyz')).statusCode === 200)
})

test('a policy that is edited is in force at once; one with a typo leaves the old one', async () => {
  await promote(database.pool, await keepModel(database.pool), null)
  const { app, engine } = await serve()
  const action = async () => (await app.inject('/v1/policy')).json().content.bands[0].action
  folder.write('policy.yaml', TEST_POLICY.replace('action: nurture', 'action: wait'))
  await until(async () => (await action()) === 'wait')
  expect((await app.inject('/v1/policy')).json().version).toBe('2')
  folder.write('policy.yaml', TEST_POLICY.replace('bands:', 'bnads:'))
  await until(() => engine.status().problem?.code === 'policy_invalid')
  expect(await action()).toBe('wait')
  expect(engine.status().problem?.message).toMatch(/policy\.yaml:2.*bnads/)
  folder.write('policy.yaml', TEST_POLICY)
  await until(async () => (await action()) === 'nurture')
  expect((await app.inject('/v1/policy')).json().version).toBe('1')
})

test('a list that is edited makes a new version of the guardrails', async () => {
  const { app } = await serve()
  const verdict = async () => {
    const payload = { lead: { lead_id: 'x', traits: { email: 'a@other.example' } } }
    return (await app.inject({ method: 'POST', url: '/v1/score', payload })).json()
  }
  expect(await verdict()).toMatchObject({ guardrails_version: '1', verdict: { status: 'eligible' } })
  folder.write('lists/competitors.txt', 'rival.example\nother.example\n')
  await until(async () => (await verdict()).guardrails_version === '2')
  expect((await verdict()).verdict.status).toBe('disqualified')
})

test('a roll-back does not wait for a policy that names the model, which no definition knows', async () => {
  const kept = await keepModel(database.pool, tinyArtifact({ name: 'bought' }))
  await promote(database.pool, kept, null, 'bought')
  folder.write('policy.yaml', TEST_POLICY.replace('decided_by: conversion', 'decided_by: bought'))
  const { app, engine } = await serve()
  const url = '/v1/models/bought/rollback'
  const back = await app.inject({ method: 'POST', url, payload: { reason: 'no good' } })
  expect(back.json()).toMatchObject({ version: null })
  await until(async () => !engine.current().engine.models.some(({ name }) => name === 'bought'))
  expect(engine.status().problem).toBeNull()
  const said = await app.inject({ method: 'POST', url: '/v1/score', payload: { lead: { lead_id: 'x' } } })
  expect(said.json()).toMatchObject({ scores: {}, decision: { band: 'unscored' } })
})

test('a roll-back does not wait for a policy that names segments of what served; somebody is told', async () => {
  await promote(database.pool, await keepModel(database.pool, tinyArtifact({ weight: 1 })), null)
  const segments = 'segments: [{ name: outbound, when: [{ trait: source, one_of: [outbound] }] }]\n'
  folder.write('conversion.yaml', `${tinyDefinition('conversion')}${segments}`)
  const bands = '[{ name: cold, from: 0, to: 29 }, { name: hot, from: 30, to: 100 }]'
  folder.write('policy.yaml', `${TEST_POLICY}segment_bands: { outbound: ${bands} }\n`)
  const { app, engine } = await serve()
  expect(engine.status().problem).toEqual({
    code: 'policy_invalid',
    message: expect.stringMatching(/policy\.yaml names segments .* was trained without: outbound\. Nobody/),
  })
  expect((await app.inject('/readyz')).statusCode).toBe(200)
  expect((await app.inject('/v1/policy')).json().content.segment_bands).toHaveProperty('outbound')
})
