/** One POST to an address that was checked: no redirects, no proxy, no other address, and an end in time whatever the receiver does. */
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction, type Socket } from 'node:net'
import { canonicalAddress } from './public-address.ts'

export interface PostOptions {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** What the host resolved to, each checked. */
  readonly addresses: readonly string[]
  /** Aborted when it is time to end: what of the answer came by then is the answer. */
  readonly late: AbortSignal
}

export interface PostAnswer {
  readonly status: number
  /** As it came. */
  readonly retryAfter: string | null
  /** The first kilobyte, or what of it came in time. */
  readonly body: string
}

/** Bytes of an answer that are read. */
const KEPT = 1_024

/** Rejects when no status came: no connection, a broken one, or out of time. */
export function post(url: URL, { headers, body, addresses, late }: PostOptions): Promise<PostAnswer> {
  const checked = new Set(addresses.map(canonicalAddress))
  // Node asks for one address or for all; literal addresses are not looked up at all.
  const lookup: LookupFunction = (_host, { all }, answer) => {
    const found = addresses.map((address) => ({ address, family: isIP(address) }))
    if (all) answer(null, found)
    else answer(null, found[0]!.address, found[0]!.family)
  }
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = send(url, {
      method: 'POST',
      // A connection of its own: one that was kept could lead elsewhere by now.
      agent: false,
      lookup,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    })
    let ended = false
    const end = (settle: () => void): void => {
      if (ended) return
      ended = true
      late.removeEventListener('abort', onLate)
      request.destroy()
      settle()
    }
    const fail = (error: Error): void => end(() => reject(error))
    let finish: (() => void) | null = null
    const onLate = (): void => {
      if (finish) finish()
      else fail(new Error('There was no answer in time.'))
    }
    late.addEventListener('abort', onLate, { once: true })
    request.on('socket', (socket: Socket) => {
      socket.once('connect', () => {
        const reached = socket.remoteAddress ?? ''
        if (!checked.has(canonicalAddress(reached)))
          fail(new Error(`The connection led to ${reached}, which was not checked.`))
      })
    })
    request.on('error', fail)
    request.on('response', (response) => {
      const { statusCode: status = 0 } = response
      const retryAfter = response.headers['retry-after'] ?? null
      const pieces: Buffer[] = []
      let size = 0
      finish = () =>
        end(() =>
          resolve({ status, retryAfter, body: Buffer.concat(pieces).subarray(0, KEPT).toString('utf8') }),
        )
      response.on('data', (piece: Buffer) => {
        pieces.push(piece)
        size += piece.length
        if (size >= KEPT) finish?.()
      })
      response.on('end', finish)
      response.on('error', () => finish?.())
      response.on('close', () => finish?.())
    })
    request.end(body)
  })
}
