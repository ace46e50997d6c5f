/** The messages of both sides: what a page of a site sends by Segment's client, of visitors that nobody knows yet. */
import { MINUTE } from '../../src/glossary.ts'
import { prepareMessages } from '../../src/ingest/tracking/prepare-messages.ts'
import type { TrackingMessage } from '../../src/ingest/wire/message.ts'

const VISITORS = 20_000
const PATHS = ['/pricing', '/features', '/docs/start', '/blog/how-we-score', '/customers']

/** Stands where each message has an id of its own. */
const ID_DIGITS = 14
const PLACE = '0'.repeat(ID_DIGITS)

/** Of one request: `count` messages from number `first` on, all with the same placeholder in their id. */
export function messagesOf(first: number, count: number, now: number): object[] {
  return Array.from({ length: count }, (_, i) => {
    const number = first + i
    const path = PATHS[number % PATHS.length]!
    return {
      type: 'track',
      event: 'Demo Requested',
      anonymousId: `visitor-${(number * 7_919) % VISITORS}-4f1c-9d0e-6f2b8c1a7e35`,
      messageId: `node-next-${PLACE}`,
      timestamp: new Date(now - MINUTE - number).toISOString(),
      properties: { path, title: `Wonlost ${path}`, form: 'demo', step: number % 4 },
      context: { library: { name: '@segment/analytics-node', version: '2.3.0' }, locale: 'en-GB' },
      integrations: {},
      _metadata: { nodeVersion: '20.20.0', jsRuntime: 'node' },
    }
  })
}

/** Of those, what the server makes of them: the bare program begins where ours has read the request. */
export function readMessages(messages: readonly object[], now: number): readonly TrackingMessage[] {
  const delivery = { source: 'segment', receivedAt: now, hasEscapes: false }
  return prepareMessages(messages, delivery).messages
}

/** Where the placeholders stand. */
export function placesOf(request: Buffer): number[] {
  const places: number[] = []
  for (let at = request.indexOf(PLACE); at >= 0; at = request.indexOf(PLACE, at + ID_DIGITS)) places.push(at)
  return places
}

/** Ids of a round, which nobody had before: it begins with `from`. */
export function createIds(from: number): () => string {
  let next = from
  return () => String(next++).padStart(ID_DIGITS, '0')
}
