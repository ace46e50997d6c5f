/** What the monitor found about a model, run by run. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { listMonitorRuns } from '../../db/monitor-runs.ts'
import { formatTime } from '../../glossary.ts'
import type { ServerParts } from '../parts.ts'
import { requireModel } from '../require-model.ts'
import { modelParams } from '../schemas/models.ts'
import { monitorQuery, monitorRunsSchema } from '../schemas/monitor.ts'
import { answer, problems } from '../schemas/problem.ts'

const DEFAULT_LIMIT = 5

export const monitorRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool, engine }) => {
  app.get(
    '/v1/models/:name/monitor',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listMonitorRuns',
        tags: ['models'],
        summary: 'What the monitor found, the newest run first.',
        params: modelParams,
        querystring: monitorQuery,
        response: { ...answer('The runs.', monitorRunsSchema), ...problems(400, 404, 500, 503) },
      },
    },
    async ({ params: { name }, query }) => {
      const limit = query.limit ?? DEFAULT_LIMIT
      const found = await listMonitorRuns(pool, name, { limit: limit + 1, before: query.before ?? null })
      if (found.length === 0) await requireModel(pool, engine, name)
      const runs = found.slice(0, limit)
      return {
        runs: runs.map((run) => ({
          run_id: run.runId,
          segment: run.segment === '' ? null : run.segment,
          version: String(run.version),
          as_of: formatTime(run.asOf),
          window_days: run.windowDays,
          verdict: run.verdict,
          created_at: formatTime(run.createdAt),
          report: run.report as Record<string, unknown>,
        })),
        next_before: found.length > limit ? runs.at(-1)!.runId : null,
      }
    },
  )
}
