import { expect, test } from 'vitest'
import { createTestApp } from '../support/app.ts'
import { serveForTests } from '../support/served.ts'
import { until } from '../support/until.ts'

const served = serveForTests(['l_1', 'l_2'])

const backtest = (payload: object) =>
  served().app.inject({ method: 'POST', url: '/v1/guardrails/backtest', payload })

const EVERYBODY = `rules:
  - { id: everybody, owner: us, reason: R., when: { trait: nothing, known: false }, then: { cap: cold } }
`

test('a backtest compares a changed file with the one in force, lead by lead, and keeps nothing', async () => {
  const response = await backtest({ guardrails: EVERYBODY, examples: 1 })
  expect(response.statusCode, response.body).toBe(200)
  const { guardrails_version, in_force, changed, changed_leads } = response.json()
  expect(guardrails_version).toBe('1')
  expect(in_force.rules.map(({ id }: { id: string }) => id)).toEqual(['objection', 'competitor'])
  expect([in_force.leads, in_force.sampled, changed.leads]).toEqual([2, false, 2])
  expect(changed.rules[0]).toMatchObject({ id: 'everybody', action: 'cap' })
  const eligible = { status: 'eligible', cap: null, raise: null, excluded_channels: [], rules: [] }
  expect(changed_leads).toEqual({
    count: 2,
    examples: [
      { lead_id: 'l_1', before: eligible, after: { ...eligible, cap: 'cold', rules: ['everybody'] } },
    ],
  })
  expect((await served().app.inject('/v1/guardrails')).json().version).toBe('1')
  const alone = (await backtest({})).json()
  expect([alone.changed, alone.changed_leads]).toEqual([null, null])
})

test('what cannot be replayed is refused with line and field; one runs at a time', async () => {
  const refused = async (payload: object) => {
    const problem = (await backtest(payload)).json()
    return [problem.status, problem.code, problem.detail]
  }
  expect(await refused({ guardrails: 'rules:\n  - { id: a, owner: us }\n' })).toEqual([
    422,
    'guardrails_invalid',
    expect.stringMatching(/^guardrails:2: rules\[0\]\.reason: is required/),
  ])
  expect((await refused({ leads: 3 }))[0]).toBe(400)
  expect(await refused({ until: '2999-01-01T00:00:00Z' })).toEqual([
    400,
    'invalid_request',
    expect.stringMatching(/until must not lie in the future.*Given: 2999-01-01T00:00:00Z/),
  ])
  expect((await refused({ rules: 'x' }))[0]).toBe(400)
  const both = await Promise.all([backtest({}), backtest({})])
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
  expect((await backtest({})).statusCode).toBe(200)
})

test('rules that are edited are in force on every replica; every version, with its lists, can be read again', async () => {
  const { app, database, folder } = served()
  const replica = createTestApp(database, folder.path)
  await replica.app.ready()
  try {
    const versions = async () =>
      Promise.all([app, replica.app].map(async (one) => (await one.inject('/v1/guardrails')).json().version))
    const before = (await app.inject('/v1/guardrails')).json().source
    folder.write('guardrails.yaml', EVERYBODY)
    folder.write('lists/competitors.txt', 'other.example\n')
    await until(async () => {
      const { verdict } = (await replica.app.inject('/v1/leads/l_1/score?as_of=now')).json()
      return verdict.cap === 'cold' && (await versions()).every((version, _, all) => version === all[0])
    })
    const scored = (await app.inject('/v1/leads/l_1/score?as_of=now')).json()
    expect(scored.decision.band).toBe('cold')
    expect(scored.verdict.rules[0].condition).toBe('nothing is not known')
    const old = (await app.inject('/v1/guardrails?version=1')).json()
    expect(old.source.startsWith(before.trimEnd())).toBe(true)
    expect(old.content.rules).toHaveLength(2)
    const [, sha256] = /# list competitors: sha256 ([0-9a-f]{64})/.exec(old.source) ?? []
    const { rows } = await database.pool.query(
      `SELECT body FROM wonlost.configurations WHERE kind = 'list' AND name = 'competitors' AND sha256 = $1`,
      [sha256],
    )
    expect(rows).toEqual([{ body: 'rival.example\n' }])
    const missing = (await app.inject('/v1/guardrails?version=99')).json()
    expect([missing.status, missing.code]).toEqual([404, 'configuration_not_found'])
  } finally {
    await replica.app.close()
  }
})
