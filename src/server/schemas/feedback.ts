/** Feedback on leads and verdicts by hand: what they take and what they answer. */
import { z } from 'zod'
import { FEEDBACK_KINDS } from '../../db/feedback.ts'
import { STAGES } from '../../db/outcome-measures.ts'
import type { FeedbackReport } from '../../jobs/feedback/report.ts'
import { LIMITS } from '../limits.ts'
import { closed } from './closed.ts'
import {
  commentSchema,
  countParameter,
  idSchema,
  momentSchema,
  nameSchema,
  numberParameter,
  reasonSchema,
  shownTime,
  timeSchema,
} from './common.ts'
import { verdictStatus } from './scored-lead.ts'

const by = nameSchema
  .optional()
  .describe(
    'Who says it, kept as `api:NAME`; nobody checks it. Default: the name of the key, kept as `key:NAME`. In a session nobody but who is signed in.',
  )

const common = {
  id: idSchema
    .optional()
    .describe(
      'Yours. The same said again under it is the same feedback. Without it, each request is feedback of its own.',
    ),
  by,
  comment: commentSchema.optional(),
  seen_as_of: timeSchema
    .optional()
    .describe('`as_of` of the score that the person looked at. Default: the stored one of now.'),
}

const occurred = {
  occurred_at: timeSchema.optional().describe('When it happened. Default: now.'),
}

const VALUE = 'must be text, a finite number, true or false, a list of text, or null for not known any more'

export const feedbackBody = z
  .discriminatedUnion(
    'kind',
    [
      closed({ kind: z.literal('contacted'), ...common, ...occurred }),
      closed({ kind: z.literal('accepted'), ...common, ...occurred }),
      closed({
        kind: z.literal('rejected'),
        reason: nameSchema.describe('A name under `feedback.rejection_reasons` of the policy.'),
        ...common,
        ...occurred,
      }),
      closed({
        kind: z.literal('corrected'),
        of: z.enum(['lead', 'account']).optional().describe('Whose trait. Default: of the lead.'),
        trait: nameSchema,
        value: z.union(
          [
            z.string().max(LIMITS.text),
            z.number(),
            z.boolean(),
            z.array(z.string().max(LIMITS.text)).max(LIMITS.list),
            z.null(),
          ],
          { error: VALUE },
        ),
        ...common,
      }),
    ],
    { error: `must be an object whose kind is one of ${FEEDBACK_KINDS.join(', ')}` },
  )
  .meta({
    id: 'GivenFeedback',
    example: { id: 'crm-task-4711', kind: 'rejected', reason: 'no_budget', comment: 'Asked for next year.' },
  })

export const feedbackQuery = closed({
  limit: countParameter(1, LIMITS.page).optional().describe('Default: 50.'),
  before: numberParameter.optional().describe('Feedback before this one: the `next_before` of a page.'),
})

export const overrideBody = closed({
  status: verdictStatus,
  reason: reasonSchema.describe('For whoever wonders.'),
  expires_at: timeSchema.describe('From then on the rules hold again: within 366 days.'),
  by,
}).meta({
  id: 'GivenOverride',
  example: {
    status: 'eligible',
    reason: 'The student is the son of the founder.',
    expires_at: '2026-12-31T00:00:00Z',
  },
})

export const clearQuery = closed({ by })

const feedbackSchema = z
  .strictObject({
    number: z.int(),
    id: z.string().nullable(),
    lead_id: z.string().describe('As it was named then: it may have been merged since.'),
    kind: z.enum(FEEDBACK_KINDS),
    reason: z.string().nullable(),
    comment: z.string().nullable(),
    correction: z
      .strictObject({
        of: z.enum(['lead', 'account']),
        trait: z.string(),
        value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]),
      })
      .nullable(),
    by: z.string(),
    occurred_at: shownTime,
    given_at: shownTime,
    seen: z
      .strictObject({
        model: z.string(),
        segment: z.string().nullable(),
        version: z.string(),
        as_of: shownTime,
        policy_version: z.string(),
        guardrails_version: z.string(),
        probability: z.number().nullable(),
        raw_points: z.number(),
        score: z.int(),
        band: z.string(),
        verdict: z.string(),
        decision_band: z.string().describe('The band after the verdict.'),
      })
      .nullable()
      .describe('The score that the person saw, of the model that decides; null: the lead had none.'),
  })
  .meta({ id: 'Feedback' })

export const givenFeedbackSchema = z
  .strictObject({
    feedback: feedbackSchema,
    repeated: z.boolean().describe('It was there already, under its id: nothing was done.'),
    notes: z.array(z.string()).describe('What should be known of a correction.'),
  })
  .meta({ id: 'KeptFeedback' })

export const feedbackListSchema = z
  .strictObject({
    lead_id: z.string(),
    feedback: z.array(feedbackSchema).describe('Newest first.'),
    overrides: z
      .array(
        z.strictObject({
          lead_id: z.string(),
          status: verdictStatus,
          reason: z.string(),
          set_by: z.string(),
          set_at: shownTime,
          expires_at: shownTime.nullable(),
          ended_at: shownTime.nullable().describe('Taken back, or another one took its place.'),
          ended_by: z.string().nullable(),
        }),
      )
      .describe(`Verdicts by hand, also those of the past, newest first: the latest ${LIMITS.page}.`),
    next_before: z.int().nullable().describe('null: there is no more feedback.'),
  })
  .meta({ id: 'FeedbackList' })

export const reportQuery = closed({
  as_of: momentSchema.optional().describe('What happened and was told before this. Default: now.'),
  window_days: countParameter(1, 3_650).optional().describe('Default: 90.'),
  horizon_days: countParameter(1, 3_650)
    .optional()
    .describe('How long a lead has for a stage, and a deal to be won. Default: 90.'),
  began: timeSchema.optional().describe('When sales began to work by scores. Default: the first scoring.'),
})

const shareSchema = z
  .strictObject({
    of: z.int(),
    count: z.int(),
    share: z.number().nullable().describe('count / of; null of none.'),
    interval: z
      .tuple([z.number(), z.number()])
      .nullable()
      .describe('95 %; leads of one account are taken for what they are.'),
  })
  .meta({ id: 'Share' })

const cycleSchema = z.strictObject({
  won: shareSchema.describe(
    'The first deal of each account, won within the horizon, of those that were opened.',
  ),
  median_days: z.number().nullable().describe('From opening to winning.'),
  interval_days: z.tuple([z.number(), z.number()]).nullable().describe('95 %; null of fewer than 6.'),
})

export const feedbackReportSchema: z.ZodType<FeedbackReport> = z
  .strictObject({
    format: z.literal('wonlost.feedback_report'),
    format_version: z.literal(1),
    as_of: shownTime,
    window_days: z.int(),
    horizon_days: z.int(),
    model: z.string(),
    policy_version: z.string(),
    hand_off: z.string().nullable().describe('The lowest band that is handed to sales.'),
    judgements: z
      .array(
        z.strictObject({
          band: z.string().nullable().describe('As it was seen, after the verdict; null: without a score.'),
          rejected: shareSchema.describe('Of those that were accepted or rejected; the last word counts.'),
          reasons: z.array(z.strictObject({ reason: z.string(), count: z.int() })),
        }),
      )
      .describe('Told within the window. The highest band first.'),
    corrections: z.array(
      z.strictObject({ of: z.enum(['lead', 'account']), trait: z.string(), count: z.int() }),
    ),
    responses: z
      .array(
        z.strictObject({
          band: z.string(),
          respond_within: z.string(),
          entered: z.int().describe('Leads that came into the band from below within the window.'),
          pending: z.int().describe('Not responded to, and not due yet.'),
          withdrawn: z.int().describe('Left downwards, or were rejected, before it was due.'),
          in_time: shareSchema.describe('Of the others.'),
          median_hours: z
            .number()
            .nullable()
            .describe('To the first response, however late; null where half had none.'),
        }),
      )
      .describe('The highest band first.'),
    stages: z.strictObject({
      from: shownTime,
      until: shownTime,
      leads: z.strictObject({ above: z.int(), below: z.int(), outside: z.int() }),
      figures: z.array(
        z.strictObject({
          stage: z.enum(STAGES),
          above: shareSchema,
          below: shareSchema,
          outside: shareSchema,
          all: shareSchema.describe('The base rate.'),
          lift: z.number().nullable().describe('above / all.'),
        }),
      ),
    }),
    sales_cycle: z
      .strictObject({ began: shownTime, days: z.int(), before: cycleSchema, after: cycleSchema })
      .nullable()
      .describe('Deals opened within so many days before and after; null: too early.'),
    notes: z.array(z.string()),
  })
  .meta({ id: 'FeedbackReport' })
