/** Who does this over HTTP, as the database should remember it. Never the same as a login name of the command line. */
import type { FastifyRequest } from 'fastify'

/** The name of the key, as `key:NAME`; `api` where nobody is asked for one. */
export function actingKey({ apiKey }: FastifyRequest): string {
  return apiKey === null ? 'api' : `key:${apiKey.name}`
}
