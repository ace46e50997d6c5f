/**
 * The client: a process that sends requests over kept connections and times the answers. Its own, because the common ones count
 * whole milliseconds, and because it must cost next to nothing beside what it measures: requests are bytes made before, and of an
 * answer only status and length are read.
 */
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { answer } from '../answer.ts'

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

interface Line {
  /** Sends the next request and waits for the whole answer. Throws for any status but 200. */
  readonly ask: () => Promise<void>
  readonly close: () => void
}

async function openLine(port: number, nextRequest: () => Buffer): Promise<Line> {
  const socket = await connected(port)
  let settle: { resolve: () => void; reject: (error: Error) => void } | undefined
  let head = Buffer.alloc(0)
  /** Bytes of the body that are still to come; null while the head is read. */
  let missing: number | null = null
  const fail = (error: Error): void => {
    settle?.reject(error)
    socket.destroy()
  }
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('The server closed the connection.')))
  socket.on('data', (chunk) => {
    if (missing === null) {
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk])
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      const text = head.toString('latin1', 0, end)
      const length = /^content-length: *(\d+)/im.exec(text)?.[1]
      if (!text.startsWith('HTTP/1.1 200') || length === undefined)
        return fail(new Error(`The server answered: ${head.toString('utf8').slice(0, 1_000)}`))
      missing = Number(length) - (head.length - end - 4)
    } else missing -= chunk.length
    if (missing > 0) return
    missing = null
    head = Buffer.alloc(0)
    settle?.resolve()
  })
  return {
    ask: () =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject }
        socket.write(nextRequest())
      }),
    close() {
      settle = undefined
      socket.destroy()
    },
  }
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })
}
