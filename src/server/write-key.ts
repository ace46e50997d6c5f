import type { FastifyRequest } from 'fastify'

/**
 * The key by which a tracking client says who it is: Segment's and RudderStack's as the user of HTTP Basic or `writeKey` of the body,
 * Jitsu's in `X-Write-Key`, PostHog's as `api_key` of the body. undefined: it says nothing.
 */
export function writeKeyOf(request: FastifyRequest): string | undefined {
  const { authorization = '' } = request.headers
  const [, basic] = /^Basic\s+([A-Za-z0-9+/=_-]+)\s*$/i.exec(authorization) ?? []
  // Without a colon it is no pair of user and password: some clients encode the key alone.
  const user =
    basic === undefined ? '' : (Buffer.from(basic, 'base64').toString('utf8').split(':', 1)[0] ?? '')
  const header = request.headers['x-write-key']
  const body = typeof request.body === 'object' && request.body !== null ? request.body : {}
  const { writeKey, api_key } = body as { readonly writeKey?: unknown; readonly api_key?: unknown }
  return [user, header, writeKey, api_key].find(
    (key): key is string => typeof key === 'string' && key.trim() !== '',
  )
}

/** As `writeKeyOf`, for PostHog's client in pages: it puts its key among the properties of each event. */
export function pageKeyOf(request: FastifyRequest): string | undefined {
  const [first] = Array.isArray(request.body) ? (request.body as readonly unknown[]) : [request.body]
  const token = propertyOf(propertyOf(first, 'properties'), 'token')
  return writeKeyOf(request) ?? (typeof token === 'string' && token.trim() !== '' ? token : undefined)
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}
