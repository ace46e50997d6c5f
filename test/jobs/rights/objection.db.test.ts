import { beforeEach, expect, test } from 'vitest'
import { withTransaction } from '../../../src/db/database.ts'
import { applyMerges } from '../../../src/db/merges.ts'
import { loadAccount, streamRecords } from '../../../src/db/records.ts'
import { rescoreBatch } from '../../../src/jobs/rescoring/rescore-batch.ts'
import { scoreLeads } from '../../../src/jobs/score-leads.ts'
import { NOW } from '../../support/app.ts'
import { serveForTests } from '../../support/served.ts'

const served = serveForTests(['l_1', 'l_2', 'alone', 'other'])
const query = async (text: string): Promise<object[]> => (await served().database.pool.query(text)).rows
const ask = async (method: 'GET' | 'PUT' | 'DELETE', path: string, payload?: object) => {
  const answer = await served().app.inject({
    method,
    url: `/v1/leads/${path}`,
    ...(payload ? { payload } : {}),
  })
  return { status: answer.statusCode, body: answer.json() }
}
const scoreAll = () =>
  scoreLeads(served().database.pool, served().engine.current().engine, {
    ...{ asOf: NOW, isNow: true, scoredAt: NOW, cause: 'score' },
  })
const scored = async () =>
  (
    await query(`SELECT DISTINCT subject_id AS id FROM wonlost.scores WHERE subject_kind = 'lead' ORDER BY 1`)
  ).map((row) => Object.values(row)[0])
const object = (id: string) => ask('PUT', `${id}/objection`, { reason: ' By mail. ', by: 'ann' })

beforeEach(async () => {
  await query('TRUNCATE wonlost.objections, wonlost.scores, wonlost.score_history, wonlost.outbox CASCADE')
  await query(`UPDATE wonlost.leads SET account_id = NULL WHERE lead_id = 'alone'`)
  await scoreAll()
})

test('is kept and shown, and takes what was scored away', async () => {
  expect(await scored()).toEqual(['alone', 'l_1', 'l_2', 'other'])
  const { status, body } = await object('l_1')
  expect(body).toEqual({ reason: 'By mail.', objected_at: '2026-11-21T12:00:00Z', by: 'api:ann' })
  expect(status).toBe(200)
  expect((await ask('GET', 'l_1')).body.objection).toEqual(body)
  expect((await ask('GET', 'l_2')).body.objection).toBeNull()
  expect(await scored()).toEqual(['alone', 'l_2', 'other'])
  expect((await ask('GET', 'l_1/history')).body.entries).toEqual([])
})

test.each([['l_1'], ['alone']])('%s is scored by nothing', async (id) => {
  const { pool } = served().database
  await object(id)
  for (const path of ['score', 'score?as_of=now', 'explanation'])
    expect((await ask('GET', `${id}/${path}`)).body, path).toMatchObject({
      status: 409,
      code: 'lead_objected',
    })
  const override = { status: 'eligible', reason: 'x', expires_at: '2026-12-01T00:00:00Z' }
  expect((await ask('PUT', `${id}/override`, override)).body.code).toBe('lead_objected')
  const correction = { kind: 'corrected', trait: 'title', value: 'CTO' }
  const feedback = await served().app.inject({
    method: 'POST',
    url: `/v1/leads/${id}/feedback`,
    payload: correction,
  })
  expect(feedback.statusCode, feedback.body).toBe(200)
  await scoreAll()
  const engine = served().engine.current().engine
  while ((await rescoreBatch(pool, engine, { limit: 100, clock: async () => NOW + 10 })).claimed > 0);
  expect(await query('SELECT * FROM wonlost.dirty_leads')).toEqual([])
  expect(await scored()).not.toContain(id)
  expect(
    await query(`SELECT * FROM wonlost.outbox WHERE subject_id = '${id}' AND relayed_at IS NULL`),
  ).toEqual([])
  // Nor seen by its colleagues, nor learned from.
  const seen: string[] = []
  for await (const { leads } of streamRecords(pool)) seen.push(...leads.map(({ leadId }) => leadId))
  expect(seen.sort()).toEqual(['alone', 'l_1', 'l_2', 'other'].filter((one) => one !== id))
  expect((await loadAccount(pool, 'a_1'))!.leads.map(({ leadId }) => leadId)).not.toContain(id)
})

test('holds for whomever the person turns out to be', async () => {
  await object('other')
  await withTransaction(served().database.pool, (client) =>
    applyMerges(client, 'lead', [{ fromId: 'other', intoId: 'l_2', evidence: {} }], { by: 'test', at: NOW }),
  )
  expect(await scored()).toEqual(['alone', 'l_1'])
  expect((await ask('GET', 'l_2/score')).body.code).toBe('lead_objected')
  expect((await ask('DELETE', 'l_2/objection')).status).toBe(200)
  await scoreAll()
  expect(await scored()).toEqual(['alone', 'l_1', 'l_2'])
})

test('is taken back once', async () => {
  await object('l_1')
  expect(await ask('DELETE', 'l_1/objection')).toEqual({
    status: 200,
    body: { lead_id: 'l_1', objection: null },
  })
  expect((await ask('DELETE', 'l_1/objection')).body.code).toBe('objection_not_found')
  expect((await object('nobody')).body.code).toBe('lead_not_found')
  await scoreAll()
  expect(await scored()).toContain('l_1')
})
