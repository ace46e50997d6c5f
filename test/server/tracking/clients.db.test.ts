/** The real clients, as their users set them up, against a server that listens. */

import { jitsuAnalytics } from '@jitsu/js'
import RudderAnalytics from '@rudderstack/rudder-sdk-node'
import { Analytics } from '@segment/analytics-node'
import { PostHog } from 'posthog-node'
import { beforeAll, expect, test } from 'vitest'
import { serveForTests } from '../../support/served.ts'
import { until } from '../../support/until.ts'

const served = serveForTests([])
let host = ''
beforeAll(async () => {
  await served().app.listen({ host: '127.0.0.1', port: 0 })
  const address = served().app.server.address()
  host = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : ''
})

async function eventsOf(source: string): Promise<Record<string, number>> {
  const { rows } = await served().database.pool.query<{ key: string; count: number }>(
    `SELECT lead_id || ' ' || type AS key, count(*) FROM wonlost.events WHERE source = $1 GROUP BY 1 ORDER BY 1`,
    [source],
  )
  return Object.fromEntries(rows.map(({ key, count }) => [key, count]))
}

async function traitsOf(subject: string): Promise<Record<string, unknown>> {
  const { rows } = await served().database.pool.query<{ name: string; value: unknown }>(
    'SELECT name, value FROM wonlost.traits WHERE subject_id = $1 ORDER BY name',
    [subject],
  )
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}

test('Segment: everything arrives once', async () => {
  const analytics = new Analytics({ writeKey: 'wk', host })
  analytics.on('error', (error) => expect.unreachable(String(error.reason)))
  analytics.page({ anonymousId: 'sa', name: 'Pricing', properties: { url: 'https://x.example/pricing?a=1' } })
  analytics.identify({
    userId: 's1',
    anonymousId: 'sa',
    traits: { email: 'Ada@Acme.example', jobTitle: 'CTO' },
  })
  for (let i = 0; i < 150; i++) analytics.track({ userId: 's1', event: 'Demo Requested', properties: { i } })
  analytics.group({ userId: 's1', groupId: 'sg', traits: { name: 'ACME', employees: 240 } })
  await analytics.closeAndFlush()
  expect(await eventsOf('segment')).toEqual({
    'user:s1 demo_requested': 150,
    'user:s1 pricing_page_viewed': 1,
  })
  expect(await traitsOf('user:s1')).toEqual({ email: 'Ada@Acme.example', title: 'CTO' })
  expect(await traitsOf('group:sg')).toEqual({ employees: 240, name: 'ACME' })
})

test('RudderStack: packed, and labelled as a form', async () => {
  const analytics = new RudderAnalytics('wk', { dataPlaneUrl: host })
  analytics.identify({ userId: 'r1', anonymousId: 'ra', traits: { email: 'bo@beta.example' } })
  for (let i = 0; i < 100; i++) analytics.track({ userId: 'r1', event: 'trialStarted', properties: { i } })
  analytics.alias({ userId: 'r1', previousId: 'r-old' })
  await until(async () => (await eventsOf('rudderstack'))['user:r1 trial_started'] === 100)
  expect(await traitsOf('user:r1')).toEqual({ email: 'bo@beta.example' })
})

test('Jitsu: one request a message', async () => {
  const analytics = jitsuAnalytics({ host, writeKey: 'id:secret' })
  await analytics.identify('j1', { email: 'cy@gamma.example' })
  for (let i = 0; i < 50; i++) await analytics.track('chat_started', { i })
  await analytics.page({ name: 'Careers' })
  expect(await eventsOf('jitsu')).toEqual({ 'user:j1 careers_page_viewed': 1, 'user:j1 chat_started': 50 })
})

test('PostHog: visitors become users by an alias', async () => {
  const posthog = new PostHog('phk', { host })
  const visitor = { $process_person_profile: false }
  posthog.capture({
    distinctId: 'pa',
    event: '$pageview',
    properties: { $current_url: 'https://x.example/docs/api', ...visitor },
  })
  posthog.identify({
    distinctId: 'p1',
    properties: { email: 'di@delta.example', $set_once: { title: 'CEO' } },
  })
  for (let i = 0; i < 100; i++)
    posthog.capture({ distinctId: 'p1', event: 'Feature Used', properties: { i } })
  posthog.alias({ distinctId: 'p1', alias: 'pa' })
  posthog.groupIdentify({ groupType: 'company', groupKey: 'pg', properties: { employees: 12 } })
  posthog.capture({ distinctId: 'p1', event: 'weird thing', groups: { company: 'pg' } })
  await posthog.shutdown()
  expect(await eventsOf('posthog')).toEqual({
    'user:p1 docs_viewed': 1,
    'user:p1 feature_used': 100,
    'user:p1 weird thing': 1,
  })
  expect(await traitsOf('user:p1')).toEqual({ email: 'di@delta.example', title: 'CEO' })
  const { rows } = await served().database.pool.query(
    `SELECT account_id FROM wonlost.leads WHERE lead_id = 'user:p1'`,
  )
  expect(rows).toEqual([{ account_id: 'group:pg' }])
  const { names } = (await served().app.inject('/v1/ingest/unknown')).json<{ names: object[] }>()
  expect(names).toMatchObject([
    { kind: 'event', name: 'weird thing', source: 'posthog', reason: null, times: 1 },
  ])
})

test('everybody who changed is marked, once', async () => {
  const { rows } = await served().database.pool.query(
    'SELECT lead_id FROM wonlost.dirty_leads ORDER BY lead_id',
  )
  expect(rows.map(({ lead_id }) => lead_id)).toEqual(['user:j1', 'user:p1', 'user:r1', 'user:s1'])
})
