import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { writeDeal } from '../../ingest/live-deal.ts'
import type { ServerParts } from '../parts.ts'
import { requireSchema } from '../require-schema.ts'
import { dealBody, keptDealSchema } from '../schemas/deals.ts'
import { answer, problems } from '../schemas/problem.ts'

/** Deals, as a CRM tells of them when they change. */
export const dealRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool, engine, now }) => {
  app.post(
    '/v1/deals',
    {
      config: { scope: 'ingest' },
      schema: {
        operationId: 'putDeal',
        tags: ['ingest'],
        summary: 'Tell of a deal, or of what became of it.',
        description:
          'By the rules of an import of deals. Sent again under its `deal_id` it takes the place of what was known; the same again changes nothing. Contacts must be known leads.',
        body: dealBody,
        response: { ...answer('It is kept.', keptDealSchema), ...problems(400, 404, 413, 415, 500, 503) },
      },
    },
    async ({ body }) => {
      requireSchema(engine)
      const changed = await writeDeal(
        pool,
        {
          dealId: body.deal_id,
          accountId: body.account_id,
          pipeline: body.pipeline,
          openedAt: body.opened_at,
          closedAt: body.closed_at,
          outcome: body.outcome,
          amount: body.amount,
          currency: body.currency,
          lostReason: body.lost_reason,
          contacts: body.contacts,
          stages: body.stages?.map(({ stage, entered_at }) => ({ stage, enteredAt: entered_at })),
          knownAt: body.known_at,
        },
        now(),
      )
      return { deal_id: body.deal_id, changed }
    },
  )
}
