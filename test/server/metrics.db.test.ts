import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { withTransaction } from '../../src/db/database.ts'
import { setAside } from '../../src/db/dirty-claims.ts'
import { markDirty } from '../../src/db/dirty-leads.ts'
import { saveMonitorRun } from '../../src/db/monitor-runs.ts'
import { keepRejectedMessages } from '../../src/db/rejected-messages.ts'
import { countUnknownNames } from '../../src/db/unknown-names.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { createTestApp, NOW } from '../support/app.ts'
import { readExposition, type Sample } from '../support/exposition.ts'
import { serveForTests } from '../support/served.ts'

const LEADS = ['l_1', 'l_2', 'l_3']
const served = serveForTests(LEADS)

/** Of a new application: one that has read nothing yet. */
async function scrape(ask: (app: ReturnType<typeof createTestApp>['app']) => Promise<void> = async () => {}) {
  const { database, folder } = served()
  const { app } = createTestApp(database, folder.path)
  try {
    await app.ready()
    await ask(app)
    const { statusCode, headers, body } = await app.inject('/metrics')
    expect(statusCode).toBe(200)
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
    return { text: body, samples: readExposition(body) }
  } finally {
    await app.close()
  }
}

function figure(samples: readonly Sample[], name: string, labels: Record<string, string> = {}) {
  const found = samples.filter(
    (one) =>
      one.name === `wonlost_${name}` &&
      Object.entries(labels).every(([label, value]) => one.labels[label] === value),
  )
  return found.length === 1 ? found[0]!.value : found.map(({ value }) => value)
}

test('tells of scores by band, backlogs, models, missing values, drift, and what was turned down', async () => {
  const { pool } = served().database
  const { engine } = served().engine.current()
  await scoreLeads(pool, engine, { asOf: NOW, scoredAt: NOW, cause: 'score' })
  await withTransaction(pool, async (client) => {
    await markDirty(client, LEADS, 'event')
    const message = { receivedAt: NOW, source: 's', userId: null, anonymousId: null, email: null }
    await keepRejectedMessages(client, [{ ...message, reason: 'has no event', message: '{}' }])
    const name = { kind: 'event', name: 'odd_name', source: 's', reason: null } as const
    await countUnknownNames(client, [name, name, name], NOW)
  })
  await setAside(pool, [{ leadId: 'l_3', error: 'boom' }], NOW)
  const drift = { set: 'entry', score: { psi: 0.3, psi_above_chance: 0.25 } }
  const columns = [{ psi_above_chance: 0.1 }, { psi_above_chance: 0.4 }]
  const run = { name: 'conversion', segment: '', version: 1, asOf: NOW, windowDays: 30, createdAt: NOW }
  const crossed = [{ limit: 'drift_of_feature' }, { limit: 'drift_of_feature' }, { limit: 'auc' }]
  await saveMonitorRun(pool, { ...run, verdict: 'steady', report: { crossed: [], drift: [] } })
  const report = { crossed, drift: [{ ...drift, columns }] }
  await saveMonitorRun(pool, { ...run, verdict: 'crossed', report })

  const { text, samples } = await scrape(async (app) => void (await app.inject('/v1/leads/nobody')))
  const value = (name: string, labels: Record<string, string> = {}) => figure(samples, name, labels)
  const { rows } = await pool.query<{ band: string; count: number }>(
    "SELECT band, count(*) FROM wonlost.scores WHERE model = 'conversion' AND subject_kind = 'lead' GROUP BY band",
  )
  expect(rows.length).toBeGreaterThan(0)
  for (const { band, count } of rows)
    expect(value('scores', { model: 'conversion', subject: 'lead', band })).toBe(count)
  expect([value('dirty_leads'), value('dirty_set_aside')]).toEqual([2, 1])
  expect(value('dirty_oldest_seconds')).toBeGreaterThan(0)
  expect([value('webhook_pending'), value('webhook_due_seconds')]).toEqual([0, 0])
  expect(value('rejected_messages_total')).toBe(1)
  expect([
    value('unknown_names', { kind: 'event' }),
    value('unknown_names_seen_total', { kind: 'event' }),
  ]).toEqual([1, 3])
  expect(value('monitor_score_psi', { model: 'conversion', segment: '', age: 'entry' })).toBe(0.3)
  expect(value('monitor_feature_psi_above_chance_max')).toBe(0.4)
  expect(value('monitor_crossed', { limit: 'drift_of_feature' })).toBe(2)
  const { sha256, version } = engine.models.find(({ name }) => name === 'conversion')!
  expect(value('model_info', { model: 'conversion', segment: '', version: String(version), sha256 })).toBe(1)
  const shares = samples.filter(({ name }) => name === 'wonlost_feature_missing_ratio')
  expect(shares.length).toBeGreaterThan(0)
  expect(shares.every((one) => one.value >= 0 && one.value <= 1)).toBe(true)
  for (const group of ['backlog', 'scores', 'monitor', 'features'])
    expect(value('state_up', { group }), group).toBe(1)
  checkExample('the dashboard', dashboardExpressions(), text, samples)
  checkExample('the alerts', alertExpressions(), text, samples)
  for (const secret of ['l_1', 'a_1', 'ada@example.com', 'odd_name', 'has no event'])
    expect(text).not.toContain(secret)
})

interface Dashboard {
  readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[]
}
interface Alerts {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[]
}

const example = (file: string): string => readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8')

function dashboardExpressions(): string[] {
  const { panels } = JSON.parse(example('grafana-dashboard.json')) as Dashboard
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
}

function alertExpressions(): string[] {
  const { groups } = parse(example('prometheus-alerts.yml')) as Alerts
  return groups.flatMap(({ rules }) => rules.map(({ expr }) => expr))
}

/** What Prometheus itself adds, and labels of which there may be no sample here. */
const OTHER_LABELS = ['job', 'instance', 'rule', 'action']

/** Each expression asks for what there is: names of metrics, and of labels. */
function checkExample(
  name: string,
  expressions: readonly string[],
  text: string,
  samples: readonly Sample[],
) {
  const families = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, family = '', type]) =>
    type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => family + end) : [family],
  )
  const labels = new Set([...OTHER_LABELS, ...samples.flatMap((sample) => Object.keys(sample.labels))])
  expect(expressions.length, name).toBeGreaterThan(10)
  for (const expression of expressions) {
    const names = expression.match(/\b(?:wonlost|process|nodejs)_\w+/g) ?? []
    expect(names.length, expression).toBeGreaterThan(0)
    for (const one of names) expect(families, expression).toContain(one)
    const asked = [
      ...[...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/, */)),
      ...[...expression.matchAll(/(\w+)(?:=~?|!~)"/g)].map(([, label = '']) => label),
    ]
    for (const label of asked) expect([...labels], expression).toContain(label)
  }
}

test('requests count by route and status; what a client makes up makes no label', async () => {
  const { samples } = await scrape(async (app) => {
    for (const id of LEADS) await app.inject(`/v1/leads/${id}`)
    await app.inject('/v1/leads/nobody')
    for (const path of ['/wp-admin', '/.env']) await app.inject(path)
  })
  const count = (labels: Record<string, string>) => figure(samples, 'http_requests_total', labels)
  expect(count({ route: '/v1/leads/:id', status: '200' })).toBe(3)
  expect(count({ route: '/v1/leads/:id', status: '404' })).toBe(1)
  expect(count({ route: 'none', status: '404' })).toBe(2)
  const bucket = { route: '/v1/leads/:id', status: '200', le: '+Inf' }
  expect(figure(samples, 'http_request_duration_seconds_bucket', bucket)).toBe(3)
})

test('asks the database once, whoever asks; a database that is away takes its figures along, and nothing else', async () => {
  const { database, folder } = served()
  let queries = 0
  let isAway = false
  const pool = new Proxy(database.pool, {
    get(target, name) {
      if (name !== 'query') return Reflect.get(target, name, target)
      return (text: string, values?: unknown[]) => {
        if (/dirty_leads/.test(text)) queries += 1
        return isAway ? Promise.reject(new Error('away')) : target.query(text, values)
      }
    },
  })
  const before = createTestApp({ url: database.url, pool }, folder.path)
  await before.app.ready()
  await Promise.all([1, 2, 3, 4].map(() => before.app.inject('/metrics')))
  await before.app.inject('/metrics')
  await before.app.close()
  expect(queries).toBe(1)

  const away = createTestApp({ url: database.url, pool }, folder.path)
  await away.app.ready()
  isAway = true
  const { statusCode, body } = await away.app.inject('/metrics')
  await away.app.close()
  expect(statusCode).toBe(200)
  const samples = readExposition(body)
  expect(figure(samples, 'state_up', { group: 'backlog' })).toBe(0)
  expect(figure(samples, 'dirty_leads')).toEqual([])
  expect(samples.some(({ name }) => name === 'process_cpu_seconds_total')).toBe(true)
})
