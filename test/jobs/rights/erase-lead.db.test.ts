import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { withTransaction } from '../../../src/db/database.ts'
import { applyMerges } from '../../../src/db/merges.ts'
import { saveReportPage } from '../../../src/db/model-reports.ts'
import { rewriteTables } from '../../../src/db/rewrite-tables.ts'
import { importFile } from '../../../src/ingest/import-file.ts'
import { IMPORT_KINDS } from '../../../src/ingest/kinds/index.ts'
import { JOBS_SCHEMA, startBackground } from '../../../src/jobs/background.ts'
import { scoreLeads } from '../../../src/jobs/score-leads.ts'
import { webhookWork } from '../../../src/jobs/webhooks/work.ts'
import { addLead, NOW } from '../../support/app.ts'
import { serveForTests } from '../../support/served.ts'
import { until } from '../../support/until.ts'

const served = serveForTests(['l_qzxjklead', 'l_qzxjkdouble', 'colleague'])
const query = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await served().database.pool.query<Row>(text, values)).rows

/** Whatever is planted has this in it, and nothing else of the database; shorter ones come about by chance in files. */
const PLANTED = /qzxjk[a-z]+/g
const AT = new Date(NOW - 86_400_000)

/** Everything that is known of one person, who was known twice, and of whom others talk. */
async function plant(): Promise<void> {
  const { pool } = served().database
  const trait = (id: string, name: string, value: unknown, kind = 'lead') =>
    query(`INSERT INTO wonlost.traits VALUES ($1, $2, $3, $4, $5, $5, 'crm', false)`, [
      ...[kind, id, name],
      ...[JSON.stringify(value), AT],
    ])
  const identity = (kind: string, value: string, id = 'l_qzxjklead') =>
    query(`INSERT INTO wonlost.identities VALUES ($1, $2, 'lead', $3, $4, 'crm')`, [kind, value, id, AT])
  const event = (id: string, lead: string | null, anonymous: string, properties: object) =>
    query(`INSERT INTO wonlost.events VALUES ($1, $2, $3, 'form', $4, $4, 'web', $5)`, [
      ...[id, lead, anonymous, AT],
      properties,
    ])
  await query(
    `INSERT INTO wonlost.identities VALUES ('email', 'ada@example.com', 'lead', 'colleague', $1, 'crm')`,
    [AT],
  )
  await trait('l_qzxjklead', 'email', 'Qzxjkmail@acme.example')
  await trait('l_qzxjklead', 'name', 'qzxjkname')
  await trait('l_qzxjklead', 'message', 'Call me, qzxjkmessage.')
  await trait('l_qzxjkdouble', 'email', 'qzxjkother@acme.example')
  await trait('a_1', 'champion', 'Qzxjkmail@acme.example', 'account')
  await identity('email', 'qzxjkmail@acme.example')
  await identity('email', 'qzxjkother@acme.example', 'l_qzxjkdouble')
  await identity('user_id', 'qzxjkuser')
  await identity('crm_id', 'qzxjkcrm')
  await identity('anonymous_id', 'qzxjkvisitor')
  await event('qzxjkevent', 'l_qzxjklead', 'qzxjkvisitor', { text: 'qzxjkproperty' })
  await event('before', null, 'qzxjkvisitor', { text: 'qzxjkanonymous' })
  await event('shared', 'colleague', 'qzxjkvisitor', { text: 'hers alone' })
  await query(
    `INSERT INTO wonlost.deals (deal_id, account_id, pipeline, opened_at, closed_at, outcome, lost_reason, known_at, source) VALUES
    ('d_1', 'a_1', 'new', $1, $1, 'lost', 'qzxjkmail@acme.example left', $1, 'crm'), ('d_qzxjkown', NULL, 'new', $1, NULL, 'open', NULL, $1, 'crm')`,
    [AT],
  )
  await query(
    `INSERT INTO wonlost.deal_contacts VALUES ('d_1', 'l_qzxjklead', true), ('d_1', 'colleague', false), ('d_qzxjkown', 'l_qzxjkdouble', true)`,
  )
  const post = (url: string, payload: object) => served().app.inject({ method: 'POST', url, payload })
  await withTransaction(pool, (client) =>
    applyMerges(
      client,
      'lead',
      [{ fromId: 'l_qzxjkdouble', intoId: 'l_qzxjklead', evidence: { name: 'qzxjkevidence' } }],
      { by: 'test', at: NOW },
    ),
  )
  await scoreLeads(pool, served().engine.current().engine, {
    ...{ asOf: NOW, isNow: true, scoredAt: NOW, cause: 'score' },
  })
  const feedback = await post('/v1/leads/l_qzxjklead/feedback', {
    kind: 'contacted',
    comment: 'qzxjkcomment',
  })
  expect(feedback.statusCode).toBe(200)
  const override = await served().app.inject({
    method: 'PUT',
    url: '/v1/leads/l_qzxjkdouble/override',
    payload: { status: 'review', reason: 'qzxjkreason', expires_at: '2026-12-01T00:00:00Z' },
  })
  expect(override.statusCode, override.body).toBe(200)
  // One says who it is by its id, one by what it says, and one is about somebody else.
  for (const message of [
    { userId: 'qzxjkuser', event: 'qzxjkrejected' },
    { userId: 'other', event: 'x', properties: { referred_by: 'Qzxjkmail@acme.example', note: 'qzxjknote' } },
    { userId: 'third', event: 'x', properties: { text: 'unrelated' } },
  ])
    await post('/v1/track', { ...message, timestamp: 'soon' })
  await query(
    `INSERT INTO wonlost.unknown_names VALUES ('event', 'qzxjkmail@acme.example', 'web', NULL, 1, $1, $1)`,
    [AT],
  )
  await query(`INSERT INTO wonlost.rescoring_failures VALUES ('l_qzxjklead', 1, 'qzxjkfailure', $1, $1)`, [
    AT,
  ])
  await query(
    `INSERT INTO wonlost.scoring_runs (cause, as_of, engine, began_at, leads, parts) VALUES ('sweep', $1, '{}', $1, 9, 1)`,
    [AT],
  )
  await query(
    `INSERT INTO wonlost.scoring_parts (run_id, part, subject_kind, after_id, upto_id) SELECT run_id, 1, 'lead', '', 'l_qzxjklead' FROM wonlost.scoring_runs`,
  )
  await query(
    `INSERT INTO wonlost.response_promises VALUES ('lead', 'l_qzxjklead', 'hot', 1, 'qzxjkaction', $1, $1)`,
    [AT],
  )
  await query(
    `INSERT INTO wonlost.webhook_endpoints (url, format, events, created_at) VALUES ('https://127.0.0.1:9', 'standard', '{}', $1)`,
    [AT],
  )
  await query(
    `INSERT INTO wonlost.outbox (subject_kind, subject_id, kind, revision, types, band_to, verdict_to, action, model, as_of, created_at)
    VALUES ('lead', 'l_qzxjklead', 'change', 99, '{}', 'hot', 'eligible', 'call', 'conversion', $1, $1)`,
    [AT],
  )
  await query(
    `INSERT INTO wonlost.webhook_messages (outbox_id, endpoint_id, type, next_attempt_at, attempts)
    SELECT outbox_id, endpoint_id, 'lead.band_changed', $1, 1 FROM wonlost.outbox, wonlost.webhook_endpoints WHERE revision = 99`,
    [AT],
  )
  await query(
    `INSERT INTO wonlost.webhook_attempts (message_id, endpoint_id, round, attempt, began_at, milliseconds, answer)
    SELECT message_id, endpoint_id, 1, 1, $1, 1, 'qzxjkanswer' FROM wonlost.webhook_messages`,
    [AT],
  )
  await query(`UPDATE wonlost.models SET report = $1`, [
    { curves: { notable: [{ lead_id: 'l_qzxjkdouble', value: 'qzxjktitle' }, { lead_id: 'colleague' }] } },
  ])
  const figure = (lead: string, text: string) =>
    `<figure>\n<figcaption><b>Best</b><span>Lead ${lead}, 2026-01-01</span></figcaption>\n<svg>${text}</svg></figure>`
  const [model] = await query<{ version: number }>('SELECT version FROM wonlost.models')
  await saveReportPage(
    pool,
    { name: 'conversion', segment: '', version: model!.version },
    `${figure('l_qzxjkdouble', 'qzxjksvg')}${figure('colleague', 'stays')}`,
  )
  await deliverAll(pool)
  // What the planner notes down quotes values.
  await query('ANALYZE')
}

/** As a server does it, whose jobs leave traces of their own: every message is tried once, and refused by its target. */
async function deliverAll(pool: pg.Pool): Promise<void> {
  const work = webhookWork({
    ...{ pool, now: () => NOW, random: () => 0.5, engine: () => served().engine.current().engine },
    ...{ rules: { allowHttp: false, allowNetworks: [] }, say: () => {}, pollEvery: 50 },
  })
  const background = startBackground(pool, [work], { say: () => {} })
  await until(async () => {
    const rows = await query('SELECT FROM wonlost.webhook_messages WHERE attempts = 1 OR job_id IS NULL')
    return rows.length === 0
  })
  await background.stop()
}

/** What is left of it in the tables, those of jobs included. */
async function inTables(): Promise<Set<string>> {
  const tables = await query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname LIKE 'wonlost%'`,
  )
  const found = new Set<string>()
  const look = (text: string): void => {
    for (const [name] of text.toLowerCase().matchAll(PLANTED)) found.add(name)
  }
  for (const { name } of tables)
    for (const { row } of await query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)) look(row)
  for (const { page } of await query<{ page: Buffer }>('SELECT page FROM wonlost.model_reports'))
    look(gunzipSync(page).toString())
  return found
}

/** And in the files of the database, its indexes and catalogues. null: they are on another machine. */
async function inFiles(): Promise<Set<string> | null> {
  await query('CHECKPOINT')
  const [place] = await query<{ folder: string }>(
    `SELECT current_setting('data_directory') || '/base/' || oid AS folder FROM pg_database WHERE datname = current_database()`,
  )
  if (!existsSync(place!.folder)) return null
  const found = new Set<string>()
  for (const file of readdirSync(place!.folder))
    for (const [name] of readFileSync(join(place!.folder, file), 'latin1').toLowerCase().matchAll(PLANTED))
      found.add(name)
  return found
}

const erase = (id: string) => served().app.inject({ method: 'DELETE', url: `/v1/leads/${id}` })

describe('a person who is erased', () => {
  beforeAll(plant)

  test('was everywhere, and is exported from everywhere', async () => {
    expect((await inTables()).size).toBeGreaterThan(20)
    expect((await inFiles())?.size ?? 99).toBeGreaterThan(20)
    const answer = await served().app.inject('/v1/leads/l_qzxjkdouble/export')
    expect(answer.statusCode, answer.body).toBe(200)
    const exported = answer.json()
    expect(exported).toMatchObject({
      lead_id: 'l_qzxjklead',
      names: {
        lead_ids: ['l_qzxjklead', 'l_qzxjkdouble'],
        emails: ['qzxjkmail@acme.example', 'qzxjkother@acme.example'],
        user_ids: ['qzxjkuser'],
        anonymous_ids: ['qzxjkvisitor'],
        crm_ids: ['qzxjkcrm'],
      },
    })
    // What is about others, or about nobody, is not the person's to have.
    const others = ['qzxjknote', 'qzxjktitle', 'qzxjksvg']
    const told = new Set(answer.body.toLowerCase().match(PLANTED))
    expect([...(await inTables())].filter((name) => !told.has(name)).sort()).toEqual(others.sort())
    expect(answer.body).not.toContain('hers alone')
  })

  test('is in no table, no file, no report and no log', async () => {
    const answer = await erase('l_qzxjkdouble')
    expect(answer.statusCode, answer.body).toBe(200)
    expect(answer.json()).toMatchObject({
      ...{ lead_id: 'l_qzxjkdouble', repeated: false, leads: 2, reports: 1 },
      rows: {
        leads: 2,
        feedback: 1,
        overrides: 1,
        merges: 1,
        outbox: 2,
        deals: 1,
        deal_contacts: 1,
        rejected_messages: 2,
      },
    })
    expect(await query(`SELECT FROM ${JOBS_SCHEMA}.job WHERE name = 'webhook'`)).not.toEqual([])
    expect(await inTables()).toEqual(new Set())
    await rewriteTables(served().database.pool, { schemas: ['wonlost', JOBS_SCHEMA] })
    expect((await inFiles()) ?? new Set()).toEqual(new Set())
    expect(served().log.join('').match(PLANTED)).toBeNull()
  })

  test('leaves what is of others', async () => {
    expect(await query(`SELECT lead_id, anonymous_id FROM wonlost.events WHERE event_id = 'shared'`)).toEqual(
      [{ lead_id: 'colleague', anonymous_id: null }],
    )
    expect(await query('SELECT deal_id, lost_reason FROM wonlost.deals')).toEqual([
      { deal_id: 'd_1', lost_reason: null },
    ])
    expect(await query('SELECT user_id FROM wonlost.rejected_messages')).toEqual([{ user_id: 'third' }])
    expect(await query('SELECT report FROM wonlost.models')).toEqual([
      { report: { curves: { notable: [{ lead_id: 'colleague' }] } } },
    ])
    // Scored without the person from now on.
    expect(await query('SELECT lead_id, cause FROM wonlost.dirty_leads')).toEqual([
      { lead_id: 'colleague', cause: 'erasure' },
    ])
  })

  test('does not come back, by any name, nor in the file of rejected rows', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wonlost-erased-'))
    const file = join(folder, 'leads.csv')
    const lines = [
      'lead_id,created_at,email,user_id,anonymous_id',
      'new_1,2026-01-01T00:00:00Z,QZXJKmail@acme.example,,',
      'l_qzxjklead,2026-01-01T00:00:00Z,,,',
      'qzxjkcrm,2026-01-01T00:00:00Z,,,',
      'new_2,2026-01-01T00:00:00Z,,qzxjkuser,',
      'new_3,2026-01-01T00:00:00Z,,,qzxjkvisitor',
      'new_4,never,qzxjkother@acme.example,,',
      'new_5,never,,,',
    ]
    writeFileSync(file, lines.join('\n'))
    const kind = IMPORT_KINDS.find(({ name }) => name === 'leads')!
    const summary = await importFile(served().database.pool, kind, file, { now: NOW, trustedTimes: false })
    expect(summary).toMatchObject({ suppressed: 6, rejected: 1, changed: 0 })
    expect(readFileSync(summary.rejectedFile!, 'utf8').toLowerCase().match(PLANTED)).toBeNull()
    rmSync(folder, { recursive: true })
    for (const who of [
      { userId: 'qzxjkuser' },
      { userId: 'x', traits: { email: 'qzxjkother@acme.example' } },
      { anonymousId: 'qzxjkvisitor', userId: 'y' },
    ])
      await served().app.inject({ method: 'POST', url: '/v1/identify', payload: who })
    expect(await inTables()).toEqual(new Set())
  })

  test('is not found any more; erased again, only what mentions it since goes', async () => {
    for (const path of ['', '/score', '/export', '/history', '/feedback'])
      expect((await served().app.inject(`/v1/leads/l_qzxjklead${path}`)).statusCode, path).toBe(404)
    await query(
      `INSERT INTO wonlost.rejected_messages (received_at, source, reason, message) VALUES (now(), 'web', 'x', 'of l_qzxjklead.')`,
    )
    const again = await erase('l_qzxjklead')
    expect(again.json()).toMatchObject({
      ...{ repeated: true, leads: 0, erased_at: '2026-11-21T12:00:00Z', rows: { rejected_messages: 1 } },
    })
    expect(await inTables()).toEqual(new Set())
  })
})

test('who never was there is not found', async () => {
  const answer = await erase('nobody')
  expect(answer.statusCode).toBe(404)
  expect(answer.json()).toMatchObject({ code: 'lead_not_found' })
})

test('an import that holds people is not waited for, and live data does not wait behind', async () => {
  const { pool } = served().database
  await addLead(pool, 'busy')
  const client = await pool.connect()
  try {
    await client.query(
      `BEGIN; LOCK TABLE wonlost.suppressions IN SHARE MODE; SELECT pg_sleep(greatest(0, 2.1 - extract(epoch FROM clock_timestamp() - now())))`,
    )
    let isWaiting = false
    const waits = async () => {
      const rows = await query(
        `SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = database
          WHERE datname = current_database() AND relation = 'wonlost.suppressions'::regclass AND NOT granted`,
      )
      isWaiting ||= rows.length > 0
    }
    let isOver = false
    const erasing = erase('busy').finally(() => {
      isOver = true
    })
    while (!isOver) await waits()
    expect((await erasing).json()).toMatchObject({ code: 'overloaded' })
    expect(isWaiting).toBe(false)
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
  // Many clients label every request as JSON.
  const labelled = {
    method: 'DELETE',
    url: '/v1/leads/busy',
    headers: { 'content-type': 'application/json' },
  } as const
  expect((await served().app.inject(labelled)).statusCode).toBe(200)
})
