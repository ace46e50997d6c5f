/** Who sends: keeps connections, and gives every message an id of its own in bytes that were made before. */
import { answer } from '../answer.ts'
import { openLine } from '../http/line.ts'
import { createIds, messagesOf, placesOf } from './messages.ts'

interface Target {
  readonly port: number
  readonly connections: number
  /** Messages in a request. */
  readonly size: number
  readonly seconds: number
  /** The first id. */
  readonly from: number
  /** Events a second; none: as fast as answers come. */
  readonly rate?: number
}

export interface Sent {
  /** Acknowledged, all of them. */
  readonly events: number
  readonly seconds: number
}

await answer({
  async send({ port, connections, size, seconds, from, rate }: Target): Promise<Sent> {
    const nextId = createIds(from)
    const now = Date.now()
    const began = performance.now()
    const end = began + 1_000 * seconds
    let requests = 0
    let events = 0
    const send = async (place: number): Promise<void> => {
      const request = requestOf(place * size, size, port, now)
      const places = placesOf(request)
      const line = await openLine(port, () => {
        for (const at of places) request.write(nextId(), at, 'latin1')
        return request
      })
      while (performance.now() < end) {
        // An open loop: whoever is late is not waited for.
        const due = rate === undefined ? 0 : began + (1_000 * size * requests++) / rate
        const early = due - performance.now()
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
        await line.ask()
        events += size
      }
      line.close()
    }
    await Promise.all(Array.from({ length: connections }, (_, place) => send(place)))
    return { events, seconds: (performance.now() - began) / 1_000 }
  },
})

function requestOf(first: number, size: number, port: number, now: number): Buffer {
  const messages = messagesOf(first, size, now)
  const body = JSON.stringify(size === 1 ? messages[0] : { batch: messages, sentAt: new Date(now) })
  const head = [
    `POST /v1/${size === 1 ? 'track' : 'batch'} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...['', ''],
  ]
  return Buffer.from(head.join('\r\n') + body)
}
