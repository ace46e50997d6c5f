/** Live data in the formats that people already send: Segment's, RudderStack's, Jitsu's and PostHog's clients work by changing the host. */
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { WonlostError } from '../../errors.ts'
import type { Scope } from '../../glossary.ts'
import { unkeepableReason } from '../../ingest/wire/keepable-json.ts'
import { MESSAGE_TYPES, type MessageType, MOST_MESSAGE_BYTES } from '../../ingest/wire/message.ts'
import { fromPostHog, fromPostHogPage } from '../../ingest/wire/posthog.ts'
import { LIMITS } from '../limits.ts'
import type { ServerParts } from '../parts.ts'
import { answer, problems } from '../schemas/problem.ts'
import {
  anyMessageBody,
  batchBody,
  jitsuAnswer,
  jitsuParams,
  messageBody,
  posthogAnswer,
  posthogBody,
  posthogPageBody,
  posthogPageQuery,
  segmentAnswer,
} from '../schemas/tracking.ts'
import { addTrackingBodies } from '../tracking/body.ts'
import { createIntake, type Intake } from '../tracking/intake.ts'
import type { IntakeMeter } from '../tracking/intake-meter.ts'
import { invalidRequest } from '../validation.ts'
import { pageKeyOf, writeKeyOf } from '../write-key.ts'

const SCOPE: Scope = 'ingest'
const CONFIG = { scope: SCOPE, key: writeKeyOf, fromPages: true }

const SUMMARIES: Readonly<Record<MessageType, string>> = {
  identify: 'Who a user is, with traits.',
  track: 'What somebody did.',
  page: 'A page that somebody saw.',
  screen: 'A screen of an app that somebody saw.',
  group: 'The account that a user belongs to, with traits.',
  alias: 'Two ids of one user.',
}

const DESCRIPTION =
  "Segment's format. Answered when it is durable; the same `messageId` again changes nothing. A message that cannot be used is answered 200 and kept with the reason: GET /v1/ingest/rejected."

export const trackingRoutes: FastifyPluginAsyncZod<ServerParts & { readonly meter: IntakeMeter }> = async (
  app,
  parts,
) => {
  const intake = createIntake(app, parts)
  app.register(segmentRoutes, { intake })
  app.register(posthogRoutes, { intake })
  app.register(posthogPageRoutes, { intake })
}

interface Options {
  readonly intake: Intake
}

const segmentRoutes: FastifyPluginAsyncZod<Options> = async (app, { intake }) => {
  addTrackingBodies(app, 'message_too_large')
  const problemsHere = problems(400, 415, 429, 500, 503)
  // Segment's client in pages sends to addresses of one letter.
  for (const url of [...MESSAGE_TYPES, ...MESSAGE_TYPES.map((type) => type.slice(0, 1))]) {
    const type = MESSAGE_TYPES.find((one) => one.startsWith(url))!
    app.post(
      `/v1/${url}`,
      {
        config: CONFIG,
        bodyLimit: MOST_MESSAGE_BYTES,
        schema: {
          hide: url !== type,
          operationId: url,
          tags: ['ingest'],
          summary: SUMMARIES[type],
          description: DESCRIPTION,
          body: messageBody(type),
          response: { ...answer('It is kept.', segmentAnswer), ...problemsHere },
        },
      },
      async (request) => {
        const rejected = await intake.take(request, [request.body], { source: sourceOf(request), type })
        return { success: true as const, rejected }
      },
    )
  }

  for (const url of ['batch', 'b'])
    app.post(
      `/v1/${url}`,
      {
        config: CONFIG,
        bodyLimit: LIMITS.trackingBody,
        schema: {
          hide: url !== 'batch',
          operationId: url,
          tags: ['ingest'],
          summary: 'Many messages at once.',
          description: DESCRIPTION,
          body: batchBody,
          response: { ...answer('They are kept.', segmentAnswer), ...problemsHere },
        },
      },
      async (request) => {
        const { batch, sentAt, context } = request.body
        const delivery = { source: sourceOf(request), sentAt }
        if (context !== undefined) request.bodyBytes += contextBytes(context, batch.length)
        const messages = context === undefined ? batch : batch.map((message) => inContext(message, context))
        return { success: true as const, rejected: await intake.take(request, messages, delivery) }
      },
    )

  for (const url of ['/api/s/:type', '/api/s/s2s/:type'])
    app.post(
      url,
      {
        config: CONFIG,
        bodyLimit: MOST_MESSAGE_BYTES,
        schema: {
          operationId: url.includes('s2s') ? 'jitsuFromServer' : 'jitsu',
          tags: ['ingest'],
          summary: url.includes('s2s') ? "Jitsu's messages, from servers." : "Jitsu's messages.",
          params: jitsuParams,
          body: anyMessageBody,
          response: { ...answer('It is kept.', jitsuAnswer), ...problemsHere },
        },
      },
      async (request) => {
        const { type } = request.params
        const delivery = { source: 'jitsu', type: type === 'event' ? undefined : type }
        return { ok: true as const, rejected: await intake.take(request, [request.body], delivery) }
      },
    )
}

/** Its client halves what is answered 413, and sends it again. */
const posthogRoutes: FastifyPluginAsyncZod<Options> = async (app, { intake }) => {
  addTrackingBodies(app, 'body_too_large')
  for (const url of ['/batch/', '/batch'])
    app.post(
      url,
      {
        config: CONFIG,
        bodyLimit: LIMITS.trackingBody,
        schema: {
          hide: url === '/batch',
          operationId: 'posthogBatch',
          tags: ['ingest'],
          summary: "PostHog's events.",
          body: posthogBody,
          response: { ...answer('They are kept.', posthogAnswer), ...problems(400, 413, 415, 429, 500, 503) },
        },
      },
      async (request) => {
        const { batch, sent_at: sentAt } = request.body
        const delivery = { source: 'posthog', sentAt }
        return {
          status: 'Ok' as const,
          rejected: await intake.take(request, batch.map(fromPostHog), delivery),
        }
      },
    )
}

/** Of PostHog's client in pages. It gives no key that could be asked for before its body is read, and asks for one event and for many alike. */
const posthogPageRoutes: FastifyPluginAsyncZod<Options> = async (app, { intake }) => {
  addTrackingBodies(app, 'body_too_large')
  for (const url of ['/e/', '/e', '/i/v0/e/', '/i/v0/e'])
    app.post(
      url,
      {
        config: { ...CONFIG, key: pageKeyOf },
        bodyLimit: LIMITS.trackingBody,
        schema: {
          hide: url !== '/e/',
          operationId: 'posthogPage',
          tags: ['ingest'],
          summary: "Events of PostHog's client in pages.",
          querystring: posthogPageQuery,
          body: posthogPageBody,
          response: { ...answer('They are kept.', posthogAnswer), ...problems(400, 413, 415, 429, 500, 503) },
        },
      },
      async (request) => {
        const given = Array.isArray(request.body) ? request.body : [request.body]
        const stated = Number(request.query._ ?? Number.NaN)
        const sentAt = Number.isSafeInteger(stated) ? stated : undefined
        const messages = given.map((event) => fromPostHogPage(event, sentAt))
        return {
          status: 'Ok' as const,
          rejected: await intake.take(request, messages, { source: 'posthog', sentAt }),
        }
      },
    )
}

/** RudderStack's clients are known by a label that nobody else would put on JSON. */
function sourceOf(request: FastifyRequest): string {
  return request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
    ? 'rudderstack'
    : 'segment'
}

/** What the batch says of its context holds for messages that say nothing. */
function inContext(message: unknown, context: unknown): unknown {
  return typeof message === 'object' && message !== null && !Array.isArray(message) && !('context' in message)
    ? { ...message, context }
    : message
}

/** Of all messages together: it is kept with each, and a small body would become hundreds of megabytes. */
function contextBytes(context: unknown, messages: number): number {
  const reason = unkeepableReason(context, MOST_MESSAGE_BYTES)
  if (reason !== null) throw invalidRequest([{ field: 'context', message: `context ${reason}` }])
  const bytes = Buffer.byteLength(JSON.stringify(context)) * messages
  if (bytes <= LIMITS.trackingContext) return bytes
  const message = `The context of a batch is kept with each of its messages, ${LIMITS.trackingContext} bytes of it at most. Given: ${bytes} bytes in ${messages} messages. Send fewer at once, or a smaller context.`
  throw new WonlostError('message_too_large', message, { field: 'context' })
}
