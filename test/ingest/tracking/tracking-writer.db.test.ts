/** Two servers on one database, as far as writing goes: two writers, each with its own transactions. */
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withTransaction } from '../../../src/db/database.ts'
import { createEventLinker } from '../../../src/ingest/link-events.ts'
import { prepareMessages } from '../../../src/ingest/tracking/prepare-messages.ts'
import { createTrackingWriter } from '../../../src/ingest/tracking/tracking-writer.ts'
import { parseTrackingMap } from '../../../src/ingest/tracking-map.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { until } from '../../support/until.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const map = parseTrackingMap(readFileSync('models/tracking.yaml', 'utf8'), 'tracking.yaml')

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

function createWriter(
  mostWaiting?: number,
  bytes = 0,
  names = map,
): (...messages: object[]) => Promise<void> {
  const options = { pool: database.pool, now: () => NOW }
  const writer = createTrackingWriter(mostWaiting === undefined ? options : { ...options, mostWaiting })
  return (...messages) => {
    const delivery = { source: 'segment', receivedAt: NOW, hasEscapes: false }
    return writer.write({ ...prepareMessages(messages, delivery), map: names, bytes })
  }
}

function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

const person = (i: number): { readonly anonymousId: string; readonly userId: string } => ({
  anonymousId: `v${i}`,
  userId: `u${i}`,
})

test('an event and the word of whose it is, at the same moment: the event is found to be theirs', async () => {
  const [one, other] = [createWriter(), createWriter()]
  const writes: Promise<void>[] = []
  for (let i = 0; i < 150; i++) {
    const { anonymousId, userId } = person(i)
    writes.push(one({ type: 'track', event: 'chat_started', anonymousId, messageId: `e${i}` }))
    writes.push(
      other({
        type: 'identify',
        userId,
        anonymousId,
        messageId: `i${i}`,
        traits: { email: `p${i % 50}@acme.example` },
      }),
    )
    // Both learn of the same users, and link them to somebody.
    writes.push(one({ type: 'track', event: 'demo_requested', userId, messageId: `f${i}` }))
    if (i % 10 === 0) await Promise.all(writes)
  }
  await Promise.all(writes)
  const { rows } = await database.pool.query<{ events: number; linked: number; right: number }>(
    `SELECT count(*) AS events, count(lead_id) AS linked, count(*) FILTER (WHERE lead_id = subject_id) AS right
       FROM wonlost.events LEFT JOIN wonlost.identities
         ON value = coalesce(anonymous_id, 'u' || substr(event_id, 2)) AND kind IN ('anonymous_id', 'user_id')`,
  )
  expect(rows).toEqual([{ events: 300, linked: 300, right: 300 }])
})

test('while an import holds a name, only who needs it is turned away', async () => {
  const write = createWriter()
  const released = withResolvers()
  const held = withResolvers()
  const importing = withTransaction(database.pool, async (client) => {
    await client.query(
      `INSERT INTO wonlost.identities VALUES ('email', 'held@x.example', 'lead', 'crm', now(), 'import')`,
    )
    held.resolve()
    await released.promise
  })
  await held.promise
  const results = await Promise.allSettled([
    write({ type: 'track', event: 'x', userId: 'first', messageId: 'h0' }),
    write({ type: 'track', event: 'x', userId: 'free', messageId: 'h1' }),
    write({ type: 'identify', userId: 'taken', messageId: 'h2', traits: { email: 'held@x.example' } }),
    write({ type: 'track', event: 'x', userId: 'free', messageId: 'h3' }),
  ])
  released.resolve()
  await importing
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect(results[2]).toMatchObject({ reason: { code: 'overloaded' } })
  await write({ type: 'identify', userId: 'taken', messageId: 'h2', traits: { email: 'held@x.example' } })
  const { rows } = await database.pool.query(
    `SELECT subject_id FROM wonlost.identities WHERE value = 'taken'`,
  )
  expect(rows).toEqual([{ subject_id: 'crm' }])
})

test('what is learned of a lead while it is scored waits for that, and is not turned away', async () => {
  const write = createWriter()
  const event = (messageId: string) => ({ type: 'track', event: 'chat_started', userId: 'held', messageId })
  await write(event('s1'))
  const scored = withResolvers()
  const scoring = withTransaction(database.pool, async (client) => {
    await client.query(`SELECT FROM wonlost.dirty_leads WHERE lead_id = 'user:held' FOR UPDATE`)
    scored.resolve()
    await wait(600)
  })
  await scored.promise
  await write(event('s2'))
  await scoring
  const { rows } = await database.pool.query(
    `SELECT count(*) AS events FROM wonlost.events WHERE lead_id = 'user:held'`,
  )
  expect(rows).toEqual([{ events: 2 }])
})

test('too much at once is turned away with nothing written, and taken later', async () => {
  const write = createWriter(2)
  const messages = Array.from({ length: 3 }, (_, i) => ({
    type: 'track',
    event: 'x',
    userId: 'u',
    messageId: `o${i}`,
  }))
  const results = await Promise.allSettled(messages.map((message) => write(message)))
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  expect(results[2]).toMatchObject({ reason: { code: 'overloaded' } })
  // A batch that is larger than what may wait is taken when nothing else is there.
  await write(...messages)
  const { rows } = await database.pool.query(`SELECT count(*) FROM wonlost.events WHERE event_id LIKE 'o_'`)
  expect(rows).toEqual([{ count: 3 }])
})

test('large messages count for several', async () => {
  const write = createWriter(100, 200 * 1024)
  const message = (i: number) => ({ type: 'track', event: 'x', userId: 'u', messageId: `l${i}` })
  const results = await Promise.allSettled([write(message(0)), write(message(1))])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
})

test('ids that are those of leads and accounts, where the file says so', async () => {
  await database.pool.query(`INSERT INTO wonlost.leads VALUES ('crm_7', NULL, now(), now(), 'import');
    INSERT INTO wonlost.identities VALUES ('crm_id', 'crm_7b', 'lead', 'crm_7', now(), 'import')`)
  const names = parseTrackingMap('user_id: lead_id\ngroup_id: account_id', 'tracking.yaml')
  const write = createWriter(undefined, 0, names)
  const track = (userId: string) => ({ type: 'track', event: 'x', userId, messageId: `c_${userId}` })
  await write(track('crm_7'), track('crm_7b'), track('crm_8'))
  await write({ type: 'group', userId: 'crm_7', groupId: 'acme', messageId: 'c_g' })
  const events = `SELECT event_id, event.lead_id, account_id FROM wonlost.events event JOIN wonlost.leads USING (lead_id)
                   WHERE event_id LIKE 'c_%' ORDER BY 1`
  expect((await database.pool.query(events)).rows).toEqual([
    { event_id: 'c_crm_7', lead_id: 'crm_7', account_id: 'acme' },
    { event_id: 'c_crm_7b', lead_id: 'crm_7', account_id: 'acme' },
    { event_id: 'c_crm_8', lead_id: 'crm_8', account_id: null },
  ])
})

test('an import that says who a visitor is, and an event of the visitor before it commits: the event is found to be theirs', async () => {
  const write = createWriter()
  const client = await database.pool.connect()
  const event = { type: 'track', event: 'x', anonymousId: 'importing', messageId: 'during' }
  try {
    await client.query('BEGIN')
    await client.query(
      `INSERT INTO wonlost.identities VALUES ('anonymous_id', 'importing', 'lead', 'crm_7', now(), 'import')`,
    )
    const linker = await createEventLinker(client)
    await linker.collect(new Set(['importing']))
    await linker.link()
    // It waits, or has waited in vain.
    let isOver = false
    const early = write(event).then(
      () => true,
      () => false,
    )
    void early.then(() => {
      isOver = true
    })
    const waits = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`
    await until(async () => isOver || ((await database.pool.query(waits)).rowCount ?? 0) > 0)
    expect(isOver && (await early)).toBe(false)
    await client.query('COMMIT')
    if (!(await early)) await write(event)
  } finally {
    client.release()
  }
  const { rows } = await database.pool.query(`SELECT lead_id FROM wonlost.events WHERE event_id = 'during'`)
  expect(rows).toEqual([{ lead_id: 'crm_7' }])
})
