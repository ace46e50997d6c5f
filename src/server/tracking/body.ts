/** Reads the bodies of tracking clients: JSON, whatever it is labelled, gzipped or not; never more than the route allows. */
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { WonlostError } from '../../errors.ts'
import { invalidRequest } from '../validation.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The body of a tracking request holds escapes: only then can a text be one that PostgreSQL refuses. */
    hasEscapes: boolean
    /** Of that body, unpacked. */
    bodyBytes: number
  }
}

const unpack = promisify(gunzip)
const UTF8 = new TextDecoder('utf-8', { fatal: true })

/**
 * What is larger than `bodyLimit` of the route, packed or unpacked, is `tooLarge`: some clients send half of it then, others give up
 * on one status and try for ever on another.
 */
export function addTrackingBodies(
  app: FastifyInstance,
  tooLarge: 'message_too_large' | 'body_too_large',
): void {
  app.decorateRequest('hasEscapes', false)
  app.decorateRequest('bodyBytes', 0)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: AsyncIterable<Buffer>) => {
    const limit = request.routeOptions.bodyLimit
    const refuse = (): never => {
      const message = `The body is larger than ${limit} bytes, the most that may be sent here at once.`
      throw new WonlostError(tooLarge, message)
    }
    checkEncoding(request)
    const packed = (await readAll(payload, limit)) ?? refuse()
    const body = isGzip(packed) ? ((await unpackAll(packed, limit)) ?? refuse()) : packed
    const text = ofForm(decode(body))
    request.hasEscapes = text.includes('\\u')
    request.bodyBytes = body.length
    return parse(text)
  })
}

function checkEncoding(request: FastifyRequest): void {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding === 'identity' || encoding === 'gzip' || encoding === 'x-gzip') return
  const message = `The body may be packed with gzip only. Given: Content-Encoding ${encoding.slice(0, 40)}.`
  throw new WonlostError('unsupported_media_type', message)
}

/** null when there is more than `limit`: that is read, as most clients send all before they look for an answer, and dropped. */
async function readAll(payload: AsyncIterable<Buffer>, limit: number): Promise<Buffer | null> {
  let chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of payload) {
      bytes += chunk.length
      if (bytes > limit) chunks = []
      else chunks.push(chunk)
    }
  } catch {
    // The sender went away: no fault of ours, and nobody is left to answer.
    throw malformed('the body ended before it was complete')
  }
  return bytes > limit ? null : Buffer.concat(chunks)
}

/** Some clients pack and do not say so. */
function isGzip(body: Buffer): boolean {
  return body[0] === 0x1f && body[1] === 0x8b
}

/** null when it becomes larger than `limit`: no more than that is ever unpacked. */
async function unpackAll(packed: Buffer, limit: number): Promise<Buffer | null> {
  try {
    return await unpack(packed, { maxOutputLength: limit })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return null
    throw malformed('the body is not valid gzip')
  }
}

function decode(body: Buffer): string {
  try {
    return UTF8.decode(body)
  } catch {
    throw malformed('the body is not valid UTF-8')
  }
}

/** PostHog's client in pages sends a form with one field, JSON in Base64, until it has learned that the server reads gzip. */
function ofForm(text: string): string {
  if (!text.startsWith('data=')) return text
  return decode(Buffer.from(new URLSearchParams(text).get('data')!, 'base64'))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw malformed(`the body is not valid JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function malformed(message: string): WonlostError {
  return invalidRequest([{ field: 'body', message }])
}
