/** GET /v1/leads/:id/history, and the same of an account. */
import { z } from 'zod'
import { type SubjectKind, VERDICT_STATUSES } from '../../glossary.ts'
import { LIMITS } from '../limits.ts'
import { closed } from './closed.ts'
import { countParameter, nameSchema, numberParameter, shownTime } from './common.ts'

export const historyQuery = closed({
  model: nameSchema.describe('Only of this model. Default: all.').optional(),
  limit: countParameter(1, LIMITS.page).optional().describe('Default: 50.'),
  before: numberParameter.optional().describe('The next_before of the page before.'),
})

export type HistoryQuery = z.output<typeof historyQuery>

const entryFields = {
  number: z.int(),
  model: z.string(),
  segment: z.string().nullable(),
  version: z.string(),
  as_of: shownTime,
  scored_at: shownTime,
  policy_version: z.string(),
  guardrails_version: z.string(),
  probability: z.number().nullable(),
  raw_points: z.number(),
  score: z.int(),
  band: z.string(),
  verdict: z.enum(VERDICT_STATUSES),
  decision_band: z.string().nullable().describe('The band after the verdict.'),
  cause: z.string().describe('Why it was scored: event, trait, deal, override, sweep, score ...'),
  reasons: z
    .unknown()
    .describe('Where the entry started an action: the reasons, as answered then; else null.'),
}

const namedThen = z.string().describe('As it was named then: it may have been merged since.')
const next_before = z
  .int()
  .nullable()
  .describe('Ask for the next page with `before` set to it; null: the end.')

const leadHistorySchema = z
  .strictObject({
    lead_id: z.string(),
    entries: z
      .array(z.strictObject({ lead_id: namedThen, ...entryFields }))
      .describe(
        'Newest first. Where version, policy_version or guardrails_version is another one than before, that changed.',
      ),
    next_before,
  })
  .meta({ id: 'ScoreHistory' })

const accountHistorySchema = z
  .strictObject({
    account_id: z.string(),
    entries: z.array(z.strictObject({ account_id: namedThen, ...entryFields })).describe('Newest first.'),
    next_before,
  })
  .meta({ id: 'AccountScoreHistory' })

/** By whose it is. */
export const historySchemas = {
  lead: leadHistorySchema,
  account: accountHistorySchema,
} satisfies Record<SubjectKind, z.ZodType>
