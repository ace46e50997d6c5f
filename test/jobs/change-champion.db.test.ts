import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { aliasOf } from '../../src/db/model-aliases.ts'
import { aliasHistory, championBefore } from '../../src/db/model-history.ts'
import { champions, saveModel, setAlias } from '../../src/db/models.ts'
import { type ChampionChange, promote, rollBack } from '../../src/jobs/change-champion.ts'
import { loadEngine } from '../../src/server/engine.ts'
import { loadChampion } from '../../training/gate/champion.ts'
import { tinyArtifact } from '../support/artifacts.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const NOW = Date.parse('2026-11-21T00:00:00Z')

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const gate = (verdict: 'pass' | 'by_hand' | 'refuse', champion: number | null = null) => ({
  verdict,
  because: 'The audit suspects onboarding.',
  against: { basis: champion === null ? 'rubric' : 'champion', version: champion, rows: 9, accounts: 9 },
  checks: [],
})

/** The next version of a model, with its own artifact and this report. */
async function keep(name: string, report: object, segment = ''): Promise<number> {
  const weight = Math.round(1_000 * (await database.pool.query('SELECT FROM wonlost.models')).rowCount!)
  const { artifact, body } = tinyArtifact({ name, weight, segment })
  const model = { name, segment, kind: artifact.kind, artifactBody: body, definitionVersion: 1, report }
  const { version } = await saveModel(database.pool, {
    ...model,
    cutoff: NOW,
    createdAt: NOW,
    createdBy: 'ann',
  })
  return version
}

const change = (name: string, given: Partial<ChampionChange> = {}): ChampionChange => ({
  name,
  segment: '',
  reason: 'better in the north',
  changedBy: 'ann',
  now: NOW,
  ...given,
})

const promoteIt = (name: string, version: number, given: Partial<ChampionChange & { force: boolean }> = {}) =>
  promote(database.pool, version, { ...change(name), force: false, ...given })

const refused = (message: RegExp) =>
  expect.objectContaining({ code: 'promotion_refused', message: expect.stringMatching(message) })

const champion = async (name: string) => (await aliasOf(database.pool, name, '', 'champion'))?.version ?? null

describe('promote', () => {
  it('lets pass what the gate let pass, in comparison with the champion of now', async () => {
    await keep('passed', { gate: gate('pass') })
    await keep('passed', { gate: gate('pass', 1) })
    await keep('passed', { gate: gate('pass', 1) })
    const first = { version: 1, previous: null, revision: 1, changed: true, forced: false }
    expect(await promoteIt('passed', 1)).toMatchObject(first)
    expect(await promoteIt('passed', 1)).toMatchObject({ ...first, previous: 1, changed: false })
    expect(await promoteIt('passed', 2)).toMatchObject({ version: 2, previous: 1, revision: 2 })
    // Judged against version 1, which is not what serves any more.
    await expect(promoteIt('passed', 3)).rejects.toThrowError(
      refused(/compared it with version 1, and now version 2 is the champion. Train again/),
    )
    expect(await champion('passed')).toBe(2)
  })

  it('refuses the others, unless forced: and then the history says so', async () => {
    await keep('forced', { gate: gate('refuse') })
    await keep('forced', { gate: gate('by_hand') })
    await keep('forced', { format: 'wonlost.import_report' })
    await expect(promoteIt('forced', 1)).rejects.toThrowError(
      refused(/refuses it. The audit suspects onboarding. .*--force/),
    )
    await expect(promoteIt('forced', 2)).rejects.toThrowError(refused(/leaves it to a person/))
    await expect(promoteIt('forced', 3)).rejects.toThrowError(refused(/the gate never judged it/))
    expect(await champion('forced')).toBeNull()
    expect(await promoteIt('forced', 1, { force: true })).toMatchObject({ forced: true, changed: true })
    expect(await promoteIt('forced', 3, { force: true })).toMatchObject({ forced: true })
    const [never, ...before] = await aliasHistory(database.pool, 'forced', '')
    expect(never!.reason).toMatch(/^forced, though the gate never judged it: .* is judged\. Why: better/)
    expect(before).toEqual([
      {
        alias: 'champion',
        revision: 1,
        version: 1,
        changedAt: NOW,
        changedBy: 'ann',
        reason: 'forced, though the gate refuses it. The audit suspects onboarding. Why: better in the north',
      },
    ])
  })

  it('tells all but one of many at once that the champion changed meanwhile', async () => {
    await keep('raced', { gate: gate('pass') })
    for (let n = 0; n < 4; n++) await keep('raced', { gate: gate('pass', 1) })
    await promoteIt('raced', 1)
    const races = await Promise.allSettled(
      [2, 3, 4, 5].map((version) => promoteIt('raced', version, { expectedRevision: 1 })),
    )
    const codes = races.map((race) => (race.status === 'fulfilled' ? 'done' : race.reason.code))
    expect(codes.toSorted()).toEqual([
      'done',
      'promotion_conflict',
      'promotion_conflict',
      'promotion_conflict',
    ])
    expect(await champion('raced')).toBe(2 + codes.indexOf('done'))
    expect(await aliasHistory(database.pool, 'raced', '')).toHaveLength(2)
    // Seen too long ago, and not there at all: told before the gate is asked.
    for (const expectedRevision of [1, null])
      await expect(promoteIt('raced', 2, { expectedRevision })).rejects.toMatchObject({
        code: 'promotion_conflict',
      })
  })

  it('changes nothing for a version that is damaged or that there is not, not even when forced', async () => {
    const version = await keep('damaged', { gate: gate('pass') })
    await database.pool.query(
      `UPDATE wonlost.artifacts SET body = replace(body, '-2.5', '-2.6') WHERE sha256 =
         (SELECT artifact_sha256 FROM wonlost.models WHERE name = 'damaged')`,
    )
    await expect(promoteIt('damaged', version, { force: true })).rejects.toMatchObject({
      code: 'artifact_invalid',
    })
    await expect(promoteIt('damaged', 9, { force: true })).rejects.toMatchObject({ code: 'model_not_found' })
    expect(await aliasHistory(database.pool, 'damaged', '')).toEqual([])
    // Were it champion nevertheless, nobody would be scored by it, and the gate says so instead of failing.
    await setAlias(database.pool, {
      ...change('damaged'),
      alias: 'champion',
      version,
      expectedRevision: null,
    })
    const config = readConfig({ DATABASE_URL: database.url })
    await expect(loadEngine(database.pool, config)).rejects.toMatchObject({ code: 'artifact_invalid' })
    expect(await loadChampion(database.pool, 'damaged')).toEqual({
      version,
      problem: expect.stringMatching(/is damaged: its sha256 is/),
    })
    await database.pool.query("DELETE FROM wonlost.model_aliases WHERE name = 'damaged'")
  })
})

describe('rollBack', () => {
  const back = (name: string, given: Partial<ChampionChange & { version: number }> = {}) =>
    rollBack(database.pool, { ...change(name), reason: 'it was not', ...given })

  it('goes back one champion at a time, without the gate', async () => {
    for (let n = 0; n < 4; n++) await keep('back', { gate: gate('refuse') })
    for (const version of [1, 2, 3]) await promoteIt('back', version, { force: true })
    expect(await back('back')).toMatchObject({ version: 2, previous: 3, revision: 4, forced: false })
    expect(await back('back')).toMatchObject({ version: 1, previous: 2, revision: 5 })
    await expect(back('back', { version: 4 })).rejects.toThrowError(
      refused(/never the champion.* so far: 1, 2, 3\./),
    )
    await expect(back('back', { version: 9 })).rejects.toMatchObject({ code: 'model_not_found' })
    expect(await back('back', { version: 3 })).toMatchObject({ version: 3, revision: 6 })
    await expect(back('back', { expectedRevision: 5 })).rejects.toMatchObject({ code: 'promotion_conflict' })
  })

  it.each(['', 'outbound'])(
    'leaves none before the first, and says who, when and why (segment "%s")',
    async (segment) => {
      const name = `first${segment}`
      for (let n = 0; n < 2; n++) await keep(name, { gate: gate('refuse') }, segment)
      const first = { segment, force: true }
      await promoteIt(name, 1, first)
      const none = { version: null, previous: 1, revision: null, changed: true }
      expect(await back(name, { segment, expectedRevision: 1 })).toMatchObject(none)
      expect(await aliasOf(database.pool, name, segment, 'champion')).toBeNull()
      expect((await champions(database.pool)).filter((one) => one.name === name)).toEqual([])
      await expect(back(name, { segment })).rejects.toThrowError(refused(/has no champion: there is nothing/))
      // Revisions go on, and so does the way back: to none, over whatever served meanwhile.
      expect(await promoteIt(name, 2, { ...first, expectedRevision: null })).toMatchObject({ revision: 3 })
      expect(await back(name, { segment })).toMatchObject({ ...none, previous: 2 })
      expect(await back(name, { segment, version: 1 })).toMatchObject({
        version: 1,
        previous: null,
        revision: 5,
      })
      expect(
        (await aliasHistory(database.pool, name, segment)).map(({ revision, version, changedBy, reason }) => [
          ...[revision, version, changedBy],
          reason.replace(/.*Why: /, ''),
        ]),
      ).toEqual([
        [5, 1, 'ann', 'it was not'],
        [4, null, 'ann', 'it was not'],
        [3, 2, 'ann', 'better in the north'],
        [2, null, 'ann', 'it was not'],
        [1, 1, 'ann', 'better in the north'],
      ])
    },
  )

  it('goes back once when two ask at the same moment for the champion that both saw', async () => {
    for (let n = 0; n < 3; n++) await keep('twice', { gate: gate('refuse') })
    for (const version of [1, 2, 3]) await promoteIt('twice', version, { force: true })
    const asked = await Promise.allSettled([1, 2].map(() => back('twice', { expectedRevision: 3 })))
    expect(asked.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await champion('twice')).toBe(2)
  })

  it('does not go back to what no server could load', async () => {
    for (let n = 0; n < 2; n++) await keep('spoilt', { gate: gate('refuse') })
    for (const version of [1, 2]) await promoteIt('spoilt', version, { force: true })
    await database.pool.query(
      `UPDATE wonlost.artifacts SET body = body || ' ' WHERE sha256 =
         (SELECT artifact_sha256 FROM wonlost.models WHERE name = 'spoilt' AND version = 1)`,
    )
    await expect(back('spoilt')).rejects.toMatchObject({ code: 'artifact_invalid' })
    expect(await champion('spoilt')).toBe(2)
  })

  it('is refused where nothing was ever promoted', async () => {
    await keep('never', {})
    await setAlias(database.pool, {
      ...change('never'),
      alias: 'challenger',
      version: 1,
      expectedRevision: null,
    })
    await expect(back('never')).rejects.toThrowError(refused(/has no champion/))
  })
})

describe('championBefore', () => {
  it('takes off what came after the version that was gone back to', () => {
    expect(championBefore([])).toBeNull()
    expect(championBefore([1])).toBeNull()
    expect(championBefore([1, 1])).toBeNull()
    expect(championBefore([1, 2])).toBe(1)
    expect(championBefore([1, 2, 3, 2])).toBe(1)
    expect(championBefore([1, 2, 3, 2, 1])).toBeNull()
    expect(championBefore([1, 2, 3, 2, 4])).toBe(2)
    expect(championBefore([1, 2, 1, 2])).toBe(1)
    expect(championBefore([1, 0, 2])).toBeNull()
    expect(championBefore([1, 0, 2, 3])).toBe(2)
  })
})
