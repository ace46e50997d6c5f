/** What people say of leads, and verdicts by hand. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { listFeedback } from '../../db/feedback.ts'
import { listOverrides } from '../../db/overrides.ts'
import { rootOf } from '../../db/people.ts'
import { feedbackReport } from '../../jobs/feedback/report.ts'
import { type GivenFeedback, giveFeedback } from '../../jobs/give-feedback.ts'
import { clearOverride, setOverride } from '../../jobs/override-lead.ts'
import { actorOf } from '../caller.ts'
import { LIMITS } from '../limits.ts'
import type { ServerParts } from '../parts.ts'
import { refuseFuture } from '../request-record.ts'
import {
  clearQuery,
  feedbackBody,
  feedbackListSchema,
  feedbackQuery,
  feedbackReportSchema,
  givenFeedbackSchema,
  overrideBody,
  reportQuery,
} from '../schemas/feedback.ts'
import { leadParams } from '../schemas/leads.ts'
import { answer, problems } from '../schemas/problem.ts'
import { scoredLeadSchema } from '../schemas/scored-lead.ts'
import { shownFeedback, shownOverride } from '../shown-feedback.ts'
import { unknownLead } from '../unknown-lead.ts'

const DEFAULT_PAGE = 50

export const feedbackRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool, engine, now }) => {
  app.post(
    '/v1/leads/:id/feedback',
    {
      config: { scope: 'feedback' },
      schema: {
        operationId: 'giveFeedback',
        tags: ['feedback'],
        summary:
          'Say what became of a lead: contacted, accepted, rejected with a reason, or a trait corrected.',
        description:
          'Kept beside the scores, with the score that was seen. It is never a label: only a correction reaches scores, as a trait that is known from now on: the lead, its colleagues and its account are scored again.',
        params: leadParams,
        body: feedbackBody,
        response: {
          ...answer('What was kept.', givenFeedbackSchema),
          ...problems(400, 404, 409, 413, 415, 500, 503),
        },
      },
    },
    async (request) => {
      const at = now()
      const { engine: serving } = engine.current()
      const given = readFeedback(request.body, actorOf(request, request.body.by), at)
      const kept = await giveFeedback(pool, serving, request.params.id, given, at)
      return { feedback: shownFeedback(kept.feedback), repeated: kept.isRepeated, notes: [...kept.notes] }
    },
  )

  app.get(
    '/v1/leads/:id/feedback',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listFeedback',
        tags: ['feedback'],
        summary: 'What was said of a lead, and its verdicts by hand.',
        params: leadParams,
        querystring: feedbackQuery,
        response: { ...answer('Newest first.', feedbackListSchema), ...problems(400, 404, 500, 503) },
      },
    },
    async ({ params, query }) => {
      const id = await rootOf(pool, 'lead', params.id)
      if (id === null) throw unknownLead(params.id)
      const limit = query.limit ?? DEFAULT_PAGE
      const [found, overrides] = await Promise.all([
        listFeedback(pool, id, { limit: limit + 1, before: query.before ?? null }),
        listOverrides(pool, 'lead', id, LIMITS.page),
      ])
      const feedback = found.slice(0, limit).map(shownFeedback)
      return {
        lead_id: id,
        feedback,
        overrides: overrides.map(shownOverride),
        next_before: found.length > limit ? feedback.at(-1)!.number : null,
      }
    },
  )

  app.get(
    '/v1/feedback/report',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getFeedbackReport',
        tags: ['feedback'],
        summary: 'What came of the scores in sales.',
        description:
          'Rejections by band and reason; the time to the first response against the promise of the band; how many reach each stage above and below the hand-off line, against the base rate; the length of deals before and after scoring began. As `wonlost feedback report --json` prints it.',
        querystring: reportQuery,
        response: { ...answer('The report.', feedbackReportSchema), ...problems(400, 404, 500, 503) },
      },
    },
    async ({ query }) => {
      const at = now()
      const asOf = query.as_of === undefined || query.as_of === 'now' ? at : query.as_of
      refuseFuture(Object.entries({ as_of: asOf, began: query.began }), at)
      return feedbackReport(pool, engine.current().engine, {
        asOf,
        windowDays: query.window_days ?? 90,
        horizonDays: query.horizon_days ?? 90,
        began: query.began,
        now: at,
      })
    },
  )

  app.put(
    '/v1/leads/:id/override',
    {
      config: { scope: 'feedback' },
      schema: {
        operationId: 'setOverride',
        tags: ['feedback'],
        summary: 'Overrule the verdict of a lead until a date, with a reason.',
        description:
          'In place of any other verdict by hand. The lead and its account are scored again, so that the queues show it at once. What rules and scores say alone stays in the answer, under `verdict.override.without_it`, and holds again once the override has expired.',
        params: leadParams,
        body: overrideBody,
        response: {
          ...answer('What is said of the lead now.', scoredLeadSchema),
          ...problems(400, 404, 409, 413, 415, 500, 503),
        },
      },
    },
    async (request) => {
      const { status, reason, expires_at, by } = request.body
      const given = { status, reason, expiresAt: expires_at, by: actorOf(request, by) }
      return setOverride(pool, engine.current().engine, request.params.id, given, now())
    },
  )

  app.delete(
    '/v1/leads/:id/override',
    {
      config: { scope: 'feedback' },
      schema: {
        operationId: 'clearOverride',
        tags: ['feedback'],
        summary: 'Take a verdict by hand back.',
        params: leadParams,
        querystring: clearQuery,
        response: {
          ...answer('What is said of the lead now.', scoredLeadSchema),
          ...problems(400, 404, 409, 500, 503),
        },
      },
    },
    async (request) => {
      const by = actorOf(request, request.query.by)
      return clearOverride(pool, engine.current().engine, request.params.id, { by }, now())
    },
  )
}

function readFeedback(body: z.output<typeof feedbackBody>, by: string, now: number): GivenFeedback {
  const times = {
    seen_as_of: body.seen_as_of,
    ...('occurred_at' in body && { occurred_at: body.occurred_at }),
  }
  refuseFuture(Object.entries(times), now)
  const { id, comment, seen_as_of: seenAsOf } = body
  const common = { id, comment, seenAsOf, by }
  switch (body.kind) {
    case 'contacted':
    case 'accepted':
      return { ...common, kind: body.kind, occurredAt: body.occurred_at }
    case 'rejected':
      return { ...common, kind: body.kind, reason: body.reason, occurredAt: body.occurred_at }
    case 'corrected':
      return { ...common, kind: body.kind, of: body.of ?? 'lead', trait: body.trait, value: body.value }
  }
}
