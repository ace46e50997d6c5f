/** Endpoints of webhooks: made, listed, removed; their secrets rotated; their attempts looked at and replayed. */
import { randomBytes } from 'node:crypto'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { withTransaction } from '../../db/database.ts'
import { WEBHOOK_EVENTS } from '../../db/outbox.ts'
import { listAttempts, replayAttempt, replayFailed } from '../../db/webhook-attempts.ts'
import {
  addEndpoint,
  enableEndpoint,
  listEndpoints,
  removeEndpoint,
  rotateSecret,
  type StoredEndpoint,
} from '../../db/webhook-endpoints.ts'
import { webhookId } from '../../db/webhook-messages.ts'
import { WonlostError } from '../../errors.ts'
import { DAY, formatTime } from '../../glossary.ts'
import { readTarget, resolveTarget } from '../../jobs/webhooks/target.ts'
import type { Engine } from '../../scoring/engine.ts'
import type { ServerParts } from '../parts.ts'
import { answer, problems } from '../schemas/problem.ts'
import {
  attemptListSchema,
  attemptParams,
  attemptQuery,
  createdEndpointSchema,
  endpointBody,
  endpointListSchema,
  endpointParams,
  endpointSchema,
  removedSchema,
  replayedAllSchema,
  replayedSchema,
  rotatedSchema,
} from '../schemas/webhooks.ts'
import { shownAttempt, shownEndpoint } from '../shown-webhooks.ts'

const DEFAULT_PAGE = 50

/** A secret that was replaced signs so long beside the new one. */
const OVERLAP = DAY

/** As many bytes as the signature has. */
const SECRET_BYTES = 32

const config = { scope: 'admin' } as const
const tags = ['webhooks']

export const webhookRoutes: FastifyPluginAsyncZod<ServerParts> = async (
  app,
  { pool, engine, now, webhookRules },
) => {
  app.get(
    '/v1/webhooks',
    {
      config,
      schema: {
        operationId: 'listWebhooks',
        tags,
        summary: 'All endpoints, with what waits for them and what was given up.',
        response: {
          ...answer('In the order in which they were made.', endpointListSchema),
          ...problems(500, 503),
        },
      },
    },
    async () => ({ webhooks: (await listEndpoints(pool, now())).map(shownEndpoint) }),
  )

  app.post(
    '/v1/webhooks',
    {
      config,
      schema: {
        operationId: 'createWebhook',
        tags,
        summary: 'Have changes of bands and verdicts, and responses that are late, sent to a URL.',
        description:
          'Signed as Standard Webhooks has it. The host of the URL must resolve to public addresses only; it is looked up again for each attempt. What was crossed before the endpoint was made is not sent.',
        body: endpointBody,
        response: {
          ...answer('The endpoint, with its secret.', createdEndpointSchema),
          ...problems(400, 413, 415, 500, 503),
        },
      },
    },
    async ({ body }) => {
      const { url, format = 'standard', events, bands = null, description = null } = body
      if (bands) checkBands(engine.current().engine, bands)
      const target = readTarget(url, webhookRules)
      await resolveTarget(target, webhookRules)
      const secret = newSecret()
      const at = now()
      const given = { url: target.href, format, description, bands, events: orderedEvents(events) }
      const [created] = await withTransaction(pool, async (client) =>
        listEndpoints(client, at, await addEndpoint(client, given, secret, at)),
      )
      return { ...shownEndpoint(created!), secret }
    },
  )

  app.get(
    '/v1/webhooks/:id',
    {
      config,
      schema: {
        operationId: 'getWebhook',
        tags,
        summary: 'One endpoint.',
        params: endpointParams,
        response: { ...answer('The endpoint.', endpointSchema), ...problems(400, 404, 500, 503) },
      },
    },
    async ({ params: { id } }) => shownEndpoint(await endpoint(id)),
  )

  app.delete(
    '/v1/webhooks/:id',
    {
      config,
      schema: {
        operationId: 'deleteWebhook',
        tags,
        summary: 'Remove an endpoint, with its messages and attempts.',
        params: endpointParams,
        response: { ...answer('It gets nothing more.', removedSchema), ...problems(400, 404, 500, 503) },
      },
    },
    async ({ params: { id } }) => {
      if (await removeEndpoint(pool, id)) return { id }
      throw unknownEndpoint(id)
    },
  )

  app.post(
    '/v1/webhooks/:id/enable',
    {
      config,
      schema: {
        operationId: 'enableWebhook',
        tags,
        summary: 'Send to an endpoint again that was disabled because it answered 410.',
        description: 'What was not sent meanwhile is kept, and stays so: replay it.',
        params: endpointParams,
        response: { ...answer('The endpoint.', endpointSchema), ...problems(400, 404, 500, 503) },
      },
    },
    async ({ params: { id } }) => {
      await enableEndpoint(pool, id)
      return shownEndpoint(await endpoint(id))
    },
  )

  app.post(
    '/v1/webhooks/:id/rotate',
    {
      config,
      schema: {
        operationId: 'rotateWebhook',
        tags,
        summary: 'Make a new secret for an endpoint.',
        description:
          'For a day both sign, so that the receiver may change at any time in it. There are never more than two: to end a secret at once, rotate twice.',
        params: endpointParams,
        response: { ...answer('The new secret.', rotatedSchema), ...problems(400, 404, 500, 503) },
      },
    },
    async ({ params: { id } }) => {
      const secret = newSecret()
      const at = now()
      const previousUntil = at + OVERLAP
      const isThere = await withTransaction(pool, (client) =>
        rotateSecret(client, id, secret, { now: at, previousUntil }),
      )
      if (!isThere) throw unknownEndpoint(id)
      return { id, secret, previous_until: formatTime(previousUntil) }
    },
  )

  app.get(
    '/v1/webhooks/:id/attempts',
    {
      config,
      schema: {
        operationId: 'listWebhookAttempts',
        tags,
        summary: 'What was sent to an endpoint, and what it answered.',
        params: endpointParams,
        querystring: attemptQuery,
        response: { ...answer('Newest first.', attemptListSchema), ...problems(400, 404, 500, 503) },
      },
    },
    async ({ params: { id }, query }) => {
      await endpoint(id)
      const { limit = DEFAULT_PAGE, before = null, state = null } = query
      const found = await listAttempts(pool, id, { limit: limit + 1, before, state })
      const attempts = found.slice(0, limit).map(shownAttempt)
      return { attempts, next_before: found.length > limit ? attempts.at(-1)!.attempt_id : null }
    },
  )

  app.post(
    '/v1/webhooks/:id/attempts/:attempt/replay',
    {
      config,
      schema: {
        operationId: 'replayWebhookAttempt',
        tags,
        summary: 'Send the message of an attempt once more, with all attempts that a new one would have.',
        description: 'Under the same `webhook-id`: a receiver that has it already may drop it.',
        params: attemptParams,
        response: { ...answer('It is on its way.', replayedSchema), ...problems(400, 404, 409, 500, 503) },
      },
    },
    async ({ params: { id, attempt } }) => {
      await enabledEndpoint(id)
      const replayed = await replayAttempt(pool, id, attempt, now())
      if (replayed) return { message_id: webhookId(replayed.outboxId), round: replayed.round }
      const message = `The endpoint has no attempt ${attempt}. GET /v1/webhooks/${id}/attempts lists them.`
      throw new WonlostError('webhook_not_found', message, { field: 'attempt' })
    },
  )

  app.post(
    '/v1/webhooks/:id/replay',
    {
      config,
      schema: {
        operationId: 'replayWebhook',
        tags,
        summary:
          'Send once more all messages that were given up, or not sent while the endpoint was disabled.',
        description: 'Each under its own `webhook-id`, with all attempts that a new one would have.',
        params: endpointParams,
        response: {
          ...answer('They are on their way.', replayedAllSchema),
          ...problems(400, 404, 409, 500, 503),
        },
      },
    },
    async ({ params: { id } }) => {
      await enabledEndpoint(id)
      return { replayed: await replayFailed(pool, id, now()) }
    },
  )

  async function enabledEndpoint(id: string): Promise<void> {
    const { disabled } = await endpoint(id)
    if (!disabled) return
    const message = `The endpoint was disabled: ${disabled.because} Enable it first: POST /v1/webhooks/${id}/enable.`
    throw new WonlostError('webhook_disabled', message, { field: 'id' })
  }

  async function endpoint(id: string): Promise<StoredEndpoint> {
    const [found] = await listEndpoints(pool, now(), id)
    if (found) return found
    throw unknownEndpoint(id)
  }
}

function unknownEndpoint(id: string): WonlostError {
  const message = `There is no endpoint ${id}. GET /v1/webhooks lists them.`
  return new WonlostError('webhook_not_found', message, { field: 'id' })
}

function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
}

/** Each once, in the order of all. */
function orderedEvents(given: readonly string[] | undefined): StoredEndpoint['events'] {
  return WEBHOOK_EVENTS.filter((event) => given?.includes(event) ?? event.startsWith('lead.'))
}

/** A band that the policy does not have would never be reached. */
function checkBands({ policy }: Engine, bands: readonly string[]): void {
  const known = [...policy.bands.map(({ name }) => name), ...Object.keys(policy.verdicts)]
  const place = bands.findIndex((band) => !known.includes(band))
  if (place < 0) return
  const field = `bands[${place}]`
  const message = `${field} must be a band of the policy: ${known.join(', ')}. Given: ${JSON.stringify(bands[place])}.`
  throw new WonlostError('invalid_request', message, { field })
}
