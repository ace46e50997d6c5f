/** A receiver of webhooks on loopback: keeps what it got, and answers what the test says. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Webhook } from 'standardwebhooks'

export interface Received {
  readonly path: string
  readonly id: string
  readonly timestamp: string
  readonly signature: string
  readonly body: string
}

/** Answers one request; `place` counts from 0. */
type Answer = (response: ServerResponse, place: number, request: IncomingMessage) => void

export interface WebhookReceiver {
  readonly url: string
  readonly received: readonly Received[]
  /** What it answers from now on; 204 unless said otherwise. */
  answer(next: Answer): void
  close(): Promise<void>
}

export async function createReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = []
  let answer: Answer = (response) => response.writeHead(204).end()
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const { headers, url = '' } = request
      received.push({
        path: url,
        id: String(headers['webhook-id']),
        timestamp: String(headers['webhook-timestamp']),
        signature: String(headers['webhook-signature']),
        body: Buffer.concat(pieces).toString(),
      })
      answer(response, received.length - 1, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answer: (next) => {
      answer = next
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** As receivers check it, with the package standardwebhooks. It allows five minutes around the present: `at` stands for that. */
export function verify(secret: string, { id, timestamp, signature, body }: Received, at: number): unknown {
  const isNow = Math.abs(Number(timestamp) - at / 1_000) <= 300
  if (!isNow) throw new Error(`The time ${timestamp} is not that of the test.`)
  const expected = new Webhook(secret).sign(id, new Date(Number(timestamp) * 1_000), body)
  if (!signature.split(' ').includes(expected)) throw new Error('No signature matches.')
  return JSON.parse(body)
}
