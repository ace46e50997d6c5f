import { beforeAll, expect, test } from 'vitest'
import { setOverride } from '../../src/jobs/override-lead.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { NOW } from '../support/app.ts'
import { serveForTests } from '../support/served.ts'
import { until } from '../support/until.ts'

const served = serveForTests(['l_1', 'l_2', 'l_3'])

const check = (payload: object) =>
  served().app.inject({ method: 'POST', url: '/v1/guardrails/check', payload })

const RULES = `rules:
  - id: objection
    owner: data protection
    reason: Has objected to being contacted.
    when: { trait: consent, equals: objected }
    then: disqualify
  - id: over
    owner: sales
    reason: It was so once.
    when: { trait: consent, equals: objected }
    then: review
    valid_until: 2020-01-01
tests:
  - { name: who objects is left alone, lead: { consent: objected }, expect: disqualified }
  - { name: nobody else is, lead: { consent: given }, expect: review }
`

beforeAll(async () => {
  const { database, engine, folder } = served()
  const { pool } = database
  for (const lead of ['l_1', 'l_2'])
    await pool.query(
      `INSERT INTO wonlost.traits VALUES ('lead', $1, 'consent', '"objected"', $2, $2, 'test', false)`,
      [lead, new Date(NOW - 1_000)],
    )
  await pool.query(
    `UPDATE wonlost.traits SET value = '"x@rival.example"' WHERE subject_id = 'l_1' AND name = 'email'`,
  )
  await scoreLeads(pool, engine.current().engine, { asOf: NOW, scoredAt: NOW, cause: 'score' })
  // Whoever is overridden is still one for whom the rule holds.
  const given = { status: 'eligible', reason: 'asked', by: 'eve', expiresAt: NOW + 1_000 } as const
  await setOverride(pool, engine.current().engine, 'l_2', given, NOW)
  folder.write('guardrails.yaml', RULES)
  await until(() => engine.current().guardrails.version === '2')
})

test('each rule with the leads for whom it held, those that stored verdicts alone still know, and those that hold for nobody', async () => {
  const hits = await served().app.inject('/v1/guardrails/hits')
  expect(hits.json()).toEqual({
    ...{ counted_at: '2026-11-21T12:00:00Z', guardrails_version: '2', share: 1, leads: 3 },
    rules: [
      {
        ...{ id: 'objection', owner: 'data protection', reason: 'Has objected to being contacted.' },
        ...{ action: 'disqualify', line: 2, in_force: true, leads: 2 },
      },
      {
        ...{ id: 'over', owner: 'sales', reason: 'It was so once.' },
        ...{ action: 'review', line: 7, in_force: false, leads: 0 },
      },
    ],
    former: [{ id: 'competitor', leads: 1 }],
  })
})

test('the tests inside run, and what can never hold is told; a changed file changes nothing', async () => {
  const { engine } = served()
  const before = engine.current().guardrails.version
  const inForce = (await check({})).json()
  expect(inForce).toMatchObject({
    rules: 2,
    tests: { passed: 1, failed: [{ name: 'nobody else is', line: 15 }] },
    findings: [{ kind: 'expired', rule: 'over' }],
  })
  expect(inForce.tests.failed[0].differences[0]).toBe('expect should be review, but is eligible')
  const mended = await check({
    guardrails: RULES.replace('given }, expect: review', 'given }, expect: eligible'),
  })
  expect(mended.json()).toMatchObject({ tests: { passed: 2, failed: [] } })
  expect(engine.current().guardrails.version).toBe(before)

  const broken = await check({ guardrails: RULES.replace('then: review', 'then: revue') })
  expect([broken.statusCode, broken.json().code]).toEqual([422, 'guardrails_invalid'])
  expect((await check({ rules: '' })).statusCode).toBe(400)
})
