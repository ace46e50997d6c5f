/** The types of src/scoring/lead-explanation.ts; a field that is new there must be named here. */
import { z } from 'zod'
import type { LeadExplanation } from '../../scoring/lead-explanation.ts'
import { closed } from './closed.ts'
import { momentSchema, nameSchema, shownTime, timeSchema } from './common.ts'
import { scoredLeadFields, verdictStatus } from './scored-lead.ts'

export const explanationQuery = closed({
  as_of: momentSchema.optional().describe('What was true and known before this. Default: now.'),
  since: timeSchema.optional().describe('What changed since then, reason by reason. Before `as_of`.'),
  model: nameSchema
    .optional()
    .describe('By what next steps, fall and change are told. Default: the model that decides.'),
})

const rulesSaySchema = z
  .strictObject({
    status: verdictStatus,
    cap: z.string().nullable(),
    raise: z.string().nullable(),
    excluded_channels: z.array(z.string()),
    rules: z.array(z.string()).describe('Ids of those that hold, the strongest first.'),
  })
  .meta({ id: 'RulesSay' })

const nextStepSchema = z
  .strictObject({
    event: z.string().optional().describe('One of event, trait and account_trait: what would happen.'),
    trait: z.string().optional(),
    account_trait: z.string().optional(),
    value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).optional(),
    label: z.string(),
    points: z.number().describe('More raw points than now; fewer where below 0.'),
    raw_points: z.number(),
    probability: z.number().nullable(),
    score: z.int().min(0).max(100),
    band: z.string(),
    verdict: verdictStatus,
    ruled: rulesSaySchema.describe('What the rules would say, whoever overrides them.'),
    text: z.string().describe('What such leads have done; nothing about what causes what.'),
  })
  .meta({ id: 'NextStep' })

const fallSchema = z
  .strictObject({
    band: z.string(),
    at: shownTime.nullable().describe('To the second; null: not before `until`.'),
    to: z.string().nullable().describe('The band it falls to.'),
    until: shownTime.describe('How far was looked ahead.'),
    text: z.string(),
  })
  .meta({ id: 'Fall' })

function beforeAndAfter<Value extends z.ZodType>(value: Value) {
  return z.strictObject({ before: value, after: value })
}

const changeSchema = z
  .discriminatedUnion('applies', [
    z.strictObject({
      applies: z.literal(true),
      since: shownTime,
      difference: z.number().describe('Of raw_points; the sum of the points of all reasons.'),
      raw_points: beforeAndAfter(z.number()),
      probability: beforeAndAfter(z.number().nullable()),
      score: beforeAndAfter(z.int()),
      band: beforeAndAfter(z.string()),
      ruled: beforeAndAfter(rulesSaySchema).describe(
        'What the guardrails of now say at both moments, whoever overrides them.',
      ),
      reasons: z.array(
        z.strictObject({
          group: z.string(),
          side: z
            .enum(['fit', 'behaviour', 'calibration'])
            .describe('calibration: what a calibration that is no line bends otherwise than before.'),
          points: z.number(),
          text: beforeAndAfter(z.string().nullable()),
        }),
      ),
      kept: z
        .strictObject({
          as_of: shownTime,
          segment: z.string().nullable(),
          version: z.string(),
          policy_version: z.string(),
          raw_points: z.number(),
          score: z.int(),
          band: z.string(),
        })
        .nullable()
        .describe('The score that was current then, perhaps by another model or policy; null: none was.'),
      note: z.string(),
    }),
    z.strictObject({ applies: z.literal(false), since: shownTime, why: z.string() }),
  ])
  .meta({ id: 'Change' })

export const leadExplanationSchema: z.ZodType<LeadExplanation> = z
  .strictObject({
    ...scoredLeadFields,
    about: z.string().describe('The model that next_steps, falls and changed are about.'),
    next_steps: z
      .array(nextStepSchema)
      .describe('What the policy calls actionable, as if it had happened just now; most points first.'),
    falls: fallSchema
      .nullable()
      .describe(
        'When the score falls below its band if nothing new happens; null: the model does not apply.',
      ),
    changed: changeSchema.exactOptional().describe('With `since` only.'),
  })
  .meta({ id: 'LeadExplanation' })
