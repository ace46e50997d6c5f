/**
 * Accounts over HTTP, on simulated history with duplicates merged: the answer is that of the row that training saw, it adds up over
 * people, and nothing of the moment or after it is seen.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateInto } from '../../data/load.ts'
import { withTransaction } from '../../src/db/database.ts'
import { applyMerges } from '../../src/db/merges.ts'
import { holdOverrides } from '../../src/db/overrides.ts'
import { loadAccount, streamRecords } from '../../src/db/records.ts'
import { DAY, formatTime, parseTime } from '../../src/glossary.ts'
import { endOverridesOfAccounts } from '../../src/jobs/end-overrides.ts'
import { rescoreAccount } from '../../src/jobs/rescore-account.ts'
import { rescoreLead } from '../../src/jobs/rescore-lead.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { rawPoints } from '../../src/model/link.ts'
import type { ScoredAccount } from '../../src/scoring/scored-account.ts'
import { randomIntegers } from '../../training/random.ts'
import { createRecordSource, recordsOfEntity } from '../../training/record-source.ts'
import { buildMatrices, type Row, toRow } from '../../training/rows.ts'
import { createTestApp, keepModel, promote, type TestApp } from '../support/app.ts'
import { tinyArtifact } from '../support/artifacts.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder, type TestModelsFolder } from '../support/models-folder.ts'
import { richArtifact } from '../support/rich-artifact.ts'
import { until } from '../support/until.ts'

const ENDS_AT = parseTime('2026-11-01T00:00:00Z')

let database: TestDatabase
let folder: TestModelsFolder
let served: TestApp
/** One moment an account, anywhere in its life. */
let rows: Row[]
/** Of accounts with several people, late in their life. */
let several: Row[]

beforeAll(async () => {
  database = await createTestDatabase()
  const { pool } = database
  await generateInto(
    pool,
    { leads: 300, seed: 5, months: 24, endsAt: ENDS_AT, drift: true },
    { reset: false },
  )
  // Every third account into the one before it: more people in one.
  const { rows: pairs } = await pool.query<{ fromId: string; intoId: string }>(
    `SELECT "fromId", "intoId" FROM (
       SELECT account_id AS "fromId", lag(account_id) OVER (ORDER BY account_id) AS "intoId", row_number() OVER (ORDER BY account_id) AS place
       FROM wonlost.accounts) numbered WHERE place % 3 = 0`,
  )
  const requests = pairs.map((pair) => ({ ...pair, evidence: {} }))
  await withTransaction(pool, (client) =>
    applyMerges(client, 'account', requests, { by: 'test', at: ENDS_AT }),
  )

  folder = createModelsFolder()
  for (const model of [tinyArtifact(), richArtifact('account')])
    await promote(pool, await keepModel(pool, model), null, model.artifact.name)
  served = createTestApp(database, folder.path, { now: ENDS_AT, every: 60_000 })
  await served.app.ready()

  const nextInteger = randomIntegers(11)
  rows = []
  several = []
  for await (const { accountId, leads } of streamRecords(pool)) {
    if (accountId === null || leads.length === 0) continue
    const first = Math.min(...leads.map(({ createdAt }) => createdAt))
    const asOf = first + nextInteger(Math.max(1, ENDS_AT - first))
    const landmark = {
      leadId: accountId,
      dealId: null,
      asOf,
      day: 0,
      status: 'usable',
      label: 0,
      labelKnownAt: asOf,
    } as const
    rows.push(toRow(landmark, rows.length))
    if (leads.length > 1) several.push(toRow({ ...landmark, asOf: ENDS_AT }, rows.length))
  }
})
afterAll(async () => {
  await served?.app.close()
  await database?.drop()
  folder?.remove()
})

async function get(path: string): Promise<ScoredAccount> {
  const answer = await served.app.inject(path)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

const explained = (row: Row): Promise<ScoredAccount> =>
  get(`/v1/accounts/${row.leadId}/explanation?as_of=${formatTime(row.asOf)}`)

interface Listed {
  readonly account_id: string
  readonly score: { readonly raw_points: number } | null
}

async function pages(query: string): Promise<Listed[]> {
  const listed: Listed[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const answer = await served.app.inject(`/v1/accounts?${query}${cursor && `&cursor=${cursor}`}`)
    const page: { accounts: Listed[]; next_cursor: string | null } = answer.json()
    listed.push(...page.accounts)
    cursor = page.next_cursor
  }
  return listed
}

function applied(scored: ScoredAccount) {
  const { account } = scored.scores
  return account?.applies ? account : null
}

describe('an account', () => {
  it('has a course, the events behind its score, and a history of its own', async () => {
    const { leadId, asOf } = several.find(({ day }) => day === 0)!
    const path = `/v1/accounts/${leadId}`
    const read = async (url: string) => (await served.app.inject(url)).json()
    const course = await read(`${path}/course?from=${formatTime(asOf - 30 * DAY)}&to=now&moments=3`)
    expect(course).toMatchObject({ model: 'account', moments: [{}, {}, {}] })
    for (const { as_of, applies, raw_points } of course.moments) {
      const scored = applied(await get(`${path}/score?as_of=${as_of}&explain=false`))
      expect([applies, raw_points]).toEqual([scored !== null, scored?.raw_points])
    }
    const { events, people } = await read(path)
    const behind = await read(`${path}/events?limit=1000`)
    if (behind.applies)
      expect(behind.events.map(({ event_id }: { event_id: string }) => event_id)).toEqual(
        events.map(({ event_id }: { event_id: string }) => event_id),
      )
    await scoreLeads(database.pool, served.engine.current().engine, {
      ...{ asOf: ENDS_AT, scoredAt: ENDS_AT, cause: 'score' },
    })
    const history = await read(`${path}/history`)
    expect(history).toMatchObject({ account_id: leadId, next_before: null })
    for (const entry of history.entries) expect(entry).toMatchObject({ account_id: leadId, model: 'account' })
    expect((await read(`/v1/leads/${people[0].lead_id}/history`)).entries).not.toEqual([])
  })

  it('is answered about by the row that training saw, bit for bit', async () => {
    const { registry, predictor } = served.engine
      .current()
      .engine.models.find(({ name }) => name === 'account')!
    const records = recordsOfEntity(createRecordSource(database.pool), { entity: 'account' })
    const { replayed } = await buildMatrices(records, registry, { replayed: rows })
    let compared = 0
    let values = 0
    for (const [index, row] of rows.entries()) {
      if (index % 5 !== 0) continue
      const score = applied(await explained(row))
      if (!score) continue
      const width = registry.columns.length
      const saw = replayed.data.subarray(index * width, (index + 1) * width)
      const probability = predictor.probability(predictor.rawScore(saw))
      expect([score.probability, score.raw_points]).toEqual([
        probability,
        rawPoints(probability, predictor.base),
      ])
      for (const { feature, value } of score.explanation!.contributions) {
        const column = registry.columns.findIndex(({ name }) => name === feature)
        const described = registry.columns[column]!
        const seen = saw[column]!
        const told = described.kind === 'category' ? described.categories[seen] : seen
        expect([feature, value]).toEqual([feature, Number.isNaN(seen) ? null : told])
        values += 1
      }
      compared += 1
    }
    expect(compared).toBeGreaterThan(15)
    expect(values).toBeGreaterThan(30 * compared)
  })

  it('adds up over its people, who are ranked by their own score', async () => {
    let withSeveral = 0
    for (const row of several.slice(0, 25)) {
      const scored = await explained(row)
      const score = applied(scored)
      const { behaviour, listed, count } = scored.people
      expect(listed).toHaveLength(count)
      if (!score) continue
      const sum = listed.reduce((points, person) => points + person.points!, behaviour!.points_without)
      expect(sum + behaviour!.points_of_others).toBeCloseTo(score.raw_points, 9)
      for (const { event_count, points } of listed) if (event_count === 0) expect(points).toBe(0)
      const own = listed.flatMap((person) => (person.score.applies ? person.score.raw_points : []))
      expect(own).toEqual(own.toSorted((a, b) => b - a))
      if (listed.filter(({ points }) => points !== 0).length > 1) withSeveral += 1
    }
    expect(withSeveral).toBeGreaterThan(5)
  })

  it('is not changed by what occurs or becomes known at the moment or after it', async () => {
    const row = rows.find(({ asOf }) => asOf > ENDS_AT - 60 * DAY && asOf < ENDS_AT - DAY)!
    const before = await explained(row)
    const { pool } = database
    const leads = before.people.listed.map(({ lead_id }) => lead_id)
    const at = [new Date(row.asOf - DAY), new Date(row.asOf)]
    for (const leadId of leads) {
      const add = `INSERT INTO wonlost.events VALUES ($1, $2, NULL, 'demo_requested', $3, $4, 'test', '{}')`
      await pool.query(add, [`${leadId}-later`, leadId, at[1], at[1]])
      await pool.query(add, [`${leadId}-learned-later`, leadId, at[0], at[1]])
    }
    await pool.query(`INSERT INTO wonlost.leads VALUES ('discovered', $1, $2, $3, 'test')`, [
      row.leadId,
      new Date(row.asOf - 500 * DAY),
      at[1],
    ])
    await pool.query(
      `INSERT INTO wonlost.traits VALUES ('lead', 'discovered', 'title', '"CEO"', $1, $2, 'test', false)`,
      [at[0], at[1]],
    )
    expect(await explained(row)).toEqual(before)
    const later = await get(`/v1/accounts/${row.leadId}/explanation?as_of=${formatTime(row.asOf + 1)}`)
    expect(later.people.count).toBe(before.people.count + 1)
    expect(applied(later)).not.toEqual(applied(before))
  })

  it('is kept when all leads are scored, with its people, and paged through like them', async () => {
    const { engine } = served.engine.current()
    const options = { asOf: ENDS_AT, scoredAt: ENDS_AT, cause: 'score' }
    const { accounts } = await scoreLeads(database.pool, engine, options)
    expect(accounts).toBeGreaterThan(60)
    const whole = await pages('limit=200')
    const points = whole.map(({ score }) => score?.raw_points ?? Number.NEGATIVE_INFINITY)
    expect(points).toEqual(points.toSorted((a, b) => b - a))
    expect(points.filter((value) => Number.isFinite(value))).toHaveLength(accounts)
    expect(new Set(whole.map(({ account_id }) => account_id)).size).toBe(whole.length)
    expect(await pages('limit=37')).toEqual(whole)
    expect((await pages('sort=account_id&limit=50')).map(({ account_id }) => account_id)).toEqual(
      whole.map(({ account_id }) => account_id).sort(),
    )

    const id = whole[0]!.account_id
    const stored = await get(`/v1/accounts/${id}/score`)
    const fresh = await get(`/v1/accounts/${id}/score?as_of=${formatTime(ENDS_AT)}&explain=false`)
    expect(stored).toEqual({ ...fresh, scores: { account: fresh.scores['account'] } })
    expect(stored.people.listed.map(({ points: own }) => own)).not.toContain(expect.any(Number))
  })

  it('says at once what an override, its end and a correction make of it, as its leads do', async () => {
    const { pool } = database
    const { engine } = served.engine.current()
    await scoreLeads(pool, engine, { asOf: ENDS_AT, isNow: true, scoredAt: ENDS_AT, cause: 'score' })
    const pair = several.find(({ leadId }) => leadId !== 'empty')!.leadId
    const ask = async (at: number, path: string) => {
      const other = createTestApp(database, folder.path, { now: at })
      await other.app.ready()
      try {
        return (await other.app.inject(path)).json()
      } finally {
        await other.app.close()
      }
    }
    const storedAt = (at: number): Promise<ScoredAccount> => ask(at, `/v1/accounts/${pair}/score`)
    const listedAt = async (at: number): Promise<{ verdict: string; decision: { band: string } }> => {
      const { accounts } = await ask(at, '/v1/accounts?limit=200')
      return accounts.find(({ account_id }: Listed) => account_id === pair).score
    }
    const before = await storedAt(ENDS_AT)
    const people = before.people.listed.map(({ lead_id }) => lead_id)
    expect(before.verdict.status).not.toBe('disqualified')

    for (const [i, leadId] of people.entries()) {
      const payload = {
        status: 'disqualified',
        reason: 'No.',
        expires_at: formatTime(ENDS_AT + (i + 1) * DAY),
      }
      const answer = await served.app.inject({ method: 'PUT', url: `/v1/leads/${leadId}/override`, payload })
      expect(answer.statusCode, answer.body).toBe(200)
      const { verdict } = await storedAt(ENDS_AT)
      expect(verdict.status === 'disqualified').toBe(i === people.length - 1)
    }
    // A scoring of all leads that began before does not undo it.
    await scoreLeads(pool, engine, { asOf: ENDS_AT, isNow: true, scoredAt: ENDS_AT, cause: 'score' })
    const during = await storedAt(ENDS_AT + DAY - 1)
    expect(during).toMatchObject({ as_of: formatTime(ENDS_AT + 1), decision: { band: 'disqualified' } })
    expect(await listedAt(ENDS_AT + DAY - 1)).toMatchObject({ verdict: 'disqualified' })
    expect(applied(during)!.probability).toBeCloseTo(applied(before)!.probability!, 6)

    // The first of them ends: nobody has to ask for leads for the account to be right.
    expect(await listedAt(ENDS_AT + DAY)).toMatchObject({
      verdict: before.verdict.status,
      decision: { band: before.decision.band },
    })
    const after = await storedAt(ENDS_AT + 400 * DAY)
    expect(after.as_of).toBe(formatTime(ENDS_AT + people.length * DAY))
    const { rows: history } = await pool.query(
      `SELECT verdict, as_of FROM wonlost.score_history
        WHERE subject_kind = 'account' AND subject_id = $1 AND as_of > $2 ORDER BY history_id`,
      [pair, new Date(ENDS_AT)],
    )
    expect(history.map(({ verdict, as_of }) => [verdict, as_of.getTime()]).slice(0, 2)).toEqual([
      ['disqualified', ENDS_AT + 1],
      [before.verdict.status, ENDS_AT + DAY],
    ])

    const payload = { kind: 'corrected', of: 'account', trait: 'employees', value: 3 }
    const url = `/v1/leads/${people[0]}/feedback`
    const corrected = await served.app.inject({ method: 'POST', url, payload })
    expect(corrected.statusCode, corrected.body).toBe(200)
    const asOf = `as_of=${encodeURIComponent(formatTime(ENDS_AT + 1))}&explain=false`
    const stored = await storedAt(ENDS_AT)
    const fresh = await get(`/v1/accounts/${pair}/score?${asOf}`)
    expect(stored.scores).toEqual(fresh.scores)
    expect(stored.people).toEqual(fresh.people)
    for (const leadId of people) {
      const lead = await get(`/v1/leads/${leadId}/score`)
      expect(lead).toEqual(await get(`/v1/leads/${leadId}/score?${asOf}`))
    }
  })

  it('is not taken back to the end of an override by who saw it due before it was scored as of later', async () => {
    const { pool } = database
    const { engine } = served.engine.current()
    const [{ leadId: accountId }] = several as [Row]
    const account = (await loadAccount(pool, accountId))!
    const leadId = account.leads[0]!.leadId
    const payload = { status: 'review', reason: 'Wait.', expires_at: formatTime(ENDS_AT + DAY) }
    const answer = await served.app.inject({ method: 'PUT', url: `/v1/leads/${leadId}/override`, payload })
    expect(answer.statusCode, answer.body).toBe(200)
    const later = ENDS_AT + 2 * DAY

    let ending: Promise<void> | undefined
    await withTransaction(pool, async (client) => {
      await holdOverrides(client)
      ending = endOverridesOfAccounts(pool, engine, later)
      await until(async () => {
        const { rowCount } = await pool.query(
          `SELECT FROM pg_locks WHERE relation = 'wonlost.overrides'::regclass AND NOT granted`,
        )
        return rowCount === 1
      })
      await rescoreAccount(client, engine, account, { leads: [], asOf: later, now: later, cause: 'score' })
    })
    await ending
    const { rows: kept } = await pool.query(
      `SELECT as_of FROM wonlost.scores WHERE subject_kind = 'account' AND subject_id = $1`,
      [accountId],
    )
    expect(kept).toEqual([{ as_of: new Date(later) }])
  })

  it('shows who of it did what, dated; so does each of its leads of its colleagues', async () => {
    const { rows: found } = await database.pool.query<{ account_id: string }>(
      `SELECT account_id FROM wonlost.leads WHERE account_id IS NOT NULL AND merged_into IS NULL GROUP BY 1 HAVING count(*) > 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
    )
    const id = found[0]!.account_id
    const account = (await served.app.inject(`/v1/accounts/${id}`)).json()
    expect(account.people.length).toBeGreaterThan(1)
    const [one] = account.people
    const lead = (await served.app.inject(`/v1/leads/${one.lead_id}`)).json()
    expect(lead.colleagues).toEqual(account.people.slice(1))
    const others = account.events.filter((event: { lead_id: string }) => event.lead_id !== one.lead_id)
    expect(others.length).toBeGreaterThan(0)
    expect(lead.colleague_events).toEqual(others)
    expect(lead.events.length + others.length).toBe(account.event_count)
  })

  it('is unknown by another id, and one without people is answered about without a score', async () => {
    for (const path of ['', '/score', '/explanation']) {
      const answer = await served.app.inject(`/v1/accounts/nobody${path}`)
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'account_not_found'])
    }
    await database.pool.query(`INSERT INTO wonlost.accounts VALUES ('empty', now(), now(), 'test')`)
    const empty = await get('/v1/accounts/empty/score')
    expect(empty.scores['account']).toEqual({ applies: false, why: 'has nobody in it' })
    expect([empty.decision.band, empty.people.count]).toEqual(['unscored', 0])
    const refused = await served.app.inject('/v1/accounts?sort=score&cursor=abc')
    expect(refused.statusCode).toBe(400)
  })

  it('lets others have their turn while its people are scored again', async () => {
    const { pool } = database
    const { engine } = served.engine.current()
    const at = new Date(ENDS_AT - DAY)
    await pool.query(`INSERT INTO wonlost.accounts VALUES ('crowd', $1, $1, 'test')`, [at])
    await pool.query(
      `INSERT INTO wonlost.leads SELECT 'crowd-' || i, 'crowd', $1, $1, 'test' FROM generate_series(1, 60) i`,
      [at],
    )
    await pool.query(
      `INSERT INTO wonlost.traits
       SELECT 'lead', 'crowd-' || i, 'title', '"CEO"', $1, $1, 'test', false FROM generate_series(1, 60) i`,
      [at],
    )
    let turns = 0
    let next = setImmediate(function count() {
      turns += 1
      next = setImmediate(count)
    })
    const scoredIn: number[] = []
    const models = engine.models.map((model) => ({
      ...model,
      predictor: Object.create(model.predictor, {
        rawScore: {
          value(row: Float64Array) {
            if (model.name === 'conversion') scoredIn.push(turns)
            return model.predictor.rawScore(row)
          },
        },
      }) as typeof model.predictor,
    }))
    const options = { colleagues: true, cause: 'feedback', now: ENDS_AT }
    await withTransaction(pool, async (client) => {
      await holdOverrides(client)
      await rescoreLead(client, { ...engine, models }, 'crowd-7', options)
    }).finally(() => clearImmediate(next))
    expect(scoredIn).toHaveLength(60)
    // After every twenty.
    expect(new Set(scoredIn).size).toBe(1 + 3)
  })
})
