/** What is shown of a person who asks, and of one who is erased. */
import { z } from 'zod'
import { closed } from './closed.ts'
import { nameSchema, reasonSchema, shownTime } from './common.ts'

export const objectionBody = closed({
  reason: reasonSchema.describe('How and when the person said so.'),
  by: nameSchema
    .describe('Who writes it down. Default: the key. In a session nobody but who is signed in.')
    .optional(),
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
