import type { FastifyInstance } from 'fastify'
import type { RequestMetrics } from '../metrics/request-metrics.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer has no end of its own. */
    readonly isEndless?: boolean
  }
}

/** Counts every answer by the pattern of its route: a path may hold the id of a lead. */
export function addRequestCounts(app: FastifyInstance, metrics: RequestMetrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    metrics.answered({
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      milliseconds: reply.elapsedTime,
      isEndless: request.routeOptions.config.isEndless === true,
    })
    done()
  })
}
