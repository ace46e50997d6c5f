/** What people may ask of whoever scores them: what is kept, and to be forgotten. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { eraseLead } from '../../jobs/rights/erase-lead.ts'
import { exportLead } from '../../jobs/rights/export-lead.ts'
import { clearObjection, setObjection } from '../../jobs/rights/object-lead.ts'
import { actorOf } from '../caller.ts'
import type { ServerParts } from '../parts.ts'
import { leadParams } from '../schemas/leads.ts'
import { answer, problems } from '../schemas/problem.ts'
import {
  erasureSchema,
  exportSchema,
  objectionBody,
  objectionClearedSchema,
  objectionSchema,
} from '../schemas/rights.ts'
import { shownErasure } from '../shown-erasure.ts'
import { shownObjection } from '../shown-objection.ts'

export const rightsRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool, now }) => {
  app.get(
    '/v1/leads/:id/export',
    {
      // It holds what people said of the lead in confidence: more than whoever reads scores may see.
      config: { scope: 'admin' },
      schema: {
        operationId: 'exportLead',
        tags: ['leads'],
        summary: 'Everything that is kept about a person.',
        description: 'As of one moment, row by row, with those that were merged into it.',
        params: leadParams,
        response: { ...answer('Everything.', exportSchema), ...problems(400, 404, 500, 503) },
      },
    },
    async ({ params }) => exportLead(pool, params.id, now()),
  )

  app.delete(
    '/v1/leads/:id',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'eraseLead',
        tags: ['leads'],
        summary: 'Erase a person, for good.',
        description:
          'Everything that is kept of it, and of those merged into it, in one transaction. Salted hashes of its names stay, so that no import and no message brings it back. Again for the same id changes nothing but what has come to mention it since.',
        params: leadParams,
        response: { ...answer('What went.', erasureSchema), ...problems(400, 404, 429, 500, 503) },
      },
    },
    async ({ params }) => shownErasure(params.id, await eraseLead(pool, params.id, now())),
  )

  app.put(
    '/v1/leads/:id/objection',
    {
      config: { scope: 'feedback' },
      schema: {
        operationId: 'setObjection',
        tags: ['leads'],
        summary: 'A person does not want to be scored: from now on never.',
        description:
          'Nothing is computed of it, for itself or as a colleague of others, and no model learns from it. Its stored scores and their history go; nobody hears of it by webhook.',
        params: leadParams,
        body: objectionBody,
        response: {
          ...answer('What was kept.', objectionSchema),
          ...problems(400, 404, 413, 415, 500, 503),
        },
      },
    },
    async (request) => {
      const { reason, by } = request.body
      const given = { reason, by: actorOf(request, by) }
      return shownObjection(await setObjection(pool, request.params.id, given, now()))
    },
  )

  app.delete(
    '/v1/leads/:id/objection',
    {
      // Whoever may write down that somebody does not want it may not decide that they do.
      config: { scope: 'admin' },
      schema: {
        operationId: 'clearObjection',
        tags: ['leads'],
        summary: 'A person agrees to be scored again.',
        params: leadParams,
        response: {
          ...answer('There is none any more.', objectionClearedSchema),
          ...problems(400, 404, 500, 503),
        },
      },
    },
    async ({ params }) => {
      await clearObjection(pool, params.id)
      return { lead_id: params.id, objection: null }
    },
  )
}
