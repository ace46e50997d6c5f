/** Where the edges of bands lie: what every line would mean, and a policy with other ones as a text to review. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { endExpiredOverrides } from '../../db/expired-overrides.ts'
import { lineCrossings, scoreDistribution } from '../../db/score-distribution.ts'
import { DAY, formatTime, MINUTE, type Milliseconds } from '../../glossary.ts'
import { decidingModel } from '../../scoring/decision.ts'
import { lineProbabilities } from '../../scoring/line-probabilities.ts'
import { proposeBands } from '../../scoring/propose-bands.ts'
import type { ServerParts } from '../parts.ts'
import { createRemembered } from '../remembered.ts'
import { distributionSchema, proposalBody, proposalSchema } from '../schemas/bands.ts'
import { closed } from '../schemas/closed.ts'
import { answer, problems } from '../schemas/problem.ts'

const NEW = 28 * DAY
const WEEK = 7 * DAY

export const bandRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool, engine, now }) => {
  const remembered = createRemembered<Awaited<ReturnType<typeof count>>>(MINUTE, now)

  app.get(
    '/v1/policy/distribution',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getScoreDistribution',
        tags: ['rules'],
        summary: 'How scores lie, score by score: what any edge of a band would mean.',
        description:
          'One answer from which a page computes volume, expected wins, precision and capacity for any edges: sums over the lines of a band. Of very many leads a part is counted, always the same.',
        querystring: closed({}),
        response: { ...answer('The lines.', distributionSchema), ...problems(400, 500, 503) },
      },
    },
    async () => {
      const { engine: serving } = engine.current()
      const { decided_by: model, segment_bands, version } = serving.policy
      const apart = Object.keys(segment_bands)
      const { at, found, crossed } = await remembered(JSON.stringify([model, apart]), () =>
        count(model, apart),
      )
      const byScore = new Map(found.scores.map((line) => [line.score, line]))
      const deciding = decidingModel(serving)
      const probabilities = deciding ? lineProbabilities(deciding) : null
      const weeks = crossed && (at - crossed.since) / WEEK
      return {
        counted_at: formatTime(at),
        policy_version: String(version),
        model,
        share: found.share,
        new_since: formatTime(at - NEW),
        crossings: crossed && { since: formatTime(crossed.since), weeks: weeks!, share: crossed.share },
        lines: Array.from({ length: 101 }, (_, score) => {
          const { leads = 0, expected = 0, new_leads = 0 } = byScore.get(score) ?? {}
          return {
            ...{ score, leads, expected_wins: expected, new_leads },
            crossings: crossed && crossed.lines[score]! / weeks!,
            probability: probabilities?.[score - 1] ?? null,
          }
        }),
        fixed: [...found.fixed],
      }
    },
  )

  app.post(
    '/v1/policy/proposal',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'proposeBands',
        tags: ['rules'],
        summary: 'The policy with other edges of its bands, as YAML to review. Nothing is changed.',
        description:
          'Numbers change in their places; comments and everything else stay as they are. The policy is a file: whoever may change it there puts it in force.',
        body: proposalBody,
        response: {
          ...answer('The policy as it would be.', proposalSchema),
          ...problems(400, 413, 415, 422, 500, 503),
        },
      },
    },
    async ({ body: { starts } }) => {
      const { engine: serving, policy, policyNames } = engine.current()
      return { policy_version: policy.version, ...proposeBands(serving, policy.source, starts, policyNames) }
    },
  )

  async function count(model: string, apart: readonly string[]) {
    const at: Milliseconds = now()
    await endExpiredOverrides(pool, at)
    const found = await scoreDistribution(pool, { model, apart, newSince: at - NEW })
    return { at, found, crossed: await lineCrossings(pool, model, at) }
  }
}
