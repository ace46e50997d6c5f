/** GET /v1/ingest/rate and GET /v1/health/jobs. */
import { z } from 'zod'
import { shownTime } from './common.ts'

const count = z.int().min(0)

export const rateSchema = z
  .strictObject({
    as_of: shownTime,
    last_received_at: shownTime.nullable().describe('However long ago; null: nothing ever.'),
    last_hour: z.strictObject({ received: count, rejected: count }),
    minutes: z
      .array(
        z.strictObject({
          from: shownTime,
          received: count.describe('Messages: events, traits, names; repeated ones as well.'),
          rejected: count.describe('Of them, those that could not be used.'),
        }),
      )
      .describe('Sixty, the oldest first; the last is not over yet.'),
  })
  .meta({
    id: 'IngestRate',
    example: {
      as_of: '2026-11-21T12:00:30Z',
      last_received_at: '2026-11-21T12:00:29Z',
      last_hour: { received: 5231, rejected: 2 },
      minutes: [{ from: '2026-11-21T12:00:00Z', received: 44, rejected: 0 }],
    },
  })

export const jobsSchema = z
  .strictObject({
    jobs: z
      .array(
        z.strictObject({
          name: z.string().describe('sweep, monitor, retention.'),
          cron: z.string().describe('Minute, hour, day, month, weekday, in UTC.'),
          running: z.boolean(),
          last: z
            .strictObject({ began_at: shownTime, ended_at: shownTime, failed: z.boolean() })
            .nullable()
            .describe(
              'The run by schedule that ended last; null: none in about a week. A sweep after a promotion is none: GET /v1/health says when all leads were scored last.',
            ),
        }),
      )
      .describe('By name. Empty: no server with jobs has run on this database.'),
  })
  .meta({
    id: 'ScheduledJobs',
    example: {
      jobs: [
        {
          name: 'sweep',
          cron: '30 2 * * *',
          running: false,
          last: { began_at: '2026-11-21T02:30:00Z', ended_at: '2026-11-21T02:30:41Z', failed: false },
        },
      ],
    },
  })
