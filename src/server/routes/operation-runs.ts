/** How much arrives, and what became of jobs by schedule. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { listIntake } from '../../db/intake-minutes.ts'
import { formatTime, MINUTE, SECOND } from '../../glossary.ts'
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

/** Shown of the past, the present one among them. */
const MINUTES = 60
const NOTHING = { received: 0, rejected: 0 }

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
        summary: 'Live messages that came, minute by minute.',
        description:
          'Of all servers on this database: each adds to the counts every second, and has counted since it knows how to.',
        querystring: closed({}),
        response: { ...answer('The last hour.', rateSchema), ...problems(400, 500, 503) },
      },
    },
    async () => {
      await meter.flush()
      const asOf = now()
      const first = Math.floor(asOf / MINUTE) * MINUTE - (MINUTES - 1) * MINUTE
      const counted = await listIntake(pool, first)
      const lastAt = counted.at(-1)?.lastAt
      const byMinute = new Map(counted.map((minute) => [minute.from, minute]))
      const minutes = Array.from({ length: MINUTES }, (_, place) => {
        const from = first + place * MINUTE
        const { received, rejected } = byMinute.get(from) ?? NOTHING
        return { from: formatTime(from), received, rejected }
      })
      const sum = (field: 'received' | 'rejected') => minutes.reduce((all, one) => all + one[field], 0)
      return {
        as_of: formatTime(asOf),
        last_received_at: lastAt === undefined ? null : formatTime(lastAt),
        last_hour: { received: sum('received'), rejected: sum('rejected') },
        minutes,
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
