/** Fit against intent: how many leads are where. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { endExpiredOverrides } from '../../db/expired-overrides.ts'
import { countGrid, type GridCounts } from '../../db/score-grid.ts'
import { formatTime, type Milliseconds, SECOND } from '../../glossary.ts'
import { gradeGrid } from '../../scoring/grade-cells.ts'
import type { ServerParts } from '../parts.ts'
import { createRemembered } from '../remembered.ts'
import { requireBand } from '../require-band.ts'
import { gridQuery, gridSchema } from '../schemas/grid.ts'
import { answer, problems } from '../schemas/problem.ts'

const DEFAULT_SIZE = 5

export const gridRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool, engine, now }) => {
  const remembered = createRemembered<GridCounts & { at: Milliseconds }>(30 * SECOND, now)

  app.get(
    '/v1/grid',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getGrid',
        tags: ['leads'],
        summary: 'Leads by fit and intent, counted in bins, with what the policy says of each pair.',
        description:
          'Of the stored scores of the model that decides. Of more than two million leads, or 100,000 of one band, a part is counted, always the same, and `share` says how large it is.',
        querystring: gridQuery,
        response: { ...answer('The grid.', gridSchema), ...problems(400, 500, 503) },
      },
    },
    async ({ query: { size = DEFAULT_SIZE, band } }) => {
      const { policy } = engine.current().engine
      requireBand(policy, band)
      const said = { policy_version: String(policy.version), size }
      const { grade } = policy
      if (!grade) return { ...said, counted_at: formatTime(now()), grid: null, share: 1, leads: 0, bins: [] }
      const { decided_by: model } = policy
      const { bins, share, at } = await remembered(JSON.stringify([model, size, band]), async () => {
        const at = now()
        await endExpiredOverrides(pool, at)
        return { at, ...(await countGrid(pool, { model, size, band })) }
      })
      const leads = bins.reduce((sum, bin) => sum + bin.leads, 0)
      return { ...said, counted_at: formatTime(at), grid: gradeGrid(grade), share, leads, bins: [...bins] }
    },
  )
}
