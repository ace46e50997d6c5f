/** Every route must say who may ask, and says so in the OpenAPI document, with the answers of those who may not. */
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { WonlostError } from '../../errors.ts'
import { SCOPES, type Scope } from '../../glossary.ts'
import { problems } from '../schemas/problem.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The scope that a key needs here; `public`: nobody is asked for a key. A server with a route that has none does not start. */
    readonly scope?: Scope | 'public'
    /**
     * Where this route's clients put their key, if not into the header Authorization; undefined: not there. Asked when the headers
     * have come, without a body, and where that gives no key once more with the body.
     */
    readonly key?: (request: FastifyRequest) => string | undefined
  }
}

/** Ways to send a key: components of the OpenAPI document. A route lists them with the scope that it needs. */
export const SECURITY_SCHEMES = {
  key: { type: 'http', scheme: 'bearer', description: 'A key: `wonlost keys create` makes one.' },
  key_as_user: {
    type: 'http',
    scheme: 'basic',
    description: 'A key as the user name; no password is needed.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-wonlost_session',
    description:
      'The session of the dashboard, begun by POST /v1/session; at a loopback address `wonlost_session`.',
  },
} as const

/** A start with a route that has no scope, or one that there is not, throws `internal`. */
export function addRouteScopes(app: FastifyInstance): void {
  const routes: RouteOptions[] = []
  app.addHook('onRoute', (route) => {
    routes.push(route)
    const scope = route.config?.scope
    if (scope === undefined || route.schema === undefined || route.schema.hide) return
    if (scope === 'public') {
      route.schema = { ...route.schema, security: [] }
      return
    }
    const response = { ...(route.schema.response as object), ...problems(401, 403, 429) }
    const security = Object.keys(SECURITY_SCHEMES).map((name) => ({ [name]: [scope] }))
    route.schema = { ...route.schema, response, security }
  })
  app.addHook('onReady', async () => {
    const allowed: readonly unknown[] = [...SCOPES, 'public']
    const wrong = routes.filter(({ config }) => !allowed.includes(config?.scope))
    if (wrong.length === 0) return
    const named = wrong.map(({ method, url, config }) => `${method} ${url} (${config?.scope ?? 'none'})`)
    const message = `Every route must have config.scope, one of ${allowed.join(', ')}. Not so: ${named.join('; ')}.`
    throw new WonlostError('internal', message)
  })
}
