import { beforeEach, describe, expect, test } from 'vitest'
import { withTransaction } from '../../src/db/database.ts'
import { endExpiredOverrides } from '../../src/db/expired-overrides.ts'
import { applyMerges } from '../../src/db/merges.ts'
import { DAY, HOUR } from '../../src/glossary.ts'
import { type Announcement, announce } from '../../src/jobs/announce.ts'
import { giveFeedback } from '../../src/jobs/give-feedback.ts'
import { clearOverride, setOverride } from '../../src/jobs/override-lead.ts'
import { rescoreLead } from '../../src/jobs/rescore-lead.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { tellEndedOverrides, tellOverdue } from '../../src/jobs/tell-by-time.ts'
import type { Engine } from '../../src/scoring/engine.ts'
import type { Standing } from '../../src/scoring/standing.ts'
import { addLead, keepModel, NOW, promote } from '../support/app.ts'
import { richArtifact } from '../support/rich-artifact.ts'
import { serveForTests } from '../support/served.ts'
import { until } from '../support/until.ts'

/** Both of one account, scored hot by the model that serves; hot asks for a response within an hour. */
const served = serveForTests(['l_1', 'l_2'])

const engine = () => served().engine.current().engine
const pool = () => served().database.pool

beforeEach(async () => {
  const tables = [
    'outbox',
    'announced',
    'response_promises',
    'overrides',
    'feedback',
    'scores',
    'score_history',
  ]
  await pool().query(
    `TRUNCATE ${['first_scoring', 'merges', ...tables].map((table) => `wonlost.${table}`).join(', ')} CASCADE`,
  )
  await pool().query(`DELETE FROM wonlost.leads WHERE lead_id NOT IN ('l_1', 'l_2')`)
  await pool().query('UPDATE wonlost.leads SET merged_into = NULL')
})

async function scoreAll(asOf: number, isNow = true): Promise<void> {
  await scoreLeads(pool(), engine(), { asOf, isNow, scoredAt: asOf, cause: 'score' })
}

const overrule = (
  status: 'review' | 'disqualified' | 'eligible',
  at: number,
  until = at + DAY,
  leadId = 'l_1',
) => setOverride(pool(), engine(), leadId, { status, reason: 'as a test', expiresAt: until, by: 'ann' }, at)

interface Told {
  kind: string
  revision: number
  types: string[]
  band_from: string | null
  band_to: string
}

async function outbox(
  subject = 'l_1',
  columns = 'kind, revision, types, band_from, band_to',
): Promise<Told[]> {
  const { rows } = await pool().query<Told>(
    `SELECT ${columns} FROM wonlost.outbox WHERE subject_id = $1 ORDER BY created_at, revision, kind`,
    [subject],
  )
  return rows
}

const BOTH = ['lead.verdict_changed', 'lead.band_changed']
const CHANGE = { kind: 'change', types: BOTH }

test('the first scoring of all tells nobody; what a person changes then is told, with score, history entry and promise', async () => {
  await scoreAll(NOW)
  expect(await outbox()).toEqual([])
  await overrule('review', NOW + HOUR)
  await clearOverride(pool(), engine(), 'l_1', { by: 'ann' }, NOW + 2 * HOUR)
  expect(await outbox()).toEqual([
    { ...CHANGE, revision: 1, band_from: 'hot', band_to: 'review' },
    { ...CHANGE, revision: 2, band_from: 'review', band_to: 'hot' },
  ])
  const { rows } = await pool().query(
    `SELECT o.*, h.decision_band, s.score = o.score AS is_stored FROM wonlost.outbox o
     JOIN wonlost.score_history h USING (history_id) JOIN wonlost.scores s ON s.subject_id = o.subject_id AND s.model = o.model
     WHERE revision = 2`,
  )
  expect(rows).toMatchObject([
    {
      ...{ verdict_from: 'review', verdict_to: 'eligible', action: 'call', model: 'conversion' },
      ...{ decision_band: 'hot', is_stored: true, respond_by: new Date(NOW + 3 * HOUR), relayed_at: null },
    },
  ])
  // Nothing moved since.
  await scoreAll(NOW + 3 * HOUR)
  expect(await outbox()).toHaveLength(2)
  expect(await outbox('a_1')).toEqual([])
})

test('a lead that is new is told of where it asks for a response, and nobody hears of scores as of another time', async () => {
  await scoreAll(NOW)
  await addLead(pool(), 'l_new', 'a_1')
  await addLead(pool(), 'l_then', 'a_1')
  await pool().query(`DELETE FROM wonlost.events WHERE lead_id = 'l_then'`)
  await scoreAll(NOW - HOUR, false)
  expect(await outbox('l_new')).toEqual([])
  await pool().query(`DELETE FROM wonlost.scores WHERE subject_id = 'l_new'`)
  await scoreAll(NOW + HOUR)
  expect(await outbox('l_new')).toEqual([
    { kind: 'change', revision: 1, types: ['lead.band_changed'], band_from: null, band_to: 'hot' },
  ])
  await pool().query(`DELETE FROM wonlost.events WHERE lead_id LIKE 'l_new%'`)
})

test('a sweep says nothing of whom nobody knew yet when it began', async () => {
  const { policy } = engine()
  const unscored = { ...policy.verdicts.unscored, respond_within: 'PT1H' }
  const asking: Engine = { ...engine(), policy: { ...policy, verdicts: { ...policy.verdicts, unscored } } }
  const sweep = (asOf: number) =>
    scoreLeads(pool(), asking, { asOf, isNow: true, scoredAt: asOf, cause: 'sweep' })
  await sweep(NOW)
  await addLead(pool(), 'l_late', 'a_2')
  const late = new Date(NOW + 2)
  await pool().query(`UPDATE wonlost.traits SET known_at = $1 WHERE subject_id = 'l_late'`, [late])
  await pool().query(`UPDATE wonlost.events SET known_at = $1 WHERE lead_id = 'l_late'`, [late])
  await sweep(NOW + 1)
  expect([...(await outbox('l_late')), ...(await outbox('a_2'))]).toEqual([])
  await sweep(NOW + 3)
  expect(await outbox('l_late')).toMatchObject([{ revision: 1, band_from: null, band_to: 'hot' }])
  await pool().query(`DELETE FROM wonlost.events WHERE lead_id = 'l_late'`)
})

describe('exactly once', () => {
  test('a transaction that fails leaves neither score nor crossing', async () => {
    await scoreAll(NOW)
    await expect(
      withTransaction(pool(), async (client) => {
        await client.query(
          `INSERT INTO wonlost.overrides (subject_kind, subject_id, status, reason, set_by, set_at)
           VALUES ('lead', 'l_1', 'review', 'x', 'x', $1)`,
          [new Date(NOW)],
        )
        await rescoreLead(client, engine(), 'l_1', { colleagues: false, cause: 'event', now: NOW + HOUR })
        throw new Error('killed')
      }),
    ).rejects.toThrow('killed')
    expect(await outbox()).toEqual([])
  })

  test('many at once make one chain: each begins where the one before ended', async () => {
    await scoreAll(NOW)
    const changes = Array.from({ length: 12 }, (_, place) =>
      place % 3 === 2
        ? clearOverride(pool(), engine(), 'l_1', { by: 'bob' }, NOW + HOUR + place).catch(() => null)
        : overrule(place % 3 === 0 ? 'review' : 'disqualified', NOW + HOUR + place),
    )
    const sweeps = [scoreAll(NOW + 2 * HOUR).catch(() => null), scoreAll(NOW + 2 * HOUR).catch(() => null)]
    await Promise.all([...changes, ...sweeps])
    const told = (await outbox()).sort((a, b) => a.revision - b.revision)
    expect(told.map(({ revision }) => revision)).toEqual(told.map((_, place) => place + 1))
    told.forEach(({ band_from, band_to }, place) => {
      expect(band_from).toBe(told[place - 1]?.band_to ?? 'hot')
      expect(band_to).not.toBe(band_from)
    })
    const { rows } = await pool().query(
      `SELECT DISTINCT decision ->> 'band' AS band FROM wonlost.scores WHERE subject_id = 'l_1'`,
    )
    expect(rows).toEqual([{ band: told.at(-1)?.band_to ?? 'hot' }])
  })

  test.each([
    ['for the first time', 0],
    ['again', 1],
  ])(
    'two that tell of the same subject at the same moment, %s: the second goes on from the first',
    async (_when, before) => {
      const previous = { band: 'cold', verdict: 'eligible', scoreBand: 'cold' }
      if (before > 0) await withTransaction(pool(), (client) => tell(client, { previous }))
      const points = before > 0 ? 20 : 60
      let second: Promise<number> | undefined
      await withTransaction(pool(), async (client) => {
        expect(await tell(client, { previous, points })).toBe(1)
        second = withTransaction(pool(), (other) => tell(other, { previous, verdict: 'disqualified' }))
        const waits = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
        await until(async () => (await pool().query(waits)).rowCount === 1)
      })
      expect(await second).toBe(1)
      const chain = ['cold', 'hot', ...(before > 0 ? ['cold'] : []), 'disqualified']
      expect(await outbox()).toMatchObject(
        chain.slice(1).map((band_to, place) => ({ revision: place + 1, band_from: chain[place], band_to })),
      )
    },
  )
})

const BANDS = [
  { name: 'cold', from: 0, to: 49 },
  { name: 'hot', from: 50, to: 100 },
]

async function tell(
  client: Parameters<typeof announce>[0],
  {
    points = 60,
    verdict = 'eligible',
    ...given
  }: Partial<Announcement> & { readonly points?: number; readonly verdict?: Standing['verdict'] } = {},
): Promise<number> {
  const said = { score: Math.round(points), rawPoints: points, probability: null }
  const isEligible = verdict === 'eligible'
  const band = !isEligible ? verdict : points < 49.5 ? 'cold' : 'hot'
  const current: Standing = {
    ...{ band, verdict, byScore: isEligible, action: 'call', respondWithin: null },
    ...{ model: 'conversion', said, bands: BANDS },
  }
  const options = { hysteresisPoints: 2, asOf: NOW, now: NOW }
  return announce(client, 'lead', [{ subjectId: 'l_1', previous: null, current, ...given }], options)
}

test('what was told is remembered where the stored band is another one: at the edge nothing flaps', async () => {
  const previous = { band: 'cold', verdict: 'eligible', scoreBand: 'cold' }
  const said: number[] = []
  await withTransaction(pool(), async (client) => {
    for (const points of [49.6, 49.4, 49.6, 51.4, 51.5, 49.4, 47.6, 49.6, 47.6, 47.4, 51]) {
      const band = (said.at(-1) ?? 0) < 49.5 ? 'cold' : 'hot'
      // What is stored moves with every score; only the first comparison goes by it.
      if ((await tell(client, { previous: { ...previous, band, scoreBand: band }, points })) > 0)
        said.push(points)
    }
  })
  expect(said).toEqual([51.5, 47.4])
  expect(await outbox()).toMatchObject([
    { revision: 1, band_from: 'cold', band_to: 'hot' },
    { revision: 2, band_from: 'hot', band_to: 'cold' },
  ])
})

test('what another policy moves is told of each, or of none where it says so; then changes are told from there', async () => {
  await scoreAll(NOW)
  await overrule('review', NOW + 1)
  await clearOverride(pool(), engine(), 'l_1', { by: 'ann' }, NOW + 2)
  expect(await outbox()).toHaveLength(2)
  const promised = 'SELECT subject_id FROM wonlost.response_promises'
  expect((await pool().query(promised)).rowCount).toBe(1)
  const policyOf = (version: number, after_new_versions: 'tell' | 'keep_quiet'): Engine => {
    const { policy } = engine()
    const bands = policy.bands.map((band) =>
      band.name === 'hot' ? { ...band, from: 99 } : band.to >= 98 ? band : { ...band, to: 98 },
    )
    return {
      ...engine(),
      policy: { ...policy, version, bands, actions: { ...policy.actions, after_new_versions } },
    }
  }
  const sweep = (by: Engine, asOf: number) =>
    scoreLeads(pool(), by, { asOf, isNow: true, scoredAt: asOf, cause: 'sweep' })
  await sweep(policyOf(98, 'keep_quiet'), NOW + 3)
  expect(await outbox()).toHaveLength(2)
  expect((await pool().query(promised)).rowCount).toBe(0)
  // The same versions again: as any other scoring.
  await sweep(policyOf(98, 'keep_quiet'), NOW + 4)
  expect(await outbox()).toHaveLength(2)
  await overrule('review', NOW + 5)
  expect((await outbox()).at(-1)).toMatchObject({ band_from: 'cold', band_to: 'review', revision: 3 })
  await clearOverride(pool(), engine(), 'l_1', { by: 'ann' }, NOW + 6)
  const before = (await outbox()).length
  await sweep(policyOf(99, 'tell'), NOW + 7)
  expect((await outbox()).length).toBeGreaterThan(before)
})

test('who had no score to be held by, and was scored as of later and told of meanwhile, is not told of by what is older', async () => {
  await scoreAll(NOW + 1)
  await pool().query(
    `INSERT INTO wonlost.announced (subject_kind, subject_id, band, verdict, by_score, revision) VALUES ('lead', 'l_1', 'hot', 'eligible', true, 1)`,
  )
  await withTransaction(pool(), async (client) => expect(await tell(client, { points: 30 })).toBe(0))
  expect(await outbox()).toEqual([])
  // Where nothing is said of it any more, that is news.
  await pool().query(`DELETE FROM wonlost.scores WHERE subject_id = 'l_1'`)
  await withTransaction(pool(), async (client) => expect(await tell(client, { points: 30 })).toBe(1))
  expect(await outbox()).toMatchObject([{ revision: 2, band_from: 'hot', band_to: 'cold' }])
})

test('a verdict by hand that has ended is told once, whoever noticed it first', async () => {
  await scoreAll(NOW)
  await overrule('disqualified', NOW + 1, NOW + HOUR)
  await tellEndedOverrides(pool(), engine(), NOW + HOUR - 1)
  expect(await outbox()).toHaveLength(1)
  // A reader of the queue.
  await endExpiredOverrides(pool(), NOW + HOUR)
  const server = () => tellEndedOverrides(pool(), engine(), NOW + HOUR + 5)
  await Promise.all([server(), server()])
  await server()
  expect(await outbox()).toEqual([
    { ...CHANGE, revision: 1, band_from: 'hot', band_to: 'disqualified' },
    { ...CHANGE, revision: 2, band_from: 'disqualified', band_to: 'hot' },
  ])
})

test('an account follows what is said of its people by hand, and is told of, when that begins and when it ends', async () => {
  const model = richArtifact('account')
  await promote(pool(), await keepModel(pool(), model), null, model.artifact.name)
  await until(() => engine().models.some(({ name }) => name === model.artifact.name))
  // As of a little later than the verdicts: by the clock of another machine.
  await scoreAll(NOW + 50)
  await overrule('disqualified', NOW, NOW + HOUR)
  expect(await outbox('a_1')).toEqual([])
  await overrule('disqualified', NOW, NOW + 2 * HOUR, 'l_2')
  const { rows } = await pool().query<{ verdict: string; asOf: Date }>(
    'SELECT verdict, as_of AS "asOf" FROM wonlost.scores',
  )
  expect(new Set(rows.map(({ verdict }) => verdict))).toEqual(new Set(['disqualified']))
  expect(Math.min(...rows.map(({ asOf }) => asOf.getTime()))).toBe(NOW + 50)
  const revisions = async () => (await outbox('a_1')).map((one) => [one.revision, one.types, one.band_to])
  const told = ['account.verdict_changed', 'account.band_changed']
  expect(await revisions()).toEqual([[1, told, 'disqualified']])
  // One of two is free again, and so is the account.
  const server = () => tellEndedOverrides(pool(), engine(), NOW + HOUR + 5)
  await Promise.all([server(), server()])
  await server()
  expect(await revisions()).toEqual([
    [1, told, 'disqualified'],
    [2, told, 'hot'],
  ])
})

describe('a response that nobody gives in time', () => {
  /** Back to hot at NOW + 2: until NOW + 2 + HOUR somebody is to respond. */
  async function promise(): Promise<number> {
    await scoreAll(NOW)
    await overrule('disqualified', NOW + 1)
    await clearOverride(pool(), engine(), 'l_1', { by: 'ann' }, NOW + 2)
    return NOW + 2 + HOUR
  }

  test('is told when its time is over, once', async () => {
    const dueAt = await promise()
    expect(await tellOverdue(pool(), engine(), dueAt - 1)).toBe(0)
    const told = await Promise.all([1, 2, 3].map(() => tellOverdue(pool(), engine(), dueAt)))
    expect(told.sort()).toEqual([0, 0, 1])
    expect(
      await outbox('l_1', 'kind, revision, types, band_from, band_to, score IS NULL AS none, respond_by'),
    ).toMatchObject([
      {},
      {},
      {
        ...{
          kind: 'overdue',
          revision: 2,
          types: ['lead.response_overdue'],
          band_from: 'hot',
          band_to: 'hot',
        },
        ...{ none: false, respond_by: new Date(dueAt) },
      },
    ])
    expect(await tellOverdue(pool(), engine(), dueAt + DAY)).toBe(0)
  })

  test.each(['contacted', 'accepted'] as const)('is not told after %s', async (kind) => {
    const dueAt = await promise()
    await giveFeedback(pool(), engine(), 'l_1', { kind, by: 'ann' }, NOW + 10)
    expect(await tellOverdue(pool(), engine(), dueAt)).toBe(0)
  })

  test('is told when the response was to an earlier promise', async () => {
    await scoreAll(NOW)
    await giveFeedback(pool(), engine(), 'l_1', { kind: 'contacted', by: 'ann' }, NOW)
    expect(await tellOverdue(pool(), engine(), await promise())).toBe(1)
  })

  test('is not told of a lead that left the band, or was merged into another', async () => {
    await promise()
    await overrule('disqualified', NOW + 10)
    expect(await tellOverdue(pool(), engine(), NOW + DAY)).toBe(0)
    await clearOverride(pool(), engine(), 'l_1', { by: 'ann' }, NOW + 11)
    await withTransaction(pool(), (client) =>
      applyMerges(client, 'lead', [{ fromId: 'l_1', intoId: 'l_2', evidence: {} }], {
        at: NOW + 12,
        by: 'test',
      }),
    )
    expect(await tellOverdue(pool(), engine(), NOW + DAY)).toBe(0)
    const { rows } = await pool().query('SELECT FROM wonlost.response_promises')
    expect(rows).toEqual([])
  })
})
