import { beforeAll, expect, test } from 'vitest'
import { listLeads } from '../../src/db/lead-list.ts'
import type { LeadPosition } from '../../src/db/lead-order.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { addLead, NOW } from '../support/app.ts'
import { serveForTests } from '../support/served.ts'

const IDS = ['b', 'a', 'c', 'ä', 'e/f', 'Z']
const served = serveForTests(IDS)

interface Page {
  readonly leads: readonly {
    readonly lead_id: string
    readonly score: { readonly raw_points: number } | null
  }[]
  readonly next_cursor: string | null
}

beforeAll(async () => {
  const { database, engine } = served()
  // Leads of one score, and others: ties must not be skipped or repeated.
  await database.pool.query(`DELETE FROM wonlost.events WHERE lead_id IN ('a', 'Z') AND event_id LIKE '%:12'`)
  await database.pool.query(
    `INSERT INTO wonlost.traits SELECT 'lead', 'c', 'consent', '"objected"', created_at, created_at, 'test', false
     FROM wonlost.leads WHERE lead_id = 'c'`,
  )
  const { engine: loaded } = engine.current()
  await scoreLeads(database.pool, loaded, { asOf: NOW, scoredAt: NOW, cause: 'score' })
  for (const id of ['y', 'x']) await addLead(database.pool, id, 'a_1')
})

async function pages(query: string): Promise<Page['leads'][number][]> {
  const leads: Page['leads'][number][] = []
  let cursor: string | null = ''
  for (let count = 0; cursor !== null; count += 1) {
    expect(count).toBeLessThan(20)
    const answer = await served().app.inject(`/v1/leads?${query}${cursor === '' ? '' : `&cursor=${cursor}`}`)
    expect(answer.statusCode, answer.body).toBe(200)
    const page: Page = answer.json()
    leads.push(...page.leads)
    cursor = page.next_cursor
  }
  return leads
}

test.each(['-score', 'score', 'lead_id'])(
  'pages of any size make up the whole list, in order of %s',
  async (sort) => {
    const whole = await pages(`sort=${sort}&limit=200`)
    expect(whole.map((lead) => lead.lead_id).sort()).toEqual([...IDS, 'x', 'y'].sort())
    for (const limit of [1, 2, 3, 5, 7, 8]) expect(await pages(`sort=${sort}&limit=${limit}`)).toEqual(whole)
  },
)

test('the highest score comes first, and leads without a score last, by id', async () => {
  const points = (await pages('limit=3')).map((lead) => lead.score?.raw_points ?? Number.NEGATIVE_INFINITY)
  expect(points).toEqual([...points].sort((a, b) => b - a))
  const ids = (await pages('limit=3')).map((lead) => lead.lead_id)
  expect(ids.slice(-2)).toEqual(['x', 'y'])
  expect((await pages('sort=score&limit=3')).map((lead) => lead.lead_id).slice(-2)).toEqual(['x', 'y'])
})

test('filters by band and verdict leave out the rest, unscored leads too', async () => {
  const objecting = await pages('verdict=disqualified&limit=1')
  expect(objecting.map((lead) => lead.lead_id)).toEqual(['c'])
  expect(await pages('verdict=review')).toEqual([])
  const hot = await pages('band=hot&limit=2')
  const cold = await pages('band=cold&limit=2')
  // c would be hot, and is shown as what it is: a band is that of the decision.
  expect(hot.length + cold.length).toBe(IDS.length - 1)
  for (const sort of ['-score', 'lead_id', '-expected_value'])
    expect((await pages(`band=disqualified&sort=${sort}`)).map((lead) => lead.lead_id)).toEqual(['c'])
  expect(await pages('band=hot&verdict=disqualified')).toEqual([])
  expect((await pages('band=hot&verdict=eligible&sort=lead_id&limit=2')).length).toBe(hot.length)
})

test.each(['-score', 'score'] as const)(
  'the leads of a band are found by an index, in order of %s: not among all',
  async (sort) => {
    const { pool } = served().database
    const asked: [sql: string, values: unknown[]][] = []
    const listening = new Proxy(pool, {
      get: () => (sql: string, values: unknown[]) => {
        asked.push([sql, values])
        return pool.query(sql, values)
      },
    })
    await listLeads(listening, { model: 'conversion', sort, band: 'hot', limit: 1, after: null })
    const client = await pool.connect()
    try {
      await client.query('BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off')
      const [sql, values] = asked[0]!
      const { rows: plan } = await client.query(`EXPLAIN ${sql}`, values)
      expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toMatch(
        /scores_by_band[\s\S]*Index Cond: .*'band'::text\) = 'hot'::text/,
      )
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
  },
)

test('a cursor that nobody was given is refused', async () => {
  for (const value of [1e300, -9e15, '1']) {
    const cursor = Buffer.from(JSON.stringify(['respond_by', null, null, null, 'l_1', value])).toString(
      'base64url',
    )
    const answer = await served().app.inject(`/v1/leads?sort=respond_by&cursor=${cursor}`)
    expect(answer.json(), String(value)).toMatchObject({ status: 400, errors: [{ field: 'cursor' }] })
  }
})

test('a cursor of another list is refused', async () => {
  const first = await served().app.inject('/v1/leads?limit=1')
  const { next_cursor } = first.json()
  for (const query of ['sort=score', 'band=hot', 'verdict=eligible']) {
    const answer = await served().app.inject(`/v1/leads?${query}&cursor=${next_cursor}`)
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ field: 'cursor' }] })
  }
})

test('a search finds whom every word begins a name of, by person, company and id, whatever its case', async () => {
  const { pool } = served().database
  const trait = (kind: string, id: string, name: string, value: string) =>
    pool.query(
      `INSERT INTO wonlost.traits VALUES ($1, $2, $3, to_jsonb($4::text), now(), now(), 'search test', false)`,
      [kind, id, name, value],
    )
  await trait('lead', 'a', 'first_name', 'Änne')
  await trait('lead', 'a', 'last_name', `O'Hara_%${'x'.repeat(10_000)}`)
  await trait('lead', 'b', 'first_name', 'Änne-Marie')
  await trait('account', 'a_1', 'name', 'Nordwind GmbH')
  const found = async (search: string) =>
    (await pages(`sort=lead_id&limit=3&search=${encodeURIComponent(search)}`)).map((lead) => lead.lead_id)
  expect(await found('änne')).toEqual(['a', 'b'])
  expect(await found("änne o'hara_%")).toEqual(['a'])
  expect(await found('e/f')).toEqual(['e/f'])
  expect(await found('NORDWIND')).toHaveLength(IDS.length + 2)
  expect(await found('nordwind änne-')).toEqual(['b'])
  for (const nobody of ['inde', '%', '_', "'"]) expect(await found(nobody), nobody).toEqual([])
  // Few, put in order at once; many, looked for along the order; too far apart for that. Each way, page after page, is the same list.
  for (const sort of ['-score', 'score', '-expected_value', 'lead_id'] as const)
    for (const search of ['nordwind', 'änne nordwind', 'nordwind ada@']) {
      const lists = []
      for (const bounds of [{}, { few: 0 }, { few: 0, steps: [1] }, { few: 2, steps: [2, 3] }]) {
        const ids: string[] = []
        for (let after = null as LeadPosition | null, isMore = true; isMore; isMore = after !== null) {
          const query = { model: 'conversion', sort, search, limit: 2, after }
          const { leads, next } = await listLeads(pool, query, bounds)
          ids.push(...leads.map(({ leadId }) => leadId))
          after = next
        }
        lists.push(ids)
      }
      const whole = (await pages(`sort=${sort}&limit=200`)).map((lead) => lead.lead_id)
      const expected = search.startsWith('änne') ? whole.filter((id) => id === 'a' || id === 'b') : whole
      for (const ids of lists) expect(ids, `${sort} ${search}`).toEqual(expected)
    }
  const [lead] = (await served().app.inject('/v1/leads?search=%C3%84nne-&details=true')).json().leads
  expect(lead.details).toMatchObject({
    name: 'Änne-Marie',
    company: 'Nordwind GmbH',
    email: 'ada@example.com',
  })
})

test('what is due comes soonest first, with none that was answered; a week of points and reasons come with it', async () => {
  const { pool } = served().database
  const due = (id: string, hours: number) =>
    pool.query(`INSERT INTO wonlost.response_promises VALUES ('lead', $1, 'hot', 1, 'call', $2, $3)`, [
      id,
      new Date(NOW - 3_600_000),
      new Date(NOW + hours * 3_600_000),
    ])
  await due('b', 2)
  await due('a', 1)
  await due('Z', 3)
  const said = await served().app.inject({
    method: 'POST',
    url: '/v1/leads/Z/feedback',
    payload: { kind: 'contacted' },
  })
  expect(said.statusCode, said.body).toBe(200)
  await pool.query(
    `INSERT INTO wonlost.score_history (subject_kind, subject_id, model, segment, version, as_of, policy_version, guardrails_version, raw_points, score, band, verdict, cause, scored_at)
     SELECT subject_kind, subject_id, model, segment, version, as_of - interval '9 days', policy_version, guardrails_version, 40, 40, band, verdict, cause, scored_at
     FROM wonlost.score_history WHERE subject_id = 'a'`,
  )
  const first = (
    await served().app.inject('/v1/leads?sort=respond_by&limit=1&details=true&reasons=true')
  ).json()
  const [lead] = first.leads
  expect(lead).toMatchObject({ lead_id: 'a', details: { respond_by: '2026-11-21T13:00:00Z' } })
  const facts = (await served().app.inject('/v1/leads/a')).json()
  expect(facts.respond_by).toBe('2026-11-21T13:00:00Z')
  expect(lead.details.change_7d).toBe(lead.score.raw_points - 40)
  expect(lead.details.points_7d.map((point: { raw_points: number }) => point.raw_points)).toEqual([
    40,
    lead.score.raw_points,
  ])
  const explained = (await served().app.inject(`/v1/leads/a/score?as_of=${lead.score.as_of}`)).json()
  expect(lead.reasons.for).toEqual(explained.scores.conversion.explanation.reasons.for[0])
  expect((await pages('sort=respond_by&limit=1')).map(({ lead_id }) => lead_id)).toEqual(['a', 'b'])
})
