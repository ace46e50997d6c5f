import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { ServerParts } from '../parts.ts'
import { closed } from '../schemas/closed.ts'
import { configurationSchema } from '../schemas/configuration.ts'
import { answer, problems } from '../schemas/problem.ts'

/** The policy and the guardrails in force, with the version that answers name. */
export const configurationRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { engine }) => {
  for (const kind of ['policy', 'guardrails'] as const) {
    app.get(
      `/v1/${kind}`,
      {
        schema: {
          operationId: kind === 'policy' ? 'getPolicy' : 'getGuardrails',
          tags: ['rules'],
          summary: `The ${kind} in force.`,
          querystring: closed({}),
          response: {
            ...answer('Text and content, with the version that answers name.', configurationSchema),
            ...problems(400, 500, 503),
          },
        },
      },
      async () => engine.current()[kind],
    )
  }
}
