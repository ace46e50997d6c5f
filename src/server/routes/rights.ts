/** What people may ask of whoever scores them: what is kept, what was said, and to be forgotten. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { rootOf } from '../../db/people.ts'
import { listHistory, type StoredHistory } from '../../db/score-history.ts'
import { formatTime, type VerdictStatus } from '../../glossary.ts'
import { eraseLead } from '../../jobs/rights/erase-lead.ts'
import { exportLead } from '../../jobs/rights/export-lead.ts'
import { clearObjection, setObjection } from '../../jobs/rights/object-lead.ts'
import { actingKey } from '../acting-key.ts'
import type { ServerParts } from '../parts.ts'
import { leadParams } from '../schemas/leads.ts'
import { answer, problems } from '../schemas/problem.ts'
import {
  erasureSchema,
  exportSchema,
  historyQuery,
  historySchema,
  objectionBody,
  objectionClearedSchema,
  objectionSchema,
} from '../schemas/rights.ts'
import { shownErasure } from '../shown-erasure.ts'
import { shownObjection } from '../shown-objection.ts'
import { unknownLead } from '../unknown-lead.ts'

const DEFAULT_PAGE = 50

export const rightsRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool, now }) => {
  app.get(
    '/v1/leads/:id/history',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getLeadHistory',
        tags: ['leads'],
        summary: 'How the scores of a lead moved, and why.',
        description: 'An entry where a score moved by enough, or its band, verdict or versions changed.',
        params: leadParams,
        querystring: historyQuery,
        response: { ...answer('One page.', historySchema), ...problems(400, 404, 500, 503) },
      },
    },
    async ({ params, query }) => {
      const id = await rootOf(pool, 'lead', params.id)
      if (id === null) throw unknownLead(params.id)
      const limit = query.limit ?? DEFAULT_PAGE
      const page = { model: query.model, limit: limit + 1, before: query.before ?? null }
      const found = await listHistory(pool, id, page)
      const entries = found.slice(0, limit).map(shownEntry)
      return { lead_id: id, entries, next_before: found.length > limit ? entries.at(-1)!.number : null }
    },
  )

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
      const given = { reason, by: by === undefined ? actingKey(request) : `api:${by}` }
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

function shownEntry(entry: StoredHistory) {
  return {
    number: entry.number,
    lead_id: entry.leadId,
    model: entry.model,
    segment: entry.segment === '' ? null : entry.segment,
    version: String(entry.version),
    as_of: formatTime(entry.asOf),
    scored_at: formatTime(entry.scoredAt),
    policy_version: String(entry.policyVersion),
    guardrails_version: String(entry.guardrailsVersion),
    probability: entry.probability,
    raw_points: entry.rawPoints,
    score: entry.score,
    band: entry.band,
    verdict: entry.verdict as VerdictStatus,
    decision_band: entry.decisionBand,
    cause: entry.cause,
    reasons: entry.reasons,
  }
}
