import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { withTransaction } from '../../src/db/database.ts'
import { applyMerges } from '../../src/db/merges.ts'
import { loadLead, streamRecords } from '../../src/db/records.ts'
import { factsAt } from '../../src/features/facts.ts'
import { DAY, formatTime, HOUR } from '../../src/glossary.ts'
import { scoreOneLead } from '../../src/jobs/score-lead.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { addLead, createTestApp, NOW } from '../support/app.ts'
import { serveForTests } from '../support/served.ts'

const served = serveForTests(['l_1', 'l_2', 'l_3'])

beforeAll(async () => {
  await addLead(served().database.pool, 'rival')
  await served().database.pool.query(
    `UPDATE wonlost.traits SET value = '"x@rival.example"' WHERE subject_id = 'rival' AND name = 'email'`,
  )
})

beforeEach(async () => {
  await served().database.pool.query(
    'TRUNCATE wonlost.feedback, wonlost.overrides, wonlost.score_history, wonlost.scores',
  )
  await score()
})

const score = (asOf = NOW, isNow = true, scoredAt = NOW) =>
  scoreLeads(served().database.pool, served().engine.current().engine, {
    asOf,
    isNow,
    scoredAt,
    cause: 'score',
  })

const say = (lead: string, payload: object) =>
  served().app.inject({ method: 'POST', url: `/v1/leads/${lead}/feedback`, payload })
const heard = async (lead: string, query = '') =>
  (await served().app.inject(`/v1/leads/${lead}/feedback${query}`)).json()
const put = (lead: string, changes: object = {}) =>
  served().app.inject({
    method: 'PUT',
    url: `/v1/leads/${lead}/override`,
    payload: { status: 'eligible', reason: ' We know her. ', expires_at: formatTime(NOW + DAY), ...changes },
  })
const clear = (lead: string) =>
  served().app.inject({ method: 'DELETE', url: `/v1/leads/${lead}/override?by=eve` })

/** The queue and the stored answer, as a server says whose clock is at `now`. */
async function shownAt(now: number, lead: string) {
  const { database, folder } = served()
  const other = createTestApp(database, folder.path, { now })
  await other.app.ready()
  try {
    const { leads } = (await other.app.inject('/v1/leads')).json()
    const stored = (await other.app.inject(`/v1/leads/${lead}/score`)).json()
    return { listed: leads.find(({ lead_id }: { lead_id: string }) => lead_id === lead).score, stored }
  } finally {
    await other.app.close()
  }
}

describe('POST /v1/leads/:id/feedback', () => {
  test('keeps who, when, and what was seen', async () => {
    const [seen] = (await served().app.inject('/v1/leads?limit=1&sort=lead_id')).json().leads
    const at = formatTime(NOW - HOUR)
    const answer = await say('l_1', {
      kind: 'rejected',
      reason: 'no_budget',
      comment: 'Next year.',
      by: 'ann',
      occurred_at: at,
    })
    expect(answer.statusCode, answer.body).toBe(200)
    const { feedback } = await heard('l_1')
    expect(feedback).toEqual([answer.json().feedback])
    expect(feedback[0]).toMatchObject({
      ...{ id: null, kind: 'rejected', reason: 'no_budget', comment: 'Next year.', correction: null },
      ...{ by: 'api:ann', occurred_at: at, given_at: formatTime(NOW) },
      seen: {
        ...{
          model: 'conversion',
          version: '1',
          policy_version: '1',
          guardrails_version: '1',
          as_of: formatTime(NOW),
        },
        ...{
          score: seen.score.score,
          band: seen.score.band,
          raw_points: seen.score.raw_points,
          decision_band: 'hot',
        },
      },
    })
  })

  test('what was seen is what was said then, not what is said now', async () => {
    await say('l_1', { kind: 'corrected', of: 'account', trait: 'employees', value: 3 })
    const now = (await heard('l_1')).feedback[0].seen
    await say('l_1', { kind: 'contacted' })
    await say('l_1', { kind: 'accepted', seen_as_of: formatTime(NOW) })
    await say('l_1', { kind: 'accepted', seen_as_of: formatTime(NOW - DAY) })
    const [before, then, after] = (await heard('l_1')).feedback
    expect(before.seen).toBeNull()
    expect(then.seen).toEqual(now)
    expect(after.seen.raw_points).toBeLessThan(now.raw_points)
  })

  test('the same under an id is the same, also at once; another is refused', async () => {
    const said = { id: 'task 1', kind: 'contacted', by: 'ann' }
    const answers = await Promise.all(Array.from({ length: 6 }, () => say('l_1', said)))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(6).fill(200))
    expect(answers.filter((answer) => !answer.json().repeated)).toHaveLength(1)
    expect(new Set(answers.map((answer) => answer.json().feedback.number)).size).toBe(1)
    for (const [lead, other] of [
      ['l_1', { ...said, kind: 'accepted' }],
      ['l_1', { ...said, comment: 'x' }],
      ['l_2', said],
    ] as const)
      expect((await say(lead, other)).json()).toMatchObject({ status: 409, code: 'feedback_conflict' })
    expect((await heard('l_1')).feedback).toHaveLength(1)
    expect((await heard('l_2')).feedback).toEqual([])
  })

  test('is in no record: what training and features read is the same, byte for byte', async () => {
    const { pool } = served().database
    const all = async () => {
      const records = []
      for await (const record of streamRecords(pool)) records.push(record)
      return JSON.stringify(records)
    }
    const before = await all()
    const scored = await scoreOneLead(pool, served().engine.current().engine, 'l_1', NOW + DAY, {
      explain: true,
    })
    for (const said of [
      { kind: 'contacted' },
      { kind: 'accepted' },
      { kind: 'rejected', reason: 'competitor' },
    ])
      expect((await say('l_1', said)).statusCode).toBe(200)
    expect(await all()).toBe(before)
    expect(
      await scoreOneLead(pool, served().engine.current().engine, 'l_1', NOW + DAY, { explain: true }),
    ).toEqual(scored)
  })

  test('a correction is a trait from now on, and the queue shows what follows at once', async () => {
    const { pool } = served().database
    const { engine } = served().engine.current()
    const past = () => scoreOneLead(pool, engine, 'l_2', NOW, { explain: true })
    const before = await past()
    const factOf = async (asOf: number) => {
      const { account, lead } = (await loadLead(pool, 'l_2'))!
      return factsAt(account, lead, asOf).accountTrait('employees')
    }
    const asBefore = await factOf(NOW)
    const answer = await say('l_2', { kind: 'corrected', of: 'account', trait: 'Employees', value: '5000' })
    expect(answer.json().feedback.correction).toEqual({ of: 'account', trait: 'employees', value: 5_000 })
    const { rows } = await pool.query(
      `SELECT * FROM wonlost.traits WHERE source = 'feedback' AND value = '5000'`,
    )
    expect(rows).toMatchObject([
      {
        subject_id: 'a_1',
        name: 'employees',
        occurred_at: new Date(NOW),
        known_at: new Date(NOW),
        undated: false,
      },
    ])
    expect(await factOf(NOW)).toBe(asBefore)
    expect(await factOf(NOW + 1)).toBe(5_000)
    expect(await past()).toEqual(before)
    const { leads } = (await served().app.inject('/v1/leads')).json()
    // Everybody of the account sees it.
    const times = leads.map(({ lead_id, score }: { lead_id: string; score: { as_of: string } }) => [
      lead_id,
      score.as_of,
    ])
    expect(times).toEqual([
      ...['l_1', 'l_2', 'l_3'].map((id) => [id, formatTime(NOW + 1)]),
      ['rival', formatTime(NOW)],
    ])
    await say('l_2', { kind: 'corrected', trait: 'email', value: null })
    const { lead } = (await loadLead(pool, 'l_2'))!
    expect(
      factsAt({ ...(await loadLead(pool, 'l_2'))!.account }, lead, NOW + 1).leadTrait('email'),
    ).toBeUndefined()
  })

  const wrong: readonly (readonly [payload: object, field: string])[] = [
    [{ kind: 'rejected' }, 'reason'],
    [{ kind: 'rejected', reason: 'x'.repeat(10_000) }, 'reason'],
    [{ kind: 'rejected', reason: '<b>no_budget</b>' }, 'reason'],
    [{ kind: 'contacted', reason: 'no_budget' }, 'reason'],
    [{ kind: 'liked' }, 'kind'],
    [{}, 'kind'],
    [{ kind: 'contacted', comment: 'x'.repeat(10_001) }, 'comment'],
    [{ kind: 'contacted', comment: '' }, 'comment'],
    [{ kind: 'contacted', by: 'x'.repeat(129) }, 'by'],
    [{ kind: 'contacted', occurred_at: '2026-11-23T00:00:00Z' }, 'occurred_at'],
    [{ kind: 'contacted', occurred_at: '1969-12-31T00:00:00Z' }, 'occurred_at'],
    [{ kind: 'contacted', seen_as_of: 'yesterday' }, 'seen_as_of'],
    [{ kind: 'corrected', trait: 'title' }, 'value'],
    [{ kind: 'corrected', trait: 'title', value: {} }, 'value'],
    [{ kind: 'corrected', trait: 'title', value: ['a'] }, 'trait'],
    [{ kind: 'corrected', of: 'account', trait: 'employees', value: 'many' }, 'trait'],
    [{ kind: 'corrected', trait: 'lead_status', value: 'won' }, 'trait'],
    [{ kind: 'corrected', trait: 'created_at', value: 'x' }, 'trait'],
    [{ kind: 'corrected', trait: 'title', value: 'CTO', occurred_at: '2026-01-01T00:00:00Z' }, 'occurred_at'],
  ]
  test('refuses what cannot be, naming the field', async () => {
    for (const [payload, field] of wrong) {
      const answer = await say('l_1', payload)
      expect(answer.json(), answer.body).toMatchObject({ status: 400, code: 'invalid_request' })
      expect(answer.json().errors?.[0]?.field ?? answer.body).toContain(field)
    }
    expect((await heard('l_1')).feedback).toEqual([])
  })

  test('takes long text, markup and marks of direction as they are', async () => {
    const comment = `<script>alert(1)</script> \u202e\u2067 ${'🦊'.repeat(4_900)}`
    expect(
      (await say('l_1', { kind: 'contacted', comment, by: '"; DROP TABLE x; --', id: '../\u200f' }))
        .statusCode,
    ).toBe(200)
    expect((await heard('l_1')).feedback[0]).toMatchObject({ comment, by: 'api:"; DROP TABLE x; --' })
  })

  test('knows no lead that is not there; of one without account, no account', async () => {
    expect((await say('nobody', { kind: 'contacted' })).json()).toMatchObject({ code: 'lead_not_found' })
    expect(await heard('nobody')).toMatchObject({ code: 'lead_not_found' })
    const correction = { kind: 'corrected', of: 'account', trait: 'employees', value: 5, id: 'once' }
    expect((await say('rival', correction)).json()).toMatchObject({ code: 'account_not_found' })
    expect((await heard('rival')).feedback).toEqual([])
  })

  test('pages from the newest on', async () => {
    for (let i = 0; i < 5; i++) await say('l_1', { kind: 'contacted', comment: String(i) })
    const first = await heard('l_1', '?limit=2')
    const second = await heard('l_1', `?limit=3&before=${first.next_before}`)
    const comments = [...first.feedback, ...second.feedback].map(({ comment }) => comment)
    expect([comments, second.next_before]).toEqual([['4', '3', '2', '1', '0'], null])
  })
})

describe('PUT and DELETE /v1/leads/:id/override', () => {
  test('shows at once, with what would be said without it, and ends by itself', async () => {
    const machine = (await shownAt(NOW, 'rival')).stored
    expect(machine.verdict).toMatchObject({ status: 'disqualified', override: null })
    const answer = await put('rival', { by: 'ann' })
    expect(answer.statusCode, answer.body).toBe(200)
    const { verdict, decision } = answer.json()
    expect(verdict).toMatchObject({
      status: 'eligible',
      rules: [{ id: 'competitor' }],
      override: {
        ...{
          status: 'eligible',
          reason: 'We know her.',
          set_by: 'api:ann',
          expires_at: formatTime(NOW + DAY),
        },
        without_it: { status: 'disqualified', decision: machine.decision },
      },
    })
    expect(decision.band).toBe('hot')

    const during = await shownAt(NOW + DAY - 1, 'rival')
    expect(during.listed).toMatchObject({ verdict: 'eligible', decision: { band: 'hot' } })
    expect(during.stored).toEqual(answer.json())
    expect(during.stored.scores.conversion.probability).toBeCloseTo(machine.scores.conversion.probability, 6)

    const [after, again] = await Promise.all([shownAt(NOW + DAY, 'rival'), shownAt(NOW + DAY, 'rival')])
    expect(again).toEqual(after)
    expect(after.listed).toMatchObject({ verdict: 'disqualified', decision: machine.decision })
    expect(after.stored.verdict).toEqual(machine.verdict)
    const { rows } = await served().database.pool.query(
      `SELECT as_of, verdict, decision_band FROM wonlost.score_history WHERE subject_id = 'rival' ORDER BY history_id`,
    )
    expect(rows).toEqual([
      { as_of: new Date(NOW), verdict: 'disqualified', decision_band: 'disqualified' },
      { as_of: new Date(NOW + 1), verdict: 'eligible', decision_band: 'hot' },
      { as_of: new Date(NOW + DAY), verdict: 'disqualified', decision_band: 'disqualified' },
    ])
  })

  test('another takes its place, taking back ends it, and both stay on record', async () => {
    await put('l_1', { status: 'review', reason: 'Is it them?' })
    await put('l_1', { status: 'review', reason: 'Is it them?' })
    expect((await put('l_1', { status: 'disqualified', reason: 'No.' })).json().decision.action).toBe(
      'do not contact',
    )
    const cleared = await clear('l_1')
    expect(cleared.json()).toMatchObject({
      verdict: { status: 'eligible', override: null },
      decision: { band: 'hot' },
    })
    expect((await clear('l_1')).json()).toMatchObject({ status: 404, code: 'override_not_found' })
    expect((await heard('l_1')).overrides).toMatchObject([
      { status: 'disqualified', ended_at: formatTime(NOW), ended_by: 'api:eve' },
      { status: 'review', ended_at: formatTime(NOW), ended_by: 'api' },
    ])
  })

  test('a scoring as of a moment sees what was in force then', async () => {
    const { pool } = served().database
    await pool.query(
      `INSERT INTO wonlost.overrides VALUES
         ('lead', 'l_1', 'review', 'a', 'ann', $1, $2, $3, 'bob'), ('lead', 'l_1', 'disqualified', 'b', 'ann', $3, $4, NULL, NULL)`,
      [NOW - 4 * HOUR, NOW, NOW - 3 * HOUR, NOW - HOUR].map((time) => new Date(time)),
    )
    const statusAt = async (asOf: number) =>
      (await scoreOneLead(pool, served().engine.current().engine, 'l_1', asOf, { explain: false })).verdict
        .status
    const times = [-4 * HOUR, -4 * HOUR + 1, -3 * HOUR, -3 * HOUR + 1, -HOUR - 1, -HOUR, 0]
    const said = []
    for (const time of times) said.push(await statusAt(NOW + time))
    expect(said).toEqual([
      'eligible',
      'review',
      'review',
      'disqualified',
      'disqualified',
      'eligible',
      'eligible',
    ])
  })

  test('a scoring of all leads that began before does not undo it', async () => {
    await put('rival')
    await score()
    expect((await shownAt(NOW, 'rival')).listed.verdict).toBe('eligible')
    // As of another time that was asked for, it was not in force.
    await score(NOW - HOUR, false, NOW + 1)
    expect((await shownAt(NOW, 'rival')).listed.verdict).toBe('disqualified')
  })

  test('many at once leave one in force', async () => {
    const answers = await Promise.all([0, 1, 2, 3, 4, 5].map((i) => put('l_2', { reason: `r${i}` })))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(6).fill(200))
    const { overrides } = await heard('l_2')
    expect(overrides).toHaveLength(6)
    expect(overrides.filter(({ ended_at }: { ended_at: string | null }) => ended_at === null)).toHaveLength(1)
    const { stored } = await shownAt(NOW, 'l_2')
    expect(stored.verdict.override.reason).toBe(
      overrides.find(({ ended_at }: { ended_at: string | null }) => ended_at === null).reason,
    )
  })

  const wrong: readonly (readonly [changes: object, field: string])[] = [
    [{ expires_at: formatTime(NOW) }, 'expires_at'],
    [{ expires_at: '2020-01-01T00:00:00Z' }, 'expires_at'],
    [{ expires_at: '9999-12-31T00:00:00Z' }, 'expires_at'],
    [{ expires_at: null }, 'expires_at'],
    [{ expires_at: undefined }, 'expires_at'],
    [{ reason: '' }, 'reason'],
    [{ reason: ' \t\u00a0 ' }, 'reason'],
    [{ expires_at: '0001-01-01T00:00:00Z' }, 'expires_at must be a time from 1970 on with a zone'],
    [{ reason: 'x'.repeat(10_000) }, 'reason'],
    [{ status: 'hot' }, 'status'],
    [{ set_by: 'ann' }, 'set_by'],
  ]
  test('refuses what cannot be, naming the field', async () => {
    for (const [changes, field] of wrong) {
      const answer = await put('l_1', changes)
      expect(answer.json(), answer.body).toMatchObject({ status: 400, code: 'invalid_request' })
      expect(answer.body).toContain(field)
    }
    expect((await heard('l_1')).overrides).toEqual([])
  })

  test('goes with a lead that is merged into another, and comes to it', async () => {
    const { pool } = served().database
    await say('l_3', { kind: 'contacted', id: 'before' })
    await put('l_3', { status: 'review', reason: 'Is it them?' })
    await withTransaction(pool, (client) =>
      applyMerges(client, 'lead', [{ fromId: 'l_3', intoId: 'l_2', evidence: {} }], { by: 'test', at: NOW }),
    )
    const of = await heard('l_3')
    expect(of).toEqual(await heard('l_2'))
    expect(of).toMatchObject({
      lead_id: 'l_2',
      feedback: [{ lead_id: 'l_3' }],
      overrides: [{ lead_id: 'l_3' }],
    })
    expect((await say('l_2', { kind: 'contacted', id: 'before' })).json()).toMatchObject({ repeated: true })
    expect((await clear('l_2')).statusCode).toBe(200)
    expect((await put('l_3')).json()).toMatchObject({
      lead_id: 'l_2',
      verdict: { override: { status: 'eligible' } },
    })
    expect((await heard('l_2')).overrides.map(({ lead_id }: { lead_id: string }) => lead_id)).toEqual([
      'l_2',
      'l_3',
    ])
  })
})
