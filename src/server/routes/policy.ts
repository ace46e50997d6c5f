/** What a changed policy would do, and the amounts behind expected values. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { endExpiredOverrides } from '../../db/expired-overrides.ts'
import { formatTime } from '../../glossary.ts'
import { simulatePolicy } from '../../jobs/simulate-policy.ts'
import { readPolicy } from '../../scoring/read-policy.ts'
import { wonMedians } from '../../scoring/won-medians.ts'
import type { ServerParts } from '../parts.ts'
import { closed } from '../schemas/closed.ts'
import { amountsSchema, simulateBody, simulationSchema } from '../schemas/policy.ts'
import { answer, problems } from '../schemas/problem.ts'

const DEFAULT_EXAMPLES = 10

export const policyRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool, engine, now }) => {
  app.post(
    '/v1/policy/simulate',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'simulatePolicy',
        tags: ['rules'],
        summary: 'How many leads a changed policy would give another band, route or action.',
        description:
          'The stored scores are decided again, by the policy in force and by the changed one. Nothing is kept, and no model is asked.',
        body: simulateBody,
        response: {
          ...answer('The comparison.', simulationSchema),
          ...problems(400, 413, 415, 422, 500, 503),
        },
      },
    },
    async ({ body }) => {
      await endExpiredOverrides(pool, now())
      const { engine: serving, policyNames } = engine.current()
      const changed = readPolicy({ text: body.policy, file: 'policy' }, policyNames)
      return simulatePolicy(pool, serving, changed, body.examples ?? DEFAULT_EXAMPLES)
    },
  )

  app.get(
    '/v1/policy/amounts',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getWonAmounts',
        tags: ['rules'],
        summary: 'What won deals came to: the amounts behind expected values.',
        description: 'Brought up to date whenever all leads are scored.',
        querystring: closed({}),
        response: { ...answer('The medians in force.', amountsSchema), ...problems(400, 500, 503) },
      },
    },
    async () => {
      const { engine: serving, amountsAsOf } = engine.current()
      const { expected_value: policy } = serving.policy
      return {
        version: serving.amounts ? String(serving.amounts.version) : null,
        as_of: amountsAsOf === null ? null : formatTime(amountsAsOf),
        currency: policy?.currency ?? null,
        least_won_deals: policy?.least_won_deals ?? null,
        medians: wonMedians(serving).map(({ segment, median, deals }) => ({
          segment: segment === '' ? null : segment,
          median,
          won_deals: deals,
        })),
      }
    },
  )
}
