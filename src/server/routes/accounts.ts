/** The queue of accounts, what is known and said of each, and who of it did what. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { listAccounts } from '../../db/account-list.ts'
import { formatTime } from '../../glossary.ts'
import { endOverridesOfAccounts } from '../../jobs/end-overrides.ts'
import { requireAccount, scoreOneAccount } from '../../jobs/score-account.ts'
import { loadStoredAccount } from '../../jobs/stored-account.ts'
import { accountModelsOf } from '../../scoring/account-models.ts'
import { accountFacts } from '../account-facts.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { shownListedScore } from '../listed-score.ts'
import type { ServerParts } from '../parts.ts'
import { momentOf } from '../request-record.ts'
import {
  accountFactsSchema,
  accountListQuery,
  accountListSchema,
  accountParams,
  scoredAccountSchema,
} from '../schemas/accounts.ts'
import { factsQuery, scoreQuery } from '../schemas/leads.ts'
import { answer, problems } from '../schemas/problem.ts'

const DEFAULT_PAGE = 50

export const accountRoutes: FastifyPluginAsyncZod<ServerParts> = async (app, { pool, engine, now }) => {
  app.get(
    '/v1/accounts',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listAccounts',
        tags: ['accounts'],
        summary: 'The queue of accounts, page by page.',
        description:
          'With the stored scores of the model that decides about accounts, which an override of one of its people, its end and a correction renew. Accounts that were never scored come last.',
        querystring: accountListQuery,
        response: { ...answer('One page.', accountListSchema), ...problems(400, 500, 503) },
      },
    },
    async ({ query }) => {
      const { band, verdict, sort = '-score', limit = DEFAULT_PAGE, cursor } = query
      // A cursor of the leads is not one of the accounts.
      const filters = { sort: `accounts ${sort}`, band, verdict }
      const position = cursor === undefined ? null : readCursor(cursor, filters)
      const { engine: serving } = engine.current()
      await endOverridesOfAccounts(pool, serving, now())
      const { accounts, next } = await listAccounts(pool, {
        ...{ model: accountModelsOf(serving).policy.decided_by, sort, band, verdict, limit },
        after: position && { accountId: position.leadId, rawPoints: position.value },
      })
      return {
        accounts: accounts.map(shownAccount),
        next_cursor: next && writeCursor({ leadId: next.accountId, value: next.rawPoints }, filters),
      }
    },
  )

  app.get(
    '/v1/accounts/:id',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getAccount',
        tags: ['accounts'],
        summary: 'What is known of an account: traits, people, what they did, deals.',
        params: accountParams,
        querystring: factsQuery,
        response: {
          ...answer('What was true and known before `as_of`.', accountFactsSchema),
          ...problems(400, 404, 500, 503),
        },
      },
    },
    async ({ params, query }) => {
      const asOf = momentOf(query.as_of, now())
      return accountFacts(await requireAccount(pool, params.id), asOf)
    },
  )

  app.get(
    '/v1/accounts/:id/score',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getAccountScore',
        tags: ['accounts'],
        summary:
          'The score of an account, with its people: the stored one, or computed afresh as of any time.',
        params: accountParams,
        querystring: scoreQuery,
        response: {
          ...answer('The account with its scores, verdict, decision and people.', scoredAccountSchema),
          ...problems(400, 404, 500, 503),
        },
      },
    },
    async ({ params, query }) => {
      const { engine: serving } = engine.current()
      if (query.as_of === undefined && query.explain !== true) {
        await endOverridesOfAccounts(pool, serving, now())
        const stored = await loadStoredAccount(pool, serving, params.id)
        if (stored) return stored
      }
      const asOf = momentOf(query.as_of, now())
      return scoreOneAccount(pool, serving, params.id, asOf, { explain: query.explain ?? true })
    },
  )

  app.get(
    '/v1/accounts/:id/explanation',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getAccountExplanation',
        tags: ['accounts'],
        summary: 'Why: what every feature added to the score, and what each of the people did.',
        description: 'Computed afresh, so that it adds up, with the models that answer now.',
        params: accountParams,
        querystring: factsQuery,
        response: {
          ...answer('The account with its scores, verdict, decision and people.', scoredAccountSchema),
          ...problems(400, 404, 500, 503),
        },
      },
    },
    async ({ params, query }) => {
      const asOf = momentOf(query.as_of, now())
      return scoreOneAccount(pool, engine.current().engine, params.id, asOf, { explain: true })
    },
  )
}

type ListedAccount = Awaited<ReturnType<typeof listAccounts>>['accounts'][number]

function shownAccount({ accountId, name, createdAt, score }: ListedAccount) {
  return { account_id: accountId, name, created_at: formatTime(createdAt), score: shownListedScore(score) }
}
