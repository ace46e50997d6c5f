/** What is shown of a person who asks, and of one who is erased. */
import { z } from 'zod'
import { VERDICT_STATUSES } from '../../glossary.ts'
import { LIMITS } from '../limits.ts'
import { closed } from './closed.ts'
import { countParameter, nameSchema, reasonSchema, shownTime } from './common.ts'

export const historyQuery = closed({
  model: nameSchema.describe('Only of this model. Default: all.').optional(),
  limit: countParameter(1, LIMITS.page).optional().describe('Default: 50.'),
  before: countParameter(1, 999_999_999).optional().describe('The next_before of the page before.'),
})

export const historySchema = z
  .strictObject({
    lead_id: z.string(),
    entries: z
      .array(
        z.strictObject({
          number: z.int(),
          lead_id: z.string().describe('As it was named then: it may have been merged since.'),
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
        }),
      )
      .describe('Newest first.'),
    next_before: z.int().nullable().describe('Ask for the next page with `before` set to it; null: the end.'),
  })
  .meta({ id: 'ScoreHistory' })

export const objectionBody = closed({
  reason: reasonSchema.describe('How and when the person said so.'),
  by: nameSchema.describe('Who writes it down. Default: the key.').optional(),
}).meta({ id: 'GivenObjection', example: { reason: 'By mail of 3 November.' } })

export const objectionSchema = z
  .strictObject({
    reason: z.string(),
    objected_at: shownTime,
    by: z.string().describe('Who wrote it down.'),
  })
  .meta({ id: 'Objection' })

export const objectionClearedSchema = z
  .strictObject({ lead_id: z.string(), objection: z.null() })
  .meta({ id: 'ObjectionCleared' })

const ids = z.array(z.string())

export const exportSchema = z
  .strictObject({
    lead_id: z.string().describe('The id that the person goes by now.'),
    exported_at: shownTime,
    names: z.strictObject({
      lead_ids: ids,
      emails: ids,
      user_ids: ids,
      anonymous_ids: ids,
      crm_ids: ids,
    }),
    tables: z
      .record(z.string(), z.array(z.record(z.string(), z.unknown())))
      .describe('Every row about the person, by table, as kept; empty columns are left out.'),
  })
  .meta({ id: 'LeadExport' })

export const erasureSchema = z
  .strictObject({
    lead_id: z.string(),
    erased_at: shownTime.describe('When the person was erased first.'),
    repeated: z.boolean().describe('It was erased before; what still mentioned the id went now.'),
    leads: z.int().describe('Leads that were this person: its own, and those merged into it.'),
    rows: z.record(z.string(), z.int()).describe('Rows that went, by table.'),
    reports: z.int().describe('Reports of models that showed the person.'),
  })
  .meta({
    id: 'Erasure',
    example: {
      lead_id: 'l_123',
      erased_at: '2026-11-21T00:00:00Z',
      repeated: false,
      leads: 2,
      rows: { events: 41, traits: 9, leads: 2 },
      reports: 0,
    },
  })
