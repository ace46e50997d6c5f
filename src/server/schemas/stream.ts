/** GET /v1/stream: what is asked, and what one event holds. */
import { z } from 'zod'
import type { HistoryStep, ScoreState } from '../../db/score-changes.ts'
import { formatTime } from '../../glossary.ts'
import { closed } from './closed.ts'
import { nameSchema, shownTime } from './common.ts'

export const streamQuery = closed({
  model: nameSchema.optional().describe('Only scores of this model. Default: of all.'),
  subject: z
    .enum(['lead', 'account'], 'must be lead or account')
    .optional()
    .describe('Only those of leads, or of accounts. Default: both.'),
})

/** Browsers send it by themselves when they connect again. Other headers are none of ours. */
export const streamHeaders = z.looseObject({
  'last-event-id': z
    .string()
    .regex(/^\d{1,15}$/, 'must be the id of an event of this stream, a whole number')
    .optional()
    .describe('The last history id that was seen: what came after it follows first.'),
})

const stateSchema = z.strictObject({
  score: z.int(),
  band: z.string(),
  verdict: z.string(),
  decision_band: z.string().describe('Band of the decision: after the verdict.'),
})

export const scoreEventSchema = z
  .strictObject({
    history_id: z.int(),
    lead_id: z.string().optional().describe('This, or account_id.'),
    account_id: z.string().optional(),
    model: z.string(),
    segment: z.string().nullable(),
    version: z.string(),
    as_of: shownTime,
    cause: z.string(),
    from: stateSchema.nullable().describe('null: the first score.'),
    to: stateSchema,
  })
  .meta({ id: 'ScoreEvent' })

export function scoreEventOf(step: HistoryStep): z.infer<typeof scoreEventSchema> {
  const { historyId, subjectKind, subjectId, model, segment, version, asOf, cause, from, to } = step
  return {
    history_id: historyId,
    ...(subjectKind === 'lead' ? { lead_id: subjectId } : { account_id: subjectId }),
    model,
    segment: segment === '' ? null : segment,
    version: String(version),
    as_of: formatTime(asOf),
    cause,
    from: from && stateOf(from),
    to: stateOf(to),
  }
}

function stateOf({ score, band, verdict, decisionBand }: ScoreState): z.infer<typeof stateSchema> {
  return { score, band, verdict, decision_band: decisionBand }
}
