/** How scores moved, and why: of a lead, and of an account. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { rootOf } from '../../db/people.ts'
import { listHistory, type StoredHistory } from '../../db/score-history.ts'
import { formatTime, type SubjectKind, type VerdictStatus } from '../../glossary.ts'
import type { ServerParts } from '../parts.ts'
import { accountParams } from '../schemas/accounts.ts'
import { type HistoryQuery, historyQuery, historySchemas } from '../schemas/history.ts'
import { leadParams } from '../schemas/leads.ts'
import { answer, problems } from '../schemas/problem.ts'
import { unknownSubject } from '../unknown-lead.ts'

const DEFAULT_PAGE = 50

export const historyRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool }) => {
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
        response: { ...answer('One page.', historySchemas.lead), ...problems(400, 404, 500, 503) },
      },
    },
    async ({ params, query }) => {
      const { id, entries, next_before } = await page('lead', params.id, query)
      const shown = entries.map((entry) => ({ lead_id: entry.subjectId, ...shownEntry(entry) }))
      return { lead_id: id, entries: shown, next_before }
    },
  )

  app.get(
    '/v1/accounts/:id/history',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getAccountHistory',
        tags: ['accounts'],
        summary: 'How the scores of an account moved, and why.',
        description: 'As of a lead.',
        params: accountParams,
        querystring: historyQuery,
        response: { ...answer('One page.', historySchemas.account), ...problems(400, 404, 500, 503) },
      },
    },
    async ({ params, query }) => {
      const { id, entries, next_before } = await page('account', params.id, query)
      const shown = entries.map((entry) => ({ account_id: entry.subjectId, ...shownEntry(entry) }))
      return { account_id: id, entries: shown, next_before }
    },
  )

  async function page(kind: SubjectKind, given: string, query: HistoryQuery) {
    const id = await rootOf(pool, kind, given)
    if (id === null) throw unknownSubject(kind, given)
    const limit = query.limit ?? DEFAULT_PAGE
    const asked = { model: query.model, limit: limit + 1, before: query.before ?? null }
    const found = await listHistory(pool, kind, id, asked)
    const entries = found.slice(0, limit)
    return { id, entries, next_before: found.length > limit ? entries.at(-1)!.number : null }
  }
}

function shownEntry(entry: StoredHistory) {
  return {
    number: entry.number,
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
