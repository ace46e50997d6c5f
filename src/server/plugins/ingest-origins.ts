/** Pages of other origins may send live data, where the configuration names these origins: CORS for the addresses of ingest, and no other. */
import cors, { type FastifyCorsOptions } from '@fastify/cors'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { MINUTE, SECOND } from '../../glossary.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Pages of the origins of the configuration may send here, by POST. */
    readonly fromPages?: boolean
  }
}

/** For how long a browser need not ask again whether it may. Chromium remembers it for two hours at most. */
const REMEMBERED = 10 * MINUTE

/**
 * Call it before anything that may refuse a request: what has not these headers a page cannot read, also not when to try again. No
 * credentials: the key stands in the request, and our cookie is for our own pages. Without origins nothing is added.
 */
export function addIngestOrigins(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return
  const options: FastifyCorsOptions = {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['POST'],
    allowedHeaders: ['authorization', 'content-type', 'x-write-key'],
    exposedHeaders: ['retry-after', 'ratelimit', 'ratelimit-policy', 'x-request-id'],
    maxAge: REMEMBERED / SECOND,
    credentials: false,
  }
  const addresses: RegExp[] = []
  app.addHook('onRoute', (route: RouteOptions) => {
    if (route.config?.fromPages) addresses.push(patternOf(route.url))
    // Whether it may ask, a browser asks without any key. The one such route is that of the library.
    if (route.method === 'OPTIONS') route.config = { ...route.config, scope: 'public' }
  })
  // Called, not registered: what is registered has its turn after all hooks that are added here.
  cors(
    app,
    {
      delegator: ({ url }, done) => {
        const path = url.split('?', 1)[0]!
        done(null, addresses.some((address) => address.test(path)) ? options : { origin: false })
      },
    },
    (error) => {
      if (error) throw error
    },
  )
}

/** A parameter stands for one part of the path. */
function patternOf(url: string): RegExp {
  return new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`)
}
