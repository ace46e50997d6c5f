/** OpenAPI 3.1 from the same schemas that check and type, and a page for people. Both need no other host. */
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { SECURITY_SCHEMES } from './route-scopes.ts'

const DESCRIPTION = `Predictive lead scoring that learns from your own won and lost deals.

Errors are RFC 9457 problem documents; their codes are listed in docs/errors.md. A key has scopes, each route needs one of them; a server with AUTH=off asks
nobody for a key. Times are ISO 8601 with a zone. Unknown fields are refused, but in the formats of others, where they
are kept.
For each explained model \`base + sum(log_odds) + calibration = logit(probability)\`.`

/** Only from here: no fonts, pictures or validators of other hosts. Swagger UI sets style attributes. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

export function addOpenApi(app: FastifyInstance, version: string): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Wonlost',
        version,
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: { securitySchemes: SECURITY_SCHEMES },
      tags: [
        { name: 'scoring', description: 'Score what is in the request, or what is in the database.' },
        {
          name: 'ingest',
          description: 'Live data: events, traits and deals, in our format and in those of others.',
        },
        { name: 'leads', description: 'The queue, and what is known of each.' },
        { name: 'accounts', description: 'The queue of companies, with their people.' },
        { name: 'feedback', description: 'What sales says of leads, and verdicts by hand.' },
        { name: 'models', description: 'Versions, reports, and which one answers.' },
        { name: 'rules', description: 'What is decided beside the models.' },
        { name: 'webhooks', description: 'Endpoints that hear of changes, and what became of each message.' },
        { name: 'operation', description: 'For those who run the server.' },
      ],
    },
    transform: createJsonSchemaTransform({}),
    transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document)),
  })
  app.register(async (page) => {
    // Its routes say nothing of themselves. They show what this document says, which is no secret.
    page.addHook('onRoute', (route) => {
      route.config = { ...route.config, scope: 'public' }
    })
    await page.register(swaggerUi, {
      routePrefix: '/docs',
      staticCSP: PAGE_POLICY,
      // BaseLayout: without the bar that asks for the address of another API.
      uiConfig: { layout: 'BaseLayout', docExpansion: 'list', deepLinking: true, validatorUrl: null },
      theme: { title: 'Wonlost API' },
      logLevel: 'warn',
    })
  })
  app.after(() => {
    app.get('/openapi.json', { config: { scope: 'public' }, schema: { hide: true } }, async () =>
      app.swagger(),
    )
  })
}

/** Every named schema is offered for input and for output; what no route refers to is taken out. */
function withoutUnused(document: ReturnType<typeof jsonSchemaTransformObject>): typeof document {
  if (!('openapi' in document)) return document
  const schemas: Record<string, object> = document.components?.schemas ?? {}
  const used = new Set<string>()
  const follow = (text: string): void => {
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue
      used.add(name)
      follow(JSON.stringify(schemas[name]))
    }
  }
  follow(JSON.stringify(document.paths))
  for (const name of Object.keys(schemas)) if (!used.has(name)) delete schemas[name]
  return document
}
