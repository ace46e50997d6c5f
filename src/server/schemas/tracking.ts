/** Tracking requests in the formats of others: unknown fields are kept, and what is wrong with a single message is no fault of the request. */
import { z } from 'zod'
import { MESSAGE_TYPES, type MessageType } from '../../ingest/wire/message.ts'
import { LIMITS } from '../limits.ts'
import { closed } from './closed.ts'
import { countParameter, numberParameter, shownTime } from './common.ts'

const batch = z
  .array(z.unknown())
  .max(LIMITS.trackingBatch, `must not hold more than ${LIMITS.trackingBatch} messages`)

const PERSON = { userId: 'u_42', anonymousId: 'a_7f3' }
const TIMES = { timestamp: '2026-11-21T09:30:00.000Z', messageId: 'm_1' }

const EXAMPLES: Readonly<Record<MessageType, object>> = {
  identify: { ...PERSON, traits: { email: 'ada@example.com', jobTitle: 'Head of Operations' }, ...TIMES },
  track: { ...PERSON, event: 'Demo Requested', properties: { form: 'demo' }, ...TIMES },
  page: { anonymousId: 'a_7f3', name: 'Pricing', properties: { path: '/pricing' }, ...TIMES },
  screen: { ...PERSON, name: 'Dashboard', ...TIMES },
  group: { userId: 'u_42', groupId: 'g_7', traits: { name: 'ACME', employees: 240 }, ...TIMES },
  alias: { userId: 'u_42', previousId: 'a_7f3', ...TIMES },
}

/** Of `POST /v1/<type>`. */
export function messageBody(type: MessageType) {
  return z.looseObject({}).meta({ example: EXAMPLES[type] })
}

export const anyMessageBody = z.looseObject({}).meta({ example: { type: 'track', ...EXAMPLES.track } })

export const batchBody = z.looseObject({ batch }).meta({
  example: {
    batch: [
      { type: 'identify', ...EXAMPLES.identify },
      { type: 'track', ...EXAMPLES.track, messageId: 'm_2' },
    ],
    sentAt: '2026-11-21T09:30:05.000Z',
  },
})

export const posthogBody = z.looseObject({ batch }).meta({
  example: {
    api_key: '...',
    batch: [
      {
        event: 'demo_requested',
        distinct_id: 'u_42',
        properties: { form: 'demo' },
        timestamp: '2026-11-21T09:30:00.000Z',
        uuid: '01a20380-e1a8-79b4-abe6-bbe56b97a04a',
      },
    ],
    sent_at: '2026-11-21T09:30:05.000Z',
  },
})

/** What PostHog's client in pages sends: some events, or one. */
export const posthogPageBody = z.union([batch, z.looseObject({})]).meta({
  example: [
    {
      event: '$pageview',
      uuid: '01a20380-e1a8-79b4-abe6-bbe56b97a04b',
      properties: { token: '...', distinct_id: 'a_7f3', $device_id: 'a_7f3', $pathname: '/pricing' },
      offset: 1_200,
    },
  ],
})

/** `_`: when it was sent, by the clock of the page. */
export const posthogPageQuery = z.looseObject({ _: z.string().optional() })

export const jitsuParams = closed({ type: z.enum([...MESSAGE_TYPES, 'event']) })

const rejected = z.int().describe('Messages that were turned down: GET /v1/ingest/rejected says why.')

export const segmentAnswer = z.strictObject({ success: z.literal(true), rejected })
export const jitsuAnswer = z.strictObject({ ok: z.literal(true), rejected })
export const posthogAnswer = z.strictObject({ status: z.literal('Ok'), rejected })

export const unknownNamesAnswer = z
  .strictObject({
    names: z.array(
      z.strictObject({
        kind: z.enum(['event', 'lead trait', 'account trait']),
        name: z.string(),
        source: z.string(),
        reason: z.string().nullable().describe('Why it was left out; null: it was kept under its own name.'),
        times: z.int(),
        first_seen: shownTime,
        last_seen: shownTime,
      }),
    ),
  })
  .meta({ id: 'UnknownNames' })

export const rejectedQuery = closed({
  limit: countParameter(1, LIMITS.page).optional().describe('Default: 50.'),
  before: numberParameter.optional().describe('Messages before this one: the `next_before` of a page.'),
})

export const rejectedAnswer = z
  .strictObject({
    messages: z.array(
      z.strictObject({
        number: z.int(),
        received_at: shownTime,
        source: z.string(),
        reason: z.string().describe('Follows "the message".'),
        user_id: z.string().nullable(),
        anonymous_id: z.string().nullable(),
        message: z.string().describe('JSON as it came; what is too long is cut off.'),
      }),
    ),
    next_before: z.int().nullable(),
  })
  .meta({ id: 'RejectedMessages' })
