import { beforeAll, expect, test } from 'vitest'
import { withTransaction } from '../../src/db/database.ts'
import { applyMerges } from '../../src/db/merges.ts'
import { NOW } from '../support/app.ts'
import { serveForTests } from '../support/served.ts'

const served = serveForTests(['l_1', 'l_2', 'l_3'])
const ask = async (path: string) => (await served().app.inject(`/v1/leads/${path}`)).json()

beforeAll(async () => {
  const { pool } = served().database
  await addEntries(100)
  await withTransaction(pool, (client) =>
    applyMerges(client, 'lead', [{ fromId: 'l_1', intoId: 'l_2', evidence: {} }], { by: 'test', at: NOW }),
  )
})

/** In turns of two leads that are one person, and of somebody else; every seventh of another model. */
async function addEntries(count: number): Promise<void> {
  await served().database.pool.query(
    `INSERT INTO wonlost.score_history (subject_kind, subject_id, model, segment, version, as_of, policy_version, guardrails_version,
       raw_points, score, band, verdict, cause, scored_at, decision_band)
     SELECT 'lead', 'l_' || 1 + n % 3, CASE WHEN n % 7 = 0 THEN 'fit' ELSE 'conversion' END, '', 1, $1, 1, 1, n, n, 'hot', 'eligible', 'event', $1, 'hot'
     FROM generate_series(0, $2 - 1) AS n`,
    [new Date(NOW), count],
  )
}

const expected = Array.from({ length: 100 }, (_, n) => 99 - n).filter((n) => n % 3 !== 2)

test.each(['l_1', 'l_2'])(
  'of %s, page by page: each entry of the person once, the newest first',
  async (id) => {
    const scores: number[] = []
    let before: number | null = null
    do {
      const page = await ask(`${id}/history?limit=9${before === null ? '' : `&before=${before}`}`)
      expect(page.lead_id).toBe('l_2')
      expect(page.entries.length).toBeLessThanOrEqual(9)
      scores.push(...page.entries.map(({ score }: { score: number }) => score))
      before = page.next_before
    } while (before !== null)
    expect(scores).toEqual(expected)
  },
)

test('of one model; a page that is exactly full is the last', async () => {
  const fit = expected.filter((n) => n % 7 === 0)
  const page = await ask(`l_2/history?model=fit&limit=${fit.length}`)
  expect(page.entries.map(({ score }: { score: number }) => score)).toEqual(fit)
  expect(page.next_before).toBeNull()
  expect(page.entries[0]).toMatchObject({
    ...{
      lead_id: 'l_2',
      model: 'fit',
      segment: null,
      version: '1',
      as_of: '2026-11-21T12:00:00Z',
      cause: 'event',
    },
    ...{ band: 'hot', verdict: 'eligible', decision_band: 'hot', probability: null, reasons: null },
  })
})

test.each([
  ['l_2/history?before=0', 'before'],
  ['l_2/history?page=2', 'page'],
])('%s is refused, naming %s', async (path, field) => {
  expect(await ask(path)).toMatchObject({ code: 'invalid_request', errors: [{ field }] })
})

test('goes on beyond a thousand million entries', async () => {
  const { pool } = served().database
  await pool.query(`SELECT setval(pg_get_serial_sequence('wonlost.score_history', 'history_id'), 5000000000)`)
  await addEntries(2)
  const { entries, next_before } = await ask('l_1/history?limit=1')
  expect(next_before).toBeGreaterThan(5_000_000_000)
  const next = await ask(`l_1/history?limit=1&before=${next_before}`)
  expect([entries[0].score, next.entries[0].score]).toEqual([1, 0])
})
