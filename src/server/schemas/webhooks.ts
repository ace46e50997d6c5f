/** Endpoints of webhooks, and the attempts to deliver to them. */
import { z } from 'zod'
import { WEBHOOK_EVENTS } from '../../db/outbox.ts'
import { MESSAGE_STATES } from '../../db/webhook-attempts.ts'
import { WEBHOOK_FORMATS } from '../../db/webhook-endpoints.ts'
import { LIMITS } from '../limits.ts'
import { closed } from './closed.ts'
import { countParameter, nameSchema, numberParameter, reasonSchema, shownTime } from './common.ts'

const event = z.enum(WEBHOOK_EVENTS)
const format = z.enum(WEBHOOK_FORMATS)
const endpointId = z.uuid('must be the id of an endpoint, a UUID')

export const endpointParams = closed({ id: endpointId })

export const attemptParams = closed({ id: endpointId, attempt: numberParameter })

export const endpointBody = closed({
  url: z.string().describe('https://, at a public address. No user name or password in it.'),
  format: format.optional().describe('`slack`: a text, for incoming webhooks of Slack. Default: standard.'),
  events: z
    .array(event)
    .min(1)
    .max(WEBHOOK_EVENTS.length)
    .optional()
    .describe(
      'Default: those of leads. A change is told once, as the first of these that it is in the order of this list of all.',
    ),
  bands: z
    .array(nameSchema)
    .min(1)
    .max(LIMITS.webhookBands)
    .optional()
    .describe(
      'Only what leads into one of these bands of the policy, or into disqualified, review or unscored. Default: any.',
    ),
  description: reasonSchema.optional().describe('For people.'),
}).meta({
  id: 'GivenWebhook',
  example: { url: 'https://crm.example.com/wonlost', events: ['lead.band_changed'], bands: ['hot'] },
})

const endpointFields = {
  id: z.string(),
  url: z.string(),
  format,
  events: z.array(event),
  bands: z.array(z.string()).nullable(),
  description: z.string().nullable(),
  created_at: shownTime,
  disabled: z
    .strictObject({ at: shownTime, because: z.string() })
    .nullable()
    .describe('It gets nothing: it answered 410.'),
  secrets: z
    .array(z.strictObject({ created_at: shownTime, expires_at: shownTime.nullable() }))
    .describe('That sign now, the newest first. The secrets themselves are shown once, when they are made.'),
  pending: z.int().describe('Messages on their way.'),
  failed: z.int().describe('Messages that were given up, or not sent while it was disabled. Replay them.'),
}

export const endpointSchema = z.strictObject(endpointFields).meta({ id: 'Webhook' })

const secret = z.string().describe('Signs what is sent. Shown this once.')

export const createdEndpointSchema = z
  .strictObject({ ...endpointFields, secret })
  .meta({ id: 'CreatedWebhook' })

export const rotatedSchema = z
  .strictObject({
    id: z.string(),
    secret,
    previous_until: shownTime.describe('Until then the secret before signs as well.'),
  })
  .meta({ id: 'RotatedWebhook' })

export const removedSchema = z.strictObject({ id: z.string() }).meta({ id: 'RemovedWebhook' })

export const endpointListSchema = z
  .strictObject({ webhooks: z.array(endpointSchema) })
  .meta({ id: 'WebhookList' })

export const attemptQuery = closed({
  limit: countParameter(1, LIMITS.page).optional().describe('Default: 50.'),
  before: numberParameter.optional().describe('Attempts before this one: the `next_before` of a page.'),
  state: z.enum(MESSAGE_STATES).optional().describe('Only of messages that are in this state now.'),
})

export const attemptListSchema = z
  .strictObject({
    attempts: z.array(
      z.strictObject({
        attempt_id: z.int(),
        message_id: z.string().describe('What the receiver saw as `webhook-id`.'),
        type: event,
        lead_id: z.string().optional(),
        account_id: z.string().optional(),
        round: z.int().describe('From 1; each replay begins another.'),
        attempt: z.int().describe('Of the round, from 1.'),
        began_at: shownTime,
        milliseconds: z.int(),
        status: z.int().nullable().describe('null: there was no answer.'),
        problem: z.string().nullable().describe('Why it does not count as delivered; null: it does.'),
        answer: z
          .string()
          .nullable()
          .describe('Its first kilobyte, without what looks personal. Of failures only.'),
        message: z.strictObject({
          state: z.enum(MESSAGE_STATES),
          next_attempt_at: shownTime.nullable(),
        }),
      }),
    ),
    next_before: z.int().nullable(),
  })
  .meta({ id: 'WebhookAttemptList' })

export const replayedSchema = z
  .strictObject({ message_id: z.string(), round: z.int() })
  .meta({ id: 'ReplayedWebhook' })

export const replayedAllSchema = z
  .strictObject({ replayed: z.int().describe('Messages that are on their way again.') })
  .meta({ id: 'ReplayedWebhooks' })
