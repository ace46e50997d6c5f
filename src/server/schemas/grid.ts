/** The route /v1/grid: what it takes and what it answers. */
import { z } from 'zod'
import type { GradeGrid } from '../../scoring/grade-cells.ts'
import { closed } from './closed.ts'
import { nameSchema, shownTime } from './common.ts'

const SIZES = ['1', '2', '4', '5', '10', '20'] as const
const band = nameSchema
  .optional()
  .describe(
    'Only leads whose decision is this band, after guardrails: one of the policy, `disqualified`, `review` or `unscored`.',
  )

export const gridQuery = closed({
  size: z
    .enum(SIZES)
    .transform(Number)
    .optional()
    .describe('Width and height of a bin in points: 1, 2, 4, 5 (default), 10 or 20.'),
  band,
})

const threshold = z.int().min(1).max(100)
const score = z.int().min(0).max(100)

const gradeGridSchema: z.ZodType<GradeGrid> = z.strictObject({
  fit: z.strictObject({ model: z.string(), A: threshold, B: threshold, C: threshold }),
  intent: z.strictObject({ model: z.string(), 1: threshold, 2: threshold, 3: threshold }),
  grades: z
    .array(
      z.strictObject({
        grade: z.string(),
        action: z.string().nullable(),
        quadrant: z.string().nullable(),
      }),
    )
    .describe('Every pair, with what the policy says of it; null: nothing.'),
})

export const gridSchema = z
  .strictObject({
    counted_at: shownTime.describe('Counts are up to half a minute old.'),
    policy_version: z.string(),
    grid: gradeGridSchema.nullable().describe('null: the policy has no grades, and nothing is counted.'),
    size: z.int(),
    share: z
      .number()
      .gt(0)
      .max(1)
      .describe('Of the stored scores that were looked at. Below 1 the counts are estimates.'),
    leads: z.int().min(0).describe('With a score of both models.'),
    bins: z
      .array(z.strictObject({ fit: score, intent: score, leads: z.int().min(0) }))
      .describe(
        'Those with anybody in them: from `fit` on, `size` points wide; of those wider than one, the last holds 100 as well.',
      ),
  })
  .meta({
    id: 'Grid',
    example: {
      counted_at: '2026-11-21T12:00:00Z',
      policy_version: '4',
      grid: {
        fit: { model: 'fit', A: 65, B: 52, C: 40 },
        intent: { model: 'intent', 1: 70, 2: 55, 3: 40 },
        grades: [{ grade: 'A1', action: 'call today', quadrant: 'ready to buy' }],
      },
      size: 5,
      share: 1,
      leads: 143,
      bins: [{ fit: 65, intent: 70, leads: 143 }],
    },
  })
