import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { formatTime } from '../../glossary.ts'
import { explainOneLead } from '../../jobs/explain-lead.ts'
import type { ServerParts } from '../parts.ts'
import { momentOf } from '../request-record.ts'
import { explanationQuery, leadExplanationSchema } from '../schemas/lead-explanation.ts'
import { leadParams } from '../schemas/leads.ts'
import { answer, problems } from '../schemas/problem.ts'
import { invalidRequest } from '../validation.ts'

/** Why a lead has its score, what could be done, how long it lasts, and what changed. */
export const leadExplanationRoutes: FastifyPluginAsyncZod<ServerParts> = async (
  app,
  { pool, engine, now },
) => {
  app.get(
    '/v1/leads/:id/explanation',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getLeadExplanation',
        tags: ['scoring'],
        summary: 'Why: the score with what every feature added to it, next steps, and when it falls.',
        description:
          'Computed afresh, so that it adds up, with the models that answer now. With `since`, what changed since then, by the same models at both moments.',
        params: leadParams,
        querystring: explanationQuery,
        response: {
          ...answer('The lead with its scores, and what may become of them.', leadExplanationSchema),
          ...problems(400, 404, 409, 500, 503),
        },
      },
    },
    async ({ params, query: { as_of: given, since, model } }) => {
      const asOf = momentOf(given, now())
      if (since !== undefined && since >= asOf) {
        const message = `since must be before as_of, ${formatTime(asOf)}. Given: ${formatTime(since)}.`
        throw invalidRequest([{ field: 'since', message }])
      }
      return explainOneLead(pool, engine.current().engine, params.id, asOf, { since, model })
    },
  )
}
