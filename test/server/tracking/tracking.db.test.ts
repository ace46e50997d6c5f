import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { beforeEach, describe, expect, it, test } from 'vitest'
import { withTransaction } from '../../../src/db/database.ts'
import { suppress } from '../../../src/ingest/suppressions.ts'
import { LIMITS } from '../../../src/server/limits.ts'
import { NOW } from '../../support/app.ts'
import { serveForTests } from '../../support/served.ts'

const served = serveForTests(['l_1'])

beforeEach(async () => {
  const emptied = [
    'events',
    'identities',
    'dirty_leads',
    'rejected_messages',
    'seen_messages',
    'unknown_names',
    'suppressions',
    'merges',
  ]
  await served().database.pool.query(`${emptied.map((table) => `DELETE FROM wonlost.${table};`).join('')}
    DELETE FROM wonlost.leads WHERE lead_id <> 'l_1'; DELETE FROM wonlost.accounts WHERE account_id <> 'a_1';
    DELETE FROM wonlost.traits WHERE source = 'segment'`)
})

async function query<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  return (await served().database.pool.query<Row>(sql, [...values])).rows
}

async function send(
  url: string,
  payload: object | string | Buffer,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown>; headers: Record<string, unknown> }> {
  const body = Buffer.isBuffer(payload) || typeof payload === 'string' ? payload : JSON.stringify(payload)
  const answer = await served().app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers },
    payload: body,
  })
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers }
}

/** Sends a batch that is taken in full. */
async function batch(...messages: readonly object[]): Promise<void> {
  const { status, body } = await send('/v1/batch', { batch: messages })
  expect([status, body]).toEqual([200, { success: true, rejected: 0 }])
}

const track = (event: string, who: object, more: object = {}): object => ({
  type: 'track',
  event,
  messageId: `m_${event}`,
  ...who,
  ...more,
})

async function owners(): Promise<Record<string, string | null>> {
  const rows = await query<{ type: string; lead_id: string | null }>(
    'SELECT type, lead_id FROM wonlost.events',
  )
  return Object.fromEntries(rows.map(({ type, lead_id }) => [type, lead_id]))
}

async function dirty(): Promise<Record<string, string>> {
  const rows = await query<{ lead_id: string; cause: string }>('SELECT * FROM wonlost.dirty_leads')
  return Object.fromEntries(rows.map(({ lead_id, cause }) => [lead_id, cause]))
}

describe('who is who', () => {
  it('gives a visitor its history when it says who it is, and a first touch as old as that', async () => {
    const earlier = new Date(NOW - 86_400_000)
    await batch(
      track('a', { anonymousId: 'v' }, { timestamp: earlier.toISOString() }),
      track('b', { anonymousId: 'w' }),
    )
    expect([await owners(), await dirty()]).toEqual([{ a: null, b: null }, {}])
    await batch({
      type: 'identify',
      userId: 'u',
      anonymousId: 'v',
      messageId: 'i',
      traits: { email: 'ada@acme.example' },
    })
    await batch(track('c', { anonymousId: 'v' }))
    expect(await owners()).toEqual({ a: 'user:u', b: null, c: 'user:u' })
    expect(await query(`SELECT created_at, known_at FROM wonlost.leads WHERE lead_id = 'user:u'`)).toEqual([
      { created_at: earlier, known_at: new Date(NOW) },
    ])
    expect(await dirty()).toEqual({ 'user:u': 'identity' })
  })

  it('a lead begins with what comes late, unless an import said when it began', async () => {
    await query(`INSERT INTO wonlost.identities VALUES ('user_id', 'crm', 'lead', 'l_1', now(), 'import')`)
    const began = async () => query(`SELECT lead_id, created_at FROM wonlost.leads ORDER BY 1`)
    const [imported] = await began()
    await batch(track('a', { userId: 'u' }), track('b', { userId: 'crm' }))
    const late = { timestamp: '2020-01-01T00:00:00Z' }
    await batch(track('c', { userId: 'u' }, late), track('d', { userId: 'crm' }, late))
    expect(await began()).toEqual([imported, { lead_id: 'user:u', created_at: new Date(late.timestamp) }])
  })

  it('knows an imported lead by its mail address, and its company by the domain', async () => {
    await query(`INSERT INTO wonlost.identities VALUES ('email', 'ada@acme.example', 'lead', 'l_1', now(), 'import'),
                 ('domain', 'acme.example', 'account', 'a_1', now(), 'import')`)
    await batch({ type: 'identify', anonymousId: 'v', messageId: 'i', traits: { email: 'Ada@Acme.example' } })
    await batch(track('a', { anonymousId: 'v' }), track('b', { userId: 'ada@acme.example' }))
    expect(await owners()).toEqual({ a: 'l_1', b: 'l_1' })
    await batch({ type: 'identify', userId: 'new', messageId: 'j', traits: { email: 'bo@acme.example' } })
    expect(await query(`SELECT account_id FROM wonlost.leads WHERE lead_id = 'user:new'`)).toEqual([
      { account_id: 'a_1' },
    ])
  })

  it('keeps two users at one machine apart', async () => {
    await batch(
      track('a', { userId: 'one', anonymousId: 'v' }),
      track('b', { userId: 'two', anonymousId: 'v' }),
    )
    await batch(track('c', { userId: 'two' }), track('d', { anonymousId: 'v' }))
    expect(await owners()).toEqual({ a: 'user:one', b: 'user:two', c: 'user:two', d: 'user:one' })
  })

  it('an alias makes two users one, and a visitor a user', async () => {
    await batch(
      track('a', { userId: 'old' }),
      track('b', { userId: 'new' }),
      track('c', { anonymousId: 'v' }),
    )
    await batch({ type: 'alias', userId: 'new', previousId: 'old', messageId: 'x' })
    await batch({ type: 'alias', userId: 'new', previousId: 'v', messageId: 'y' })
    expect(await query('SELECT from_id, into_id FROM wonlost.merges')).toEqual([
      { from_id: 'user:old', into_id: 'user:new' },
    ])
    expect(await owners()).toEqual({ a: 'user:old', b: 'user:new', c: 'user:new' })
    // Who was merged away is marked as the person that it is now.
    await query('DELETE FROM wonlost.dirty_leads')
    await batch(track('d', { userId: 'old' }))
    expect(await dirty()).toEqual({ 'user:new': 'event' })
    // They are one, whichever comes first; whoever was merged away is meant as who it is now.
    await batch(
      { type: 'alias', userId: 'old', previousId: 'new', messageId: 'z' },
      track('e', { userId: 'third' }),
      { type: 'alias', userId: 'third', previousId: 'old', messageId: 'third' },
      { type: 'alias', userId: 'old', previousId: 'third', messageId: 'back' },
    )
    expect(await query('SELECT from_id, into_id FROM wonlost.merges ORDER BY merge_id')).toEqual([
      { from_id: 'user:old', into_id: 'user:new' },
      { from_id: 'user:new', into_id: 'user:third' },
    ])
    expect(await query('SELECT reason FROM wonlost.rejected_messages')).toEqual([])
  })

  it('a group is an account with traits; the account that the CRM gave stays', async () => {
    await query(`INSERT INTO wonlost.identities VALUES ('user_id', 'crm', 'lead', 'l_1', now(), 'import')`)
    const group = { type: 'group', groupId: 'g', traits: { name: 'ACME', employee_count: 12, plan: null } }
    await batch({ ...group, userId: 'u', messageId: 'g1' }, { ...group, userId: 'crm', messageId: 'g2' })
    expect(await query('SELECT lead_id, account_id FROM wonlost.leads ORDER BY lead_id')).toEqual([
      { lead_id: 'l_1', account_id: 'a_1' },
      { lead_id: 'user:u', account_id: 'group:g' },
    ])
    const traits = `SELECT name, value FROM wonlost.traits WHERE subject_id = 'group:g' ORDER BY name, occurred_at`
    expect(await query(traits)).toEqual([
      { name: 'employees', value: 12 },
      { name: 'name', value: 'ACME' },
    ])
    // Said again it is nothing new; taken back it is.
    await query('DELETE FROM wonlost.dirty_leads')
    await batch({ ...group, groupId: 'g', messageId: 'g3' })
    expect(await dirty()).toEqual({})
    await batch({ ...group, traits: { employees: null }, messageId: 'g4' })
    expect(await dirty()).toEqual({ 'user:u': 'account trait' })
  })
})

test('sent again, nothing doubles: not in a batch, not in another, not by many at once', async () => {
  const messages = [
    { type: 'identify', userId: 'u', anonymousId: 'v', messageId: 'i', traits: { title: 'CTO' } },
    track('a', { userId: 'u' }),
    track('b', { anonymousId: 'v' }),
    track('weird', { anonymousId: 'w' }),
    { type: 'group', userId: 'u', groupId: 'g', messageId: 'g', traits: { name: 'x' } },
  ]
  await Promise.all(Array.from({ length: 20 }, () => batch(...messages, ...messages)))
  await batch({ type: 'identify', userId: 'u', messageId: 'i2', traits: { title: 'CEO' } })
  await batch(...messages)
  expect(await owners()).toEqual({ a: 'user:u', b: 'user:u', weird: null })
  expect(await query(`SELECT value FROM wonlost.traits WHERE subject_id = 'user:u'`)).toHaveLength(1)
  expect(await query(`SELECT name, times FROM wonlost.unknown_names WHERE name = 'weird'`)).toEqual([
    { name: 'weird', times: 1 },
  ])
})

test('ids of messages are forgotten after a month, as others come', async () => {
  await query(
    `INSERT INTO wonlost.seen_messages SELECT 'old' || i, '2026-10-01' FROM generate_series(1, 3) AS i`,
  )
  await batch({ type: 'identify', userId: 'u', messageId: 'i' })
  await batch(
    { type: 'identify', userId: 'u', messageId: 'j' },
    { type: 'identify', userId: 'u', messageId: 'i' },
  )
  expect(await query('SELECT message_key FROM wonlost.seen_messages ORDER BY 1')).toEqual([
    { message_key: 'i' },
    { message_key: 'j' },
  ])
})

test('a trait that changes has a row for each time, whatever came between', async () => {
  const at = (hours: number) => ({ timestamp: new Date(NOW - hours * 3_600_000).toISOString() })
  const says = (title: string, hours: number) => ({
    type: 'identify',
    userId: 'u',
    messageId: `i${hours}`,
    traits: { title },
    ...at(hours),
  })
  await batch(says('CTO', 5), says('CTO', 4), says('CEO', 3))
  await batch(says('CEO', 2), says('CTO', 1))
  const rows = await query<{ value: string; occurred_at: Date }>(
    `SELECT value, occurred_at FROM wonlost.traits WHERE subject_id = 'user:u' ORDER BY occurred_at`,
  )
  expect(rows.map(({ value, occurred_at }) => [value, (NOW - occurred_at.getTime()) / 3_600_000])).toEqual([
    ['CTO', 5],
    ['CEO', 3],
    ['CTO', 1],
  ])
})

describe('who must not come back', () => {
  test.each([
    [
      'email',
      'ada@acme.example',
      { userId: 'u', traits: { email: ' Ada@ACME.example' } },
      'ADA@acme.example',
    ],
    ['user_id', 'u', { userId: 'u' }, 'u'],
    ['lead_id', 'user:u', { userId: 'u' }, 'u'],
    ['anonymous_id', 'v', { userId: 'u', anonymousId: 'v' }, 'v'],
  ] as const)('by %s', async (kind, value, who, before) => {
    await withTransaction(served().database.pool, (client) =>
      suppress(client, [[kind, value]], { at: NOW, reason: 'asked' }),
    )
    await batch({ type: 'identify', messageId: 'i', ...who }, track('a', { userId: 'other' }))
    // A message of hers that cannot be used is not kept either.
    const { body } = await send('/v1/track', { ...who, timestamp: 'soon', event: 'x' })
    expect(body).toEqual({ success: true, rejected: 1 })
    // Nor by the id that somebody had before, which may be a mail address.
    await batch({ type: 'alias', messageId: 'j', userId: 'other', previousId: before })
    await send('/v1/alias', { previousId: before })
    expect(await query('SELECT * FROM wonlost.rejected_messages')).toEqual([])
    expect(await query('SELECT value FROM wonlost.identities')).toEqual([{ value: 'other' }])
    expect(await query('SELECT lead_id FROM wonlost.leads ORDER BY 1')).toEqual([
      { lead_id: 'l_1' },
      { lead_id: 'user:other' },
    ])
  })
})

describe('what cannot be used', () => {
  it('is kept with the reason, without the key, and the others go in', async () => {
    const good = track('a', { userId: 'u' })
    const bad = { type: 'track', userId: 'u2', writeKey: 'secret', traits: { email: 'Bo@b.example' } }
    const { status, body } = await send('/v1/batch', {
      batch: [bad, 7, null, [], good, { ...good, messageId: 'h', properties: { huge: 'x'.repeat(33_000) } }],
    })
    expect([status, body]).toEqual([200, { success: true, rejected: 5 }])
    expect(await owners()).toEqual({ a: 'user:u' })
    const { messages } = (await served().app.inject('/v1/ingest/rejected')).json<{
      messages: { reason: string; user_id: string; message: string }[]
    }>()
    expect(messages.map(({ reason, user_id }) => [user_id, reason])).toEqual([
      ['u', 'has 33082 bytes; at most 32768 are allowed'],
      [null, 'is not an object'],
      [null, 'is not an object'],
      [null, 'is not an object'],
      ['u2', 'has no event'],
    ])
    expect(JSON.stringify(messages)).not.toContain('secret')
    expect(messages[0]?.message).toHaveLength(32_768)
    expect(await query(`SELECT email FROM wonlost.rejected_messages WHERE email IS NOT NULL`)).toEqual([
      { email: 'bo@b.example' },
    ])
    const page = (await served().app.inject('/v1/ingest/rejected?limit=2')).json<{ next_before: number }>()
    const rest = await served().app.inject(`/v1/ingest/rejected?before=${page.next_before}`)
    expect(rest.json<{ messages: object[] }>().messages).toHaveLength(3)
  })

  it('what PostgreSQL would refuse is replaced; the rest stays as it came', async () => {
    const text = `{"batch": [{"type": "track", "event": "a", "userId": "u", "messageId": "m",
      "properties": {"nul\\u0000": "x\\u0000y", "half": "\\ud83d", "fox": "\\ud83e\\udd8a", "big": 1e400, "id": 12345678901234567890, "list": [null, {"constructor": {}}]}}]}`
    expect((await send('/v1/batch', text)).body).toEqual({ success: true, rejected: 0 })
    expect(await query(`SELECT properties - '_message' AS properties FROM wonlost.events`)).toEqual([
      {
        properties: {
          'nul\uFFFD': 'x\uFFFDy',
          half: '\uFFFD',
          fox: '🦊',
          big: null,
          id: 12345678901234567000,
          list: [null, { constructor: {} }],
        },
      },
    ])
  })
})

test('whatever is sent, the answer is 200, and all of it is somewhere', async () => {
  const odd = fc.oneof(
    fc.jsonValue({ noUnicodeString: false, maxDepth: 2 }),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.double(),
  )
  const mostly = (...given: readonly string[]) =>
    fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...given) }, { weight: 1, arbitrary: odd })
  const id = mostly('u1', 'u2', 'u3', 'ada@acme.example', "'; DROP TABLE x", '\u202e🦊')
  const traits = fc.dictionary(
    fc.oneof(fc.constantFrom('email', 'domain', 'employees', 'title', 'a.b', 'consent'), fc.string()),
    odd,
  )
  const message = fc.record(
    {
      type: fc.constantFrom('track', 'identify', 'page', 'screen', 'group', 'alias', 'x'),
      event: mostly('demo_requested', 'x\0y'),
      userId: id,
      anonymousId: id,
      previousId: id,
      groupId: id,
      timestamp: mostly('2026-11-21T00:00:00Z', '1999-12-31T23:59:59.999Z', '0001-01-01T00:00:00Z'),
      properties: fc.oneof(traits, odd),
      traits: fc.oneof(traits, odd),
      context: fc.oneof(fc.record({ traits, page: traits, groupId: id }), odd),
    },
    { requiredKeys: ['type'] },
  )
  const messages = fc.sample(fc.oneof({ weight: 9, arbitrary: message }, { weight: 1, arbitrary: odd }), {
    numRuns: 600,
    seed: 11,
  })
  const given = messages.map((one, i) =>
    typeof one === 'object' && one !== null && !Array.isArray(one) ? { ...one, messageId: `m${i}` } : one,
  )
  let rejected = 0
  for (let at = 0; at < given.length; at += 100) {
    const { status, body } = await send('/v1/batch', { batch: given.slice(at, at + 100), sentAt: null })
    expect([status, body['success']]).toEqual([200, true])
    rejected += Number(body['rejected'])
  }
  const [kept] = await query<{ events: number; others: number; rejected: number; refused: number }>(
    `SELECT (SELECT count(*) FROM wonlost.events) AS events, (SELECT count(*) FROM wonlost.seen_messages) AS others,
            (SELECT count(*) FROM wonlost.rejected_messages WHERE message NOT LIKE '{"type":"alias","messageId%') AS rejected,
            (SELECT count(*) FROM wonlost.rejected_messages WHERE reason LIKE 'cannot be kept%') AS refused`,
  )
  expect(kept!.refused).toBe(0)
  expect([kept!.rejected, kept!.events + kept!.others + rejected]).toEqual([rejected, 600])
  expect(kept!.events).toBeGreaterThan(50)
})

test('what PostgreSQL refuses all the same is found among the others, and turned down', async () => {
  await query(`ALTER TABLE wonlost.events ADD CONSTRAINT picky CHECK (event_id <> 'm_c')`)
  try {
    const messages = ['a', 'b', 'c', 'd', 'e'].map((event) => track(event, { userId: 'u' }))
    expect((await send('/v1/batch', { batch: messages })).body['success']).toBe(true)
    expect(Object.keys(await owners()).sort()).toEqual(['a', 'b', 'd', 'e'])
    expect(await query('SELECT reason, user_id FROM wonlost.rejected_messages')).toEqual([
      { reason: 'cannot be kept (PostgreSQL says 23514)', user_id: 'u' },
    ])
  } finally {
    await query('ALTER TABLE wonlost.events DROP CONSTRAINT picky')
  }
})

describe('limits', () => {
  const big = (bytes: number): string => {
    const frame = JSON.stringify({ event: 'a', userId: 'u', properties: { x: '' } })
    return frame.replace('"x":""', `"x":"${'x'.repeat(bytes - frame.length)}"`)
  }
  test.each([
    ['/v1/track', big(32_768), 200],
    ['/v1/track', big(32_769), 400],
    ['/v1/track', big(5_000_000), 400],
    ['/api/s/s2s/track', big(32_769), 400],
    ['/v1/track', gzipSync(big(5_000_000)), 400],
    ['/v1/batch', gzipSync(Buffer.alloc(200_000_000)), 400],
    ['/batch/', gzipSync(Buffer.alloc(200_000_000)), 413],
    ['/batch/', ' '.repeat(LIMITS.trackingBody + 1), 413],
  ])('%s: case %#', async (url, body, expected) => {
    const before = process.memoryUsage().arrayBuffers
    const { status, body: answer } = await send(url, body)
    expect(status).toBe(expected)
    if (status !== 200) expect(answer['code']).toBe(expected === 413 ? 'body_too_large' : 'message_too_large')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30_000_000)
  })

  test('what a batch says for all of its messages is counted with each', async () => {
    const sent = (bytes: number, messages: number) =>
      send('/v1/batch', {
        context: { note: 'x'.repeat(bytes - 11) },
        batch: Array.from({ length: messages }, (_, i) => track(`e${i}`, { userId: 'u' })),
      })
    expect((await sent(30_000, 280)).body).toMatchObject({ code: 'message_too_large' })
    expect((await sent(33_000, 1)).body).toMatchObject({ code: 'invalid_request' })
    expect(
      (await send('/v1/batch', `{"context": ${'['.repeat(200_000)}${']'.repeat(200_000)}, "batch": []}`))
        .status,
    ).toBe(400)
    expect((await sent(30_000, 1)).body).toEqual({ success: true, rejected: 0 })
  })

  it('2,500 messages are taken, one more is not', async () => {
    const messages = Array.from({ length: 2_501 }, (_, i) => ({
      type: 'track',
      event: 'a',
      userId: 'u',
      messageId: `m${i}`,
    }))
    expect((await send('/v1/batch', { batch: messages })).body).toMatchObject({
      status: 400,
      code: 'invalid_request',
    })
    expect(await query('SELECT count(*) FROM wonlost.events')).toEqual([{ count: 0 }])
    expect((await send('/v1/batch', { batch: messages.slice(1) })).body).toEqual({
      success: true,
      rejected: 0,
    })
    expect(await query('SELECT count(*) FROM wonlost.events')).toEqual([{ count: 2_500 }])
  })

  test.each<[string, string | Buffer, Record<string, string>, number]>([
    ['/v1/track', '', {}, 400],
    ['/v1/track', '{"event":', {}, 400],
    ['/v1/track', '[]', {}, 400],
    ['/v1/track', Buffer.from([0x7b, 0xff, 0x7d]), {}, 400],
    ['/v1/batch', '{}', {}, 400],
    ['/v1/batch', '{"batch": {"0": {}}}', {}, 400],
    ['/v1/batch', Buffer.from([0x1f, 0x8b, 1, 2, 3]), {}, 400],
    ['/v1/batch', gzipSync('{"batch": []}').subarray(0, 20), {}, 400],
    ['/v1/batch', '{"batch": []}', { 'content-encoding': 'br' }, 415],
    ['/v1/batch', '{"batch": []}', { 'content-type': 'text/plain' }, 200],
    ['/v1/batch', gzipSync('{"batch": []}'), { 'content-type': 'application/x-www-form-urlencoded' }, 200],
    ['/batch', '{"batch": []}', {}, 200],
    ['/api/s/event', '{"type": "page", "anonymousId": "v"}', {}, 200],
    ['/api/s/p.js', '{}', {}, 400],
  ])('%s %j %j: %i', async (url, body, headers, expected) => {
    expect((await send(url, body, headers)).status).toBe(expected)
  })
})

test('the mapping file counts from the next look on; while it is damaged the one before does', async () => {
  const { createTrackingMapSource } = await import('../../../src/server/tracking/map-source.ts')
  const problems: string[] = []
  const { folder } = served()
  folder.write('tracking.yaml', 'events: { won_it: [jackpot] }')
  const source = createTrackingMapSource(folder.path, ({ code }) => problems.push(code), 0)
  expect((await source.current()).eventType('Jackpot').type).toBe('won_it')
  folder.write('tracking.yaml', 'events: { lost_it: [jackpot] }')
  expect((await source.current()).eventType('Jackpot').type).toBe('lost_it')
  folder.write('tracking.yaml', 'events: [')
  expect((await source.current()).eventType('Jackpot').type).toBe('lost_it')
  expect((await source.current()).eventType('Jackpot').type).toBe('lost_it')
  expect(problems).toEqual(['tracking_invalid'])
  await expect(createTrackingMapSource(folder.path).current()).rejects.toMatchObject({
    code: 'tracking_invalid',
  })
})

test('whoever has to wait too long for others is told to come back', async () => {
  const client = await served().database.pool.connect()
  try {
    await client.query('BEGIN; LOCK TABLE wonlost.suppressions IN ACCESS EXCLUSIVE MODE')
    const { status, body, headers } = await send('/v1/track', { userId: 'u', event: 'a' })
    expect([status, body['code']]).toEqual([429, 'overloaded'])
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
  expect((await send('/v1/track', { userId: 'u', event: 'a' })).status).toBe(200)
})
