import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DAY, formatTime, HOUR, MINUTE, type Milliseconds } from '../../src/glossary.ts'
import { feedbackReport } from '../../src/jobs/feedback/report.ts'
import { AS_OF, engine } from '../scoring/fixture.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

/** Bands low and high (within an hour); in review within two days. */
const scoring = engine()

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await addHistory()
})
afterAll(() => database.drop())

const report = (changes: object = {}) =>
  feedbackReport(database.pool, scoring, {
    ...{ asOf: AS_OF, windowDays: 30, horizonDays: 90, now: AS_OF },
    ...changes,
  })

/** Ten accounts of two: l0 and l1 of a0, and so on. */
async function addHistory(): Promise<void> {
  const { pool } = database
  const created = new Date(AS_OF - 500 * DAY)
  await pool.query(
    `INSERT INTO wonlost.accounts SELECT 'a' || n, $1::timestamptz, $1, 'test' FROM generate_series(0, 9) n`,
    [created],
  )
  await pool.query(
    `INSERT INTO wonlost.leads SELECT 'l' || n, 'a' || n / 2, $1::timestamptz, $1, 'test' FROM generate_series(0, 19) n`,
    [created],
  )
  await pool.query(`INSERT INTO wonlost.leads VALUES ('gone', NULL, $1, $1, 'test', 'l0')`, [created])
  const said = (lead: string, at: Milliseconds, band: string, verdict = 'eligible', scoredAt = at) =>
    pool.query(
      `INSERT INTO wonlost.score_history (subject_kind, subject_id, model, segment, version, as_of, policy_version, guardrails_version,
         raw_points, score, band, verdict, cause, scored_at, decision_band)
       VALUES ('lead', $1, 'conversion', '', 1, $2, 4, 9, 50, 50, $3, $4, 'score', $6, $5)`,
      [lead, new Date(at), band, verdict, verdict === 'eligible' ? band : verdict, new Date(scoredAt)],
    )
  const told = (
    lead: string,
    kind: string,
    at: Milliseconds,
    band: string | null = null,
    reason: string | null = null,
  ) =>
    pool.query(
      `INSERT INTO wonlost.feedback (subject_kind, subject_id, kind, reason, given_by, occurred_at, given_at, seen_model, seen_segment,
         seen_version, seen_as_of, seen_policy_version, seen_guardrails_version, seen_raw_points, seen_score, seen_band, seen_verdict, seen_decision_band)
       SELECT 'lead', $1, $2, $5, 'ann', $3::timestamptz, $3, m, m, v, t, v, v, v, v, m, m, $4
       FROM (SELECT $4::text AS m, CASE WHEN $4::text IS NULL THEN NULL ELSE 1 END AS v, CASE WHEN $4::text IS NULL THEN NULL ELSE $3::timestamptz END AS t) seen`,
      [lead, kind, new Date(at), band, reason],
    )
  const deal = (lead: string, opened: Milliseconds, won: Milliseconds | null) =>
    pool.query(
      `WITH d AS (INSERT INTO wonlost.deals VALUES ($1, NULL, 'new_business', $2, $3, $4, 1, 'EUR', NULL, $2, 'test') RETURNING deal_id)
       INSERT INTO wonlost.deal_contacts SELECT deal_id, $5, true FROM d`,
      [
        `d-${lead}-${opened}`,
        new Date(opened),
        won === null ? null : new Date(won),
        won === null ? 'open' : 'won',
        lead,
      ],
    )

  // Scoring began 200 days ago: half were high, l2 was disqualified.
  const began = AS_OF - 200 * DAY
  for (let n = 0; n < 20; n++)
    await said(`l${n}`, began, n % 2 === 0 ? 'high' : 'low', n === 2 ? 'disqualified' : 'eligible')
  // Within 90 days of the window's begin: two of a2 above, one below; l6 later than that; l8 was won before.
  await deal('l4', began + 10 * DAY, began + 40 * DAY)
  await deal('l5', began + 85 * DAY, null)
  await deal('l6', began + 171 * DAY, null)
  await deal('l8', began - 20 * DAY, began - DAY)
  // An opportunity already, and a customer perhaps.
  await deal('l12', began - 130 * DAY, null)
  await pool.query(
    `INSERT INTO wonlost.events VALUES ('q', 'l10', NULL, 'sales_qualified', $1, $1, 'test', '{}')`,
    [new Date(began + 90 * DAY)],
  )
  // What sales said: of l0 by an id that was merged into it, and the last word counts.
  const lately = AS_OF - 10 * DAY
  await told('l0', 'rejected', lately, 'high', 'no_budget')
  await told('gone', 'accepted', lately + HOUR, 'high')
  await told('l1', 'rejected', lately, 'high', 'no_need')
  await told('l3', 'rejected', lately, 'high', 'no_need')
  await told('l5', 'rejected', lately, null, 'other')
  await told('l7', 'rejected', AS_OF - 40 * DAY, 'high', 'no_need')

  // Into the band within the window, and what was done about it. From high to high is no entry.
  const entry = AS_OF - 5 * DAY
  const came = (n: number, at = entry) => said(`l${n}`, at, 'high')
  await said('l0', entry, 'high')
  await came(1)
  await told('l1', 'contacted', entry - MINUTE)
  await told('l1', 'contacted', entry + 30 * MINUTE)
  await came(3)
  await told('l3', 'contacted', entry + HOUR + 1)
  await came(5)
  await came(7)
  await said('l7', entry + 10 * MINUTE, 'low')
  await came(7, entry + 2 * DAY)
  await came(9)
  await told('l9', 'rejected', entry + 10 * MINUTE, 'high', 'duplicate')
  await came(11, AS_OF - 30 * MINUTE)
  await came(13)
  await pool.query(
    `INSERT INTO wonlost.events VALUES ('c', 'l13', NULL, 'call_made', $1, $1, 'test', '{}')`,
    [new Date(entry + 5 * MINUTE)],
  )
  await said('l14', entry, 'high', 'review')
  // What is scored today as of then, nobody saw then.
  await said('l5', began, 'high', 'eligible', AS_OF - HOUR)
}

describe('the report of feedback', () => {
  test('judgements: the last word of each, by the band that was seen', async () => {
    const { judgements } = await report()
    expect(judgements).toEqual([
      {
        band: 'high',
        rejected: { of: 4, count: 3, share: 0.75, interval: expect.anything() },
        reasons: [
          { reason: 'no_need', count: 2 },
          { reason: 'duplicate', count: 1 },
        ],
      },
      {
        band: null,
        rejected: { of: 1, count: 1, share: 1, interval: expect.anything() },
        reasons: [{ reason: 'other', count: 1 }],
      },
    ])
  })

  test('responses: kept, broken, pending and withdrawn, told or as an event', async () => {
    const { policy } = scoring
    const feedback = { ...policy.feedback, response_events: ['call_made'] }
    const asked = { asOf: AS_OF, windowDays: 30, horizonDays: 90, now: AS_OF }
    const { responses } = await feedbackReport(
      database.pool,
      { ...scoring, policy: { ...policy, feedback } },
      asked,
    )
    const high = {
      band: 'high',
      respond_within: 'PT1H',
      entered: 7,
      pending: 1,
      withdrawn: 2,
      median_hours: expect.closeTo((0.5 + 1) / 2, 5),
    }
    expect(responses).toMatchObject([
      { band: 'review', respond_within: 'P2D', entered: 1, in_time: { of: 1, count: 0 }, median_hours: null },
      { ...high, in_time: { of: 4, count: 2, share: 0.5 } },
    ])
    // Without the event, half of them had no response.
    const without = (await report()).responses
    expect(without[1]).toMatchObject({ entered: 7, in_time: { of: 4, count: 1 } })
    expect(without[1]?.median_hours).toBeNull()
  })

  test('where a policy keeps quiet of other versions, a lead that they put into a band was promised nothing', async () => {
    const entered = async (after_new_versions: 'tell' | 'keep_quiet') => {
      const { policy } = scoring
      const quiet = { ...policy, actions: { ...policy.actions, after_new_versions } }
      const asked = { asOf: AS_OF, windowDays: 30, horizonDays: 90, now: AS_OF }
      return (await feedbackReport(database.pool, { ...scoring, policy: quiet }, asked)).responses[1]?.entered
    }
    expect(await entered('keep_quiet')).toBe(7)
    const setPolicy = (version: number) =>
      database.pool.query(
        `UPDATE wonlost.score_history SET policy_version = $1 WHERE subject_id = 'l11' AND decision_band = 'high'`,
        [version],
      )
    await setPolicy(5)
    expect(await entered('tell')).toBe(7)
    expect(await entered('keep_quiet')).toBe(6)
    await setPolicy(4)
  })

  test('stages: where they stood when the window began, what they had reached left out', async () => {
    const { stages, hand_off } = await report({ windowDays: 110 })
    expect(hand_off).toBe('high')
    expect(stages.from).toBe(formatTime(AS_OF - 200 * DAY))
    // l8 was a customer already.
    expect(stages.leads).toEqual({ above: 8, below: 10, outside: 1 })
    const figures = stages.figures.map(({ stage, above, below, outside, all, lift }) => [
      stage,
      ...[above, below, outside, all].map(({ count, of }) => `${count}/${of}`),
      lift,
    ])
    expect(figures).toEqual([
      ['marketing_qualified', '1/7', '1/10', '0/1', '2/18', 1 / 7 / (2 / 18)],
      ['accepted', '1/7', '1/10', '0/1', '2/18', 1 / 7 / (2 / 18)],
      ['sales_qualified', '1/7', '1/10', '0/1', '2/18', 1 / 7 / (2 / 18)],
      ['opportunity', '1/7', '1/10', '0/1', '2/18', 1 / 7 / (2 / 18)],
      ['customer', '1/8', '0/10', '0/1', '1/19', 1 / 8 / (1 / 19)],
    ])
    // A day later the event of the 90th day is within the horizon, and the deal of before is still none of it.
    const later = await report({ windowDays: 110, horizonDays: 91, asOf: AS_OF + DAY })
    expect(later.stages.figures.map(({ above }) => above.count)).toEqual([2, 2, 2, 1, 1])
  })

  test('sales cycles: two times of the same length, each deal with the whole horizon', async () => {
    const { sales_cycle } = await report()
    expect(sales_cycle).toMatchObject({
      began: formatTime(AS_OF - 200 * DAY),
      days: 110,
      before: { won: { of: 1, count: 1 }, median_days: 19, interval_days: null },
      // l4 and l5 are of one account.
      after: { won: { of: 1, count: 1 }, median_days: 30 },
    })
    expect((await report({ began: AS_OF - 90 * DAY })).sales_cycle).toBeNull()
    expect((await report({ began: AS_OF - 400 * DAY })).sales_cycle).toMatchObject({
      days: 310,
      after: { won: { of: 1 } },
    })
  })

  test('reads nothing of after its moment, and says what is not known yet', async () => {
    const early = await report({ asOf: AS_OF - 199 * DAY, now: AS_OF })
    expect(early.judgements).toEqual([])
    expect(early.stages.leads).toEqual({ above: 0, below: 0, outside: 0 })
    expect(early.sales_cycle).toBeNull()
    expect(early.notes).toHaveLength(3)
  })
})
