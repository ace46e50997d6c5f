import { beforeAll, expect, test } from 'vitest'
import { withTransaction } from '../../src/db/database.ts'
import { applyMerges } from '../../src/db/merges.ts'
import { countGrid } from '../../src/db/score-grid.ts'
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
  readonly verdict: string
  readonly value: number | null
}

/** Points beyond both ends, on edges of bins and between whole numbers. */
const made: Made[] = Array.from({ length: 600 }, (_, n) => ({
  id: `l_${String(n).padStart(3, '0')}`,
  fit: ((n * 37) % 260) / 2 - 15,
  intent: ((n * 53) % 250) / 2 - 12.25,
  points: (n * 7) % 90,
  band: n % 5 === 0 ? 'review' : n % 3 === 0 ? 'hot' : 'cold',
  verdict: n % 5 === 0 ? 'review' : 'eligible',
  value: n % 4 === 0 ? null : (n * 11) % 70,
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
  expect(await get('/v1/leads?fit_from=0')).toEqual({ leads: [], next_cursor: null })
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
       guardrails_version, raw_points, score, band, verdict, decision, scored_at, expected_value, fit_score, intent_score)
     SELECT 'lead', id, 'conversion', 1, 'rubric', '', $2, 1, 1, points, 50, made.band, verdict,
       jsonb_build_object('band', made.band, 'grade', NULL, 'action', '', 'respond_within', NULL, 'route', NULL, 'route_rule', NULL), $2,
       value, fit, CASE WHEN id <> 'l_599' THEN intent END
     FROM jsonb_to_recordset($1) AS made (id text, fit int, intent int, points float8, band text, verdict text, value float8)`,
    [
      JSON.stringify(made.map((one) => ({ ...one, fit: scoreOf(one.fit), intent: scoreOf(one.intent) }))),
      new Date(NOW),
    ],
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
  ['?size=1', 1],
  ['?size=20&band=hot', 20],
])('leads are counted in bins of their shown scores: %s', async (query, size) => {
  const some = placed.filter(({ band }) => !query.includes('band') || band === 'hot')
  const last = size === 1 ? 100 : 99
  const binOf = (points: number) => size * Math.floor(Math.min(last, scoreOf(points)) / size)
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

const ORDERS: Readonly<Record<string, (one: Made) => number | null>> = {
  '-score': ({ points }) => -points,
  '-expected_value': ({ value, verdict }) => (value === null || verdict !== 'eligible' ? null : -value),
  lead_id: () => null,
}

/** Those with a place first; ties, and those without, by id. */
function inOrder(sort: string, leads: readonly Made[]): readonly string[] {
  const place = ORDERS[sort]!
  const rank = (one: Made) => place(one) ?? Number.POSITIVE_INFINITY
  const compare = (a: Made, b: Made) => Math.sign(rank(a) - rank(b)) || (a.id < b.id ? -1 : 1)
  return [...leads].sort(compare).map(({ id }) => id)
}

test.each([
  ['fit_from=52&fit_to=64&intent_from=0&intent_to=39', [52, 64, 0, 39]],
  ['fit_to=0', [0, 0, 0, 100]],
  ['fit_from=100&intent_from=40', [100, 100, 40, 100]],
] as const)(
  'the leads of a box, in every order, in pages of any size: %s',
  async (query, [left, right, low, high]) => {
    const boxed = placed.filter(({ fit, intent }) => {
      const [x, y] = [scoreOf(fit), scoreOf(intent)]
      return x >= left && x <= right && y >= low && y <= high
    })
    for (const [sort, filter, keeps] of [
      ['-score', '', () => true],
      ['-score', '&band=hot', ({ band }: Made) => band === 'hot'],
      ['-expected_value', '', () => true],
      ['-expected_value', '&verdict=review', ({ verdict }: Made) => verdict === 'review'],
      ['lead_id', '&verdict=eligible', ({ verdict }: Made) => verdict === 'eligible'],
    ] as const) {
      const expected = inOrder(sort, boxed.filter(keeps))
      expect(expected.length).toBeGreaterThan(0)
      for (const limit of [3, 200]) {
        const leads: { lead_id: string; fit: number }[] = []
        for (let cursor = ''; ; ) {
          const page = await get(`/v1/leads?sort=${sort}${filter}&${query}&limit=${limit}${cursor}`)
          leads.push(...page.leads)
          if (page.next_cursor === null) break
          cursor = `&cursor=${page.next_cursor}`
        }
        expect(leads.map(({ lead_id }) => lead_id)).toEqual(expected)
        const [first] = leads
        expect(first!.fit).toBe(scoreOf(made.find(({ id }) => id === first!.lead_id)!.fit))
      }
    }
  },
)

test('a cursor of another box, a bin of no size, and a band of no decision are refused', async () => {
  const { next_cursor } = await get('/v1/leads?fit_to=99&limit=1')
  for (const [path, field] of [
    [`/v1/leads?fit_to=98&limit=1&cursor=${next_cursor}`, 'cursor'],
    [`/v1/leads?cursor=${next_cursor}`, 'cursor'],
    ['/v1/grid?size=3', 'size'],
    ['/v1/grid?band=invented', 'band'],
    ['/v1/leads?fit_to=101', 'fit_to'],
  ]) {
    const answer = await served().app.inject(path!)
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ field }] })
  }
})

test('of a table that is too large, a part is read, and always the same', async () => {
  const { pool } = served().database
  await pool.query('ANALYZE wonlost.scores')
  const { clause, share } = await scoreSample(pool, 300)
  expect(share).toBeCloseTo(300 / made.length, 2)
  const ask = async () =>
    (await pool.query(`SELECT count(*), min(subject_id) FROM wonlost.scores ${clause}`)).rows[0]
  const found = await ask()
  expect(found.count).toBeGreaterThan(0)
  expect(found.count).toBeLessThan(made.length)
  expect(await ask()).toEqual(found)
  const counted = await countGrid(pool, { model: 'conversion', size: 20 }, placed.length)
  expect(counted.share).toBe(1)
  expect(await countGrid(pool, { model: 'conversion', size: 20 }, placed.length - 1)).toEqual(counted)
})
