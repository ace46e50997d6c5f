/** GET /v1/health. */
import { z } from 'zod'
import { shownTime } from './common.ts'

export const operationHealthSchema = z
  .strictObject({
    as_of: shownTime,
    rescoring: z.strictObject({
      backlog: z
        .int()
        .min(0)
        .describe('Leads about whom something was learned that their scores do not say yet.'),
      oldest_at: shownTime
        .nullable()
        .describe('When that was learned of the first of them; null: nobody waits.'),
      oldest_seconds: z.number().min(0).nullable(),
      set_aside: z
        .int()
        .min(0)
        .describe('Leads that could not be scored. They are tried again, after longer and longer pauses.'),
    }),
    last_scoring: z
      .strictObject({
        cause: z.string().describe('`sweep`, or `score` by the command line.'),
        as_of: shownTime,
        ended_at: shownTime,
        outdated: z
          .array(z.string())
          .describe('What is another one since; empty: nothing. Where `serve` sweeps, a sweep follows.'),
      })
      .nullable()
      .describe('The scoring of all leads that ended last; null: none did.'),
  })
  .meta({
    id: 'OperationHealth',
    example: {
      as_of: '2026-11-21T12:00:00.120Z',
      rescoring: { backlog: 2, oldest_at: '2026-11-21T12:00:00Z', oldest_seconds: 0.12, set_aside: 0 },
      last_scoring: {
        cause: 'sweep',
        as_of: '2026-11-21T02:30:00Z',
        ended_at: '2026-11-21T02:30:41Z',
        outdated: [],
      },
    },
  })
