import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadOverrides } from '../../src/db/overrides.ts'
import { loadScores } from '../../src/db/scores.ts'
import { DAY, formatTime } from '../../src/glossary.ts'
import { scoreOneLead } from '../../src/jobs/score-lead.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { fromStoredScores } from '../../src/jobs/stored-lead.ts'
import type { ScoredLead } from '../../src/scoring/scored-lead.ts'
import { AS_OF, definition, engine, loaded, logisticArtifact } from '../scoring/fixture.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
const scoring = engine([loaded(logisticArtifact()), loaded(logisticArtifact(definition('fit')))])

/** 1,200 leads, three an account: more than two batches. l7 works for a rival, l9 has won, l11 is overridden. */
beforeAll(async () => {
  database = await createTestDatabase()
  const { pool } = database
  const created = `'${formatTime(AS_OF - 100 * DAY)}'::timestamptz`
  await pool.query(`
    INSERT INTO wonlost.accounts SELECT 'a' || n, ${created}, ${created}, 'test' FROM generate_series(0, 399) n;
    INSERT INTO wonlost.leads SELECT 'l' || n, 'a' || n % 400, ${created}, ${created}, 'test' FROM generate_series(0, 1199) n;
    INSERT INTO wonlost.traits SELECT 'lead', 'l' || n, name, value, ${created}, ${created}, 'test', false
      FROM generate_series(0, 1199) n, LATERAL (VALUES ('title', '"CTO"'::jsonb),
        ('email', to_jsonb('p' || n || CASE WHEN n = 7 THEN '@rival.example' ELSE '@acme.example' END))) t (name, value);
    INSERT INTO wonlost.traits SELECT 'account', 'a' || n, name, value, ${created}, ${created}, 'test', false
      FROM generate_series(0, 399) n, LATERAL (VALUES ('name', '"Acme"'::jsonb), ('employees', to_jsonb(n)), ('country', '"DE"'),
        ('industry', CASE WHEN n % 2 = 0 THEN '"software"'::jsonb ELSE '"retail"' END)) t (name, value);
    INSERT INTO wonlost.events SELECT 'e' || n, 'l' || n, NULL, 'pricing_page_viewed', ${created} + n % 99 * interval '1 day',
      ${created} + n % 99 * interval '1 day', 'test', '{}' FROM generate_series(0, 1199) n WHERE n % 3 > 0;
    INSERT INTO wonlost.deals VALUES ('d1', 'a9', 'new_business', ${created} + interval '1 day', ${created} + interval '2 days',
      'won', 1, 'EUR', NULL, ${created} + interval '2 days', 'test');
    INSERT INTO wonlost.deal_contacts VALUES ('d1', 'l9', true);
    INSERT INTO wonlost.overrides VALUES ('lead', 'l11', 'disqualified', 'Asked us not to.', 'ann', ${created}, NULL);
  `)
})
afterAll(() => database.drop())

async function stored(leadId: string): Promise<ScoredLead | null> {
  const { pool } = database
  const overrides = await loadOverrides(pool, 'lead', [leadId])
  return fromStoredScores(
    await loadScores(pool, 'lead', leadId),
    ['conversion', 'fit'],
    overrides.get(leadId),
  )
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
    expect(steps).toEqual([500, 1_000, 1_200])

    for (const leadId of ['l0', 'l7', 'l11', 'l1199']) {
      const alone = await scoreOneLead(pool, scoring, leadId, AS_OF, { explain: false })
      expect(said.get(leadId)).toEqual(alone)
      const kept = await stored(leadId)
      expect(kept).toEqual(alone)
      expect(JSON.stringify(kept)).toBe(JSON.stringify(alone))
    }
    expect(said.get('l11')?.verdict.override).toEqual({
      status: 'disqualified',
      reason: 'Asked us not to.',
      set_by: 'ann',
    })
    expect(await stored('l9')).toBeNull()
    expect((await scoreLeads(pool, scoring, options)).changed).toBe(0)
  })

  it('stops when asked to, between batches', async () => {
    const stop = new AbortController()
    const options = {
      asOf: AS_OF,
      scoredAt: AS_OF,
      cause: 'score',
      signal: stop.signal,
      report: () => stop.abort(),
    }
    await expect(scoreLeads(database.pool, scoring, options)).rejects.toThrow()
    expect(database.pool.idleCount).toBe(database.pool.totalCount)
  })
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
