import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordConfiguration } from '../../src/db/configurations.ts'
import {
  champions,
  listModels,
  loadArtifactBody,
  MODELS_CHANNEL,
  saveModel,
  setAlias,
} from '../../src/db/models.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const now = Date.parse('2026-11-21T00:00:00Z')

const trained = (name: string, artifactBody: string) => ({
  name,
  segment: '',
  kind: 'logistic' as const,
  artifactBody,
  definitionVersion: 1,
  report: { auc: 0.8 },
  cutoff: now - 1,
  createdAt: now,
  createdBy: 'test',
})

const promoted = (name: string, version: number, expectedRevision: number | null) => ({
  name,
  segment: '',
  alias: 'champion' as const,
  version,
  expectedRevision,
  changedBy: 'test',
  reason: 'because',
  now,
})

describe('saveModel', () => {
  it('counts versions; the newest artifact again is the newest version again', async () => {
    const first = await saveModel(database.pool, trained('kept', '{"a":1}'))
    expect(first).toMatchObject({ version: 1, cutoff: now - 1, createdAt: now, report: { auc: 0.8 } })
    expect(await saveModel(database.pool, trained('kept', '{"a":1}'))).toEqual(first)
    expect((await saveModel(database.pool, trained('kept', '{"a":2}'))).version).toBe(2)
    // Not the newest any more: going back to it is a step of its own.
    expect((await saveModel(database.pool, trained('kept', '{"a":1}'))).version).toBe(3)
    expect((await listModels(database.pool, 'kept')).map((model) => model.version)).toEqual([3, 2, 1])
  })

  it('gives each of ten savers at once a version of its own', async () => {
    const saved = await Promise.all(
      Array.from({ length: 10 }, (_, i) => saveModel(database.pool, trained('raced', `{"a":${i}}`))),
    )
    expect(saved.map((model) => model.version).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })
})

describe('loadArtifactBody', () => {
  it('returns the bytes, and refuses bytes that do not have their hash', async () => {
    const body = '{"text":"é 😀"}'
    const { artifactSha256 } = await saveModel(database.pool, trained('bytes', body))
    expect(await loadArtifactBody(database.pool, artifactSha256)).toBe(body)
    await database.pool.query(`UPDATE wonlost.artifacts SET body = body || ' ' WHERE sha256 = $1`, [
      artifactSha256,
    ])
    await expect(loadArtifactBody(database.pool, artifactSha256)).rejects.toMatchObject({
      code: 'artifact_invalid',
    })
    await expect(loadArtifactBody(database.pool, 'f'.repeat(64))).rejects.toMatchObject({
      code: 'artifact_invalid',
    })
  })
})

describe('setAlias', () => {
  it('lets exactly one of many promoters win, and keeps who and why', async () => {
    await saveModel(database.pool, trained('contested', '{"c":1}'))
    await saveModel(database.pool, trained('contested', '{"c":2}'))
    for (const expected of [null, 1, 2]) {
      const outcomes = await Promise.allSettled(
        [1, 2, 1, 2, 1].map((version) => setAlias(database.pool, promoted('contested', version, expected))),
      )
      const won = outcomes.filter((outcome) => outcome.status === 'fulfilled')
      expect(won.map((outcome) => outcome.value)).toEqual([(expected ?? 0) + 1])
      for (const outcome of outcomes)
        if (outcome.status === 'rejected')
          expect(outcome.reason).toMatchObject({ code: 'promotion_conflict' })
    }
    const { rows } = await database.pool.query(
      `SELECT revision, changed_by, reason FROM wonlost.model_alias_history WHERE name = 'contested' ORDER BY revision`,
    )
    expect(rows.map((row) => row.revision)).toEqual([1, 2, 3])
    expect(rows[0]).toMatchObject({ changed_by: 'test', reason: 'because' })
  })

  it('notifies, and shows the champion', async () => {
    const model = await saveModel(database.pool, trained('shown', '{"s":1}'))
    const listener = await database.pool.connect()
    try {
      await listener.query(`LISTEN ${MODELS_CHANNEL}`)
      const heard = new Promise((resolve) => listener.once('notification', resolve))
      expect(await setAlias(database.pool, promoted('shown', 1, null))).toBe(1)
      expect(await heard).toMatchObject({ channel: MODELS_CHANNEL, payload: 'shown' })
    } finally {
      listener.release(true)
    }
    expect((await champions(database.pool)).find((champion) => champion.name === 'shown')).toEqual({
      name: 'shown',
      segment: '',
      version: 1,
      revision: 1,
      artifactSha256: model.artifactSha256,
    })
    await setAlias(database.pool, { ...promoted('shown', 1, null), alias: 'challenger' })
    expect(await listModels(database.pool, 'shown')).toMatchObject([{ version: 1, alias: 'champion' }])
  })

  it('says which version is missing', async () => {
    await expect(setAlias(database.pool, promoted('unknown', 7, null))).rejects.toMatchObject({
      code: 'model_not_found',
      message: 'The model unknown has no version 7.',
    })
  })
})

describe('recordConfiguration', () => {
  it('gives the same body the same version, whoever asks and however many at once', async () => {
    const record = (body: string) => recordConfiguration(database.pool, 'policy', 'policy', body, now)
    const versions = await Promise.all(['a', 'b', 'a', 'c', 'b', 'a'].map(record))
    expect(new Set(versions)).toEqual(new Set([1, 2, 3]))
    expect(versions[0]).toBe(versions[2])
    expect(versions[0]).toBe(versions[5])
    expect(versions[1]).toBe(versions[4])
    expect(await record('a')).toBe(versions[0])
    expect(await recordConfiguration(database.pool, 'definition', 'fit', 'a', now)).toBe(1)
  })
})
