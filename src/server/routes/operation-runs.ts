/** How much arrives, and what became of jobs by schedule. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { formatTime, SECOND } from '../../glossary.ts'
import { lastRuns } from '../../jobs/last-runs.ts'
import type { ServerParts } from '../parts.ts'
import { createRemembered } from '../remembered.ts'
import { closed } from '../schemas/closed.ts'
import { jobsSchema, rateSchema } from '../schemas/operation-runs.ts'
import { answer, problems } from '../schemas/problem.ts'
import type { IntakeMeter } from '../tracking/intake-meter.ts'

interface Options extends ServerParts {
  readonly meter: IntakeMeter
}

export const operationRunRoutes: FastifyPluginAsyncZod<Options> = async (app, { pool, now, meter }) => {
  const remembered = createRemembered<Awaited<ReturnType<typeof lastRuns>>>(10 * SECOND, now)

  app.get(
    '/v1/ingest/rate',
    {
      logLevel: 'warn',
      config: { scope: 'read' },
      schema: {
        operationId: 'getIngestRate',
        tags: ['ingest'],
        summary: 'Live messages that this server received, minute by minute.',
        description: 'Counted in memory since it started.',
        querystring: closed({}),
        response: { ...answer('The last hour.', rateSchema), ...problems(400, 500, 503) },
      },
    },
    async () => {
      const minutes = meter.minutes()
      const lastAt = meter.lastAt()
      const sum = (field: 'received' | 'rejected') => minutes.reduce((all, one) => all + one[field], 0)
      return {
        as_of: formatTime(now()),
        since: formatTime(meter.since),
        last_received_at: lastAt === null ? null : formatTime(lastAt),
        last_hour: { received: sum('received'), rejected: sum('rejected') },
        minutes: minutes.map(({ from, received, rejected }) => ({
          from: formatTime(from),
          received,
          rejected,
        })),
      }
    },
  )

  app.get(
    '/v1/health/jobs',
    {
      logLevel: 'warn',
      config: { scope: 'read' },
      schema: {
        operationId: 'listScheduledJobs',
        tags: ['operation'],
        summary: 'When sweep, monitor and retention ran last.',
        querystring: closed({}),
        response: { ...answer('Every job.', jobsSchema), ...problems(400, 500, 503) },
      },
    },
    async () => {
      const runs = await remembered('', () => lastRuns(pool))
      return {
        jobs: runs.map(({ name, cron, isRunning, last }) => ({
          name,
          cron,
          running: isRunning,
          last: last && {
            began_at: formatTime(last.beganAt),
            ended_at: formatTime(last.endedAt),
            failed: last.failed,
          },
        })),
      }
    },
  )
}
