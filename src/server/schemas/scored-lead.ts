/** One scored lead, as scoring gives it. The types of src/scoring/scored-lead.ts; a field that is new there must be named here. */
import { z } from 'zod'
import type { ModelScore, ScoredLead } from '../../scoring/scored-lead.ts'
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

const reasonSchema = z.strictObject({
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

const modelScoreSchema: z.ZodType<ModelScore> = z
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
      }),
      explanation: explanationSchema.exactOptional(),
    }),
    z.strictObject({ applies: z.literal(false), why: z.string() }),
  ])
  .meta({ id: 'ModelScore' })

const verdictStatus = z.enum(['eligible', 'disqualified', 'review'])

export const scoredLeadSchema: z.ZodType<ScoredLead> = z
  .strictObject({
    lead_id: z.string(),
    as_of: shownTime,
    policy_version: z.string(),
    guardrails_version: z.string(),
    scores: z.record(z.string(), modelScoreSchema),
    verdict: z.strictObject({
      status: verdictStatus,
      rules: z.array(
        z.strictObject({ id: z.string(), action: z.string(), reason: z.string(), condition: z.string() }),
      ),
      override: z.strictObject({ status: verdictStatus, reason: z.string(), set_by: z.string() }).nullable(),
    }),
    decision: z.strictObject({
      band: z.string(),
      grade: z.string().nullable(),
      action: z.string(),
      respond_within: z.string().nullable(),
      route: z.string().nullable(),
      route_rule: z.string().nullable(),
    }),
  })
  .meta({ id: 'ScoredLead' })
