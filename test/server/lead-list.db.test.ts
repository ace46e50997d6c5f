import { beforeAll, expect, test } from 'vitest'
import { listLeads } from '../../src/db/lead-list.ts'
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

test('a cursor of another list is refused', async () => {
  const first = await served().app.inject('/v1/leads?limit=1')
  const { next_cursor } = first.json()
  for (const query of ['sort=score', 'band=hot', 'verdict=eligible']) {
    const answer = await served().app.inject(`/v1/leads?${query}&cursor=${next_cursor}`)
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ field: 'cursor' }] })
  }
})
