import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { withTransaction } from '../../src/db/database.ts'
import { applyMerges, undoMerges } from '../../src/db/merges.ts'
import { loadOverrides } from '../../src/db/overrides.ts'
import { type SavedScores, type SaveScoresOptions, saveScores } from '../../src/db/save-scores.ts'
import { loadScores, type StoredScore } from '../../src/db/scores.ts'
import { parseTime } from '../../src/glossary.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { until } from '../support/until.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await database.pool.query(
    `INSERT INTO wonlost.leads SELECT 'l_' || n, NULL, now(), now(), 'test' FROM generate_series(0, 199) n`,
  )
})
afterAll(() => database.drop())
beforeEach(() => database.pool.query('TRUNCATE wonlost.scores, wonlost.score_history, wonlost.overrides'))

const AS_OF = parseTime('2026-03-01T10:00:00.123Z')

function score(changes: Partial<StoredScore> = {}): StoredScore {
  return {
    subjectKind: 'lead',
    subjectId: 'l_1',
    model: 'conversion',
    segment: '',
    version: 3,
    basis: 'logistic',
    artifactSha256: 'ab',
    because: 'no segment applies',
    asOf: AS_OF,
    policyVersion: 4,
    guardrailsVersion: 9,
    // Neither has a short decimal form: every bit must come back.
    probability: 0.1 + 0.2,
    interval: [0.2 / 3, 0.7],
    rawPoints: 1 / 3,
    score: 0,
    band: 'cold',
    verdict: 'eligible',
    decision: { band: 'cold', action: 'none' },
    notApplicable: { win: 'has no open deal' },
    verdictRules: [{ id: 'x', condition: 'title is "a\\"b{},"' }],
    verdictBounds: { cap: 'warm', raise: null, excluded_channels: ['email'] },
    override: null,
    expectedValue: 2 / 3,
    fitScore: 65,
    intentScore: 0,
    policyInput: { cap: null, segments: ['outbound'] },
    scoredAt: AS_OF + 5,
    ...changes,
  }
}

const save = (
  subjects: readonly string[],
  scores: readonly StoredScore[],
  options: Partial<SaveScoresOptions> = {},
): Promise<SavedScores> =>
  withTransaction(database.pool, (client) =>
    saveScores(client, 'lead', subjects, scores, {
      asOf: scores[0]?.asOf ?? AS_OF,
      cause: 'score',
      minPoints: 2,
      over: 'earlier or same',
      ...options,
    }),
  )

const entries = async (...given: Parameters<typeof save>): Promise<number> =>
  (await save(...given)).entries.length

const history = async () =>
  (
    await database.pool.query(
      'SELECT subject_id, model, score, band, cause FROM wonlost.score_history ORDER BY history_id',
    )
  ).rows

describe('saveScores', () => {
  it('keeps every field, bit for bit, and a missing probability', async () => {
    const rubric = score({ model: 'fit', probability: null, basis: 'rubric', version: 0 })
    expect(await entries(['l_1'], [score(), rubric])).toBe(2)
    expect(await loadScores(database.pool, 'lead', 'l_1')).toEqual([score(), rubric])
    expect(await loadScores(database.pool, 'account', 'l_1')).toEqual([])
  })

  it('writes history only when people would see a change', async () => {
    await save(['l_1'], [score()])
    const drifted = score({
      rawPoints: 0.4,
      probability: 0.31,
      asOf: AS_OF + 1,
      scoredAt: AS_OF + 9,
      decision: { band: 'cold' },
    })
    expect(await entries(['l_1'], [drifted])).toBe(0)
    expect(await loadScores(database.pool, 'lead', 'l_1')).toEqual([drifted])
    expect(await entries(['l_1'], [{ ...drifted, verdict: 'review' }], { cause: 'event' })).toBe(1)
    const promoted = { ...drifted, verdict: 'review', version: 4 }
    expect(await entries(['l_1'], [promoted], { cause: 'promotion' })).toBe(1)
    expect(await entries(['l_1'], [promoted])).toBe(0)
    const lowered = { ...promoted, decision: { band: 'cool' } }
    expect(await entries(['l_1'], [lowered])).toBe(1)
    expect((await history()).map(({ cause }) => cause)).toEqual(['score', 'event', 'promotion', 'score'])
  })

  it('adds up small moves until they are more than the least that makes an entry', async () => {
    const moves = [10, 11, 12, 12.5, 11, 14.5, 14.6]
    const made: number[] = []
    for (const [i, rawPoints] of moves.entries())
      made.push(await entries(['l_1'], [score({ rawPoints, asOf: AS_OF + i })]))
    // 12.5 is 2.5 from the first entry, and 14.6 the first that is more than 2 from 12.5.
    expect(made).toEqual([1, 0, 0, 1, 0, 0, 1])
    expect(await entries(['l_1'], [score({ rawPoints: 14.7, asOf: AS_OF + 8 })], { minPoints: 0 })).toBe(1)
  })

  it('never puts an older score over a newer one, unless it is told to or the newer is of the future', async () => {
    const kept = async () =>
      (await loadScores(database.pool, 'lead', 'l_1')).map(({ model, asOf }) => [model, asOf - AS_OF])
    await save(['l_1'], [score({ asOf: AS_OF + 5 }), score({ model: 'fit', asOf: AS_OF + 5 })])
    const older = await save(['l_1', 'l_2'], [score(), score({ subjectId: 'l_2' })])
    expect([...older.refused]).toEqual(['l_1'])
    expect(older.entries.map(({ score: { subjectId } }) => subjectId)).toEqual(['l_2'])
    // That the older one has no score of fit does not remove the newer one's.
    expect(await kept()).toEqual([
      ['conversion', 5],
      ['fit', 5],
    ])
    const same = score({ asOf: AS_OF + 5 })
    expect((await save(['l_1'], [same], { over: 'earlier' })).refused.size).toBe(1)
    expect((await save(['l_1'], [same])).refused.size).toBe(0)
    expect((await save(['l_1'], [score()], { over: 'all' })).refused.size).toBe(0)
    expect(await kept()).toEqual([['conversion', 0]])
    await save(['l_1'], [score({ asOf: AS_OF + 60_001 })])
    expect((await save(['l_1'], [score()])).refused.size).toBe(0)
  })

  it('waits for nobody who is told not to: whom somebody else is writing stays, the others are kept', async () => {
    const { pool } = database
    await save(['l_1', 'l_2'], [score(), score({ model: 'fit' }), score({ subjectId: 'l_2' })])
    await withTransaction(pool, async (client) => {
      await client.query(
        "SELECT FROM wonlost.scores WHERE subject_id = 'l_1' AND model = 'fit' FOR NO KEY UPDATE",
      )
      const later = { asOf: AS_OF + 1 }
      const news = ['l_1', 'l_2', 'l_3'].map((subjectId) => score({ subjectId, ...later }))
      const saved = await save(['l_1', 'l_2', 'l_3'], news, { busy: 'skip' })
      expect([...saved.refused]).toEqual(['l_1'])
    })
    const { rows } = await pool.query('SELECT subject_id, model, as_of FROM wonlost.scores ORDER BY 1, 2')
    expect(rows.map((row) => [row.subject_id, row.model, row.as_of.getTime() - AS_OF])).toEqual([
      ['l_1', 'conversion', 0],
      ['l_1', 'fit', 0],
      ['l_2', 'conversion', 1],
      ['l_3', 'conversion', 1],
    ])
  })

  it('keeps reasons with an entry, and asks for none where there is no entry', async () => {
    const asked: unknown[] = []
    const options: Partial<SaveScoresOptions> = {
      reasonsOf: (said, former) => {
        asked.push([said.model, former?.decisionBand ?? null])
        return said.model === 'fit' ? { for: ['a'] } : null
      },
    }
    const both = [score(), score({ model: 'fit' })]
    await save(['l_1'], both, options)
    await save(['l_1'], both, options)
    await save(['l_1'], [score({ band: 'hot' }), both[1]!], options)
    expect(asked).toEqual([
      ['conversion', null],
      ['fit', null],
      ['conversion', 'cold'],
    ])
    const { rows } = await database.pool.query(
      'SELECT model, reasons FROM wonlost.score_history ORDER BY history_id',
    )
    expect(rows).toEqual([
      { model: 'conversion', reasons: null },
      { model: 'fit', reasons: { for: ['a'] } },
      { model: 'conversion', reasons: null },
    ])
  })

  it('removes the score of a model that no longer applies, and touches nobody else', async () => {
    await save(['l_1', 'l_2'], [score(), score({ model: 'fit' }), score({ subjectId: 'l_2' })])
    await save(['l_1'], [score({ model: 'fit' })])
    expect((await loadScores(database.pool, 'lead', 'l_1')).map(({ model }) => model)).toEqual(['fit'])
    expect(await loadScores(database.pool, 'lead', 'l_2')).toHaveLength(1)
    await save(['l_1'], [])
    expect(await loadScores(database.pool, 'lead', 'l_1')).toEqual([])
  })

  it('keeps none of a lead that was merged away, also while it waits for the merge', async () => {
    const { pool } = database
    let saving: Promise<number> | undefined
    await withTransaction(pool, async (client) => {
      const merge = { fromId: 'l_1', intoId: 'l_2', evidence: {} }
      await applyMerges(client, 'lead', [merge], { by: 'ann', at: AS_OF })
      let isDone = false
      saving = entries(['l_1', 'l_2'], [score(), score({ subjectId: 'l_2' })]).finally(() => {
        isDone = true
      })
      const waits =
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
      await until(async () => isDone || (await pool.query(waits)).rowCount === 1)
    })
    expect(await saving).toBe(1)
    expect(await loadScores(pool, 'lead', 'l_1')).toEqual([])
    expect(await loadScores(pool, 'lead', 'l_2')).toHaveLength(1)
    await withTransaction(pool, (client) => undoMerges(client, 'all', { by: 'ann', at: AS_OF }))
  })

  it('keeps none of a lead that is gone, or is being erased', async () => {
    const { pool } = database
    await withTransaction(pool, async (client) => {
      await client.query("DELETE FROM wonlost.leads WHERE lead_id = 'l_199'")
      const ids = ['l_199', 'l_500', 'l_1']
      const saved = await save(
        ids,
        ids.map((subjectId) => score({ subjectId })),
      )
      expect(saved.entries.map(({ score: { subjectId } }) => subjectId)).toEqual(['l_1'])
    })
  })

  it('takes two writers of the same leads in opposite order', async () => {
    const ids = Array.from({ length: 199 }, (_, i) => `l_${i}`)
    const forwards = ids.map((subjectId) => score({ subjectId, score: 1 }))
    const backwards = [...ids].reverse().map((subjectId) => score({ subjectId, score: 2 }))
    for (let round = 0; round < 5; round++) {
      await Promise.all([save(ids, forwards), save([...ids].reverse(), backwards)])
    }
    const { rows } = await database.pool.query('SELECT DISTINCT score FROM wonlost.scores')
    expect(rows).toHaveLength(1)
  })
})

describe('loadOverrides', () => {
  it('reads them by subject, with or without an end', async () => {
    await database.pool.query(
      `INSERT INTO wonlost.overrides VALUES
        ('lead', 'l_1', 'disqualified', 'No.', 'ann', $1, NULL), ('lead', 'l_2', 'eligible', 'Yes.', 'bob', $1, $2),
        ('account', 'l_3', 'eligible', 'Yes.', 'bob', $1, NULL)`,
      [new Date(AS_OF), new Date(AS_OF + 2)],
    )
    const ids = ['l_1', 'l_2', 'l_3', 'l_4']
    const found = await loadOverrides(database.pool, 'lead', ids, AS_OF + 1)
    expect([...found]).toEqual(
      expect.arrayContaining([
        ['l_1', { status: 'disqualified', reason: 'No.', setBy: 'ann', setAt: AS_OF, expiresAt: null }],
        ['l_2', { status: 'eligible', reason: 'Yes.', setBy: 'bob', setAt: AS_OF, expiresAt: AS_OF + 2 }],
      ]),
    )
    expect(found.size).toBe(2)
  })
})
