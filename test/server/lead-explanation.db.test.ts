import { beforeAll, expect, test } from 'vitest'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import type { LeadExplanation } from '../../src/scoring/lead-explanation.ts'
import { NOW } from '../support/app.ts'
import { TEST_POLICY } from '../support/models-folder.ts'
import { serveForTests } from '../support/served.ts'
import { until } from '../support/until.ts'

const served = serveForTests(['l_1'])
const DAY = 86_400_000

beforeAll(async () => {
  const { pool } = served().database
  const { engine } = served().engine.current()
  await scoreLeads(pool, engine, { asOf: NOW - 10 * DAY, scoredAt: NOW, cause: 'score' })
})

async function explanation(query = ''): Promise<LeadExplanation> {
  const answer = await served().app.inject(`/v1/leads/l_1/explanation${query}`)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

function applied(of: LeadExplanation) {
  const score = of.scores['conversion']
  if (!score?.applies) throw new Error('conversion must apply')
  return score
}

test('falls below its band at the moment that scores as of then say', async () => {
  // Scores cannot be asked of the future: so of the past, as if nobody knew what came after.
  const then = new Date(NOW - 4 * DAY).toISOString()
  const { falls, about } = await explanation(`?as_of=${then}`)
  expect(about).toBe('conversion')
  expect(falls).toMatchObject({
    band: 'hot',
    to: 'cold',
    text: expect.stringContaining('if nothing new happens'),
  })
  // 0.3 (ln 121 - 4.2) + 0.7 (ln 3 - 0.6) - 0.2 (ln(1 + days) - 1.1) falls below what 49.5 points are, whatever base and scale.
  const points = -0.05 * Math.LN2
  const days =
    Math.exp(1.1 + (0.3 * (Math.log(121) - 4.2) + 0.7 * (Math.log(3) - 0.6) - points / 0.9) / 0.2) - 1
  const at = NOW - 5 * DAY + days * DAY
  expect(Math.abs(Date.parse(falls!.at!) - at)).toBeLessThanOrEqual(1_000)
})

test('says what changed, with what was kept then, summing to the difference', async () => {
  const since = new Date(NOW - 9 * DAY).toISOString()
  const found = await explanation(`?since=${since}`)
  const { changed } = found
  if (!changed?.applies) throw new Error('it applied')
  const then = applied(await explanation(`?as_of=${since}`))
  const sum = changed.reasons.reduce((total, { points }) => total + points, 0)
  expect(Math.abs(sum - (applied(found).raw_points - then.raw_points))).toBeLessThan(1e-9)
  expect(changed.raw_points).toEqual({ before: then.raw_points, after: applied(found).raw_points })
  expect(changed.kept).toMatchObject({
    as_of: new Date(NOW - 10 * DAY).toISOString().replace('.000Z', 'Z'),
    version: '1',
    segment: null,
  })
  const before = await explanation(`?since=${new Date(NOW - 11 * DAY).toISOString()}`)
  expect(before.changed).toMatchObject({ applies: true, kept: null })
  expect((await explanation()).changed).toBeUndefined()
})

test('refuses what it cannot tell', async () => {
  const now = new Date(NOW).toISOString()
  for (const [query, status, word] of [
    [`?since=${now}`, 400, 'since must be before as_of'],
    ['?since=yesterday', 400, 'since'],
    ['?model=magic', 404, 'Allowed: conversion'],
    ['?steps=1', 400, 'steps'],
  ] as const) {
    const answer = await served().app.inject(`/v1/leads/l_1/explanation${query}`)
    expect(answer.statusCode, answer.body).toBe(status)
    expect(answer.body).toContain(word)
  }
})

test('ranks what the policy calls actionable, in its words, once the policy says so', async () => {
  expect((await explanation()).next_steps).toEqual([])
  served().folder.write(
    'policy.yaml',
    `${TEST_POLICY}
wording: { features: { pricing_page_viewed.count: "{last_7_days:visit} to pricing in the last 7 days, the last {ago} ago" } }
actionable:
  - { account_trait: employees, value: 10, label: fewer people }
  - { event: pricing_page_viewed, label: a pricing visit }
`,
  )
  await until(async () => (await explanation()).next_steps.length > 0)
  const found = await explanation()
  expect(found.next_steps.map(({ label, points }) => [label, points > 0])).toEqual([
    ['a pricing visit', true],
    ['fewer people', false],
  ])
  const words = applied(found).explanation?.contributions.map(({ text }) => text)
  expect(words).toContain('2 visits to pricing in the last 7 days, the last 2 days ago')
})
