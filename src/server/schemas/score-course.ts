/** What scores are over time, and which events are behind them: of leads and of accounts. */
import { z } from 'zod'
import type { EventWorths } from '../../scoring/event-worths.ts'
import type { ScoreCourse } from '../../scoring/score-course.ts'
import { LIMITS } from '../limits.ts'
import { closed } from './closed.ts'
import { countParameter, momentSchema, nameSchema, shownTime } from './common.ts'

const model = nameSchema.optional().describe('Default: the model that decides.')

export const courseQuery = closed({
  from: momentSchema.optional().describe('The first moment. Default: 90 days before now.'),
  to: momentSchema
    .optional()
    .describe('The last moment, after `from` and at most 400 days from now. Default: 30 days from now.'),
  moments: countParameter(2, LIMITS.courseMoments)
    .optional()
    .describe(
      'How many, as far apart as each other, both ends included; fewer where there are very many events. Default: 61.',
    ),
  model,
})

export const courseSchema: z.ZodType<ScoreCourse & { now: string }> = z
  .strictObject({
    now: shownTime.describe('Moments after it say what will be if nothing new happens.'),
    model: z.string(),
    is_thinned: z.boolean().describe('Fewer moments than were asked for: there are very many events.'),
    moments: z.array(
      z.discriminatedUnion('applies', [
        z.strictObject({
          as_of: shownTime,
          applies: z.literal(true),
          probability: z.number().nullable(),
          raw_points: z.number(),
          score: z.int().min(0).max(100),
          band: z.string().describe('Of the score alone: rules and people are not asked.'),
        }),
        z.strictObject({ as_of: shownTime, applies: z.literal(false), why: z.string() }),
      ]),
    ),
  })
  .meta({
    id: 'ScoreCourse',
    example: {
      now: '2026-11-21T12:00:00Z',
      model: 'conversion',
      is_thinned: false,
      moments: [
        {
          as_of: '2026-11-21T12:00:00Z',
          applies: true,
          probability: 0.31,
          raw_points: 80.9,
          score: 81,
          band: 'hot',
        },
        {
          as_of: '2026-12-21T12:00:00Z',
          applies: true,
          probability: 0.12,
          raw_points: 63.2,
          score: 63,
          band: 'warm',
        },
      ],
    },
  })

export const worthsQuery = closed({
  as_of: momentSchema.optional().describe('What was true and known before this. Default: now.'),
  limit: countParameter(1, LIMITS.shownEvents)
    .optional()
    .describe('The latest so many; fewer where there are very many. Default: 200.'),
  model,
})

const worthSchema = z
  .strictObject({
    event_id: z.string(),
    lead_id: z.string().describe('Who did it: of a lead, itself or a colleague whose events count for it.'),
    type: z.string(),
    occurred_at: shownTime,
    points: z
      .number()
      .describe(
        'Raw points that would be missing had it not happened; below 0: there would be more. They need not add up to those of a reason: a second visit may be worth less than the first.',
      ),
    adds: z
      .array(
        z.strictObject({
          feature: z.string().describe('As in `contributions` of the explanation.'),
          group: z.string().describe('As in its `reasons`.'),
          value: z
            .number()
            .nullable()
            .describe(
              'What it adds to the value of the feature: of a sum over events, its own term, such as what is left of its weight (2^(-age / half-life)). null: without it the feature is missing, or is not.',
            ),
        }),
      )
      .describe('Empty: the model does not look at it.'),
  })
  .meta({ id: 'EventWorth' })

export const worthsSchema: z.ZodType<EventWorths & { as_of: string }> = z
  .discriminatedUnion('applies', [
    z.strictObject({
      as_of: shownTime,
      applies: z.literal(true),
      model: z.string(),
      version: z.string(),
      raw_points: z.number(),
      events: z.array(worthSchema).describe('In order of time.'),
      not_listed: z.int().min(0).describe('Older events.'),
    }),
    z.strictObject({ as_of: shownTime, applies: z.literal(false), model: z.string(), why: z.string() }),
  ])
  .meta({
    id: 'EventWorths',
    example: {
      as_of: '2026-11-21T12:00:00Z',
      applies: true,
      model: 'conversion',
      version: '3',
      raw_points: 80.9,
      events: [
        {
          event_id: 'e_1',
          lead_id: 'l_123',
          type: 'pricing_page_viewed',
          occurred_at: '2026-11-14T12:00:00Z',
          points: 3.1,
          adds: [{ feature: 'pricing_page_viewed.decayed', group: 'pricing page', value: 0.7 }],
        },
      ],
      not_listed: 0,
    },
  })
