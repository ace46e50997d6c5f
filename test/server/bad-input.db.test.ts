import { expect, test } from 'vitest'
import { LIMITS } from '../../src/server/limits.ts'
import { NOW } from '../support/app.ts'
import { serveForTests } from '../support/served.ts'

/** Ids as they occur in the wild. */
const ODD_IDS = ['o\'brien "x"', '🦊', 'a/b/../c', '100%25', '\u200fשלום', "'; DROP TABLE wonlost.leads; --"]

const served = serveForTests(['l_1', ...ODD_IDS])

const LEAD = { lead_id: 'x' }
const VISIT = { type: 'pricing_page_viewed', occurred_at: '2026-11-20T00:00:00Z' }

interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly request_id: string
  readonly errors?: readonly { readonly field: string; readonly message: string }[]
}

/** Sends a body as it stands and checks that the answer is a complete problem document. */
async function refusal(body: string | Buffer, headers: Record<string, string> = {}): Promise<Problem> {
  const answer = await served().app.inject({
    method: 'POST',
    url: '/v1/score',
    headers: { 'content-type': 'application/json', ...headers },
    payload: body,
  })
  return problemOf(answer)
}

function problemOf(answer: {
  statusCode: number
  headers: Record<string, unknown>
  json: () => Problem
}): Problem {
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  const problem = answer.json()
  expect(problem.status).toBe(answer.statusCode)
  expect(problem.type).toBe(`urn:wonlost:problem:${problem.code}`)
  expect(problem.request_id).toBe(answer.headers['x-request-id'])
  expect(problem.detail).not.toBe('')
  return problem
}

function manyFields(count: number): Record<string, null> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`field_${i}`, null]))
}

const future = new Date(NOW + 2 * LIMITS.clockAhead).toISOString()

// Each: what is sent, the field that must be named, words that the message must hold (what is allowed, what was given).
const CASES: readonly (readonly [what: string, body: object | string, field: string, words: RegExp])[] = [
  [
    'an unknown field',
    { lead: LEAD, led: 1 },
    'led',
    /not a field here.*Allowed: lead, account, events, as_of, models, explain/,
  ],
  [
    'an unknown field inside',
    { lead: { ...LEAD, mail: 'a' } },
    'lead.mail',
    /Allowed: lead_id, created_at, traits/,
  ],
  [
    'an unknown field of an event',
    { lead: LEAD, events: [{ ...VISIT, props: {} }] },
    'events[0].props',
    /Allowed: event_id/,
  ],
  [
    'an unknown field of what a colleague did',
    { lead: LEAD, account: { people: [{ lead_id: 'other', events: [{ ...VISIT, props: {} }] }] } },
    'account.people[0].events[0].props',
    /Allowed: event_id/,
  ],
  [
    'the lead among its colleagues',
    { lead: LEAD, account: { people: [{ lead_id: 'other' }, LEAD] } },
    'account.people[1].lead_id',
    /is the lead_id of lead too/,
  ],
  [
    'more colleagues than fit',
    {
      lead: LEAD,
      account: { people: Array.from({ length: LIMITS.people + 1 }, (_, i) => ({ lead_id: `p${i}` })) },
    },
    'account.people',
    /not hold more than 1000 people/,
  ],
  ['no lead', {}, 'lead', /must be an object.*nothing/],
  ['a list as body', [], 'body', /must be an object.*list of 0/],
  ['null as body', 'null', 'body', /must be an object.*null/],
  ['an empty id', { lead: { lead_id: '' } }, 'lead.lead_id', /must not be empty/],
  ['a number as id', { lead: { lead_id: 7 } }, 'lead.lead_id', /must be text.*7/],
  ['a long id', { lead: { lead_id: 'x'.repeat(LIMITS.id + 1) } }, 'lead.lead_id', /512/],
  [
    'null for a number',
    { lead: LEAD, account: { traits: { employees: null } } },
    'account.traits.employees',
    /null is not a value/,
  ],
  [
    'text for a number',
    { lead: LEAD, account: { traits: { employees: 'many' } } },
    'account.traits.employees',
    /must be a number.*"many"/,
  ],
  [
    'a list for a number',
    { lead: LEAD, account: { traits: { employees: ['1'] } } },
    'account.traits.employees',
    /must be a number/,
  ],
  [
    'an object for a trait',
    { lead: LEAD, account: { traits: { employees: { n: 1 } } } },
    'account.traits.employees.n',
    /Allowed: value/,
  ],
  [
    'a number beyond a double',
    `{"lead":{"lead_id":"x","traits":{"a":1e999}}}`,
    'lead.traits.a',
    /finite number/,
  ],
  ['NaN', `{"lead":{"lead_id":"x","traits":{"a":NaN}}}`, 'body', /not valid JSON/],
  ['text for a flag', { lead: LEAD, explain: 'yes' }, 'explain', /true or false.*"yes"/],
  [
    'a date without a zone',
    { lead: LEAD, as_of: '2026-11-21T00:00:00' },
    'as_of',
    /zone.*"2026-11-21T00:00:00"/,
  ],
  [
    'a date alone',
    { lead: LEAD, events: [{ ...VISIT, occurred_at: '2026-11-20' }] },
    'events[0].occurred_at',
    /zone/,
  ],
  ['31 February', { lead: LEAD, as_of: '2026-02-31T00:00:00Z' }, 'as_of', /must be a time/],
  ['a zone that there is not', { lead: LEAD, as_of: '2026-01-01T00:00:00+99:99' }, 'as_of', /must be a time/],
  ['the year 20', { lead: LEAD, as_of: '0020-01-01T00:00:00Z' }, 'as_of', /must be a time/],
  ['a number as time', { lead: LEAD, as_of: 1_700_000_000 }, 'as_of', /must be a time/],
  ['as_of in the future', { lead: LEAD, as_of: future }, 'as_of', /future/],
  [
    'an event in the future',
    { lead: LEAD, events: [VISIT, { ...VISIT, occurred_at: future }] },
    'events[1].occurred_at',
    /future/,
  ],
  [
    'a trait from the future',
    { lead: { ...LEAD, traits: { a: { value: 1, known_at: future } } } },
    'lead.traits.a.known_at',
    /future/,
  ],
  [
    'an event id twice',
    {
      lead: LEAD,
      events: [
        { ...VISIT, event_id: 'e' },
        { ...VISIT, event_id: 'e' },
      ],
    },
    'events[1].event_id',
    /events\[0\]/,
  ],
  ['NUL in an id', { lead: { lead_id: 'a\0b' } }, 'lead.lead_id', /NUL/],
  [
    'NUL in a property',
    { lead: LEAD, events: [{ ...VISIT, properties: { a: ['\0'] } }] },
    'events[0].properties.a[0]',
    /NUL/,
  ],
  ['half of a surrogate pair', { lead: { lead_id: '\ud800' } }, 'lead.lead_id', /surrogate/],
  [
    '__proto__',
    `{"lead":{"lead_id":"x","traits":{"__proto__":{"a":1}}}}`,
    'lead.traits.__proto__',
    /not allowed/,
  ],
  [
    'constructor',
    `{"lead":{"lead_id":"x","constructor":{"prototype":{}}}}`,
    'lead.constructor',
    /not allowed/,
  ],
  ['a deep body', `{"lead":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 'body', /nested deeper than 16/],
  [
    'more fields than an object may have',
    { lead: { ...LEAD, traits: manyFields(LIMITS.fields + 1) } },
    'lead.traits',
    /more than 1000 fields.*1001/,
  ],
  [
    'more elements than a list may have',
    { lead: LEAD, events: [{ ...VISIT, properties: { a: Array(LIMITS.elements + 1).fill(0) } }] },
    'events[0].properties.a',
    /more than 10000 elements.*10001/,
  ],
  [
    'more values than a body may have',
    { lead: LEAD, events: Array(31).fill({ ...VISIT, properties: { a: Array(LIMITS.elements).fill(0) } }) },
    'body',
    /more than 300000 values/,
  ],
  ['broken JSON', '{"lead":', 'body', /not valid JSON/],
  ['an empty body', '', 'body', /empty/],
  ['no model', { lead: LEAD, models: [] }, 'models', /at least one/],
]

test.each(CASES)('%s is refused with 400, naming the field', async (_what, body, field, words) => {
  const problem = await refusal(typeof body === 'string' ? body : JSON.stringify(body))
  expect(problem).toMatchObject({ status: 400, code: 'invalid_request' })
  const fault = problem.errors?.find((error) => error.field === field)
  expect(problem.errors?.map((error) => error.field)).toContain(field)
  expect(fault?.message).toMatch(words)
})

test('every fault is listed, not only the first', async () => {
  const problem = await refusal(JSON.stringify({ lead: { lead_id: 1, x: 1 }, y: 1 }))
  expect(problem.errors?.map((error) => error.field).sort()).toEqual(['lead.lead_id', 'lead.x', 'y'])
})

test('what was given is shown shortened, and objects not at all', async () => {
  const problem = await refusal(JSON.stringify({ lead: LEAD, as_of: 'x'.repeat(5_000) }))
  expect(problem.detail.length).toBeLessThan(300)
})

test('no half of a surrogate pair is left where what was given is shortened', async () => {
  for (const before of ['', 'x']) {
    const problem = await refusal(JSON.stringify({ lead: LEAD, as_of: before + '🦊'.repeat(100) }))
    expect(problem.detail).toMatch(/🦊\.\.\.\.$/u)
  }
})

test('a + that became a space on the way is explained', async () => {
  const problem = problemOf(await served().app.inject('/v1/leads/l_1?as_of=2026-11-20T00:00:00+01:00'))
  expect(problem.detail).toMatch(/\+ is written %2B.*T00:00:00 01:00/)
})

test('bytes that are not UTF-8 are refused, not replaced', async () => {
  const problem = await refusal(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))
  expect(problem).toMatchObject({ status: 400, detail: expect.stringContaining('UTF-8') })
})

test('a body of 10 MB is refused with 413, naming the limit', async () => {
  const problem = await refusal(JSON.stringify({ lead: LEAD, pad: 'x'.repeat(10_000_000) }))
  expect(problem).toMatchObject({ status: 413, code: 'body_too_large' })
  expect(problem.detail).toContain(String(LIMITS.body))
})

test('100,000 events are refused: as too large a body, or as too many', async () => {
  const event = JSON.stringify(VISIT)
  const events = (count: number) => `{"lead":{"lead_id":"x"},"events":[${Array(count).fill(event).join()}]}`
  expect(await refusal(events(100_000))).toMatchObject({ status: 413 })
  const problem = await refusal(events(LIMITS.events + 1))
  expect(problem).toMatchObject({ status: 400, errors: [{ field: 'events' }] })
  expect(problem.detail).toContain(String(LIMITS.events))
  const most = await served().app.inject({
    method: 'POST',
    url: '/v1/score',
    headers: { 'content-type': 'application/json' },
    payload: events(LIMITS.events),
  })
  expect(most.statusCode).toBe(200)
})

test('other content types, and compressed bodies, are refused with 415', async () => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
  ])
    expect(await refusal('{}', { 'content-type': type })).toMatchObject({ status: 415 })
  expect(await refusal('{}', { 'content-encoding': 'gzip' })).toMatchObject({ status: 415 })
  const fine = await served().app.inject({
    method: 'POST',
    url: '/v1/score',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    payload: JSON.stringify({ lead: LEAD }),
  })
  expect(fine.statusCode).toBe(200)
})

test('no body at all is refused with 400', async () => {
  const answer = await served().app.inject({ method: 'POST', url: '/v1/score' })
  expect(problemOf(answer)).toMatchObject({ status: 400, errors: [{ field: 'body' }] })
})

test('an unknown model in a request is named', async () => {
  const problem = await refusal(JSON.stringify({ lead: LEAD, models: ['conversion', 'nope'] }))
  expect(problem).toMatchObject({
    code: 'model_not_found',
    detail: expect.stringMatching(/nope.*conversion/),
  })
})

// Each: a path, the status and code it must have, the field named where there is one.
const PATHS: readonly (readonly [url: string, status: number, code: string, field?: string])[] = [
  ['/v1/leads/nobody', 404, 'lead_not_found'],
  ['/v1/leads/nobody/score', 404, 'lead_not_found'],
  ['/v1/leads/nobody/score?as_of=now', 404, 'lead_not_found'],
  ['/v1/leads/nobody/explanation', 404, 'lead_not_found'],
  ['/v1/accounts/nobody', 404, 'account_not_found'],
  ['/v1/accounts/nobody/score', 404, 'account_not_found'],
  ['/v1/accounts/nobody/explanation?as_of=now', 404, 'account_not_found'],
  ['/v1/accounts/%00/score', 400, 'invalid_request', 'id'],
  ['/v1/accounts/%ff', 400, 'invalid_request'],
  ['/v1/accounts?sort=lead_id', 400, 'invalid_request', 'sort'],
  ['/v1/accounts?limit=0', 400, 'invalid_request', 'limit'],
  ['/v1/accounts?cursor=abc', 400, 'invalid_request', 'cursor'],
  ['/v1/accounts?people=1', 400, 'invalid_request', 'people'],
  ['/v1/leads/%00', 400, 'invalid_request', 'id'],
  ['/v1/leads/%00/score', 400, 'invalid_request', 'id'],
  ['/v1/leads/%ff/score', 400, 'invalid_request'],
  ['/v1/leads/%E0%A4%A/score', 400, 'invalid_request'],
  [`/v1/leads/${'x'.repeat(600)}/score`, 400, 'invalid_request', 'id'],
  ['/v1/leads/l_1/score?as_of=yesterday', 400, 'invalid_request', 'as_of'],
  ['/v1/leads/l_1/score?as_of=2026-11-21', 400, 'invalid_request', 'as_of'],
  ['/v1/leads/l_1/score?as_of=', 400, 'invalid_request', 'as_of'],
  ['/v1/leads/l_1/score?as_of=now&as_of=now', 400, 'invalid_request', 'as_of'],
  ['/v1/leads/l_1/score?as_of=2999-01-01T00:00:00Z', 400, 'invalid_request', 'as_of'],
  ['/v1/leads/l_1?as_of=2999-01-01T00:00:00Z', 400, 'invalid_request', 'as_of'],
  ['/v1/leads/l_1/score?asof=now', 400, 'invalid_request', 'asof'],
  ['/v1/leads/l_1/score?explain=1', 400, 'invalid_request', 'explain'],
  ['/v1/leads?limit=0', 400, 'invalid_request', 'limit'],
  ['/v1/leads?limit=201', 400, 'invalid_request', 'limit'],
  ['/v1/leads?limit=1e1', 400, 'invalid_request', 'limit'],
  ['/v1/leads?limit=', 400, 'invalid_request', 'limit'],
  ['/v1/leads?limit=1&limit=2', 400, 'invalid_request', 'limit'],
  ['/v1/leads?verdict=maybe', 400, 'invalid_request', 'verdict'],
  ['/v1/leads?sort=name', 400, 'invalid_request', 'sort'],
  ['/v1/leads?band=%00', 400, 'invalid_request', 'band'],
  ['/v1/leads?cursor=abc', 400, 'invalid_request', 'cursor'],
  ['/v1/leads?page=2', 400, 'invalid_request', 'page'],
  ['/v1/models/nope', 404, 'model_not_found', 'name'],
  ['/v1/models/nope/versions/1/report', 404, 'model_not_found', 'name'],
  ['/v1/models/conversion/versions/99/report', 404, 'model_not_found', 'version'],
  ['/v1/models/conversion/versions/x/report', 400, 'invalid_request', 'v'],
  ['/v1/models/conversion/versions/1e3/report', 400, 'invalid_request', 'v'],
  ['/v1/policy?x=1', 400, 'invalid_request', 'x'],
  ['/v1/nothing', 404, 'not_found'],
  ['/v1/leads/', 400, 'invalid_request', 'id'],
  ['/v1/leads/a/b', 404, 'not_found'],
  ['/docs/nothing.js', 404, 'not_found'],
  ['/docs/static/nothing.js', 404, 'not_found'],
  ['/v1/leads/l_1/score?as_of=2026-11-20T00:00:00+01:00', 400, 'invalid_request', 'as_of'],
]

const ROWS = PATHS.map(([url, status, code, field]) => ({ url, status, code, field }))

test.each(ROWS)('GET $url gives $status $code', async ({ url, status, code, field }) => {
  const problem = problemOf(await served().app.inject(url))
  expect(problem).toMatchObject({ status, code })
  if (field) expect(problem.errors?.map((error) => error.field)).toContain(field)
})

test('another method is refused with 405, naming the allowed ones', async () => {
  const answer = await served().app.inject({ method: 'PUT', url: '/v1/leads/l_1' })
  expect(problemOf(answer)).toMatchObject({ status: 405, code: 'method_not_allowed' })
  expect(answer.headers.allow).toBe('GET, HEAD, DELETE')
  const post = await served().app.inject({
    method: 'POST',
    url: '/v1/leads/l_1/score?as_of=now',
    payload: {},
  })
  expect(problemOf(post)).toMatchObject({ status: 405 })
})

test.each(ODD_IDS)('the lead %j is found, and its id comes back as it is', async (id) => {
  const path = `/v1/leads/${encodeURIComponent(id).replaceAll('.', '%2E')}`
  for (const url of [`${path}`, `${path}/score`, `${path}/explanation?as_of=now`]) {
    const answer = await served().app.inject(url)
    expect(answer.statusCode).toBe(200)
    const body = answer.json()
    expect(body.lead_id ?? body.lead.lead_id).toBe(id)
  }
})

/** As they stand in an address: NUL, halves of a sign, what means something in SQL or a pattern, much of anything. */
const ODD_TEXTS = [
  '',
  '%00',
  '%ED%A0%80',
  '%F0%9F',
  "'",
  '%25',
  '_%5C',
  '-1',
  '1e309',
  '9'.repeat(30),
  'x'.repeat(3_000),
]

test('no text in an address is our fault', async () => {
  interface Operation {
    readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  }
  const { paths } = (await served().app.inject('/openapi.json')).json<{
    paths: Record<string, { readonly get?: Operation }>
  }>()
  const addresses = Object.entries(paths).flatMap(([path, { get }]) => {
    if (!get || path === '/v1/stream') return []
    const right = path.replace('{id}', 'l_1').replace('{name}', 'conversion').replace('{v}', '1')
    const named = (get.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name)
    return ODD_TEXTS.flatMap((text) => [
      path.replaceAll(/\{\w+\}/g, text || 'x'),
      ...named.map((name) => `${right}?${name}=${text}`),
    ])
  })
  const faults = []
  for (const address of new Set(addresses)) {
    const { statusCode } = await served().app.inject(address)
    if (statusCode >= 500) faults.push(address)
  }
  expect(faults).toEqual([])
  expect(addresses.length).toBeGreaterThan(500)
  const rolledBack = await served().app.inject({
    ...{ method: 'POST', url: '/v1/models/conversion/rollback', payload: { segment: '\0', reason: 'x' } },
  })
  expect(rolledBack.json()).toMatchObject({ status: 400, errors: [{ field: 'segment' }] })
})

test('a sender may name its request; what is no harmless name is replaced', async () => {
  const named = await served().app.inject({
    url: '/v1/leads/nobody',
    headers: { 'x-request-id': 'abc-1.2_3' },
  })
  expect(named.headers['x-request-id']).toBe('abc-1.2_3')
  expect(named.json().request_id).toBe('abc-1.2_3')
  for (const id of ['a b', 'x'.repeat(200), '{"a":1}', 'ü']) {
    const replaced = await served().app.inject({ url: '/healthz', headers: { 'x-request-id': id } })
    expect(replaced.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  }
})

test('logs hold neither ids nor values of what was sent', async () => {
  const { app, log } = served()
  const secret = 'grace@hopper.example'
  await app.inject(`/v1/leads/${encodeURIComponent(secret)}?as_of=${secret}`)
  await app.inject(`/v1/leads/${encodeURIComponent(secret)}/score`)
  await app.inject(`/${secret}`)
  await refusal(JSON.stringify({ lead: { lead_id: 'x', traits: { email: secret, [secret]: null } } }))
  await refusal(`{"lead":"${secret}`)
  const text = log.join('')
  expect(text).toContain('/v1/leads/:id/score')
  expect(text).not.toContain('hopper')
  for (const line of log)
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(String), msg: expect.any(String) })
})

test('answers carry the headers that keep browsers and caches away', async () => {
  const { headers } = await served().app.inject('/v1/leads/l_1')
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  })
})
