import { expect, test } from 'vitest'
import { DAY, formatTime } from '../../src/glossary.ts'
import { NOW } from '../support/app.ts'
import { serveForTests } from '../support/served.ts'

const served = serveForTests(['l_1', 'l_2'])

async function get(path: string) {
  const answer = await served().app.inject(path)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

test('the course is the score as of each moment, and falls when the explanation says it will', async () => {
  const from = formatTime(NOW - 21 * DAY)
  const past = await get(`/v1/leads/l_1/course?from=${from}&to=now&moments=4`)
  expect(past).toMatchObject({ now: '2026-11-21T12:00:00Z', model: 'conversion' })
  expect(past.moments.map(({ as_of }: { as_of: string }) => as_of)).toEqual(
    [21, 14, 7, 0].map((days) => formatTime(NOW - days * DAY)),
  )
  // It came into being 20 days ago.
  expect(past.moments[0]).toMatchObject({ applies: false, why: expect.any(String) })
  for (const { as_of, applies: _, ...moment } of past.moments.slice(1)) {
    const { scores } = await get(`/v1/leads/l_1/score?as_of=${as_of}&explain=false`)
    expect(scores.conversion).toMatchObject(moment)
  }

  const { falls } = await get('/v1/leads/l_1/explanation')
  const at = Date.parse(falls.at)
  const edge = `from=${formatTime(at - 1_000)}&to=${formatTime(at)}&moments=2`
  const { moments } = await get(`/v1/leads/l_1/course?${edge}`)
  expect(moments.map(({ band }: { band: string }) => band)).toEqual([falls.band, falls.to])
  expect((await get('/v1/leads/l_1/course')).moments).toHaveLength(61)
})

test('the events behind a score, the lead own ones and no others: nobody else counts for this model', async () => {
  const found = await get('/v1/leads/l_1/events?limit=2')
  expect(found).toMatchObject({ applies: true, model: 'conversion', version: '1', not_listed: 1 })
  expect(found.events).toEqual([
    expect.objectContaining({ event_id: 'l_1:5', type: 'pricing_page_viewed', lead_id: 'l_1' }),
    expect.objectContaining({ event_id: 'l_1:2' }),
  ])
  expect(found.events[1].adds).toEqual([
    { feature: 'pricing_page_viewed.count', group: 'pricing page', value: 1 },
    // The visit before it was three days earlier.
    { feature: 'pricing_page_viewed.recency', group: 'pricing page', value: -3 },
  ])
})

test.each([
  ['/v1/leads/nobody/course', 404, 'lead_not_found'],
  ['/v1/accounts/nobody/events', 404, 'account_not_found'],
  ['/v1/accounts/nobody/history', 404, 'account_not_found'],
  ['/v1/leads/l_1/course?model=fitt', 404, 'model_not_found'],
  ['/v1/leads/l_1/course?moments=1', 400, 'invalid_request'],
  ['/v1/leads/l_1/course?from=now&to=now', 400, 'invalid_request'],
  ['/v1/leads/l_1/course?to=2028-01-01T00:00:00Z', 400, 'invalid_request'],
  ['/v1/leads/l_1/events?as_of=2028-01-01T00:00:00Z', 400, 'invalid_request'],
  ['/v1/leads/l_1/events?limit=1001', 400, 'invalid_request'],
])('%s is answered with %i', async (path, status, code) => {
  const answer = await served().app.inject(path)
  expect([answer.statusCode, answer.json().code]).toEqual([status, code])
})
