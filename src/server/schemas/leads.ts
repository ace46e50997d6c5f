/** The routes under /v1/leads: what they take and what they answer. */
import { z } from 'zod'
import { LEAD_SORTS } from '../../db/lead-order.ts'
import { LIMITS } from '../limits.ts'
import { closed } from './closed.ts'
import { countParameter, flagParameter, idSchema, momentSchema, nameSchema, shownTime } from './common.ts'
import { objectionSchema } from './rights.ts'
import { decisionSchema, reasonSchema, verdictStatus } from './scored-lead.ts'

export const leadParams = closed({ id: idSchema.describe('The lead id, percent-encoded: a slash is %2F.') })

const from = (what: string) =>
  countParameter(0, 100)
    .optional()
    .describe(
      `Only leads whose ${what} score is this or more. A box of the grid: with any of its four ends only leads that have both scores and one of the model that decides, and none where the policy has no grades.`,
    )
const to = (what: string) =>
  countParameter(0, 100).optional().describe(`Only leads whose ${what} score is this or less.`)

export const listQuery = closed({
  band: nameSchema
    .optional()
    .describe(
      'Only leads whose decision is this band, after guardrails: one of the policy, `disqualified` or `review`.',
    ),
  verdict: verdictStatus.optional(),
  sort: z
    .enum(LEAD_SORTS)
    .optional()
    .describe(
      '`-score` (default): the highest first, whatever the verdict. `-expected_value`: probability x amount, where the policy has it, of eligible leads; all others come last. `respond_by`: only leads to whom a response is due, the soonest first.',
    ),
  search: nameSchema
    .optional()
    .describe(
      'Only leads of whom each of these words begins a name: first or last name, mail address, lead id, name or domain of the company.',
    ),
  fit_from: from('fit'),
  fit_to: to('fit'),
  intent_from: from('intent'),
  intent_to: to('intent'),
  details: flagParameter
    .optional()
    .describe('Also who each lead is, when a response is due, and how its points went in the last 7 days.'),
  reasons: flagParameter
    .optional()
    .describe('Also the strongest reason for and against each lead, computed by the models that answer now.'),
  limit: countParameter(1, LIMITS.page).optional().describe('Leads in a page. Default: 50.'),
  cursor: z
    .string()
    .max(2_048)
    .optional()
    .describe('`next_cursor` of the page before, with the same filters.'),
})

export const factsQuery = closed({
  as_of: momentSchema.optional().describe('What was true and known before this. Default: now.'),
})

export const scoreQuery = closed({
  as_of: momentSchema
    .optional()
    .describe('Computes afresh as of then. Without it: the stored score where there is one, else as of now.'),
  explain: flagParameter
    .optional()
    .describe(
      'Contributions of every feature. Default: true when computed afresh; true alone computes afresh as of now.',
    ),
})

/** Of a lead or an account in a list. */
export const listedScoreSchema = z
  .strictObject({
    model: z.string(),
    version: z.string(),
    as_of: shownTime,
    probability: z.number().nullable(),
    raw_points: z.number(),
    score: z.int().min(0).max(100),
    band: z.string(),
    verdict: z.string(),
    decision: decisionSchema,
  })
  .nullable()
  .describe('The stored score of the model that decides; null: not scored yet.')

const detailsSchema = z.strictObject({
  name: z.string().nullable(),
  email: z.string().nullable(),
  title: z.string().nullable(),
  company: z.string().nullable().describe('The name of the account, or its domain.'),
  respond_by: shownTime.nullable().describe('null: no response is promised, or it was given.'),
  change_7d: z
    .number()
    .nullable()
    .describe('raw_points now, less what they were 7 days ago; null: it was not scored then.'),
  points_7d: z
    .array(z.strictObject({ at: shownTime, raw_points: z.number() }))
    .describe('What the history keeps of the last 7 days, the oldest first; before it, what held then.'),
})

const topReasonsSchema = z.strictObject({
  for: reasonSchema.nullable(),
  against: reasonSchema.nullable(),
})

const gridScore = z.int().min(0).max(100).nullable()

export const leadListSchema = z
  .strictObject({
    leads: z.array(
      z.strictObject({
        lead_id: z.string(),
        account_id: z.string().nullable(),
        created_at: shownTime,
        fit: gridScore.describe(
          'By the model of the grid, when it was scored; null: it had no such score, or the policy no grades.',
        ),
        intent: gridScore.describe('As `fit`.'),
        score: listedScoreSchema,
        details: detailsSchema.exactOptional(),
        reasons: topReasonsSchema
          .nullable()
          .exactOptional()
          .describe('null: not scored, or the model does not apply any more.'),
      }),
    ),
    next_cursor: z.string().nullable().describe('null: this was the last page.'),
  })
  .meta({ id: 'LeadList' })

export const traitsSchema = z.record(
  z.string(),
  z.strictObject({
    value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
    occurred_at: shownTime,
    known_at: shownTime,
    source: z.string(),
    undated: z.boolean(),
  }),
)

/** People of an account, in order of lead_id. */
export const peopleSchema = z.array(
  z.strictObject({
    lead_id: z.string(),
    name: z.string().nullable().describe('First and last name.'),
    title: z.string().nullable(),
    event_count: z.int(),
    last_event_at: shownTime.nullable(),
  }),
)

/** What several people did. */
export const personEventsSchema = z.array(
  z.strictObject({
    lead_id: z.string(),
    event_id: z.string(),
    type: z.string(),
    occurred_at: shownTime,
    known_at: shownTime,
  }),
)

export const leadFactsSchema = z
  .strictObject({
    as_of: shownTime,
    lead: z.strictObject({ lead_id: z.string(), created_at: shownTime, traits: traitsSchema }),
    respond_by: shownTime
      .nullable()
      .describe('As of now, whatever `as_of`. null: no response is promised, or it was given.'),
    objection: objectionSchema
      .nullable()
      .describe('The person does not want to be scored, and is not; null: it said nothing of the kind.'),
    account: z
      .strictObject({
        account_id: z.string(),
        customer_since: shownTime
          .nullable()
          .describe(
            'When it first won a deal, in whatever pipeline, as was known before `as_of`; null: it is no customer.',
          ),
        traits: traitsSchema,
      })
      .nullable(),
    colleagues: peopleSchema.describe('The other leads of the account that were known by then.'),
    colleague_events: personEventsSchema.describe(
      `What they did, in order of time; the latest ${LIMITS.shownEvents} where there is more.`,
    ),
    event_count: z.int().describe('Events before `as_of`.'),
    events: z
      .array(
        z.strictObject({
          event_id: z.string(),
          type: z.string(),
          occurred_at: shownTime,
          known_at: shownTime,
          source: z.string(),
          properties: z.record(z.string(), z.unknown()),
        }),
      )
      .describe(`In order of time; the latest ${LIMITS.shownEvents} where there are more.`),
    deals: z
      .array(
        z.strictObject({
          deal_id: z.string(),
          pipeline: z.string(),
          opened_at: shownTime,
          closed_at: shownTime.nullable(),
          outcome: z.enum(['won', 'lost', 'open']).describe('open: no end was known by then.'),
          amount: z
            .number()
            .nullable()
            .describe(
              'As recorded last: earlier amounts are not kept. null: none is recorded, or the deal has ended since, and what it was to be worth then is not known.',
            ),
          currency: z.string().nullable().describe('Of the amount.'),
          lost_reason: z.string().nullable(),
          is_contact: z
            .boolean()
            .describe('Whether the lead is a contact of the deal, or only of its account.'),
        }),
      )
      .describe('Of its account, and those of others that it is a contact of; as they were known by then.'),
  })
  .meta({ id: 'LeadFacts' })
