import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { parse } from 'yaml'
import { loadConfiguration } from '../../db/configurations.ts'
import { WonlostError } from '../../errors.ts'
import type { ServerParts } from '../parts.ts'
import { closed } from '../schemas/closed.ts'
import { countParameter } from '../schemas/common.ts'
import { configurationSchema } from '../schemas/configuration.ts'
import { answer, problems } from '../schemas/problem.ts'

const versionQuery = closed({
  version: countParameter(1, 999_999_999)
    .optional()
    .describe('As in `policy_version` and `guardrails_version` of answers. Default: the one in force.'),
})

/** The policy and the guardrails in force, with the version that answers name. */
export const configurationRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { engine, pool }) => {
  for (const kind of ['policy', 'guardrails'] as const) {
    app.get(
      `/v1/${kind}`,
      {
        config: { scope: 'read' },
        schema: {
          operationId: kind === 'policy' ? 'getPolicy' : 'getGuardrails',
          tags: ['rules'],
          summary: `The ${kind} in force, or any version before.`,
          querystring: versionQuery,
          response: {
            ...answer('Text and content, with the version that answers name.', configurationSchema),
            ...problems(400, 404, 500, 503),
          },
        },
      },
      async ({ query: { version } }) => {
        const inForce = engine.current()[kind]
        if (version === undefined || String(version) === inForce.version) return inForce
        const source = await loadConfiguration(pool, kind, kind, version)
        if (source === null) {
          const message = `There is no version ${version} of the ${kind}; in force is version ${inForce.version}.`
          throw new WonlostError('configuration_not_found', message, { field: 'version' })
        }
        return { version: String(version), source, content: parse(source) as Record<string, unknown> }
      },
    )
  }
}
