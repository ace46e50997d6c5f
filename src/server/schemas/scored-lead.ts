/** One scored lead, as scoring gives it. The types of src/scoring/scored-lead.ts; a field that is new there must be named here. */

import { z } from 'zod'
import { VERDICT_STATUSES } from '../../glossary.ts'
import type { Decision, ModelScore, ScoredLead } from '../../scoring/scored-lead.ts'
import { shownTime } from './common.ts'

const contributionSchema = z.strictObject({
  feature: z.string(),
  group: z.string(),
  side: z.enum(['fit', 'behaviour']),
  value: z.union([z.number(), z.string(), z.null()]).describe('null: missing.'),
  log_odds: z.number().nullable().describe('Against the average training row; null for a rubric.'),
  points: z.number().describe('log_odds x 10 / ln 2; of a rubric, its own.'),
  text: z.string(),
})

export const reasonSchema = z.strictObject({
  group: z.string(),
  side: z.enum(['fit', 'behaviour']),
  log_odds: z.number().nullable(),
  points: z.number(),
  text: z.string(),
})

const explanationSchema = z
  .strictObject({
    base: z
      .number()
      .nullable()
      .describe('Calibrated log-odds of the average training row; null for a rubric.'),
    calibration: z.number().nullable().describe('Only what is not affine, clamping included.'),
    log_odds: z
      .number()
      .nullable()
      .describe('logit(probability) = base + the sum of log_odds + calibration.'),
    base_points: z.number(),
    contributions: z.array(contributionSchema).describe('Largest effect first.'),
    reasons: z
      .strictObject({ for: z.array(reasonSchema), against: z.array(reasonSchema) })
      .describe('The same contributions, one reason a group, in words.'),
  })
  .meta({ id: 'Explanation' })

export const modelScoreSchema: z.ZodType<ModelScore> = z
  .discriminatedUnion('applies', [
    z.strictObject({
      applies: z.literal(true),
      basis: z.enum(['rubric', 'logistic', 'boosting', 'imported']),
      probability: z.number().gt(0).lt(1).nullable().describe('null for a rubric without outcomes.'),
      interval: z
        .tuple([z.number(), z.number()])
        .nullable()
        .describe(
          'Leads that look like this have converted at between these two; null where it is not known.',
        ),
      raw_points: z.number().describe('50 is the average; 10 more doubles the odds.'),
      score: z.int().min(0).max(100).describe('raw_points, rounded and clamped.'),
      band: z.string(),
      model: z.strictObject({
        name: z.string(),
        segment: z.string().nullable(),
        version: z.string(),
        sha256: z.string(),
        because: z.string().describe('Why this model of its name: which segment applies, or that none does.'),
      }),
      explanation: explanationSchema.exactOptional(),
    }),
    z.strictObject({ applies: z.literal(false), why: z.string() }),
  ])
  .meta({ id: 'ModelScore' })

export const verdictStatus = z.enum(VERDICT_STATUSES)

export const decisionSchema: z.ZodType<Decision> = z
  .strictObject({
    band: z.string(),
    grade: z.string().nullable(),
    action: z.string(),
    respond_within: z.string().nullable(),
    grade_action: z.string().nullable().describe('What the policy says of the pair of fit and intent.'),
    quadrant: z.string().nullable().describe('The field of the two-by-two, as sales calls it.'),
    route: z.string().nullable().describe('The queue; null in policies without routes.'),
    route_rule: z.string().nullable().describe('The line of the policy that said so, with its place.'),
    nurture: z.string().nullable(),
    expected_value: z
      .strictObject({
        amount: z.number(),
        currency: z.string(),
        basis: z.enum(['open deal', 'median of segment']),
        value: z.number().describe('probability x amount.'),
        segment: z.string().nullable().describe('Whose won deals the median is of; null: of everyone.'),
        amounts_version: z
          .string()
          .nullable()
          .describe('Of the table of won amounts; null for an open deal.'),
      })
      .nullable()
      .describe('null where the policy asks for none, or there is no probability or amount.'),
  })
  .meta({ id: 'Decision' })

/** A lead with its explanation has them too. */
export const scoredLeadFields = {
  lead_id: z.string(),
  as_of: shownTime,
  policy_version: z.string(),
  guardrails_version: z.string(),
  scores: z.record(z.string(), modelScoreSchema),
  verdict: z.strictObject({
    status: verdictStatus,
    cap: z.string().nullable().describe('By the rules at most this band; an override lifts it.'),
    raise: z.string().nullable().describe('By the rules at least this band; an override lifts it.'),
    excluded_channels: z
      .array(z.string())
      .describe('By which the lead must not be reached, whatever its band, and whoever overrides.'),
    rules: z.array(
      z.strictObject({ id: z.string(), action: z.string(), reason: z.string(), condition: z.string() }),
    ),
    override: z
      .strictObject({
        status: verdictStatus,
        reason: z.string(),
        set_by: z.string(),
        set_at: shownTime,
        expires_at: shownTime.nullable(),
        without_it: z
          .strictObject({ status: verdictStatus, decision: decisionSchema })
          .describe('What rules and scores say alone, and what holds again once the override has ended.'),
      })
      .nullable()
      .describe('The verdict of a person, in force.'),
  }),
  decision: decisionSchema,
}

export const scoredLeadSchema: z.ZodType<ScoredLead> = z
  .strictObject(scoredLeadFields)
  .meta({ id: 'ScoredLead' })
