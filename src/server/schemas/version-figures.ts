/** GET /v1/models/:name/versions/:v/figures: of the report, what people compare versions by. */
import { z } from 'zod'

const interval = z.tuple([z.number(), z.number()]).nullable()
const figure = z.number().nullable()
const count = z.int().min(0)

const metrics = z.object({
  rows: count,
  positives: count,
  base_rate: figure,
  auc: figure,
  auc_interval: interval.describe('95 %, accounts resampled.'),
  log_loss: figure,
  skill: figure.describe('1 - log loss / log loss of the base rate.'),
  calibration_slope: figure,
  ece: figure.describe('Expected calibration error, on ten bins of equal count.'),
  ece_interval: interval.optional(),
  lift_top_tenth: figure,
})

const point = z.tuple([z.number(), z.number()])

export const sectionSchemas = {
  learned_from: z
    .object({ rows: count, positives: count, subjects: count, accounts: count })
    .describe('What the figures stand on: the rows that it was fitted to.'),
  evaluation: z
    .array(
      z.object({
        set: z.enum(['all_landmarks', 'at_entry', 'at_hand_off', 'on_a_random_day']),
        accounts: count,
        metrics,
        baselines: z.array(
          z.object({
            name: z.string(),
            metrics,
            auc_lead: z
              .object({ difference: figure, interval })
              .describe('AUC of the model minus that of the baseline.'),
          }),
        ),
        reliability: z.array(
          z.object({
            rows: count,
            mean_probability: z.number(),
            rate: z.number(),
            rate_interval: interval.optional(),
          }),
        ),
      }),
    )
    .describe('On the test part, the most recent, from which nothing was learned.'),
  curves: z
    .object({ rankings: z.array(z.object({ name: z.string(), gain: z.array(point) })) })
    .describe('Share of all rows, highest score first, and the share of the target found among them.'),
  half_lives: z.object({
    prior_days: z.number(),
    events: z.array(
      z.object({
        event: z.string(),
        half_life_days: z.number(),
        interval_days: interval.describe('90 %, of what the data say.'),
        from: z.enum(['learned', 'pinned', 'prior']),
        because: z.string().nullable().describe('Why the prior was kept; null: it was not.'),
        weight: figure,
      }),
    ),
  }),
  gate: z.object({
    verdict: z.enum(['pass', 'by_hand', 'refuse']),
    because: z.string(),
    checks: z.array(
      z.object({
        id: z.string(),
        passed: z.boolean().nullable().describe('null: it could not be asked.'),
        limit: z.string(),
        text: z.string(),
      }),
    ),
  }),
} as const

export const versionFiguresSchema = z
  .strictObject({
    name: z.string(),
    segment: z.string().nullable(),
    version: z.string(),
    kind: z.string(),
    has_page: z.boolean().describe('Whether the report can be had as a page with charts.'),
    learned_from: sectionSchemas.learned_from.nullable(),
    evaluation: sectionSchemas.evaluation.nullable(),
    curves: sectionSchemas.curves.nullable(),
    half_lives: sectionSchemas.half_lives.nullable(),
    gate: sectionSchemas.gate.nullable(),
  })
  .meta({
    id: 'VersionFigures',
    description: 'null: this kind of version has no such section.',
    example: {
      ...{ name: 'conversion', segment: null, version: '3', kind: 'recalibrated', has_page: false },
      ...{ learned_from: null, evaluation: null, curves: null, half_lives: null },
      gate: { verdict: 'pass', because: 'Every check passed.', checks: [] },
    },
  })
