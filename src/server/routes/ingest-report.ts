/** What became of live data that could not be used as it came. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { listRejectedMessages } from '../../db/rejected-messages.ts'
import { listUnknownNames } from '../../db/unknown-names.ts'
import { formatTime } from '../../glossary.ts'
import { LIMITS } from '../limits.ts'
import type { ServerParts } from '../parts.ts'
import { answer, problems } from '../schemas/problem.ts'
import { rejectedAnswer, rejectedQuery, unknownNamesAnswer } from '../schemas/tracking.ts'

const DEFAULT_PAGE = 50

export const ingestReportRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool }) => {
  app.get(
    '/v1/ingest/unknown',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listUnknownNames',
        tags: ['ingest'],
        summary: 'Names of events and traits that the mapping file does not have.',
        description: `The ${LIMITS.page} most frequent. Events are kept under their own name; models/tracking.yaml gives them ours.`,
        response: { ...answer('The most frequent first.', unknownNamesAnswer), ...problems(500, 503) },
      },
    },
    async () => {
      const names = await listUnknownNames(pool, LIMITS.page)
      return {
        names: names.map(({ kind, name, source, reason, times, firstSeen, lastSeen }) => ({
          kind,
          name,
          source,
          reason,
          times,
          first_seen: formatTime(firstSeen),
          last_seen: formatTime(lastSeen),
        })),
      }
    },
  )

  app.get(
    '/v1/ingest/rejected',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'listRejectedMessages',
        tags: ['ingest'],
        summary: 'Messages that could not be used, with the reason.',
        querystring: rejectedQuery,
        response: { ...answer('The newest first.', rejectedAnswer), ...problems(400, 500, 503) },
      },
    },
    async ({ query }) => {
      const limit = query.limit ?? DEFAULT_PAGE
      const found = await listRejectedMessages(pool, { limit: limit + 1, before: query.before ?? null })
      const messages = found.slice(0, limit)
      return {
        messages: messages.map(({ number, receivedAt, source, reason, userId, anonymousId, message }) => ({
          number,
          received_at: formatTime(receivedAt),
          source,
          reason,
          user_id: userId,
          anonymous_id: anonymousId,
          message,
        })),
        next_before: found.length > limit ? messages.at(-1)!.number : null,
      }
    },
  )
}
