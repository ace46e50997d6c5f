/** What all tracking routes do: read the messages of a request, and answer once they are durable. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { prepareMessages } from '../../ingest/tracking/prepare-messages.ts'
import { createTrackingWriter } from '../../ingest/tracking/tracking-writer.ts'
import type { Delivery } from '../../ingest/wire/message.ts'
import type { ServerParts } from '../parts.ts'
import { requireSchema } from '../require-schema.ts'
import type { IntakeMeter } from './intake-meter.ts'

export interface Intake {
  /** Returns how many messages were turned down. */
  take(
    request: FastifyRequest,
    messages: readonly unknown[],
    delivery: Pick<Delivery, 'source' | 'sentAt' | 'type'>,
  ): Promise<number>
}

/** What was taken is written before the application closes. */
export function createIntake(
  app: FastifyInstance,
  { pool, engine, now, trackingMap, meter }: ServerParts & { readonly meter: IntakeMeter },
): Intake {
  const writer = createTrackingWriter({ pool, now })
  app.addHook('onClose', async () => {
    await writer.idle()
    // Without a database the figures of the last second are lost: closing goes on.
    await meter.flush().catch(() => undefined)
  })
  return {
    async take({ hasEscapes, bodyBytes: bytes }, given, delivery) {
      requireSchema(engine)
      const receivedAt = now()
      const map = await trackingMap.current()
      const prepared = prepareMessages(given, { ...delivery, receivedAt, hasEscapes })
      if (given.length > 0) await writer.write({ ...prepared, map, bytes })
      meter.count(given.length, prepared.rejected.length)
      return prepared.rejected.length
    },
  }
}
