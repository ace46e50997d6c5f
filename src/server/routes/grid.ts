/** Fit against intent: how many leads are where, and who is in a box. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { endExpiredOverrides } from '../../db/expired-overrides.ts'
import { countGrid, listBox } from '../../db/score-grid.ts'
import { formatTime, SECOND } from '../../glossary.ts'
import { gradeGrid } from '../../scoring/grade-cells.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { shownListedScore } from '../listed-score.ts'
import type { ServerParts } from '../parts.ts'
import { createRemembered } from '../remembered.ts'
import { requireBand } from '../require-band.ts'
import { boxQuery, boxSchema, gridQuery, gridSchema } from '../schemas/grid.ts'
import { answer, problems } from '../schemas/problem.ts'

const DEFAULT_SIZE = 5
const DEFAULT_PAGE = 50

export const gridRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool, engine, now }) => {
  const remembered = createRemembered<Awaited<ReturnType<typeof countGrid>> & { at: number }>(
    30 * SECOND,
    now,
  )

  app.get(
    '/v1/grid',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getGrid',
        tags: ['leads'],
        summary: 'Leads by fit and intent, counted in bins, with what the policy says of each pair.',
        description:
          'Of the stored scores. Where there are more than 400,000, a part of them is counted, always the same, and `share` says how large it is.',
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
      const models = { fit: grade.fit.model, intent: grade.intent.model }
      const { bins, share, at } = await remembered(JSON.stringify([models, size, band]), async () => {
        const at = now()
        await endExpiredOverrides(pool, at)
        return { at, ...(await countGrid(pool, { ...models, size, band })) }
      })
      const leads = bins.reduce((sum, bin) => sum + bin.leads, 0)
      return { ...said, counted_at: formatTime(at), grid: gradeGrid(grade), share, leads, bins: [...bins] }
    },
  )

  app.get(
    '/v1/grid/leads',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listGridLeads',
        tags: ['leads'],
        summary: 'The leads in a box of the grid, those with the highest score first, page by page.',
        description: 'None where the policy has no grades.',
        querystring: boxQuery,
        response: { ...answer('One page.', boxSchema), ...problems(400, 500, 503) },
      },
    },
    async ({ query }) => {
      const { fit_from = 0, fit_to = 100, intent_from = 0, intent_to = 100, band } = query
      const { policy } = engine.current().engine
      requireBand(policy, band)
      const { grade, decided_by: model } = policy
      // A cursor of the queue, or of another box, is not one of this.
      const filters = { sort: `grid ${fit_from} ${fit_to} ${intent_from} ${intent_to}`, band }
      const after = query.cursor === undefined ? null : readCursor(query.cursor, filters)
      if (!grade) return { leads: [], next_cursor: null }
      await endExpiredOverrides(pool, now())
      const { leads, next } = await listBox(pool, {
        ...{ fit: grade.fit.model, intent: grade.intent.model, model },
        ...{ fitFrom: fit_from, fitTo: fit_to, intentFrom: intent_from, intentTo: intent_to },
        ...{ band, after, limit: query.limit ?? DEFAULT_PAGE },
      })
      return {
        leads: leads.map(({ leadId, fit, intent, score }) => ({
          lead_id: leadId,
          fit,
          intent,
          score: shownListedScore(score),
        })),
        next_cursor: next && writeCursor(next, filters),
      }
    },
  )
}
