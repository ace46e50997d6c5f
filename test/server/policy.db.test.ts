import { readFile } from 'node:fs/promises'
import { beforeAll, expect, test } from 'vitest'
import { loadScores } from '../../src/db/scores.ts'
import { saveWonAmounts } from '../../src/db/won-amounts.ts'
import { DAY } from '../../src/glossary.ts'
import { setOverride } from '../../src/jobs/override-lead.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { NOW } from '../support/app.ts'
import { TEST_POLICY } from '../support/models-folder.ts'
import { serveForTests } from '../support/served.ts'
import { until } from '../support/until.ts'

const IDS = ['a', 'b', 'c', 'd', 'e']
const served = serveForTests(IDS)

const POLICY = `${TEST_POLICY}territories:
  dach: [DE, AT, CH]
routes:
  - { name: hot-dach, when: { band: hot, territory: dach }, queue: Munich }
  - { name: partners, when: { source: partner, consent: none }, queue: partners, nurture: tips }
  - { name: rest, queue: everyone }
expected_value: { currency: EUR, rates: { USD: 0.5 }, least_won_deals: 2 }
`
const lineOf = (name: string) => POLICY.split('\n').findIndex((line) => line.includes(`name: ${name}`)) + 1

async function score(asOf = NOW): Promise<void> {
  const { database, engine, folder } = served()
  await until(async () => engine.current().policy.source === (await folderPolicy(folder.path)))
  await scoreLeads(database.pool, engine.current().engine, { asOf, scoredAt: asOf, cause: 'score' })
  // The amounts that the run has found: the server has them when it looks next.
  await until(() => engine.current().amountsAsOf !== null)
}

async function folderPolicy(path: string): Promise<string> {
  return readFile(`${path}/policy.yaml`, 'utf8')
}

const get = async (url: string) => {
  const answer = await served().app.inject(url)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

const simulate = (policy: string, more: object = {}) =>
  served().app.inject({ method: 'POST', url: '/v1/policy/simulate', payload: { policy, ...more } })

beforeAll(async () => {
  const { database, folder } = served()
  const { pool } = database
  const time = new Date(NOW - 10 * DAY)
  const trait = (lead: string, name: string, value: string) =>
    pool.query(`INSERT INTO wonlost.traits VALUES ('lead', $1, $2, $3, $4, $4, 'test', false)`, [
      lead,
      name,
      JSON.stringify(value),
      time,
    ])
  await trait('a', 'country', 'Deutschland')
  await trait('b', 'source', 'Partner')
  await trait('d', 'consent', 'objected')
  // Won at 10, 30 and 100 USD; too late to count: 9,999. Open: 700 of c, and one of a without an amount.
  const deal = async (
    id: string,
    lead: string,
    outcome: string,
    closedDaysAgo: number | null,
    money: [number | null, string],
  ) => {
    const closed = closedDaysAgo === null ? null : new Date(NOW - closedDaysAgo * DAY)
    await pool.query(
      `INSERT INTO wonlost.deals (deal_id, pipeline, opened_at, closed_at, outcome, amount, currency, known_at, source)
       VALUES ($1, 'new_business', $2, $3, $4, $5, $6, $7, 'test')`,
      [id, new Date(NOW - 30 * DAY), closed, outcome, money[0], money[1], closed ?? new Date(NOW - 30 * DAY)],
    )
    await pool.query('INSERT INTO wonlost.deal_contacts VALUES ($1, $2, true)', [id, lead])
  }
  await deal('w1', 'e', 'won', 5, [10, 'EUR'])
  await deal('w2', 'e', 'won', 4, [30, 'EUR'])
  await deal('w3', 'e', 'won', 3, [100, 'USD'])
  await deal('w4', 'e', 'won', -1, [9_999, 'EUR'])
  await deal('o1', 'c', 'open', null, [700, 'EUR'])
  await deal('o2', 'a', 'open', null, [null, 'EUR'])
  folder.write('policy.yaml', POLICY)
  await score()
})

test('a score carries route, line and expected value; the stored answer and the computed one say the same', async () => {
  const stored = await get('/v1/leads/a/score')
  const { probability } = stored.scores.conversion
  expect(stored.decision).toEqual({
    band: 'hot',
    grade: null,
    action: 'call',
    respond_within: 'PT1H',
    grade_action: null,
    quadrant: null,
    route: 'Munich',
    route_rule: `hot-dach (policy.yaml:${lineOf('hot-dach')})`,
    nurture: null,
    expected_value: {
      // Of 10, 30 and 50: the median of all that was won by then.
      amount: 30,
      currency: 'EUR',
      basis: 'median of segment',
      value: probability * 30,
      segment: null,
      amounts_version: '1',
    },
  })
  const fresh = await get(`/v1/leads/a/score?as_of=${new Date(NOW).toISOString()}&explain=false`)
  expect(fresh).toEqual(stored)
  expect((await get('/v1/leads/b/score')).decision).toMatchObject({ route: 'partners', nurture: 'tips' })
  expect((await get('/v1/leads/c/score')).decision.expected_value).toMatchObject({
    amount: 700,
    basis: 'open deal',
  })
  expect((await get('/v1/leads/d/score')).decision).toMatchObject({ band: 'disqualified', route: 'everyone' })
  expect(await get('/v1/policy/amounts')).toEqual({
    version: '1',
    as_of: '2026-11-21T12:00:00Z',
    currency: 'EUR',
    least_won_deals: 2,
    medians: [{ segment: null, median: 30, won_deals: 3 }],
  })
})

test.each(['-expected_value', 'expected_value'])(
  'the queue in order of %s, in pages of any size',
  async (sort) => {
    const { database } = served()
    const list = async (limit: number, query = '') => {
      const leads: { lead_id: string; value: number | null }[] = []
      for (let cursor = ''; ; ) {
        const page = await get(`/v1/leads?sort=${sort}&limit=${limit}${query}${cursor}`)
        for (const { lead_id, score: found } of page.leads)
          leads.push({ lead_id, value: found?.decision.expected_value?.value ?? null })
        if (page.next_cursor === null) return leads
        cursor = `&cursor=${page.next_cursor}`
      }
    }
    await database.pool.query(
      `UPDATE wonlost.scores SET expected_value = NULL, decision = decision - 'expected_value' WHERE subject_id = 'b'`,
    )
    const whole = await list(200)
    expect(whole.map(({ lead_id }) => lead_id).sort()).toEqual(IDS)
    // Without a value, disqualified (whatever it would be worth), or without a score (e has won): last, by id.
    expect(whole.slice(-3)).toEqual([
      { lead_id: 'b', value: null },
      { lead_id: 'd', value: expect.any(Number) },
      { lead_id: 'e', value: null },
    ])
    const values = whole.slice(0, -3).map(({ value }) => value!)
    expect(values).toEqual([...values].sort((a, b) => (sort === 'expected_value' ? a - b : b - a)))
    for (const limit of [1, 2, 3, 4]) expect(await list(limit)).toEqual(whole)
    expect((await list(1, '&verdict=eligible')).map(({ lead_id }) => lead_id).sort()).toEqual(['a', 'b', 'c'])
  },
)

test('a changed policy is compared with the one in force, and nothing is kept of it', async () => {
  const before = await loadScores(served().database.pool, 'lead', 'a')
  const same = (await simulate(POLICY)).json()
  expect(same).toMatchObject({
    policy_version: '2',
    leads: 4,
    decided_by_others: 0,
    not_comparable: 0,
    examples: [],
  })
  expect(same.changed).toMatchObject({ leads: 0, band: 0, route: 0, action: 0 })
  const changed = POLICY.replace('queue: Munich', 'queue: Berlin').replace('action: call', 'action: call now')
  const found = (await simulate(changed, { examples: 1 })).json()
  // a, b and c are hot, d is disqualified; only a goes to Munich.
  expect(found.changed).toMatchObject({ leads: 3, band: 0, action: 3, route: 1, expected_value: 0 })
  expect(found.moves.route).toEqual([{ from: 'Munich', to: 'Berlin', leads: 1 }])
  expect(found.counts.action).toContainEqual({ value: 'call', in_force: 3, changed: 0 })
  expect(found.examples).toEqual([
    {
      lead_id: 'a',
      in_force: { band: 'hot', action: 'call', route: 'Munich' },
      changed: { band: 'hot', action: 'call now', route: 'Berlin' },
    },
  ])
  const higher = POLICY.replace('to: 49', 'to: 100')
    .replace('  - { name: hot, from: 50, to: 100, action: call, respond_within: PT1H }\n', '')
    .replace('band: hot, ', '')
  expect((await simulate(higher)).json().moves.band).toEqual([{ from: 'hot', to: 'cold', leads: 3 }])
  expect(await loadScores(served().database.pool, 'lead', 'a')).toEqual(before)
  expect((await get('/v1/policy')).version).toBe('2')
})

test('what a rule caps is capped again, for whoever tries a policy, once an override has ended', async () => {
  const { database, engine, folder } = served()
  const guardrails = await readFile(`${folder.path}/guardrails.yaml`, 'utf8')
  const partners = `${guardrails}  - id: partners
    owner: sales
    reason: Partners call themselves.
    when: { trait: source, equals: Partner }
    then: { cap: cold }
`
  const bands = async () => (await simulate(POLICY)).json().counts.band
  const inBand = (value: string, leads: number) => ({ value, in_force: leads, changed: leads })
  const rescore = async (rules: string, asOf = NOW) => {
    folder.write('guardrails.yaml', rules)
    await until(() => engine.current().guardrails.source === rules)
    await score(asOf)
  }
  // Before the verdict by hand, which ends before the present.
  await rescore(partners, NOW - 3_000)
  expect(await bands()).toEqual(expect.arrayContaining([inBand('hot', 2), inBand('cold', 1)]))
  const given = { status: 'eligible', reason: 'asked', by: 'eve', expiresAt: NOW - 1_000 } as const
  const { verdict, decision } = await setOverride(
    database.pool,
    engine.current().engine,
    'b',
    given,
    NOW - 2_000,
  )
  expect([verdict.cap, decision.band]).toEqual(['cold', 'hot'])
  // It has ended since: stored answers are what they would be without it.
  expect((await get('/v1/leads/b/score')).decision.band).toBe('cold')
  expect(await bands()).toEqual(expect.arrayContaining([inBand('hot', 2), inBand('cold', 1)]))
  await rescore(guardrails)
})

test('a policy that is none is refused with its line, and a body of another kind by field', async () => {
  const broken = await simulate(POLICY.replace('band: hot, territory', 'band: hott, territory'))
  expect(broken.statusCode).toBe(422)
  expect(broken.json()).toMatchObject({ code: 'policy_invalid' })
  expect(broken.json().detail).toMatch(
    new RegExp(`^policy:${lineOf('hot-dach')}: routes\\[0\\]\\.when\\.band: must be of cold, hot`),
  )
  for (const payload of [{}, { policy: 1 }, { policy: POLICY, examples: -1 }, { policy: POLICY, more: 1 }])
    expect(
      (await served().app.inject({ method: 'POST', url: '/v1/policy/simulate', payload })).statusCode,
    ).toBe(400)
})

test('the example that is published is one that is answered', async () => {
  const { components } = await get('/openapi.json')
  const { example } = components.schemas['PolicySimulationRequestInput']
  const answer = await served().app.inject({ method: 'POST', url: '/v1/policy/simulate', payload: example })
  expect(answer.statusCode, answer.body).toBe(200)
})

test('stored scores of an older policy are told apart, and decided anew without being scored', async () => {
  const { folder, engine } = served()
  folder.write('policy.yaml', `${POLICY}# changed\n`)
  await until(() => engine.current().policy.version === '3')
  expect((await get('/v1/leads/a/score')).policy_version).toBe('2')
  expect((await simulate(POLICY)).json()).toMatchObject({
    policy_version: '3',
    leads: 4,
    decided_by_others: 4,
  })
  await score()
  expect((await get('/v1/leads/a/score')).policy_version).toBe('3')
  expect((await simulate(POLICY)).json()).toMatchObject({ decided_by_others: 0 })
})

test('amounts that come to the same keep their version; those as of the latest time are in force', async () => {
  const { database, engine } = served()
  const { pool } = database
  const everyone = (amounts: number[]) => [{ segment: '', currency: 'EUR', amounts }]
  expect(await saveWonAmounts(pool, everyone([1]), NOW - 900 * DAY, NOW)).toBe(2)
  expect(engine.current().engine.amounts?.version).toBe(1)
  expect(await saveWonAmounts(pool, everyone([2]), NOW + DAY, NOW)).toBe(3)
  await until(() => engine.current().engine.amounts?.version === 3)
  expect(await saveWonAmounts(pool, everyone([1]), NOW + 2 * DAY, NOW)).toBe(2)
  await until(() => engine.current().engine.amounts?.version === 2)
})
