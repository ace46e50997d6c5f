import { expect, test } from 'vitest'
import { z } from 'zod'
import { TEST_POLICY } from '../support/models-folder.ts'
import { serveForTests } from '../support/served.ts'

const served = serveForTests(['l_1'])

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[]
  readonly responses: Record<string, { description: string; content: Record<string, { schema: object }> }>
}

interface Document {
  readonly openapi: string
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { readonly schemas: Record<string, object> }
}

async function read(): Promise<Document> {
  return (await served().app.inject('/openapi.json')).json()
}

test('lists every route of the contract, and only these', async () => {
  const { openapi, paths } = await read()
  expect(openapi).toBe('3.1.0')
  const listed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(listed.sort()).toEqual([
    'DELETE /v1/leads/{id}',
    'DELETE /v1/leads/{id}/objection',
    'DELETE /v1/leads/{id}/override',
    'DELETE /v1/session',
    'DELETE /v1/webhooks/{id}',
    'GET /healthz',
    'GET /metrics',
    'GET /readyz',
    'GET /v1/accounts',
    'GET /v1/accounts/{id}',
    'GET /v1/accounts/{id}/course',
    'GET /v1/accounts/{id}/events',
    'GET /v1/accounts/{id}/explanation',
    'GET /v1/accounts/{id}/history',
    'GET /v1/accounts/{id}/score',
    'GET /v1/feedback/report',
    'GET /v1/grid',
    'GET /v1/guardrails',
    'GET /v1/guardrails/hits',
    'GET /v1/health',
    'GET /v1/health/jobs',
    'GET /v1/ingest/rate',
    'GET /v1/ingest/rejected',
    'GET /v1/ingest/unknown',
    'GET /v1/leads',
    'GET /v1/leads/{id}',
    'GET /v1/leads/{id}/course',
    'GET /v1/leads/{id}/events',
    'GET /v1/leads/{id}/explanation',
    'GET /v1/leads/{id}/export',
    'GET /v1/leads/{id}/feedback',
    'GET /v1/leads/{id}/history',
    'GET /v1/leads/{id}/score',
    'GET /v1/models',
    'GET /v1/models/{name}',
    'GET /v1/models/{name}/compare',
    'GET /v1/models/{name}/history',
    'GET /v1/models/{name}/monitor',
    'GET /v1/models/{name}/versions/{v}/figures',
    'GET /v1/models/{name}/versions/{v}/report',
    'GET /v1/policy',
    'GET /v1/policy/amounts',
    'GET /v1/policy/distribution',
    'GET /v1/session',
    'GET /v1/session/oidc',
    'GET /v1/session/oidc/callback',
    'GET /v1/stream',
    'GET /v1/webhooks',
    'GET /v1/webhooks/{id}',
    'GET /v1/webhooks/{id}/attempts',
    'POST /api/s/s2s/{type}',
    'POST /api/s/{type}',
    'POST /batch/',
    'POST /e/',
    'POST /v1/alias',
    'POST /v1/batch',
    'POST /v1/deals',
    'POST /v1/group',
    'POST /v1/guardrails/backtest',
    'POST /v1/guardrails/check',
    'POST /v1/identify',
    'POST /v1/leads/{id}/feedback',
    'POST /v1/models/{name}/promote',
    'POST /v1/models/{name}/rollback',
    'POST /v1/page',
    'POST /v1/policy/proposal',
    'POST /v1/policy/simulate',
    'POST /v1/score',
    'POST /v1/screen',
    'POST /v1/session',
    'POST /v1/track',
    'POST /v1/webhooks',
    'POST /v1/webhooks/{id}/attempts/{attempt}/replay',
    'POST /v1/webhooks/{id}/enable',
    'POST /v1/webhooks/{id}/replay',
    'POST /v1/webhooks/{id}/rotate',
    'PUT /v1/leads/{id}/objection',
    'PUT /v1/leads/{id}/override',
  ])
})

/** Of good answers that are not JSON alone. */
const OTHER_FORMATS: Readonly<Record<string, readonly string[]>> = {
  '{v}/report': ['application/json', 'text/html'],
  '/metrics': ['text/plain'],
  '/v1/stream': ['text/event-stream'],
}

test('is sound: names are unique, references resolve, path parameters are declared, nothing is unused', async () => {
  const document = await read()
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, operation })),
  )
  const ids = operations.map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { path, operation } of operations) {
    expect(operation.summary).toMatch(/\.$/)
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const declared = (operation.parameters ?? []).filter((one) => one.in === 'path')
    expect(declared.map(({ name }) => name)).toEqual(inPath)
    expect(declared.every(({ required }) => required)).toBe(true)
    for (const [status, { description, content }] of Object.entries(operation.responses)) {
      expect(description).not.toBe('Default Response')
      const good = OTHER_FORMATS[path.replace(/^.*(?=\{v\})/, '')] ?? ['application/json']
      // Elsewhere: no body.
      if (status === '303') continue
      expect(Object.keys(content)).toEqual(status === '200' ? good : ['application/problem+json'])
    }
  }
  const text = JSON.stringify(document)
  const referred = new Set([...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name))
  expect(referred).toEqual(new Set(Object.keys(document.components.schemas)))
})

// Answers are checked against the published schema by another reader of JSON Schema than the one that wrote them.
test.each([
  ['/v1/score', { lead: { lead_id: 'x' } }],
  ['/v1/leads', undefined],
  ['/v1/leads/{id}', undefined],
  ['/v1/leads/{id}/score', undefined],
  ['/v1/leads/{id}/course', undefined],
  ['/v1/leads/{id}/events', undefined],
  ['/v1/leads/{id}/feedback', undefined],
  ['/v1/accounts', undefined],
  ['/v1/accounts/{id}', undefined],
  ['/v1/accounts/{id}/score', undefined],
  ['/v1/feedback/report', undefined],
  ['/v1/grid', undefined],
  ['/v1/guardrails/hits', undefined],
  ['/v1/guardrails/check', {}],
  ['/v1/health/jobs', undefined],
  ['/v1/ingest/rate', undefined],
  ['/v1/ingest/rejected', undefined],
  ['/v1/ingest/unknown', undefined],
  ['/v1/batch', { batch: [{ type: 'track' }] }],
  ['/v1/deals', { deal_id: 'd_1', outcome: 'open', opened_at: '2026-11-01T00:00:00Z' }],
  ['/v1/models', undefined],
  ['/v1/models/{name}/history', undefined],
  ['/v1/models/{name}/versions/{v}/report', undefined],
  ['/v1/policy', undefined],
  ['/v1/policy/amounts', undefined],
  ['/v1/policy/distribution', undefined],
  ['/v1/policy/proposal', { starts: { hot: 60 } }],
  ['/v1/policy/simulate', { policy: TEST_POLICY }],
  ['/readyz', undefined],
])('an answer of %s fits the schema that is published for it', async (path, payload) => {
  const document = await read()
  const method = payload ? 'POST' : 'GET'
  const id = path.startsWith('/v1/accounts') ? 'a_1' : 'l_1'
  const url = path.replace('{id}', id).replace('{name}', 'conversion').replace('{v}', '1')
  const answer = await served().app.inject({ method, url, ...(payload ? { payload } : {}) })
  expect(answer.statusCode).toBe(200)
  const operation = document.paths[path]?.[method.toLowerCase()]
  const schema = operation?.responses['200']?.content['application/json']?.schema
  const published = z.fromJSONSchema(withDefinitions(schema ?? {}, document.components.schemas))
  expect(published.safeParse(answer.json()).error?.issues ?? []).toEqual([])
  const more = { ...(answer.json() as object), surplus: 1 }
  expect(published.safeParse(more).success).toBe(path.endsWith('{v}/report'))
})

test('the example of a request is one that is answered', async () => {
  const { components } = await read()
  const { example } = components.schemas['ScoreRequestInput'] as { example?: object }
  expect(example).toBeDefined()
  const answer = await served().app.inject({ method: 'POST', url: '/v1/score', payload: example ?? {} })
  expect(answer.statusCode).toBe(200)
})

function withDefinitions(
  schema: object,
  schemas: Record<string, object>,
): Parameters<typeof z.fromJSONSchema>[0] {
  const text = JSON.stringify({ ...schema, $defs: schemas })
  return JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/'))
}

test('the page for people loads everything from this server', async () => {
  const { app } = served()
  const page = await app.inject('/docs/')
  expect(page.statusCode).toBe(200)
  const policy = String(page.headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/https?:|\*/)
  const loaded = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(
    ([, url = '']) => new URL(url, 'http://here/docs/'),
  )
  expect(loaded.length).toBeGreaterThan(3)
  for (const url of loaded) {
    expect(url.host).toBe('here')
    expect((await app.inject(url.pathname)).statusCode).toBe(200)
  }
  expect((await app.inject('/docs/json')).json()).toEqual(await read())
})
