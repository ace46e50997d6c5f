/** The queue of leads, and what is known and said of each. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { endExpiredOverrides } from '../../db/expired-overrides.ts'
import { listLeads } from '../../db/lead-list.ts'
import type { BoxEnds } from '../../db/lead-order.ts'
import { loadObjection } from '../../db/objections.ts'
import { rootOf } from '../../db/people.ts'
import { loadQueueDetails } from '../../db/queue-details.ts'
import { loadLead } from '../../db/records.ts'
import { dueResponses } from '../../db/response-due.ts'
import { loadScores } from '../../db/scores.ts'
import { DAY, formatTime } from '../../glossary.ts'
import { listedReasons } from '../../jobs/listed-reasons.ts'
import { scoreOneLead } from '../../jobs/score-lead.ts'
import { fromStoredScores } from '../../jobs/stored-lead.ts'
import type { Engine } from '../../scoring/engine.ts'
import type { ScoredLead } from '../../scoring/scored-lead.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { leadFacts } from '../lead-facts.ts'
import { shownListedScore } from '../listed-score.ts'
import type { ServerParts } from '../parts.ts'
import { momentOf } from '../request-record.ts'
import {
  factsQuery,
  leadFactsSchema,
  leadListSchema,
  leadParams,
  listQuery,
  scoreQuery,
} from '../schemas/leads.ts'
import { answer, problems } from '../schemas/problem.ts'
import { scoredLeadSchema } from '../schemas/scored-lead.ts'
import { shownDetails } from '../shown-details.ts'
import { unknownLead } from '../unknown-lead.ts'

const DEFAULT_PAGE = 50

export const leadRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool, engine, now }) => {
  app.get(
    '/v1/leads',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listLeads',
        tags: ['leads'],
        summary: 'The queue, page by page.',
        description:
          'With the stored scores of the model that decides. Leads that were never scored come last.',
        querystring: listQuery,
        response: { ...answer('One page.', leadListSchema), ...problems(400, 500, 503) },
      },
    },
    async ({ query }) => {
      const { band, verdict, search, sort = '-score' } = query
      const box = boxOf(query)
      const filters = { sort, band, verdict, search, box }
      const after = query.cursor === undefined ? null : readCursor(query.cursor, filters)
      const { engine: serving } = engine.current()
      const { decided_by: model, feedback, grade } = serving.policy
      if (box && !grade) return { leads: [], next_cursor: null }
      const responseEvents = feedback.response_events
      await endExpiredOverrides(pool, now())
      const { leads, next } = await listLeads(pool, {
        ...{ sort, band, verdict, search, box, model, responseEvents, after },
        limit: query.limit ?? DEFAULT_PAGE,
      })
      const since = now() - 7 * DAY
      const details = query.details
        ? await loadQueueDetails(pool, { leads, model, responseEvents, since })
        : null
      const reasons = query.reasons
        ? await listedReasons(pool, serving, model, leads.flatMap(scoredAt))
        : null
      const shown = leads.map((lead) => ({
        ...shownLead(lead),
        ...(details ? { details: shownDetails(details.get(lead.leadId)!, lead.score, since) } : {}),
        ...(reasons ? { reasons: reasons.get(lead.leadId) ?? null } : {}),
      }))
      return { leads: shown, next_cursor: next && writeCursor(next, filters) }
    },
  )

  app.get(
    '/v1/leads/:id',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getLead',
        tags: ['leads'],
        summary: 'What is known of a lead: traits, events, deals.',
        params: leadParams,
        querystring: factsQuery,
        response: {
          ...answer('What was true and known before `as_of`.', leadFactsSchema),
          ...problems(400, 404, 500, 503),
        },
      },
    },
    async ({ params, query }) => {
      const asOf = momentOf(query.as_of, now())
      const found = await loadLead(pool, params.id)
      if (!found) throw unknownLead(params.id)
      const { account, lead } = found
      const { response_events: responseEvents } = engine.current().engine.policy.feedback
      const [objection, due] = await Promise.all([
        loadObjection(pool, lead.leadId),
        dueResponses(pool, [lead.leadId], responseEvents),
      ])
      const respondBy = due.get(lead.leadId)
      return {
        ...leadFacts(account, lead, objection, asOf),
        respond_by: respondBy === undefined ? null : formatTime(respondBy),
      }
    },
  )

  app.get(
    '/v1/leads/:id/score',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getLeadScore',
        tags: ['scoring'],
        summary: 'The score of a lead: the stored one, or computed afresh as of any time.',
        params: leadParams,
        querystring: scoreQuery,
        response: {
          ...answer('The lead with its scores, verdict and decision.', scoredLeadSchema),
          ...problems(400, 404, 409, 500, 503),
        },
      },
    },
    async ({ params, query }) => {
      const { engine: serving } = engine.current()
      const stored =
        query.as_of === undefined && query.explain !== true ? await storedScore(params.id, serving) : null
      if (stored) return stored
      const asOf = momentOf(query.as_of, now())
      return scoreOneLead(pool, serving, params.id, asOf, { explain: query.explain ?? true })
    },
  )

  async function storedScore(leadId: string, serving: Engine): Promise<ScoredLead | null> {
    const id = (await rootOf(pool, 'lead', leadId)) ?? leadId
    await endExpiredOverrides(pool, now())
    const scores = await loadScores(pool, 'lead', id)
    const order = serving.models.map(({ name }) => name)
    return fromStoredScores(scores, order)
  }
}

/** undefined: whatever their fit and intent. */
function boxOf(query: z.infer<typeof listQuery>): BoxEnds | undefined {
  const { fit_from, fit_to, intent_from, intent_to } = query
  if ([fit_from, fit_to, intent_from, intent_to].every((end) => end === undefined)) return undefined
  return [fit_from ?? 0, fit_to ?? 100, intent_from ?? 0, intent_to ?? 100]
}

type ListedLead = Awaited<ReturnType<typeof listLeads>>['leads'][number]

function scoredAt({ leadId, score }: ListedLead) {
  return score === null ? [] : [{ leadId, asOf: score.asOf }]
}

function shownLead({ leadId, accountId, createdAt, fit, intent, score }: ListedLead) {
  return {
    lead_id: leadId,
    account_id: accountId,
    created_at: formatTime(createdAt),
    fit,
    intent,
    score: shownListedScore(score),
  }
}
