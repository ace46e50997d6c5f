/** GET /v1/models/:name/history and /compare. */
import { z } from 'zod'
import type { ComparedVersions } from '../../jobs/compare-versions.ts'
import { closed } from './closed.ts'
import { countParameter, shownTime } from './common.ts'
import { segmentQuery } from './models.ts'

export const aliasHistorySchema = z
  .strictObject({
    name: z.string(),
    segment: z.string().nullable(),
    changes: z
      .array(
        z.strictObject({
          alias: z.enum(['champion', 'challenger']),
          version: z.string().nullable().describe('null: from then on there was none.'),
          revision: z.int(),
          changed_at: shownTime,
          changed_by: z.string(),
          reason: z.string(),
        }),
      )
      .describe('Newest first.'),
  })
  .meta({
    id: 'ModelHistory',
    example: {
      name: 'conversion',
      segment: null,
      changes: [
        {
          alias: 'champion',
          version: '3',
          revision: 2,
          changed_at: '2026-11-21T12:00:00Z',
          changed_by: 'key:wl_0a1b2c3d',
          reason: 'Better by 0.02 AUC on the last quarter.',
        },
      ],
    },
  })

const version = countParameter(1, 999_999_999)

export const compareQuery = closed({
  before: version
    .optional()
    .describe('A version of the model. Default: what answers now, also where that is the rubric.'),
  after: version.describe('Another one.'),
  ...segmentQuery.shape,
  leads: countParameter(250, 20_000)
    .optional()
    .describe('About so many leads, spread evenly over all. Default: 2000.'),
})

const count = z.int().min(0)
const band = z.string().nullable()
const said = z.strictObject({ score: z.int().min(0).max(100), band: z.string() })

export const comparisonSchema: z.ZodType<
  ComparedVersions & {
    name: string
    segment: string | null
    before: string | null
    after: string
    as_of: string
  }
> = z
  .strictObject({
    name: z.string(),
    segment: z.string().nullable(),
    before: z.string().nullable().describe('null: what answers now.'),
    after: z.string(),
    as_of: shownTime,
    sampled: z.boolean().describe('Not all leads: counts are of those that were looked at.'),
    subject_kind: z.enum(['lead', 'account']).describe('Whom the model asks about, and ids are of.'),
    compared: count.describe('Leads that both versions score; accounts where the model asks about these.'),
    not_compared: count.describe('Those that one of them, or both, say nothing of.'),
    changed: count.describe(
      'In another band: of a lead, that of its decision after guardrails; of an account, that of the score.',
    ),
    counts: z
      .array(z.strictObject({ value: band, before: count, after: count }))
      .describe('By band; the largest first.'),
    moves: z.array(z.strictObject({ from: band, to: band, leads: count })).describe('The largest first.'),
    points: z
      .strictObject({
        mean_difference: z.number().describe('Raw points after less those before.'),
        mean_absolute_difference: z.number(),
      })
      .nullable()
      .describe('null: nobody was compared.'),
    examples: z
      .array(z.strictObject({ id: z.string(), before: said, after: said }))
      .describe('Of those in another band, the ten whose points differ most.'),
  })
  .meta({
    id: 'VersionComparison',
    example: {
      ...{ name: 'conversion', segment: null, before: '2', after: '3', as_of: '2026-11-21T12:00:00Z' },
      ...{ sampled: true, subject_kind: 'lead', compared: 2004, not_compared: 31, changed: 140 },
      counts: [
        { value: 'cold', before: 1500, after: 1430 },
        { value: 'hot', before: 504, after: 574 },
      ],
      moves: [
        { from: 'cold', to: 'hot', leads: 105 },
        { from: 'hot', to: 'cold', leads: 35 },
      ],
      points: { mean_difference: 0.8, mean_absolute_difference: 3.2 },
      examples: [{ id: 'l_123', before: { score: 55, band: 'cold' }, after: { score: 83, band: 'hot' } }],
    },
  })
