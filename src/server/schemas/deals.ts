/** A deal as `POST /v1/deals` takes it: the columns of an import of deals. */
import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { closed } from './closed.ts'
import { idSchema, nameSchema, timeSchema } from './common.ts'

export const dealBody = closed({
  deal_id: idSchema,
  account_id: idSchema.nullable().optional().describe('Its organisation; created bare if it is unknown.'),
  pipeline: nameSchema.nullable().optional().describe('Default: new_business.'),
  opened_at: timeSchema,
  closed_at: timeSchema.nullable().optional().describe('When it was won or lost; left out while it is open.'),
  outcome: z.enum(['won', 'lost', 'open']),
  amount: z.number().nullable().optional().describe('At least 0.'),
  currency: nameSchema.nullable().optional().describe('Three letters: EUR.'),
  lost_reason: z.string().max(LIMITS.text).nullable().optional(),
  contacts: z
    .array(idSchema)
    .max(LIMITS.list)
    .optional()
    .describe(
      'Ids of leads, the primary contact first: these and no others. Left out or empty, nothing is said of contacts.',
    ),
  stages: z
    .array(closed({ stage: nameSchema, entered_at: timeSchema }))
    .max(LIMITS.list)
    .optional()
    .describe('Added to those that are known.'),
  known_at: timeSchema.optional().describe('When the outcome was learned of. Default: now.'),
}).meta({
  id: 'GivenDeal',
  example: {
    deal_id: 'd_8',
    account_id: 'a_7',
    opened_at: '2026-10-01T08:00:00Z',
    closed_at: '2026-11-20T15:00:00Z',
    outcome: 'won',
    amount: 18_000,
    currency: 'EUR',
    contacts: ['l_123'],
    stages: [{ stage: 'proposal', entered_at: '2026-10-20T08:00:00Z' }],
  },
})

export const keptDealSchema = z.strictObject({
  deal_id: z.string(),
  changed: z.boolean().describe('false: all of it was known.'),
})
