/** The routes under /v1/accounts: what they take and what they answer. */
import { z } from 'zod'
import { ACCOUNT_SORTS } from '../../db/account-list.ts'
import type { ScoredAccount } from '../../scoring/scored-account.ts'
import { LIMITS } from '../limits.ts'
import { closed } from './closed.ts'
import { countParameter, idSchema, nameSchema, shownTime } from './common.ts'
import {
  leadFactsSchema,
  listedScoreSchema,
  peopleSchema,
  personEventsSchema,
  traitsSchema,
} from './leads.ts'
import { decisionSchema, modelScoreSchema, verdictStatus } from './scored-lead.ts'

export const accountParams = closed({
  id: idSchema.describe('The account id, percent-encoded: a slash is %2F.'),
})

export const accountListQuery = closed({
  band: nameSchema
    .optional()
    .describe(
      'Only accounts whose decision is this band, after guardrails: one of the policy, `disqualified` or `review`.',
    ),
  verdict: verdictStatus.optional(),
  sort: z.enum(ACCOUNT_SORTS).optional().describe('`-score` (default): the highest first.'),
  limit: countParameter(1, LIMITS.page).optional().describe('Accounts in a page. Default: 50.'),
  cursor: z
    .string()
    .max(2_048)
    .optional()
    .describe('`next_cursor` of the page before, with the same filters.'),
})

export const accountListSchema = z
  .strictObject({
    accounts: z.array(
      z.strictObject({
        account_id: z.string(),
        name: z.string().nullable().describe('As it is known now, or else its domain.'),
        created_at: shownTime,
        score: listedScoreSchema,
      }),
    ),
    next_cursor: z.string().nullable().describe('null: this was the last page.'),
  })
  .meta({ id: 'AccountList' })

export const accountFactsSchema = z
  .strictObject({
    as_of: shownTime,
    account: z.strictObject({ account_id: z.string(), traits: traitsSchema }),
    people: peopleSchema.describe('The leads that were known by then.'),
    event_count: z.int().describe('Events of all of them before `as_of`.'),
    events: personEventsSchema.describe(
      `What they did, in order of time; the latest ${LIMITS.shownEvents} where there is more.`,
    ),
    deals: z
      .array(leadFactsSchema.shape.deals.element.omit({ is_contact: true }))
      .describe(
        'Its own, as they were known by then. One that names no account is of every account that has a contact on it.',
      ),
  })
  .meta({ id: 'AccountFacts' })

const scoredPersonSchema = z.strictObject({
  lead_id: z.string(),
  name: z.string().nullable().describe('First and last name.'),
  title: z.string().nullable(),
  event_count: z.int(),
  last_event_at: shownTime.nullable(),
  score: modelScoreSchema.describe('Its own, of the model that decides about leads.'),
  verdict: verdictStatus.nullable(),
  band: z.string().nullable().describe('Of its own decision.'),
  points: z
    .number()
    .nullable()
    .describe('What its behaviour adds to the raw points of the account; null where that was not asked for.'),
})

export const scoredAccountSchema: z.ZodType<ScoredAccount> = z
  .strictObject({
    account_id: z.string(),
    as_of: shownTime,
    policy_version: z.string(),
    guardrails_version: z.string(),
    scores: z.record(z.string(), modelScoreSchema),
    verdict: z
      .strictObject({
        status: verdictStatus,
        cap: z.string().nullable(),
        raise: z.string().nullable(),
        excluded_channels: z.array(z.string()),
        rules: z.array(
          z.strictObject({ id: z.string(), action: z.string(), reason: z.string(), condition: z.string() }),
        ),
      })
      .describe(
        'What all its people share, listed or not: disqualified when nobody of it is left to talk to.',
      ),
    decision: decisionSchema.describe(
      'By the policy, as of leads, without a grade. Where a route asks for what is of a lead (source, consent, country where the company has none), the first contact of the account answers.',
    ),
    people: z.strictObject({
      count: z.int().describe('Known by then.'),
      listed: z
        .array(scoredPersonSchema)
        .describe('By their own score, the highest first; of more than 50, those who did something last.'),
      not_listed: z
        .int()
        .describe('How many more there are. They count in score and verdict as those who are listed do.'),
      behaviour: z
        .strictObject({
          model: z.string(),
          points_without: z.number().describe('The raw points if nobody had done anything.'),
          points_of_others: z.number().describe('Of the people who are not listed.'),
        })
        .nullable()
        .describe(
          'points_without + the points of all listed + points_of_others = raw_points of the model. Shapley values; null where they were not asked for.',
        ),
    }),
  })
  .meta({ id: 'ScoredAccount' })
