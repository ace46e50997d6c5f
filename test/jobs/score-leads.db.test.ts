import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadScores } from '../../src/db/scores.ts'
import { holdScoring } from '../../src/db/scoring-runs.ts'
import { DAY, HOUR } from '../../src/glossary.ts'
import { scoreOneLead } from '../../src/jobs/score-lead.ts'
import { type ScoreLeadsOptions, type ScoreSummary, scoreLeads } from '../../src/jobs/score-leads.ts'
import { fromStoredScores } from '../../src/jobs/stored-lead.ts'
import type { Engine } from '../../src/scoring/engine.ts'
import type { ScoredLead } from '../../src/scoring/scored-lead.ts'
import { AS_OF, definition, engine, loaded, logisticArtifact } from '../scoring/fixture.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { addManyLeads, forgetScores, keptScores } from '../support/many-leads.ts'

let database: TestDatabase
const scoring = engine([loaded(logisticArtifact()), loaded(logisticArtifact(definition('fit')))])

beforeAll(async () => {
  database = await createTestDatabase()
  await addManyLeads(database.pool, AS_OF)
})
afterAll(() => database.drop())

async function stored(leadId: string): Promise<ScoredLead | null> {
  return fromStoredScores(await loadScores(database.pool, 'lead', leadId), ['conversion', 'fit'])
}

describe('scoreLeads', () => {
  it('scores every lead as one by one, keeps what it said, and changes nothing the second time', async () => {
    const { pool } = database
    const said = new Map<string, ScoredLead>()
    const steps: number[] = []
    const options = {
      asOf: AS_OF,
      scoredAt: AS_OF + DAY,
      cause: 'score',
      onScored: (scored: ScoredLead) => said.set(scored.lead_id, scored),
      report: (_step: string, done?: number) => steps.push(done ?? 0),
    }
    const summary = await scoreLeads(pool, scoring, options)
    expect(summary.leads).toBe(1_200)
    expect(summary.changed).toBe(2 * 1_199)
    expect(summary.verdicts).toEqual({ eligible: 1_198, disqualified: 2 })
    expect(summary.bands).toMatchObject({ disqualified: 2, unscored: 1 })
    expect(Object.values(summary.bands).reduce((sum, count) => sum + count, 0)).toBe(1_200)
    expect(said.size).toBe(1_200)
    expect([...new Set(steps)]).toEqual([501, 1_002, 1_200])

    for (const leadId of ['l0', 'l7', 'l11', 'l1199']) {
      const alone = await scoreOneLead(pool, scoring, leadId, AS_OF, { explain: false })
      expect(said.get(leadId)).toEqual(alone)
      const kept = await stored(leadId)
      expect(kept).toEqual(alone)
      expect(JSON.stringify(kept)).toBe(JSON.stringify(alone))
    }
    expect(said.get('l11')?.verdict.override).toMatchObject({
      status: 'disqualified',
      reason: 'Asked us not to.',
      set_by: 'ann',
    })
    expect(await stored('l9')).toBeNull()
    expect((await scoreLeads(pool, scoring, options)).changed).toBe(0)
  })
})

describe('a run that was interrupted', () => {
  const options = { asOf: AS_OF, scoredAt: AS_OF + HOUR, cause: 'score' }
  let clean: unknown
  let summary: ScoreSummary

  beforeAll(async () => {
    await forgetScores(database.pool)
    summary = await scoreLeads(database.pool, scoring, options)
    clean = await keptScores(database.pool)
  })
  beforeEach(async () => {
    await forgetScores(database.pool)
    const stop = new AbortController()
    const run = scoreLeads(database.pool, scoring, {
      ...options,
      signal: stop.signal,
      report: () => stop.abort(),
    })
    await expect(run).rejects.toMatchObject({
      code: 'interrupted',
      message: expect.stringMatching(/^Interrupted: 1002 of 1200 leads are scored and kept\./),
    })
    expect(database.pool.idleCount).toBe(database.pool.totalCount)
  })

  const again = async (changes: Partial<ScoreLeadsOptions>, engine = scoring) => {
    const said: string[] = []
    const all = { ...options, say: (text: string) => said.push(text), ...changes }
    return { summary: await scoreLeads(database.pool, engine, all), said: said.join() }
  }

  it('goes on with the rest and its own time, and comes to the same as one that was not', async () => {
    const later = AS_OF + 3 * HOUR
    const steps: number[] = []
    const report = (_step: string, done?: number) => steps.push(done ?? 0)
    const resumed = await again({ asOf: later, isNow: true, scoredAt: later, report })
    expect(resumed.said).toBe(
      'Continuing the run of 2026-11-21T00:00:00Z: 1002 of 1200 leads are done; --restart begins anew.',
    )
    expect(new Set(steps)).toEqual(new Set([1_002, 1_200]))
    expect(resumed.summary).toEqual(summary)
    expect(await keptScores(database.pool)).toEqual(clean)
    expect((await database.pool.query('SELECT FROM wonlost.scoring_parts')).rowCount).toBe(0)
  })

  it('tells of leads that came to a part that was done', async () => {
    const { pool } = database
    await pool.query(`INSERT INTO wonlost.leads
      SELECT 'new', account_id, created_at, known_at, source FROM wonlost.leads WHERE lead_id = 'l0'`)
    const { said, summary: resumed } = await again({})
    expect(resumed.leads).toBe(1_200)
    expect(said).toContain('1 leads are not among them')
    expect((await again({})).said).toBe('')
    expect(await stored('new')).not.toBeNull()
    await pool.query(`DELETE FROM wonlost.leads WHERE lead_id = 'new'`)
  })

  it.each<[string, Partial<ScoreLeadsOptions>, Engine?]>([
    ['the policy changed since', {}, { ...scoring, policy: { ...scoring.policy, version: 5 } }],
    ['the model fit changed since', {}, { ...scoring, models: scoring.models.slice(0, 1) }],
    ['it is as of another time', { asOf: AS_OF - 1 }],
    ['it is not as of the last 12 hours', { isNow: true, asOf: AS_OF + DAY }],
    ['every lead is to be shown', { onScored: () => {} }],
  ])('begins anew when %s', async (why, changes, engine) => {
    const anew = await again(changes, engine)
    expect(anew.said).toContain(`leads are done) is not continued: ${why}.`)
    expect(anew.summary).toMatchObject({ leads: 1_200, asOf: changes.asOf ?? AS_OF })
    const { rows } = await database.pool.query('SELECT DISTINCT as_of, policy_version FROM wonlost.scores')
    const version = engine?.policy.version ?? 4
    expect(rows).toEqual([{ as_of: new Date(changes.asOf ?? AS_OF), policy_version: version }])
  })

  it('begins anew when its time is of the future, and leaves scores that are as of later than now', async () => {
    const anew = await again({ isNow: true, asOf: AS_OF - 1 })
    expect(anew.said).toContain('is not continued: it is not as of the last 12 hours.')
    const { rows } = await database.pool.query(
      'SELECT as_of, count(DISTINCT subject_id) AS leads FROM wonlost.scores GROUP BY as_of ORDER BY as_of',
    )
    // One of the leads has won, and has no score.
    expect(rows).toEqual([
      { as_of: new Date(AS_OF - 1), leads: 197 },
      { as_of: new Date(AS_OF), leads: 1_002 },
    ])
  })

  it('begins anew when a part is missing, because a lead was erased that it is named by', async () => {
    await database.pool.query('DELETE FROM wonlost.scoring_parts WHERE part = 2')
    const anew = await again({})
    expect(anew.said).toContain('is not continued: leads were erased since.')
    expect(anew.summary).toEqual({ ...summary, changed: anew.summary.changed })
    expect(await keptScores(database.pool)).toEqual(clean)
  })
})

it('does not take a thread that ended without a word for one that did its work', async () => {
  await forgetScores(database.pool)
  const script = new URL('data:text/javascript,process.exit(0)')
  const options = { asOf: AS_OF, scoredAt: AS_OF, cause: 'score' }
  const run = scoreLeads(database.pool, scoring, {
    ...options,
    threads: () => ({ count: 2, script, settings: null }),
  })
  await expect(run).rejects.toMatchObject({ code: 'internal', message: expect.stringContaining('0 of 1200') })
  const said: string[] = []
  const summary = await scoreLeads(database.pool, scoring, { ...options, say: (text) => said.push(text) })
  expect(said.join()).toContain('Continuing the run')
  expect(summary.leads).toBe(1_200)
})

it('scores all leads in one process at a time', async () => {
  const other = holdScoring(database.pool, () =>
    scoreLeads(database.pool, scoring, { asOf: AS_OF, scoredAt: AS_OF, cause: 'score' }),
  )
  await expect(other).rejects.toMatchObject({ code: 'scoring_in_progress', exitCode: 1 })
})

describe('scoreOneLead', () => {
  it('does not know a lead that is not there', async () => {
    await expect(scoreOneLead(database.pool, scoring, "l'0", AS_OF, { explain: true })).rejects.toMatchObject(
      {
        code: 'lead_not_found',
        exitCode: 1,
      },
    )
  })
})
