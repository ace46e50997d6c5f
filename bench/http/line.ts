/** A kept connection of a client that measures: one request at a time, and when its answer was there. */
import { connect, type Socket } from 'node:net'

export interface Line {
  /** Sends the next request and waits for the whole answer. Throws for any status but 200. */
  readonly ask: () => Promise<void>
  readonly close: () => void
}

/** Sends bytes that were made before, and reads of an answer only status and length: it costs next to nothing. */
export async function openLine(port: number, nextRequest: () => Buffer): Promise<Line> {
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
