import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { scoreLead } from '../../scoring/engine.ts'
import { type UnreadableTrait, unreadableTraits } from '../../scoring/unreadable-traits.ts'
import type { ServerParts } from '../parts.ts'
import { recordOf } from '../request-record.ts'
import { answer, problems } from '../schemas/problem.ts'
import { scoreRequestSchema } from '../schemas/score-request.ts'
import { scoredLeadSchema } from '../schemas/scored-lead.ts'
import { fieldPath, invalidRequest, shown } from '../validation.ts'

/** Scoring of what is in the request: nothing is read from the database, nothing is kept. */
export const scoreRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { engine, now }) => {
  app.post(
    '/v1/score',
    {
      config: { scope: 'score', isImmediate: true },
      schema: {
        operationId: 'score',
        tags: ['scoring'],
        summary: 'Score a lead that the request describes.',
        description: 'Stateless: nothing is read from the database, nothing is kept.',
        body: scoreRequestSchema,
        response: {
          ...answer('The lead with its scores, verdict and decision.', scoredLeadSchema),
          ...problems(400, 404, 413, 415, 500, 503),
        },
      },
    },
    async ({ body }) => {
      const { account, lead, asOf } = recordOf(body, now())
      const { engine: serving } = engine.current()
      const records = new Map(account.leads.map((one) => [one.leadId, one] as const))
      refuseUnreadable([
        ...unreadableTraits(serving, lead, account).map((trait) => ({ ...trait, of: [trait.side] })),
        ...(body.account?.people ?? []).flatMap(({ lead_id: id }, i) =>
          unreadableTraits(serving, records.get(id)!, { traits: [] }).map((trait) => ({
            ...trait,
            of: ['account', 'people', i],
          })),
        ),
      ])
      return scoreLead(serving, account, lead, asOf, {
        models: body.models,
        explain: body.explain ?? true,
      })
    },
  )
}

/** Better no answer than one that takes a mistake for "not known". `of`: the steps to whose trait it is. */
function refuseUnreadable(
  traits: readonly (UnreadableTrait & { readonly of: readonly PropertyKey[] })[],
): void {
  if (traits.length === 0) return
  throw invalidRequest(
    traits.map(({ of, name, expected, value }) => {
      const field = fieldPath([...of, 'traits', name], 'body')
      return { field, message: `${field} ${expected}. Given: ${shown(value)}.` }
    }),
  )
}
