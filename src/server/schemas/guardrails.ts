/** Backtests of guardrails. */
import { z } from 'zod'
import type { Conversion, GuardrailsBacktest } from '../../scoring/backtest/backtest-report.ts'
import type { ChangedLead } from '../../scoring/backtest/compare-verdicts.ts'
import { closed } from './closed.ts'
import { shownTime, timeSchema } from './common.ts'
import { verdictStatus } from './scored-lead.ts'

const LONGEST = 400_000
const LEADS = 'must be a whole number from 250 to 50000'

export const backtestBody = closed({
  guardrails: z
    .string('must be the text of guardrails, as YAML')
    .min(1, 'must not be empty')
    .max(LONGEST, `must not be longer than ${LONGEST} characters`)
    .optional()
    .describe(
      'Changed guardrails, whole, as YAML: compared with those in force. Default: only those in force.',
    ),
  leads: z
    .int(LEADS)
    .min(250, LEADS)
    .max(50_000, LEADS)
    .optional()
    .describe('About so many leads, spread evenly over all. Default: 20000.'),
  until: timeSchema
    .optional()
    .describe('History up to this time, which is past. Default: where the data ends.'),
  examples: z
    .int('must be a whole number from 0 to 1000')
    .min(0, 'must be a whole number from 0 to 1000')
    .max(1_000, 'must be a whole number from 0 to 1000')
    .optional()
    .describe('Leads to name at most, of those that are told something else. Default: 100.'),
}).meta({
  id: 'GuardrailsBacktestRequest',
  example: {
    guardrails:
      'rules:\n  - id: free-mail\n    owner: sales\n    reason: Free mail.\n    when: { derived: mail_domain_kind, equals: free }\n    then: disqualify\n',
    leads: 5_000,
  },
})

const count = z.int().min(0)

const conversionSchema: z.ZodType<Conversion> = z
  .strictObject({
    leads: count,
    won: count.describe('Within the horizon.'),
    rate: z.number().nullable(),
    interval: z.tuple([z.number(), z.number()]).nullable().describe('95 %, by account.'),
  })
  .meta({ id: 'GuardrailsConversion' })

const amountsByCurrency = z
  .record(z.string(), z.number())
  .describe('Amounts in currencies for which the policy has no rate, by currency: added to nothing.')

const figures = {
  stopped: conversionSchema.describe('At the first landmark at which it held.'),
  rest: conversionSchema.describe('The others, at their first landmark.'),
  won_deals: z.strictObject({
    judged: count.describe('With a contact that was known when the deal was opened.'),
    lost: count.describe('It held for every contact that was known then.'),
    revenue_lost: z.number().describe('In `currency`.'),
    revenue_lost_unconverted: amountsByCurrency,
    touched: count.describe('It held for some of the contacts.'),
    lost_by_this_alone: count.describe('By no other rule that disqualifies.'),
    examples: z.array(z.string()),
  }),
}

const reportSchema: z.ZodType<GuardrailsBacktest> = z
  .strictObject({
    pipeline: z.string(),
    horizon_days: z.number(),
    landmark_days: z.array(z.number()),
    until: shownTime,
    leads: count.describe('Known before `until`.'),
    sampled: z.boolean().describe('Not all leads.'),
    won_deals: count,
    currency: z
      .string()
      .nullable()
      .describe('Of the policy (`expected_value`), whose rates bring amounts into it; null: it names none.'),
    revenue: z.number().describe('In `currency`.'),
    revenue_unconverted: amountsByCurrency,
    rules: z.array(
      z.strictObject({
        id: z.string(),
        action: z.string(),
        reason: z.string(),
        fired: z.strictObject({ moments: count, of: count }),
        ...figures,
      }),
    ),
    disqualified: z.strictObject(figures).describe('All rules that disqualify, together.'),
    notes: z.array(z.string()),
  })
  .meta({ id: 'GuardrailsBacktest' })

const verdictSchema = z.strictObject({
  status: verdictStatus,
  cap: z.string().nullable(),
  raise: z.string().nullable(),
  excluded_channels: z.array(z.string()),
  rules: z.array(z.string()),
})

const changedLeadSchema: z.ZodType<ChangedLead> = z.strictObject({
  lead_id: z.string(),
  before: verdictSchema,
  after: verdictSchema,
})

export const backtestAnswer = z
  .strictObject({
    guardrails_version: z.string().describe('Of those in force.'),
    in_force: reportSchema,
    changed: reportSchema.nullable().describe('null where no changed guardrails were given.'),
    changed_leads: z
      .strictObject({ count, examples: z.array(changedLeadSchema) })
      .nullable()
      .describe('Leads that are told something else as of `until`, of those known before it.'),
  })
  .meta({ id: 'GuardrailsBacktestAnswer' })
