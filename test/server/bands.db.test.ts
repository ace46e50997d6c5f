import { beforeAll, expect, test } from 'vitest'
import { lineCrossings } from '../../src/db/score-distribution.ts'
import { DAY } from '../../src/glossary.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { NOW } from '../support/app.ts'
import { addManyLeads } from '../support/many-leads.ts'
import { TEST_POLICY } from '../support/models-folder.ts'
import { serveForTests } from '../support/served.ts'

const served = serveForTests([])

async function get(path: string) {
  const answer = await served().app.inject(path)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

const propose = (starts: object, more: object = {}) =>
  served().app.inject({ method: 'POST', url: '/v1/policy/proposal', payload: { starts, ...more } })

interface Line {
  readonly score: number
  readonly leads: number
  readonly expected_wins: number
  readonly new_leads: number
  readonly crossings: number | null
  readonly probability: number | null
}

beforeAll(async () => {
  const { database, engine } = served()
  const { pool } = database
  await addManyLeads(pool, NOW)
  await pool.query(`UPDATE wonlost.leads SET created_at = $1 WHERE lead_id IN ('l0', 'l1', 'l7')`, [
    new Date(NOW - DAY),
  ])
  await scoreLeads(pool, engine.current().engine, { asOf: NOW, scoredAt: NOW, cause: 'score' })
  // l2 is capped by a rule: no edge moves it.
  await pool.query(
    `UPDATE wonlost.scores SET verdict_bounds = '{"cap": "cold", "raise": null}' WHERE subject_id = 'l2'`,
  )
  // In the history: l4 reached 70 and fell again, l5 was at 40 before, l6 is there since last month only. l8 was lifted by another version of the
  // model, and from 60 to 65 by itself after it; l10 was put back to the first version.
  await pool.query('TRUNCATE wonlost.score_history')
  await pool.query('UPDATE wonlost.first_scoring SET ended_at = $1', [new Date(NOW - 90 * DAY)])
  await pool.query(
    `INSERT INTO wonlost.score_history (subject_kind, subject_id, model, segment, version, as_of, policy_version, guardrails_version,
       raw_points, score, band, verdict, cause, scored_at, decision_band)
     SELECT 'lead', id, 'conversion', '', version, at, 1, 1, score, score, 'hot', 'eligible', 'event', at, 'hot'
     FROM (SELECT id, score, version, $1::timestamptz - days * interval '1 day' AS at
       FROM (VALUES ('l4', 30, 50, 1), ('l4', 70, 5, 1), ('l4', 20, 1, 1), ('l5', 40, 60, 1), ('l5', 72, 9, 1), ('l6', 10, 20, 1),
         ('l8', 20, 40, 1), ('l8', 60, 7, 2), ('l8', 65, 6, 2),
         ('l10', 5, 40, 1), ('l10', 80, 7, 2), ('l10', 5, 6, 1), ('l10', 7, 5, 1)) AS h (id, score, days, version)) h
     ORDER BY at`,
    [new Date(NOW)],
  )
})

test('every line says who stands there, what is expected of them, who is new, and who crosses it', async () => {
  const found = await get('/v1/policy/distribution')
  const { rows } = await served().database.pool.query<{
    subject_id: string
    score: number
    probability: number
    verdict: string
  }>(`SELECT subject_id, score, probability, verdict FROM wonlost.scores`)
  const free = rows.filter(({ subject_id, verdict }) => verdict === 'eligible' && subject_id !== 'l2')
  const lines: Line[] = found.lines
  expect(lines.map(({ score }) => score)).toEqual(Array.from({ length: 101 }, (_, score) => score))
  for (const { score, leads, expected_wins, new_leads } of lines) {
    const here = free.filter((one) => one.score === score)
    expect(leads).toBe(here.length)
    expect(expected_wins).toBeCloseTo(
      here.reduce((sum, { probability }) => sum + probability, 0),
      9,
    )
    expect(new_leads).toBe(here.filter(({ subject_id }) => ['l0', 'l1'].includes(subject_id)).length)
  }
  // l7 works for a rival, l11 is disqualified by hand, l2 is capped.
  expect(
    new Map(found.fixed.map(({ band, leads }: { band: string; leads: number }) => [band, leads])),
  ).toEqual(
    new Map([
      ['disqualified', 2],
      [(await get('/v1/leads/l2/score')).decision.band, 1],
    ]),
  )
  expect(found).toMatchObject({ share: 1, model: 'conversion', crossings: { weeks: 4, share: 1 } })
  const crossing = (score: number) => lines[score]!.crossings! * 4
  // At 10 only l6, from 31 on l4, from 41 on l5 as well, above 70 only l5. At 6 and 7 l10, from 61 to 65 l8.
  const at = [0, 5, 6, 7, 8, 10, 11, 30, 31, 40, 41, 60, 61, 65, 66, 70, 71, 72, 73, 80]
  expect(at.map(crossing)).toEqual([1, 1, 2, 2, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 1, 1, 0, 0])
  for (const { score, probability } of lines.slice(1)) {
    const least = Math.min(...free.filter((one) => one.score >= score).map((one) => one.probability))
    expect(probability!).toBeLessThanOrEqual(least * (1 + 1e-3))
  }
})

test('a proposal changes the numbers and nothing else, says so, and can be simulated', async () => {
  const answer = await propose({ hot: 75 })
  expect(answer.statusCode, answer.body).toBe(200)
  const text = TEST_POLICY.replace('to: 49', 'to: 74').replace('from: 50', 'from: 75')
  expect(answer.json()).toEqual({
    policy_version: '1',
    policy: text,
    bands: text.slice(text.indexOf('bands:'), text.indexOf('\nverdicts')),
    moved: ['hot'],
  })
  expect((await get('/v1/policy')).source).toBe(TEST_POLICY)
  const simulated = await served().app.inject({
    method: 'POST',
    url: '/v1/policy/simulate',
    payload: { policy: text },
  })
  expect(simulated.statusCode).toBe(200)
  expect((await propose({})).json()).toMatchObject({ policy: TEST_POLICY, moved: [] })
})

test.each([
  [{ starts: { cold: 5 } }, 'starts.cold', 'a band above the lowest: hot'],
  [{ starts: { hto: 5 } }, 'starts.hto', 'did you mean'],
  [{ starts: { hot: 101 } }, 'starts.hot', ''],
  [{ starts: {}, more: 1 }, 'more', ''],
  [{}, 'starts', ''],
])('%j is refused, naming %s', async (payload, field, detail) => {
  const answer = await served().app.inject({ method: 'POST', url: '/v1/policy/proposal', payload })
  expect(answer.statusCode, answer.body).toBe(400)
  expect(answer.json()).toMatchObject({ code: 'invalid_request', errors: [{ field }] })
  expect(answer.json().detail.toLowerCase()).toContain(detail)
})

test('crossings are not told before scores were kept for a week', async () => {
  const { pool } = served().database
  await pool.query('UPDATE wonlost.first_scoring SET ended_at = $1', [new Date(NOW - 6 * DAY)])
  expect(await lineCrossings(pool, 'conversion', NOW)).toBeNull()
  expect(await lineCrossings(pool, 'conversion', NOW + DAY)).toMatchObject({ since: NOW - 6 * DAY })
})
