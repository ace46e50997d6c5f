/** For Prometheus. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { RequestMetrics } from '../metrics/request-metrics.ts'
import { createStateMetrics } from '../metrics/state-metrics.ts'
import type { ServerParts } from '../parts.ts'
import { problems } from '../schemas/problem.ts'

interface Options extends ServerParts {
  readonly metrics: RequestMetrics
}

const EXAMPLE = `# HELP wonlost_dirty_leads Leads whose scores are out of date, without those set aside.
# TYPE wonlost_dirty_leads gauge
wonlost_dirty_leads 0
`

export const metricsRoutes: FastifyPluginAsyncZod<Options> = async (app, { metrics, ...parts }) => {
  const { registry } = metrics
  const state = createStateMetrics(parts, registry)
  app.get(
    '/metrics',
    {
      logLevel: 'warn',
      config: { scope: 'read' },
      schema: {
        operationId: 'getMetrics',
        tags: ['operation'],
        summary: 'Figures for Prometheus, in its text format.',
        description: 'The database is asked every 5 s at most. No label holds anything about a person.',
        response: {
          200: {
            description: 'One figure a line.',
            content: { 'text/plain': { schema: z.string().meta({ example: EXAMPLE }) } },
          },
          ...problems(500, 503),
        },
      },
    },
    async (_request, reply) => {
      await state.refresh()
      return reply.type(registry.contentType).send(await registry.metrics())
    },
  )
}
