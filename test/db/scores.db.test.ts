import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { withTransaction } from '../../src/db/database.ts'
import { applyMerges } from '../../src/db/merges.ts'
import { loadOverrides } from '../../src/db/overrides.ts'
import { loadScores, type StoredScore, saveScores } from '../../src/db/scores.ts'
import { parseTime } from '../../src/glossary.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { until } from '../support/until.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
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
    policyInput: { cap: null, segments: ['outbound'] },
    scoredAt: AS_OF + 5,
    ...changes,
  }
}

const save = (subjects: readonly string[], scores: readonly StoredScore[], cause = 'score') =>
  withTransaction(database.pool, (client) => saveScores(client, 'lead', subjects, scores, cause))

const history = async () =>
  (
    await database.pool.query(
      'SELECT subject_id, model, score, band, cause FROM wonlost.score_history ORDER BY history_id',
    )
  ).rows

describe('saveScores', () => {
  it('keeps every field, bit for bit, and a missing probability', async () => {
    const rubric = score({ model: 'fit', probability: null, basis: 'rubric', version: 0 })
    expect(await save(['l_1'], [score(), rubric])).toBe(2)
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
    expect(await save(['l_1'], [drifted])).toBe(0)
    expect(await loadScores(database.pool, 'lead', 'l_1')).toEqual([drifted])
    expect(await save(['l_1'], [{ ...drifted, score: 1 }], 'event')).toBe(1)
    expect(await save(['l_1'], [{ ...drifted, score: 1, verdict: 'review' }])).toBe(1)
    expect(await save(['l_1'], [{ ...drifted, score: 1, verdict: 'review', version: 4 }], 'promotion')).toBe(
      1,
    )
    expect(await save(['l_1'], [{ ...drifted, score: 1, verdict: 'review', version: 4 }])).toBe(0)
    expect((await history()).map(({ cause }) => cause)).toEqual(['score', 'event', 'score', 'promotion'])
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
    await pool.query(
      `INSERT INTO wonlost.leads SELECT id, NULL, now(), now(), 'test' FROM unnest(ARRAY['l_1', 'l_2']) AS id`,
    )
    let saving: Promise<number> | undefined
    await withTransaction(pool, async (client) => {
      const merge = { fromId: 'l_1', intoId: 'l_2', evidence: {} }
      await applyMerges(client, 'lead', [merge], { by: 'ann', at: AS_OF })
      let isDone = false
      saving = save(['l_1', 'l_2'], [score(), score({ subjectId: 'l_2' })]).finally(() => {
        isDone = true
      })
      const waits =
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
      await until(async () => isDone || (await pool.query(waits)).rowCount === 1)
    })
    expect(await saving).toBe(1)
    expect(await loadScores(pool, 'lead', 'l_1')).toEqual([])
    expect(await loadScores(pool, 'lead', 'l_2')).toHaveLength(1)
  })

  it('takes two writers of the same leads in opposite order', async () => {
    const ids = Array.from({ length: 200 }, (_, i) => `l_${i}`)
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
