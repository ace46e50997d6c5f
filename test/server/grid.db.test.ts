import { beforeAll, expect, test } from 'vitest'
import { withTransaction } from '../../src/db/database.ts'
import { applyMerges } from '../../src/db/merges.ts'
import { listBox } from '../../src/db/score-grid.ts'
import { scoreSample } from '../../src/db/score-sample.ts'
import { scoreOf } from '../../src/model/link.ts'
import { NOW } from '../support/app.ts'
import { tinyDefinition } from '../support/artifacts.ts'
import { TEST_POLICY } from '../support/models-folder.ts'
import { serveForTests } from '../support/served.ts'
import { until } from '../support/until.ts'

const served = serveForTests([])

const GRADES = `grade:
  fit: { model: fit, A: 65, B: 52, C: 40 }
  intent: { model: intent, 1: 70, 2: 55, 3: 40 }
  quadrants:
    high_fit: B
    high_intent: 2
    high_fit_high_intent: ready
    high_fit_low_intent: wait
    low_fit_high_intent: keen
    low_fit_low_intent: neither
`

interface Made {
  readonly id: string
  readonly fit: number
  readonly intent: number
  readonly points: number
  readonly band: string
}

/** Points beyond both ends, on edges of bins and between whole numbers. */
const made: Made[] = Array.from({ length: 600 }, (_, n) => ({
  id: `l_${String(n).padStart(3, '0')}`,
  fit: ((n * 37) % 260) / 2 - 15,
  intent: ((n * 53) % 250) / 2 - 12.25,
  points: (n * 7) % 90,
  band: n % 3 === 0 ? 'hot' : 'cold',
}))
/** Merged away since it was scored. */
const gone = made[5]!
const there = made.filter((one) => one !== gone)

async function get(path: string) {
  const answer = await served().app.inject(path)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

beforeAll(async () => {
  const { database, folder, engine } = served()
  const { pool } = database
  // Of a policy without grades.
  expect(await get('/v1/grid')).toMatchObject({ grid: null, leads: 0, bins: [] })
  expect(await get('/v1/grid/leads')).toEqual({ leads: [], next_cursor: null })
  for (const name of ['fit', 'intent']) folder.write(`${name}.yaml`, tinyDefinition(name))
  folder.write('policy.yaml', TEST_POLICY + GRADES)
  await until(() => engine.current().engine.policy.grade !== undefined)
  await pool.query(
    `INSERT INTO wonlost.leads (lead_id, created_at, known_at, source)
     SELECT id, $2, $2, 'test' FROM jsonb_to_recordset($1) AS made (id text)`,
    [JSON.stringify(made), new Date(NOW)],
  )
  // The last one has no intent.
  await pool.query(
    `INSERT INTO wonlost.scores (subject_kind, subject_id, model, version, basis, artifact_sha256, as_of, policy_version,
       guardrails_version, raw_points, score, band, verdict, decision, scored_at)
     SELECT 'lead', id, model, 1, 'rubric', '', $2, 1, 1, raw_points, 50, made.band, 'eligible',
       jsonb_build_object('band', made.band, 'grade', NULL, 'action', '', 'respond_within', NULL, 'route', NULL, 'route_rule', NULL), $2
     FROM jsonb_to_recordset($1) AS made (id text, fit float8, intent float8, points float8, band text),
       LATERAL (VALUES ('fit', made.fit), ('intent', intent), ('conversion', points)) AS model (model, raw_points)
     WHERE model <> 'intent' OR id <> 'l_599'`,
    [JSON.stringify(made), new Date(NOW)],
  )
  await withTransaction(pool, (client) =>
    applyMerges(client, 'lead', [{ fromId: gone.id, intoId: made[6]!.id, evidence: {} }], {
      by: 'test',
      at: NOW,
    }),
  )
})

const placed = there.slice(0, -1)

test.each([
  ['', 5],
  ['?size=20&band=hot', 20],
])('leads are counted in bins of their shown scores: %s', async (query, size) => {
  const some = placed.filter(({ band }) => query === '' || band === 'hot')
  const binOf = (points: number) => size * Math.floor(Math.min(99, scoreOf(points)) / size)
  const counts = new Map<string, number>()
  for (const { fit, intent } of some) {
    const key = `${binOf(fit)} ${binOf(intent)}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const found = await get(`/v1/grid${query}`)
  expect(found).toMatchObject({ leads: some.length, size, share: 1 })
  expect(
    new Map(
      found.bins.map((bin: { fit: number; intent: number; leads: number }) => [
        `${bin.fit} ${bin.intent}`,
        bin.leads,
      ]),
    ),
  ).toEqual(counts)
  expect(found.grid.grades).toHaveLength(16)
  expect(found.grid.grades[4]).toEqual({ grade: 'B1', action: null, quadrant: 'ready' })
})

test.each([
  ['fit_from=52&fit_to=64&intent_from=0&intent_to=39', [52, 64, 0, 39]],
  ['fit_to=0', [0, 0, 0, 100]],
  ['fit_from=100&intent_from=40', [100, 100, 40, 100]],
] as const)('the leads of a box, in pages of any size: %s', async (query, [left, right, low, high]) => {
  const expected = placed
    .filter(({ fit, intent }) => {
      const [x, y] = [scoreOf(fit), scoreOf(intent)]
      return x >= left && x <= right && y >= low && y <= high
    })
    .sort((a, b) => b.points - a.points || (a.id < b.id ? -1 : 1))
  expect(expected.length).toBeGreaterThan(0)
  for (const limit of [1, 7, 200]) {
    const leads: { lead_id: string; fit: number }[] = []
    for (let cursor = ''; ; ) {
      const page = await get(`/v1/grid/leads?${query}&limit=${limit}${cursor}`)
      leads.push(...page.leads)
      if (page.next_cursor === null) break
      cursor = `&cursor=${page.next_cursor}`
    }
    expect(leads.map(({ lead_id }) => lead_id)).toEqual(expected.map(({ id }) => id))
    expect(leads[0]).toMatchObject({ fit: scoreOf(expected[0]!.fit), score: { model: 'conversion' } })
  }
  // Where hardly anybody of those who come next is in the box, all in it are put in order.
  const box = { fitFrom: left, fitTo: right, intentFrom: low, intentTo: high }
  const asked = { ...box, fit: 'fit', intent: 'intent', model: 'conversion', limit: 7, after: null }
  const { leads, next } = await listBox(served().database.pool, asked, 2)
  expect(leads.map(({ leadId }) => leadId)).toEqual(expected.slice(0, 7).map(({ id }) => id))
  expect(next?.leadId ?? null).toBe(expected.length > 7 ? expected[6]!.id : null)
})

test('who the leads of a box are is told when asked for', async () => {
  const { pool } = served().database
  await pool.query(`INSERT INTO wonlost.accounts VALUES ('a_box', $1, $1, 'test')`, [new Date(NOW)])
  await pool.query(`UPDATE wonlost.leads SET account_id = 'a_box' WHERE lead_id = 'l_000'`)
  await pool.query(
    `INSERT INTO wonlost.traits VALUES ('lead', 'l_000', 'first_name', '"Ada"', $1, $1, 'test', false),
       ('account', 'a_box', 'name', '"Acme"', $1, $1, 'test', false)`,
    [new Date(NOW)],
  )
  const { fit, intent } = made[0]!
  const box = `fit_from=${scoreOf(fit)}&fit_to=${scoreOf(fit)}&intent_to=${scoreOf(intent)}`
  const { leads } = await get(`/v1/grid/leads?${box}&details=true`)
  const found = leads.find(({ lead_id }: { lead_id: string }) => lead_id === 'l_000')
  expect(found.details).toMatchObject({ name: 'Ada', company: 'Acme', respond_by: null })
  expect((await get('/v1/grid/leads?limit=1')).leads[0]).not.toHaveProperty('details')
})

test('a cursor of another box, a bin of no size, and a band of no decision are refused', async () => {
  const { next_cursor } = await get('/v1/grid/leads?limit=1')
  for (const [path, field] of [
    [`/v1/grid/leads?fit_from=1&cursor=${next_cursor}`, 'cursor'],
    ['/v1/grid?size=3', 'size'],
    ['/v1/grid?band=invented', 'band'],
    ['/v1/grid/leads?band=invented', 'band'],
    ['/v1/grid/leads?fit_to=101', 'fit_to'],
  ]) {
    const answer = await served().app.inject(path!)
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ field }] })
  }
})

test('of a table that is too large, a part is read, and always the same', async () => {
  const { pool } = served().database
  await pool.query('ANALYZE wonlost.scores')
  const { clause, share } = await scoreSample(pool, 900)
  expect(share).toBeCloseTo(900 / 1_796, 6)
  const ask = async () =>
    (await pool.query(`SELECT count(*), min(subject_id) FROM wonlost.scores ${clause}`)).rows[0]
  const found = await ask()
  expect(found.count).toBeGreaterThan(0)
  expect(found.count).toBeLessThan(1_796)
  expect(await ask()).toEqual(found)
})
