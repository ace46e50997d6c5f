import { beforeAll, expect, test } from 'vitest'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { keepModel, NOW, promote } from '../support/app.ts'
import { tinyArtifact } from '../support/artifacts.ts'
import { addManyLeads } from '../support/many-leads.ts'
import { serveForTests } from '../support/served.ts'
import { until } from '../support/until.ts'

const served = serveForTests([])

async function get(path: string) {
  const answer = await served().app.inject(path)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

const PATH = '/v1/models/conversion'

interface Stored {
  readonly lead_id: string
  readonly score: { readonly raw_points: number; readonly decision: { readonly band: string } } | null
}

/** By lead, what the champion says once all are scored. */
async function storedScores(): Promise<ReadonlyMap<string, NonNullable<Stored['score']>>> {
  const { database, engine } = served()
  await scoreLeads(database.pool, engine.current().engine, { asOf: NOW, scoredAt: NOW, cause: 'score' })
  const scores = new Map<string, NonNullable<Stored['score']>>()
  for (let cursor = ''; ; ) {
    const page: { leads: Stored[]; next_cursor: string | null } = await get(
      `/v1/leads?sort=lead_id&limit=200${cursor}`,
    )
    for (const { lead_id, score } of page.leads) if (score) scores.set(lead_id, score)
    if (page.next_cursor === null) return scores
    cursor = `&cursor=${page.next_cursor}`
  }
}

beforeAll(async () => {
  const { pool } = served().database
  await addManyLeads(pool, NOW)
  // One an account is enough here.
  await pool.query('DELETE FROM wonlost.leads WHERE substr(lead_id, 2)::integer >= 400')
  await pool.query('DELETE FROM wonlost.overrides')
  await keepModel(pool, tinyArtifact({ weight: 2 }))
})

test('versions are compared as their stored scores are, also before either is promoted', async () => {
  const { database, engine } = served()
  const asked = await get(`${PATH}/compare?before=1&after=2&leads=20000`)
  expect(await get(`${PATH}/compare?after=2&leads=20000`)).toEqual({ ...asked, before: null })
  const before = await storedScores()
  await promote(database.pool, 2, 1)
  await until(() => engine.current().engine.models[0]?.version === 2)
  const after = await storedScores()

  const moves = new Map<string, number>()
  let sum = 0
  for (const [id, { raw_points, decision }] of before) {
    const other = after.get(id)!
    sum += other.raw_points - raw_points
    const key = `${decision.band} ${other.decision.band}`
    moves.set(key, (moves.get(key) ?? 0) + 1)
  }
  // One has won, and is scored by neither.
  expect(asked).toMatchObject({ compared: 399, not_compared: 1, sampled: false, before: '1', after: '2' })
  expect(before.size).toBe(399)
  expect(asked.points.mean_difference).toBeCloseTo(sum / 399, 9)
  const elsewhere = [...moves].filter(([key]) => new Set(key.split(' ')).size === 2)
  expect(elsewhere.length).toBeGreaterThan(0)
  expect(
    asked.moves.map(({ from, to, leads }: { from: string; to: string; leads: number }) => [
      `${from} ${to}`,
      leads,
    ]),
  ).toEqual(elsewhere.sort(([, a], [, b]) => b - a))
  expect(asked.changed).toBe(elsewhere.reduce((all, [, leads]) => all + leads, 0))
  // A rule decides about l7, whatever the score.
  expect(asked.counts).toContainEqual({ value: 'disqualified', before: 1, after: 1 })
  expect(asked.examples).toHaveLength(Math.min(10, asked.changed))
  expect(await get(`${PATH}/compare?before=2&after=2&leads=250`)).toMatchObject({
    ...{ sampled: true, changed: 0, moves: [], examples: [] },
    points: { mean_difference: 0, mean_absolute_difference: 0 },
  })
})

test('who was champion from when on, and why', async () => {
  const { changes } = await get(`${PATH}/history`)
  expect(changes).toMatchObject([
    { alias: 'champion', version: '2', revision: 2, changed_by: 'test', reason: 'for a test' },
    { alias: 'champion', version: '1', revision: 1, changed_at: '2026-11-21T12:00:00Z' },
  ])
  expect(await get(`${PATH}/history?segment=partner`)).toMatchObject({ segment: 'partner', changes: [] })
})

test.each([
  [`${PATH}/compare?before=1&after=9`, 404, 'model_not_found'],
  ['/v1/models/conversoin/compare?after=1', 404, 'model_not_found'],
  ['/v1/models/conversoin/history', 404, 'model_not_found'],
  [`${PATH}/compare`, 400, 'invalid_request'],
  [`${PATH}/compare?after=1&leads=1`, 400, 'invalid_request'],
])('%s is answered with %i', async (path, status, code) => {
  const answer = await served().app.inject(path)
  expect([answer.statusCode, answer.json().code]).toEqual([status, code])
})
