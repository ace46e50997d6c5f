/**
 * The client: a process that sends requests over kept connections and times the answers. Its own, because the common ones count
 * whole milliseconds, and because it must cost next to nothing beside what it measures: requests are bytes made before, and of an
 * answer only status and length are read.
 */
import { readFileSync } from 'node:fs'
import { answer } from '../answer.ts'
import { openLine } from './line.ts'

export interface RequestText {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body: string
}

export interface Load {
  /** Milliseconds, of every answer. */
  readonly p50: number
  readonly p99: number
  readonly requestsASecond: number
}

interface Target {
  readonly port: number
  /** A file with a list of RequestText: sent in turn, again and again. */
  readonly requests: string
  readonly connections: number
  readonly seconds: number
}

await answer({
  /** Closed loop: each connection sends its next request when it has the answer to the last. */
  async asFastAsPossible(target: Target): Promise<Load> {
    const { lines, latencies, summary } = await open(target)
    const end = performance.now() + 1000 * target.seconds
    const loops = lines.map(async (line) => {
      while (performance.now() < end) {
        const sent = performance.now()
        await line.ask()
        latencies.push(performance.now() - sent)
      }
    })
    await Promise.all(loops)
    return summary()
  },

  /**
   * Open loop: so many requests a second at even distances, whether answers come or not. The time of one counts from when it was due,
   * so that a server that halts is charged for all that waited meanwhile.
   */
  async atRate({ rate, ...target }: Target & { rate: number }): Promise<Load> {
    const { lines, latencies, summary } = await open(target)
    const started = performance.now()
    const count = Math.floor(rate * target.seconds)
    let next = 0
    const loops = lines.map(async (line) => {
      for (let i = next++; i < count; i = next++) {
        const due = started + (1000 * i) / rate
        while (performance.now() < due) await new Promise((resolve) => setImmediate(resolve))
        await line.ask()
        latencies.push(performance.now() - due)
      }
    })
    await Promise.all(loops)
    return summary()
  },
})

async function open({ port, requests, connections }: Target) {
  const texts = JSON.parse(readFileSync(requests, 'utf8')) as RequestText[]
  const bytes = texts.map((text) => bytesOf(text, port))
  let sent = 0
  const nextRequest = (): Buffer => bytes[sent++ % bytes.length]!
  const lines = await Promise.all(Array.from({ length: connections }, () => openLine(port, nextRequest)))
  const latencies: number[] = []
  const started = performance.now()
  const summary = (): Load => {
    const seconds = (performance.now() - started) / 1000
    for (const line of lines) line.close()
    latencies.sort((a, b) => a - b)
    const at = (share: number) =>
      latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))]!
    return { p50: at(0.5), p99: at(0.99), requestsASecond: latencies.length / seconds }
  }
  return { lines, latencies, summary }
}

function bytesOf({ method, path, body }: RequestText, port: number): Buffer {
  const content =
    body === '' ? [] : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`]
  const head = [`${method} ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...content, '', '']
  return Buffer.from(head.join('\r\n') + body)
}
