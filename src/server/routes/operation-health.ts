/** How far what is answered is behind what is known. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { backlogOf, databaseNow } from '../../db/dirty-claims.ts'
import { lastScoring } from '../../db/scoring-runs.ts'
import { formatTime, SECOND } from '../../glossary.ts'
import { differences, versionsOf } from '../../jobs/engine-versions.ts'
import type { ServerParts } from '../parts.ts'
import { operationHealthSchema } from '../schemas/operation-health.ts'
import { answer, problems } from '../schemas/problem.ts'

export const operationHealthRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool, engine }) => {
  app.get(
    '/v1/health',
    {
      logLevel: 'warn',
      config: { scope: 'read' },
      schema: {
        operationId: 'getHealth',
        tags: ['operation'],
        summary: 'Leads that wait to be scored again, and the last scoring of all.',
        response: { ...answer('How far scores are behind.', operationHealthSchema), ...problems(500, 503) },
      },
    },
    async () => {
      const [{ leads, oldest, setAside }, last, now] = await Promise.all([
        backlogOf(pool),
        lastScoring(pool),
        databaseNow(pool),
      ])
      return {
        as_of: formatTime(now),
        rescoring: {
          backlog: leads,
          oldest_at: oldest === null ? null : formatTime(oldest),
          oldest_seconds: oldest === null ? null : Math.max(0, now - oldest) / SECOND,
          set_aside: setAside,
        },
        last_scoring: last && {
          cause: last.cause,
          as_of: formatTime(last.asOf),
          ended_at: formatTime(last.endedAt),
          outdated: differences(last.engine, versionsOf(engine.current().engine)),
        },
      }
    },
  )
}
